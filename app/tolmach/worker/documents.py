"""The application's end of the border to a document: opened and written in a process of its own.

Rule: the application never parses a document. Who gives up, or waits too long, kills the process.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from time import monotonic

from tolmach.core.errors import AppError, Cancelled, StorageError, UsageError
from tolmach.formats.documents.document import Unit
from tolmach.protocol.documents import (
    DocumentAnswer,
    DocumentCommand,
    FailedDocument,
    OpenDocument,
    OpenedDocument,
    WriteDocument,
    decode_document_answer,
)
from tolmach.protocol.wire import encode
from tolmach.worker.spawning import Serve, spawned

log = logging.getLogger(__name__)

MOST_ANSWER = 2**27  # bytes
_LOOK = 0.05  # seconds between two looks at whether it is still wanted


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a document may cost."""

    memory: int = 2**30  # bytes, beside what the process has before
    seconds: float = 50.0  # to open it, and to write it


def serve(connection: Connection) -> None:
    """Run the process that holds a document; what it needs is loaded there."""
    from tolmach.pipeline.documents import serve as run

    run(connection)


@contextmanager
def opened_apart(
    path: Path,
    cancelled: Callable[[], bool],
    target: Serve = serve,
    allowance: Allowance = Allowance(),
) -> Iterator["DocumentApart"]:
    """Open a document in a process that lives as long as the context; `target` runs there.

    Raises Cancelled, UsageError "unknown-format", StorageError "file-missing", "not-readable" and
    "document-…" for what is not right in it, or costs more than it may.
    """
    try:
        process, connection = spawned(target, "tolmach-document")
    except OSError as error:
        raise StorageError("document-crashed", name=path.name) from error
    try:
        yield DocumentApart(process, connection, path, cancelled, allowance)
    finally:
        process.kill()
        process.join()
        connection.close()


class DocumentApart:
    """A document in another process."""

    def __init__(
        self,
        process: BaseProcess,
        connection: Connection,
        path: Path,
        cancelled: Callable[[], bool],
        allowance: Allowance,
    ) -> None:
        self._process = process
        self._connection = connection
        self._name = path.name
        self._cancelled = cancelled
        self._allowance = allowance
        opened = self._answer(OpenDocument(path.absolute(), allowance.memory))
        if not isinstance(opened, OpenedDocument):
            raise self._crashed()
        self.units = opened.units
        self.remarks = tuple(StorageError(each.code, **each.params) for each in opened.remarks)

    @property
    def pid(self) -> int:
        """Process id of the one that holds it."""
        return self._process.pid or 0

    def written(self, units: tuple[Unit | None, ...], language: str) -> bytes:
        """Return the document with these units in the places of its own; see `Document.written`.

        Raises Cancelled and StorageError "document-…".
        """
        self._answer(WriteDocument(units, language))
        return self._received()

    def _answer(self, command: DocumentCommand) -> DocumentAnswer:
        with suppress(OSError):  # it died: that is noticed below
            self._connection.send_bytes(encode(command))
        try:
            answer = decode_document_answer(self._received())
        except ValueError as error:
            raise self._crashed() from error
        if isinstance(answer, FailedDocument):
            if answer.trace:
                log.info("document: %s\n%s", answer.code, answer.trace)  # for the file alone
            kind: type[AppError] = UsageError if answer.wrong_use else StorageError
            raise kind(answer.code, **answer.params)
        return answer

    def _received(self) -> bytes:
        """Return the next message, unless it is no longer wanted or costs too much."""
        import psutil  # here: no command but this one needs it

        allowance = self._allowance
        deadline = monotonic() + allowance.seconds
        while not self._connection.poll(_LOOK):
            if self._cancelled():
                raise Cancelled
            if monotonic() > deadline:
                seconds = f"{allowance.seconds:g}"
                raise StorageError("document-slow", name=self._name, seconds=seconds)
            with suppress(psutil.Error):  # not every system ends it by itself
                if psutil.Process(self.pid).memory_info().rss > allowance.memory:
                    most = str(allowance.memory // 2**20)
                    raise StorageError("document-memory", name=self._name, most=most)
        try:
            return self._connection.recv_bytes(MOST_ANSWER)
        except (EOFError, OSError) as error:
            raise self._crashed() from error

    def _crashed(self) -> StorageError:
        return StorageError("document-crashed", name=self._name)
