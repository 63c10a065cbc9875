"""One record of what was said: the same events make the same transcript, whoever listens."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.media_files import write_wav
from tolmach.audio.microphone import MicrophoneEvent
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.transcript import Segment, Transcript
from tolmach.core.translation import Flag, Sentence
from tolmach.protocol.messages import Event, Failed, Finished, Recognized, Translated, Unconfirmed
from tolmach.protocol.plan import Plan
from tolmach.sessions.file import FileSession
from tolmach.sessions.live import LiveSession
from tolmach.sessions.record import record
from tolmach.worker.client import Client

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})
SENTENCES = (Sentence(0, 4, 0, 4, 0.4, (Flag("number-lost", "2"),), trial=True),)

FIRST = Recognized("", 0, 0.0, 1.0, "ru", 0.9, " Раз. ")
FIRST_TRANSLATED = Translated("", 0, "ru", "ba", "Бер.", sentences=SENTENCES)
SILENCE = Recognized("", 0, 0.0, 1.0, "ru", 0.9, " ")
REPEATED = Recognized("", 0, 0.0, 1.0, "ba", 1.0, "Бер", doubtful=True)
FAILED = Failed("", "recognition-failed", {"detail": "?"}, 0, 0.0, 1.0)
SEGMENT = Segment(0, 0.0, 1.0, "Раз.", "ru", 0.9)
WHOLE = replace(SEGMENT, target="ba", translation="Бер.", sentences=SENTENCES)


class Reciter(Client):
    """A client without a worker; the end of the sound is answered with a script."""

    def __init__(self, script: Sequence[Event] = ()) -> None:
        super().__init__()
        self._script = script

    def begin(self, session: str, plan: Plan, first: int = 0, utterance: int = 0) -> None:
        pass

    def feed(self, session: str, samples: Samples) -> None:
        pass

    def end(self, session: str) -> None:
        for event in (*self._script, Finished("")):
            self._tell(replace(event, session=session))


class Microphone:
    def start(self) -> None:
        pass

    def stop(self) -> None:
        pass


def microphone(
    deliver: Callable[[Samples], None], report: Callable[[MicrophoneEvent], None]
) -> Microphone:
    return Microphone()


def from_file(script: Sequence[Event], folder: Path) -> list[Segment]:
    path = write_wav(folder / "a.wav", silence(SAMPLE_RATE))
    session = FileSession(Reciter(script), PLAN, path)
    list(session.run())
    return session.transcript.ordered()


def from_microphone(script: Sequence[Event], folder: Path) -> list[Segment]:
    session = LiveSession(Reciter(script), PLAN, microphone, lambda update: None, folder)
    session.start()
    session.stop()
    session.close()
    return session.transcript.ordered()


@pytest.mark.parametrize("listen", [from_file, from_microphone])
@pytest.mark.parametrize(
    ("script", "segments"),
    [
        ([FIRST, FIRST_TRANSLATED], [WHOLE]),
        ([FIRST, replace(FIRST_TRANSLATED, final=False)], [SEGMENT]),
        ([FIRST, FIRST_TRANSLATED, FIRST], [SEGMENT]),  # a replay: its translation follows
        ([FIRST, FIRST_TRANSLATED, FIRST, FIRST_TRANSLATED], [WHOLE]),
        ([SILENCE], []),
        ([FIRST, FIRST_TRANSLATED, SILENCE], [WHOLE]),
        ([FAILED, SILENCE], []),
        ([FAILED, FIRST], [SEGMENT]),
        ([FAILED], [Segment(0, 0.0, 1.0, failure=FAILED.code, params=FAILED.params)]),
        (
            [FIRST, FIRST_TRANSLATED, FAILED],
            [replace(WHOLE, failure=FAILED.code, params=FAILED.params)],
        ),
        (
            [FIRST, FIRST_TRANSLATED, REPEATED],
            [Segment(0, 0.0, 1.0, "Бер", "ba", 1.0, doubtful=True)],
        ),
        ([FIRST_TRANSLATED, Unconfirmed("", 1, 2.0, 3.0, "ru", 1.0, "Два", "")], []),
        (
            [replace(FIRST, utterance=2), FIRST],
            [SEGMENT, replace(SEGMENT, utterance=2)],
        ),
    ],
    ids=[
        "translated",
        "translated so far",
        "replayed",
        "replayed and translated",
        "silence",
        "silence at a repetition",
        "silence after a failure",
        "text after a failure",
        "failed",
        "failed with a text",
        "another language",
        "nothing final",
        "in order",
    ],
)
def test_events_make_segments(
    listen: Callable[[Sequence[Event], Path], list[Segment]],
    script: Sequence[Event],
    segments: list[Segment],
    tmp_path: Path,
) -> None:
    assert listen(script, tmp_path) == segments


@given(st.lists(st.sampled_from([FIRST, FIRST_TRANSLATED, SILENCE, REPEATED, FAILED])))
def test_nothing_takes_back_what_a_person_wrote(events: list[Event]) -> None:
    corrected = replace(WHOLE, text="Раз, два.", corrected=True)
    transcript = Transcript("", {0: corrected})
    for event in events:
        record(transcript, event)
    assert transcript.ordered() == [corrected]


def test_a_trial_is_known_by_its_sentences() -> None:
    assert WHOLE.trial
    assert not SEGMENT.trial
