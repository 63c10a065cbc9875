"""Files are written whole or not at all, and what is the person's is theirs alone."""

import stat
from itertools import islice
from pathlib import Path

import pytest

from tests.file_limits import fullest_file
from tolmach.core import files
from tolmach.core.errors import StorageError


def test_a_file_that_cannot_be_put_in_place_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"old")
    with fullest_file(2), pytest.raises(StorageError, match="not-writable"):
        files.write(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("ending", [".new", ".tmp", ".part", "~"])
def test_no_file_of_anybody_else_is_touched(tmp_path: Path, ending: str) -> None:
    path, other = tmp_path / "договор.txt", tmp_path / f"договор.txt{ending}"
    other.write_bytes(b"mine")
    files.try_writing(path)
    files.write(path, b"a")
    files.keep(path, b"b")
    assert other.read_bytes() == b"mine"
    assert set(tmp_path.iterdir()) == {path, other}


def test_what_is_exported_has_the_usual_rights(tmp_path: Path) -> None:
    (tmp_path / "usual").touch()
    files.write(tmp_path / "a", b"")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "usual").stat().st_mode


def test_what_was_set_aside_once_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for content in (b"1", b"2"):
        path.write_bytes(content)
        files.set_aside(path)
    path.mkdir()
    assert files.set_aside(path).is_dir()
    assert (tmp_path / "a.damaged.json").read_bytes() == b"1"
    assert (tmp_path / "a.damaged (2).json").read_bytes() == b"2"


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
