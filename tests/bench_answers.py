"""`python -m tests.bench_answers`: what short answers lose where less is encoded (decision 45).

Short answers of two voices and a reader's short phrases, as finals in Russian by Whisper base, in
the noise of a quiet room: in the full window, as the program hears them, with known silence behind
ten seconds, and in ten seconds alone.
"""

import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np

from tests import answers, voices
from tests.answers import ShortAnswer
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.packs import builtin

PHRASES = 120
EDGE = 0.32  # seconds of the room before and after
# Title, window that is named: then there is no second try.
WAYS = (("30 s", 30.0), ("10 s and known silence", 0.0), ("10 s", 10.0))


def main() -> None:
    spoken = [*answers.read(), *islice(answers.phrases(), PHRASES)]
    random = np.random.default_rng(0)
    sounds = [in_a_room(answer, random) for answer in spoken]
    with TemporaryDirectory() as folder:
        pack = builtin.make(Path(folder), lambda size, total: None)
        recognizer = WhisperRecognizer(pack, 1)
        for title, window in WAYS:
            counts: Counter[str] = Counter()
            pairs, began = [], process_time()
            for answer, sound in zip(spoken, sounds, strict=True):
                request = RecognitionRequest({"ru": 1.0}, voiced=answer.seconds, window=window)
                final = recognizer.recognize(sound, request)
                pairs.append((answer.text, final.text))
                mark = "marked" if final.doubtful else "unmarked"
                counts["right" if answers.is_right(*pairs[-1]) else f"wrong, {mark}"] += 1
            cost, (_, cer) = (process_time() - began) / len(spoken), voices.error_rates(pairs)
            sys.stdout.write(
                f"{title}, {len(spoken)}: {dict(counts)}, CER {cer:.3f}, {cost:.2f} s\n"
            )
            sys.stdout.flush()


def in_a_room(answer: ShortAnswer, random: np.random.Generator) -> Samples:
    """Return an answer with a quiet room around it, as the endpointer cuts it."""
    edge = silence(int(EDGE * SAMPLE_RATE))
    sound = np.concatenate([edge, answers.spoken(answer, random), edge])
    noise = 10 ** (answers.ROOM / 20) * random.standard_normal(len(sound))
    return sound + noise.astype(np.float32)


if __name__ == "__main__":
    main()
