"""Media files: each word is heard at its time, or the end says what was not."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.core.settings import Settings
from tolmach.core.transcript import Segment
from tolmach.sessions.file import FileSession
from tolmach.sessions.plan import into
from tolmach.worker.client import Client

FIRST, SECOND = "тенге", "нейрон"  # of the two sentences
BOTH = (FIRST, SECOND)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a file."""

    segments: Sequence[Segment]
    codes: Sequence[str]  # of the remarks, or of the refusal

    def missing(self, words: Sequence[str]) -> str:
        """Say which words were not heard; of a word that must be heard twice as often as named."""
        text = " ".join(segment.text for segment in self.segments).lower()
        absent = {word for word in words if text.count(word) < list(words).count(word)}
        return f"not heard: {', '.join(sorted(absent))} in {text!r}" if absent else ""

    def start(self, word: str) -> float:
        """Return when the utterance with this word began; -1.0 for none."""
        starts = [part.start for part in self.segments if word in part.text.lower()]
        return max(starts, default=-1.0)


Hearing = Callable[[Path, int], Outcome]


@contextmanager
def hearing(pack: Pack) -> Iterator[Hearing]:
    """Yield what hears a track of a file as `tolmach transcribe --from ru` does."""
    client = Client()
    plan = into([pack], ["ru"], "", Settings())

    def hear(path: Path, track: int = 0) -> Outcome:
        session = FileSession(client, plan, path, track)
        try:
            for _ in session.run():
                pass
        except AppError as error:
            return Outcome((), (error.code,))
        return Outcome(session.transcript.ordered(), [error.code for error in session.remarks])

    try:
        yield hear
    finally:
        client.close()


def _whole(words: Sequence[str], codes: Sequence[str] = ()) -> Callable[[Path, Hearing], str]:
    """Return a check that these words are heard, and that no more is remarked than this."""

    def check(path: Path, hear: Hearing) -> str:
        outcome = hear(path, 0)
        wrong = f"remarked: {list(outcome.codes)}" if list(outcome.codes) != list(codes) else ""
        return "; ".join(filter(None, (outcome.missing(words), wrong)))

    return check


def _refused(code: str) -> Callable[[Path, Hearing], str]:
    def check(path: Path, hear: Hearing) -> str:
        codes = list(hear(path, 0).codes)
        return "" if codes == [code] else f"remarked: {codes}"

    return check


def _second_track(path: Path, hear: Hearing) -> str:
    first, second = hear(path, 0), hear(path, 2)
    untold = "" if "other-tracks" in first.codes else "the other track is not told of"
    return "; ".join(filter(None, (untold, second.missing(BOTH))))


def _late(path: Path, hear: Hearing) -> str:
    outcome = hear(path, 0)
    at = outcome.start(SECOND)
    time = "" if 699 <= at <= 702 else f"the second sentence begins at {at:.1f} s"
    damage = "called damaged" if "file-damaged" in outcome.codes else ""
    return "; ".join(filter(None, (outcome.missing(BOTH), time, damage)))


def _survivors(path: Path, hear: Hearing) -> str:
    codes = set(hear(path, 0).codes)
    return "" if codes & {"file-damaged", "not-media"} else f"remarked: {sorted(codes)}"


CHECKS: dict[str, Callable[[Path, Hearing], str]] = {
    "media/3-channels-voice-in-3.wav": _whole([FIRST]),
    "media/almost-silent.flac": _refused("no-speech-almost-silent"),
    "media/chained-mono-stereo.opus": _whole([FIRST, SECOND, FIRST]),
    "media/gap-700-s.mka": _late,
    "media/header-size-too-small.wav": _whole(BOTH),
    "media/inverted-phase.mp3": _whole(BOTH),
    "media/muted-8-s.webm": _whole(BOTH, ["file-has-gaps"]),
    "media/vbr-without-table.mp3": _whole(BOTH),
    "media/voice-in-lfe-7.1.flac": _whole([FIRST]),
    "media/voice-in-second-track.mp4": _second_track,
    "media/x.nut": _whole(BOTH),
    "media/x.voc": _whole(BOTH),
    "hostile/media-rate-1.wav": _refused("rate-too-low"),
    "hostile/ts-new-stream.ts": _survivors,
}
