"""Questions about texts, to a worker that turns them round instead of understanding."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker import scripted
from tolmach.core.pack import Pack
from tolmach.sessions.questions import TextQuestions
from tolmach.worker.client import Client


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client(target=scripted.serve)
    yield client
    client.close()


@pytest.fixture
def asking(client: Client, tmp_path: Path) -> TextQuestions:
    """Return questions to one translator: the worker needs no files of it."""
    pairs = (("ru", "ba"), ("ba", "ru"))
    pack = Pack("наоборот", "1", "translator", "opus", tmp_path, {"ru": "Наоборот"}, pairs=pairs)
    return TextQuestions(client, lambda: [pack])
