"""A worker with engines that compute instead of understanding, so that every sample can be traced.

Speech is anything louder than 0.1. The recognizer's text is a checksum of the samples it got.
"""

import os
import time
import zlib
from collections.abc import Sequence
from multiprocessing.connection import Connection

import numpy as np

from tolmach.core.errors import EngineError, ModelError
from tolmach.core.pack import Pair
from tolmach.core.samples import Samples
from tolmach.engines.base import Recognition
from tolmach.worker.pipeline import Engines
from tolmach.worker.protocol import Plan
from tolmach.worker.server import Worker, run

DEADLY = np.float32(0.987)  # a sample of this value kills the recognizer's process
DEADLY_TEXT = "смерть"
BROKEN = np.float32(0.876)  # this one makes it fail


class Loudness:
    def probability(self, frame: Samples) -> float:
        return 1.0 if float(np.max(np.abs(frame))) > 0.1 else 0.0

    def reset(self) -> None:
        pass


class Checksum:
    def __init__(self, seconds: float = 0.0) -> None:
        self._seconds = seconds

    def recognize(self, samples: Samples, languages: Sequence[str]) -> Recognition:
        time.sleep(self._seconds)
        if DEADLY in samples:
            os._exit(7)
        if BROKEN in samples:
            raise EngineError("recognition-failed", detail="scripted")
        return Recognition(checksum(samples), languages[0], 1.0, 0.0, 0.0)


class Reversed:
    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[str]:
        if DEADLY_TEXT in texts:
            os._exit(8)
        return [text[::-1] for text in texts]


def checksum(samples: Samples) -> str:
    return f"{zlib.crc32(np.ascontiguousarray(samples, dtype='<f4').tobytes()):08x}"


def engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Checksum(), Reversed() if plan.targets else None)


def slow_engines(plan: Plan) -> Engines:
    return Engines(Loudness(), Checksum(0.05), Reversed() if plan.targets else None)


def serve(connection: Connection) -> None:
    run(connection, Worker(slow_engines))


def broken_engines(plan: Plan) -> Engines:
    raise ModelError("model-damaged", file="model.bin", pack="scripted")


def serve_broken(connection: Connection) -> None:
    run(connection, Worker(broken_engines))


def serve_nothing(connection: Connection) -> None:
    os._exit(3)
