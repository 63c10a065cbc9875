"""Vocabularies and settings beside weights are files, and of the size of such files."""

import os
from pathlib import Path

import pytest

from tolmach.core import model_files
from tolmach.core.errors import ModelError


@pytest.mark.parametrize("name", ["vocabulary.json", "vocabulary.txt"])
def test_a_vocabulary_without_end_is_damaged(name: str, tmp_path: Path) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(model_files.LARGEST + 1)  # sparse: it takes no room
    with pytest.raises(ModelError, match="model-damaged"):
        model_files.read_vocabulary(tmp_path, ["vocabulary"], "проба")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe of POSIX")
@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ["vocabulary.json", "vocabulary.txt"])
def test_a_channel_is_no_vocabulary(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(ModelError, match="model-file-missing"):
        model_files.read_vocabulary(tmp_path, ["vocabulary"], "проба")


def test_tokens_by_id(tmp_path: Path) -> None:
    (tmp_path / "vocabulary.txt").write_bytes("а\r\nб\n".encode())
    assert model_files.read_vocabulary(tmp_path, ["vocabulary"], "проба") == ["а", "б"]
