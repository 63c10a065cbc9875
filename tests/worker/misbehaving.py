"""Processes that hold no document, each in its own way."""

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from tolmach.formats.documents.document import Document
from tolmach.pipeline import documents


def serve_never(connection: Connection) -> None:
    time.sleep(600)


def serve_death(connection: Connection) -> None:
    connection.recv_bytes()
    os._exit(5)


def serve_nonsense(connection: Connection) -> None:
    connection.recv_bytes()
    connection.send_bytes(b"\xff" * 100)
    time.sleep(600)


def serve_hoard(connection: Connection) -> None:
    """Take memory without the kernel's ceiling, as where a system has none."""
    blocks = []
    while True:
        blocks.append(os.urandom(2**20))


def serve_busy(connection: Connection) -> None:
    """Compute in one native call, during which no other thread of the process runs."""
    connection.send_bytes(b"busy")
    pow(3, 10**9)


def serve_sleep(connection: Connection) -> None:
    connection.send_bytes(b"asleep")
    time.sleep(600)


def serve_echo(connection: Connection) -> None:
    while True:
        connection.send_bytes(connection.recv_bytes())


def serve_broken(connection: Connection) -> None:
    documents.serve(connection, _broken)


def _broken(path: Path) -> Document:
    """Raise what nobody thought of, as a reader may."""
    raise LookupError(path)
