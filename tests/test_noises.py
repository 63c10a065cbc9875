"""No ghosts among real noises: what people say between coughs and breaths, and nothing else."""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from tests import noises
from tests.answers import Outcome, outcome
from tests.noises import Talk, between_answers
from tolmach.core.pack import Pack
from tolmach.engines import table
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import Begin, Event, Recognized, Unconfirmed
from tolmach.protocol.plan import Plan

SEED = 6  # one of its sneezes was «Чу!» before the detector's certainty counted
KINDS = ("breath", "cough", "sneeze", "click")
BLOCK = 8_000  # samples between two looks: as often as a quick computer looks


LANGUAGES = ("ru", "tt", "ba")


@pytest.fixture(scope="module")
def engines(whisper_base: Pack) -> Engines:
    if noises.missing():
        pytest.skip(noises.missing())
    return Engines(table.detector(), table.recognizer(whisper_base, 1, LANGUAGES), None)


def events(engines: Engines, talk: Talk, languages: tuple[str, ...]) -> Iterator[Event]:
    """Yield what is told while this is heard the way of live sound."""
    session = f"talk {id(talk)}"  # features are kept by session and utterance
    pipeline = Pipeline(Begin(session, Plan(languages=languages, drafts=True)), engines)
    for first in range(0, len(talk.sound), BLOCK):
        yield from pipeline.feed(talk.sound[first : first + BLOCK])
        yield from pipeline.idle()
    yield from pipeline.finish()


def inventions(talk: Talk, session_events: list[Event]) -> list[str]:
    """Return the texts without a mark of sound in which nobody answers, unconfirmed ones too."""
    return [
        text
        for event in session_events
        if isinstance(event, Recognized | Unconfirmed)
        and not (isinstance(event, Recognized) and event.doubtful)
        and not talk.answers_at(event.start, event.end)
        and (text := event.text if isinstance(event, Recognized) else event.committed + event.tail)
    ]


def outcomes(talk: Talk, session_events: list[Event]) -> Counter[Outcome]:
    """Count what became of the answers; two in one utterance count by its whole text."""
    finals = [event for event in session_events if isinstance(event, Recognized)]
    counts: Counter[Outcome] = Counter()
    for _, start, end in talk.answers:
        about = [
            event
            for event in finals
            if min(end, event.end) - max(start, event.start) >= noises.TOUCH
        ]
        spoken = {
            id(answer): answer.text
            for event in about
            for answer in talk.answers_at(event.start, event.end)
        }
        counts[outcome(" ".join(spoken.values()), about)] += 1
    return counts


def test_a_minute_of_coughs_and_sneezes_gives_no_word_without_a_mark(engines: Engines) -> None:
    talk = between_answers(60, SEED, ("cough", "sneeze"), answered=False)
    assert len(talk.noises) >= 10
    assert inventions(talk, list(events(engines, talk, LANGUAGES))) == []


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("languages", [("ru",), LANGUAGES], ids="-".join)
@pytest.mark.parametrize("seed", range(1, 4))
def test_ten_minutes_of_noises_and_answers_give_no_other_word_without_a_mark(
    engines: Engines, languages: tuple[str, ...], seed: int
) -> None:
    talk = between_answers(600, seed, KINDS)
    session_events = list(events(engines, talk, languages))
    counts, texts = outcomes(talk, session_events), inventions(talk, session_events)
    shares = ", ".join(f"{counts[ending]} {ending.value}" for ending in Outcome)
    sys.stdout.write(
        f"\nseed {seed}, {'-'.join(languages)}: {len(talk.noises)} noises, {len(texts)} texts "
        f"without a mark of them {texts}; of {counts.total()} answers {shares}\n"
    )
    assert texts == []


def test_noises_sound_alike_for_a_seed_and_leave_the_answers_apart() -> None:
    if noises.missing():
        pytest.skip(noises.missing())
    talk, again = (between_answers(60, seed=5, kinds=KINDS) for _ in range(2))
    assert np.array_equal(talk.sound, again.sound)
    assert len(talk.sound) == 60 * 16_000
    assert len(talk.answers) >= 4
    assert len(talk.noises) >= 2 * len(talk.answers)
    spans = sorted((start, end) for _, start, end in (*talk.answers, *talk.noises))
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
    answer, start, end = talk.answers[0]
    assert talk.answers_at(start - 0.3, end + 0.5) == [answer]
    assert talk.answers_at(start - 0.3, start) == []


def test_breaths_swell_and_are_no_silence() -> None:
    if noises.missing():
        pytest.skip(noises.missing())
    breaths = noises.breaths()
    assert len(breaths) >= 15
    spectra = [np.abs(np.fft.rfft(breath)) ** 2 for breath in breaths]
    centres = [
        float(power @ np.fft.rfftfreq(len(breath), 1 / 16_000) / power.sum())
        for power, breath in zip(spectra, breaths, strict=True)
    ]
    assert 900 < np.median(centres) < 3000  # Hz: air in a throat; the room's own noise lies at 800
