"""A worker with engines that compute instead of understanding, so that every sample can be traced.

Speech is anything louder than 0.1. The recognizer's text is a checksum of the samples it got;
that of `Clockwork` names every tenth of a second.
"""

import os
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from multiprocessing.connection import Connection

import numpy as np

from tolmach.core import paths
from tolmach.core.errors import EngineError, ModelError
from tolmach.core.pack import Pair
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.transcript import Word
from tolmach.core.translation import Candidate
from tolmach.core.windows import FINAL, window_rule
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.history.terms import current_terms
from tolmach.pipeline.server import Worker, run
from tolmach.pipeline.session import Engines
from tolmach.protocol.plan import Plan
from tolmach.worker.client import Client

DEADLY = np.float32(0.987)  # a sample of this value kills the recognizer's process
DEADLY_TEXT = "смерть"
BROKEN = np.float32(0.876)  # this one makes it fail


class Loudness:
    def probability(self, frame: Samples) -> float:
        return 1.0 if float(np.max(np.abs(frame))) > 0.1 else 0.0

    def reset(self) -> None:
        pass


class Checksum:
    window = 8.0

    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        time.sleep(self._seconds)
        if DEADLY in samples:
            os._exit(7)
        if BROKEN in samples:
            raise EngineError("recognition-failed", detail="scripted")
        language = next(iter(request.languages))
        return Recognition(checksum(samples), language, 1.0, 0.0, 0.0)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return dict(request.languages)


class Clockwork:
    """A Recognizer of sound whose samples count tenths of seconds: each tenth is a word.

    A tenth that is not heard to its end is misheard, as by any recognizer. `requests` are those
    of the finals.
    """

    window = 2.0

    def __init__(self) -> None:
        self.requests: list[RecognitionRequest] = []

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        if not request.draft:
            self.requests.append(request)
        tenths = list(_tenths(samples[request.start :], request.start))
        language = max(request.languages, key=request.languages.__getitem__)
        committed = request.prefix.split()
        if committed and committed[-1] in (spoken := [word.text.strip() for word in tenths]):
            tenths = (
                tenths[spoken.index(committed[-1]) - len(committed) + 1 :]
                if len(committed) <= len(tenths)
                else []
            )
        words = [word if request.timed else Word(word.text) for word in tenths]
        text = "".join(word.text for word in words)
        return Recognition(text, language, 1.0, 0.0, 0.0, words=tuple(words))

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return dict(request.languages)


TENTH, HOP = SAMPLE_RATE // 10, SAMPLE_RATE // 100


class Wavering:
    """A Recognizer of Russian with a list of hypotheses, the last of which it keeps to."""

    window = 8.0

    def __init__(self, *hypotheses: list[tuple[str, float]]) -> None:
        """Each hypothesis is words with their probabilities."""
        self._hypotheses = list(hypotheses)

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        last = len(self._hypotheses) == 1
        hypothesis = self._hypotheses[0] if last else self._hypotheses.pop(0)
        words = tuple(Word(f" {text}", probability=share) for text, share in hypothesis)
        return Recognition("".join(word.text for word in words), "ru", 1.0, 0.0, 0.0, words=words)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return dict.fromkeys(request.languages, 1.0)


def counted(first: int, last: int) -> Samples:
    """Return the sound of the tenths with these numbers, as Clockwork understands it."""
    values = 0.2 + 0.0001 * np.arange(first, last, dtype=np.float32)
    return np.repeat(values, TENTH).astype(np.float32)


def _tenths(samples: Samples, offset: int) -> Iterator[Word]:
    loud = np.flatnonzero(samples > 0.1)
    if not len(loud):
        return
    numbers = np.rint((samples - 0.2) / 0.0001).astype(int)
    for number in sorted(set(numbers[loud])):
        places = np.flatnonzero(numbers == number)
        if len(places) <= HOP:
            continue  # too short to be heard: windows begin on a feature frame
        text = named(number) if len(places) == TENTH else "~" * (1 + len(places) % 7)
        start, end = (offset + places[0]) / SAMPLE_RATE, (offset + places[-1] + 1) / SAMPLE_RATE
        yield Word(f" {text}", start, end)


def named(number: int) -> str:
    """Return a number as a word without digits, which are not committed as readily."""
    return str(number).translate(str.maketrans("0123456789", "абвгдежзик"))


class Reversed:
    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        if DEADLY_TEXT in texts:
            os._exit(8)
        return [Candidate(text[::-1], -0.5) for text in texts]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return [Candidate(version, -0.5) for version in (text[::-1], text)[:count]]


def checksum(samples: Samples) -> str:
    return f"{zlib.crc32(np.ascontiguousarray(samples, dtype='<f4').tobytes()):08x}"


def engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Checksum(), Reversed() if plan.targets else None)


class Stuttering(Checksum):
    """Writes one letter, as broken weights do."""

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        return replace(super().recognize(samples, request), text="ж" * 40)


def stuttering_engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Stuttering(), None)


def serve_stuttering(connection: Connection) -> None:
    run(connection, worker(stuttering_engines))


def send_signal(client: Client, number: int) -> None:
    """Send the worker a signal. It must be there: process 0 would be the tests themselves."""
    assert client.pid
    os.kill(client.pid, number)


def slow_engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Checksum(0.05), Reversed() if plan.targets else None)


def worker(load: Callable[[Plan], Engines]) -> Worker:
    """Return a worker whose engines these are, and whose person taught it nothing."""
    return Worker(load, lambda packs: Reversed(), current_terms(paths.terms_file()))


def serve(connection: Connection) -> None:
    run(connection, worker(slow_engines))


def counting_engines(plan: Plan) -> Engines:
    """Measure one thread, or one more than was known."""
    threads = plan.known_threads.get("scripted", (0, 0))
    return Engines(Loudness(), Checksum(), None, {"scripted": (threads[0] + 1, threads[1] + 1)})


def ruled_engines(plan: Plan) -> Engines:
    """Take the least window of the rule for finals for threads, so that it is told."""
    least = int(window_rule(plan.recognizers[0], FINAL, plan.languages[0]).least)
    return Engines(Loudness(), Checksum(), None, {"scripted": (least, least)})


def serve_ruled(connection: Connection) -> None:
    run(connection, worker(ruled_engines))


def serve_counting(connection: Connection) -> None:
    run(connection, worker(counting_engines))


class Overwhelmed(Checksum):
    """Dies of more than three seconds at once."""

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        if len(samples) > 3 * SAMPLE_RATE:
            os._exit(9)
        return super().recognize(samples, request)


def overwhelmed_engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Overwhelmed(), Reversed())


def serve_overwhelmed(connection: Connection) -> None:
    run(connection, worker(overwhelmed_engines))


def broken_engines(plan: Plan) -> Engines:
    raise ModelError("model-damaged", file="model.bin", pack="scripted")


def serve_broken(connection: Connection) -> None:
    run(connection, worker(broken_engines))


def serve_deadly_load(connection: Connection) -> None:
    """Die of each translator."""
    run(connection, Worker(engines, _die, current_terms(paths.terms_file())))


def _die(packs: object) -> Reversed:
    os._exit(11)


def serve_nothing(connection: Connection) -> None:
    os._exit(3)
