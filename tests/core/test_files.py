"""Files are written whole or not at all, and what is the person's is theirs alone."""

import stat
from itertools import islice
from pathlib import Path

import pytest

from tolmach.core import files
from tolmach.core.errors import StorageError


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / "a.txt.new").mkdir()
    with pytest.raises(StorageError, match="not-writable"):
        files.write(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"


def test_trying_leaves_nothing_behind(tmp_path: Path) -> None:
    files.try_writing(tmp_path / "a.txt")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StorageError, match="not-writable"):
        files.try_writing(tmp_path / "missing" / "a.txt")


def test_what_is_kept_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.json"
    files.keep(path, b"{}")
    assert path.read_bytes() == b"{}"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [file.name for file in path.parent.iterdir()] == ["a.json"]


def test_names_are_numbered_before_their_suffix() -> None:
    names = [path.name for path in islice(files.numbered(Path("договор.ba.docx")), 3)]
    assert names == ["договор.ba.docx", "договор.ba (2).docx", "договор.ba (3).docx"]


def test_what_the_system_refuses_names_the_folder(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught, files.writing(tmp_path):
        raise OSError
    assert (caught.value.code, caught.value.params) == ("not-writable", {"path": str(tmp_path)})
