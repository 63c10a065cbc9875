"""How a checked copy is installed: as the person, by the archive's own script."""

import io
import os
import sys
import tarfile
from pathlib import Path

import pytest

from tolmach.core.errors import UpdateError
from tolmach.updates import installation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts an installer")
SCRIPT = 'cat program.txt > "$PWD/../../installed.txt"; id -u >> "$PWD/../../installed.txt"\n'


def archive(folder: Path, script: str, name: str = "tolmach-9.0.0/install.sh") -> Path:
    path = folder / "tolmach-9.0.0-linux.tar.xz"
    with tarfile.open(path, "w:xz") as file:
        for member, content in ((name, script), ("tolmach-9.0.0/program.txt", "слышит\n")):
            info = tarfile.TarInfo(member)
            info.size = len(content.encode())
            file.addfile(info, io.BytesIO(content.encode()))
    return path


def test_the_script_runs_in_its_folder_as_the_person(tmp_path: Path) -> None:
    installation.start(archive(tmp_path, SCRIPT))
    assert (tmp_path / "installed.txt").read_text() == f"слышит\n{os.getuid()}\n"


@pytest.mark.parametrize(
    ("script", "detail"),
    [("echo 'нет места' >&2; exit 1", "нет места"), ("exit 3", "3")],
)
def test_a_script_that_fails_is_a_sentence(tmp_path: Path, script: str, detail: str) -> None:
    with pytest.raises(UpdateError) as raised:
        installation.start(archive(tmp_path, script))
    assert raised.value.code == "update-install-failed"
    assert raised.value.params["detail"] == detail


def test_an_archive_without_a_script_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UpdateError):
        installation.start(archive(tmp_path, "", "tolmach-9.0.0/setup"))


def test_what_is_no_archive_is_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "tolmach-9.0.0-linux.tar.xz"
    path.write_bytes(b"not an archive")
    with pytest.raises(UpdateError):
        installation.start(path)
