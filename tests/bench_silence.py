"""`python -m tests.bench_silence`: what is lost where less than half a minute is encoded.

Whisper base hears short answers of two voices in the noise of a quiet room, a reader's sentences
and recorded Tatar, as finals and as unconfirmed words: in the full window, in shorter ones, and in
those with known silence behind them (decision 45). Without a second try.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from tests import answers, voices
from tests.answers import ShortAnswer
from tests.live.streams import shared
from tests.original_whisper import in_eight_bits
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.windows import ALWAYS_FULL, FRAMES, FULL, WindowRule
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.packs import builtin
from tolmach.sessions.evaluation import read_speech

PHRASES = 120
CLIPS = 60
EDGE = 0.32  # seconds of the room before and after an answer
WAYS = {
    "30 s": ALWAYS_FULL,
    "10 s, known silence": WindowRule(10, 1, completed=FULL),
    "5 s, known silence": WindowRule(5, 1, completed=FULL),
    "10 s": WindowRule(10, 1),
}


@dataclass(frozen=True, slots=True)
class Recording:
    """Somebody's words, and how long they take where that is known."""

    language: str
    text: str
    sound: Samples
    voiced: float = float("inf")  # seconds


def main() -> None:
    arguments = argparse.ArgumentParser(prog="bench_silence", description=__doc__)
    arguments.add_argument("--every", type=int, default=1, help="of so many recordings one")
    arguments.add_argument("--original", action="store_true", help="weights without our changes")
    arguments.add_argument("--only", nargs="+", choices=CORPORA, default=CORPORA)
    arguments.add_argument("--ways", nargs="+", choices=WAYS, default=WAYS)
    arguments.add_argument("--finals", action="store_true", help="nothing else")
    options = arguments.parse_args()
    say(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    say("right, wrong with a mark, wrong without one, CER, CPU seconds of a recording")
    with TemporaryDirectory() as folder:
        pack = builtin.make(Path(folder), lambda size, total: None)
        if options.original:
            pack = in_eight_bits(pack, Path(folder, "original"))
        recognizer = WhisperRecognizer(pack, 1)
        for title in options.only:
            recordings = list(CORPORA[title]())[:: options.every]
            for draft in (False,) if options.finals else (False, True):
                say(f"{title}, {len(recordings)}, {'unconfirmed' if draft else 'finals'}")
                for way in options.ways:
                    say(f"  {way:20}{row(recognizer, recordings, WAYS[way], draft=draft)}")


def row(
    recognizer: WhisperRecognizer, recordings: list[Recording], rule: WindowRule, *, draft: bool
) -> str:
    """Return what becomes of recordings in the windows of a rule."""
    pairs, doubtful, began = [], [], process_time()
    for recording in recordings:
        size = rule.size(-(-len(recording.sound) * FRAMES // SAMPLE_RATE))
        request = RecognitionRequest(
            {recording.language: 1.0},
            draft=draft,
            window=size.frames / FRAMES,
            completed=size.completed,
            voiced=recording.voiced,
        )
        recognition = recognizer.recognize(recording.sound, request)
        pairs.append((recording.text, recognition.text))
        doubtful.append(recognition.doubtful)
    cost = (process_time() - began) / max(1, len(recordings))
    wrong = [not answers.is_right(*pair) for pair in pairs]
    marked = sum(mark for mark, error in zip(doubtful, wrong, strict=True) if error)
    _, cer = voices.error_rates(pairs, recordings[0].language)
    counts = (len(pairs) - sum(wrong), marked, sum(wrong) - marked)
    return "".join(f"{count:6}" for count in counts) + f"{100 * cer:8.1f} %{cost:7.2f}"


def in_a_room() -> Iterator[Recording]:
    """Yield answers and short phrases in a quiet room, as the endpointer cuts them."""
    random = np.random.default_rng(0)
    spoken: list[ShortAnswer] = [*answers.read(), *islice(answers.phrases(), PHRASES)]
    edge = silence(int(EDGE * SAMPLE_RATE))
    for answer in spoken:
        sound = np.concatenate([edge, answers.spoken(answer, random), edge])
        noise = 10 ** (answers.ROOM / 20) * random.standard_normal(len(sound))
        yield Recording("ru", answer.text, sound + noise.astype(np.float32), answer.seconds)


def sentences() -> Iterator[Recording]:
    for clip in voices.clips(CLIPS):
        yield Recording("ru", clip.text, voices.sound(clip.path))


def tatar() -> Iterator[Recording]:
    for clip in read_speech(shared() / "speech", "tt"):
        sound = voices.sound(clip.path)
        if len(sound) <= FULL * SAMPLE_RATE:
            yield Recording("tt", clip.text, sound)


CORPORA = {"answers": in_a_room, "sentences": sentences, "tatar": tatar}


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
