"""The child process that holds one document: opens it, answers with its units, writes it again.

A document is untrusted, and so are the libraries that read it: no sockets, and no more memory than
they are given. Exceptions never cross the border, as in `server.py`.
"""

import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path

from tolmach.core import logs
from tolmach.core.errors import AppError, StorageError, UsageError
from tolmach.formats.documents.document import Document
from tolmach.formats.documents.opening import open_document
from tolmach.pipeline import confinement
from tolmach.protocol.documents import (
    DocumentCommand,
    DocumentRemark,
    FailedDocument,
    OpenDocument,
    OpenedDocument,
    WrittenDocument,
    decode_document_command,
)
from tolmach.protocol.wire import encode


def serve(connection: Connection, read: Callable[[Path], Document] = open_document) -> None:
    """Run until the application process lets go of the document."""
    confinement.confine()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the application's to answer
    holder = _Holder(read)
    with suppress(EOFError, ConnectionError):
        while True:
            for message in holder.answer(connection.recv_bytes()):
                connection.send_bytes(message)


class _Holder:
    """Keeps the document between the two commands."""

    def __init__(self, read: Callable[[Path], Document]) -> None:
        self._read = read
        self._document: Document | None = None
        self._name, self._memory = "", 0

    def answer(self, data: bytes) -> Iterator[bytes]:
        """Yield the messages that answer a command; never raises."""
        try:
            yield from self._do(decode_document_command(data))
        except AppError as error:
            wrong_use = isinstance(error, UsageError)
            yield encode(FailedDocument(error.code, error.params, wrong_use))
        except MemoryError:
            self._document = None
            params = {"name": self._name, "most": str(self._memory // 2**20)}
            yield encode(FailedDocument("document-memory", params, wrong_use=False))
        except Exception as error:  # noqa: BLE001 - the border: nothing may cross it
            params = {"name": self._name}
            trace = logs.outline(error)
            yield encode(FailedDocument("document-crashed", params, wrong_use=False, trace=trace))

    def _do(self, command: DocumentCommand) -> Iterator[bytes]:
        if isinstance(command, OpenDocument):
            self._name, self._memory = command.path.name, command.memory
            confinement.limit_memory(command.memory)
            self._document = document = self._read(command.path)
            remarks = (DocumentRemark(each.code, each.params) for each in document.remarks)
            yield encode(OpenedDocument(document.units, tuple(remarks)))
        elif self._document is None:
            raise StorageError("document-crashed", name=self._name)
        else:
            data = self._document.written(command.units, command.language)
            yield encode(WrittenDocument())
            yield data
