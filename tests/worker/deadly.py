"""A worker that dies of unconfirmed words."""

import os
from multiprocessing.connection import Connection

from tests.worker.scripted import Checksum, Loudness, worker
from tolmach.core.samples import Samples
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.pipeline.server import run
from tolmach.pipeline.session import Engines
from tolmach.protocol.plan import Plan


class DiesOfDrafts(Checksum):
    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        if request.draft:
            os._exit(9)
        return super().recognize(samples, request)


def dying_of_drafts(plan: Plan) -> Engines:
    return Engines(Loudness(), DiesOfDrafts(), None)


def serve_deadly_drafts(connection: Connection) -> None:
    run(connection, worker(dying_of_drafts))
