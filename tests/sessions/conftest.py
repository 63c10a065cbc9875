"""Questions about texts, to a worker that turns them round instead of understanding."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker import scripted
from tolmach.core.pack import Pack
from tolmach.sessions.questions import Asking
from tolmach.worker.client import Client


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client(target=scripted.serve)
    yield client
    client.close()


@pytest.fixture
def asking(client: Client, tmp_path: Path) -> Asking:
    """Return an Asking for which one translator is installed: the worker needs no files of it."""
    pairs = (("ru", "ba"), ("ba", "ru"))
    pack = Pack("наоборот", "1", "translator", "opus", tmp_path, {"ru": "Наоборот"}, pairs=pairs)
    return Asking(client, lambda: [pack])
