"""Workers that do their work and something else, or hear nothing, for the self-test."""

import subprocess
import sys
from multiprocessing.connection import Connection

from tests.worker.scripted import Checksum, worker
from tolmach.core.samples import Samples
from tolmach.pipeline.server import run, serve
from tolmach.pipeline.session import Engines
from tolmach.protocol.plan import Plan


class Deaf:
    def probability(self, frame: Samples) -> float:
        return 0.0

    def reset(self) -> None:
        pass


def deaf_engines(plan: Plan) -> Engines:
    return Engines(Deaf(), Checksum(), None)


def serve_deaf(connection: Connection) -> None:
    run(connection, worker(deaf_engines))


def serve_and_multiply(connection: Connection) -> None:
    """Begin another process as a frozen program does that takes its worker for itself."""
    more = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    with more:  # it ends when this one does: nobody writes to it any more
        serve(connection)
