"""Files are written whole or not at all, and what is the person's is theirs alone."""

import errno
import os
import stat
import sys
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


@pytest.mark.parametrize(
    ("number", "reading", "writing"),
    [
        (errno.ENOSPC, "disk-full", "disk-full"),
        (errno.EDQUOT, "disk-full", "disk-full"),
        (errno.EROFS, "disk-read-only", "disk-read-only"),
        (errno.EACCES, "no-permission", "folder-closed"),
        (errno.EPERM, "no-permission", "folder-closed"),
        (errno.EBUSY, "file-in-use", "file-in-use"),
        (errno.EIO, "disk-fails", "disk-fails"),
        (errno.ENOENT, "file-missing", "not-writable"),
        (errno.EINVAL, "not-readable", "not-writable"),
    ],
)
def test_each_reason_has_its_own_sentence(number: int, reading: str, writing: str) -> None:
    error = OSError(number, "?")
    assert files.unreadable(error, Path("a.txt")).code == reading
    assert files.unwritable(error, Path("a")).code == writing


def test_a_name_that_is_too_long(tmp_path: Path) -> None:
    path = tmp_path / ("а" * 300)
    with pytest.raises(StorageError, match="name-too-long"):
        files.read(path)
    with pytest.raises(StorageError, match="name-too-long"):
        files.write(path, b"")


@pytest.mark.skipif(sys.platform == "win32", reason="has no channels of this kind")
@pytest.mark.timeout(10)
def test_a_channel_is_no_file(tmp_path: Path) -> None:
    """Opening it would wait for somebody to write."""
    os.mkfifo(tmp_path / "канал.txt")
    with pytest.raises(StorageError, match="file-is-no-file"):
        files.read(tmp_path / "канал.txt")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="file-is-folder"):
        files.read(tmp_path)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux")
def test_a_full_disk() -> None:
    with pytest.raises(StorageError, match="disk-full"), files.writing(Path("/dev")):
        Path("/dev/full").write_bytes(b"a")


def test_a_new_file_takes_the_next_free_name(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(b"old")
    assert files.write_new(tmp_path / "a.srt", b"new") == tmp_path / "a (2).srt"
    assert (tmp_path / "a.srt").read_bytes() == b"old"
    assert (tmp_path / "a (2).srt").read_bytes() == b"new"
