"""How a checked copy is installed: as the person, by the archive's own script, when we are gone."""

import io
import os
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tolmach.core import paths
from tolmach.core.errors import UpdateError
from tolmach.updates import installation

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows starts an installer")
PATIENCE = 20  # seconds
# As ours does: into the home folder, and a program of the new version that tells that it runs.
SCRIPT = """
mkdir -p "$HOME/.local/bin"
{ cat program.txt; id -u; } > "$HOME/installed.txt"
printf '#!/bin/sh\\necho new > "$HOME/opened.txt"\\n' > "$HOME/.local/bin/tolmach"
chmod +x "$HOME/.local/bin/tolmach"
"""


@pytest.fixture
def person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The home folder of a person, who has the old program."""
    home = tmp_path / "Мария Иванова"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    old = home / "old program"
    old.write_text('#!/bin/sh\necho old > "$HOME/opened.txt"\n')
    old.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(old))
    return home


@pytest.fixture
def running() -> Iterator["subprocess.Popen[bytes]"]:
    """What stands for the program that is still open."""
    with subprocess.Popen(["sleep", "100"]) as process:
        yield process
        process.kill()


def archive(folder: Path, script: str, name: str = "tolmach-9.0.0/install.sh") -> Path:
    own = folder / "copy"
    own.mkdir(exist_ok=True)
    path = own / "tolmach-9.0.0-linux.tar.xz"
    with tarfile.open(path, "w:xz") as file:
        for member, content in ((name, script), ("tolmach-9.0.0/program.txt", "слышит\n")):
            info = tarfile.TarInfo(member)
            info.size = len(content.encode())
            file.addfile(info, io.BytesIO(content.encode()))
    return path


def wait(condition: Callable[[], object]) -> None:
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_it_is_installed_as_the_person_when_the_program_is_closed_and_opened_again(
    tmp_path: Path, person: Path, running: "subprocess.Popen[bytes]"
) -> None:
    installation.start(archive(tmp_path, SCRIPT), running.pid)
    time.sleep(0.3)
    assert not (person / "installed.txt").exists()
    running.kill()
    running.wait()
    wait((person / "opened.txt").exists)
    assert (person / "installed.txt").read_text() == f"слышит\n{os.getuid()}\n"
    wait(lambda: (person / "opened.txt").read_text() == "new\n")


def test_a_script_that_finds_the_program_still_open_is_tried_again(
    tmp_path: Path, person: Path, running: "subprocess.Popen[bytes]"
) -> None:
    script = f'[ -e "$HOME/tried" ] || {{ touch "$HOME/tried"; exit 3; }}\n{SCRIPT}'
    installation.start(archive(tmp_path, script), running.pid)
    running.kill()
    running.wait()
    wait((person / "opened.txt").exists)
    wait(lambda: (person / "opened.txt").read_text() == "new\n")


def test_where_it_fails_the_old_program_opens_and_the_log_says_why(
    tmp_path: Path, person: Path, running: "subprocess.Popen[bytes]",
) -> None:  # fmt: skip
    script = "echo x >>\"$HOME/tries.txt\"; echo 'нет места' >&2; exit 1"
    installation.start(archive(tmp_path, script), running.pid)
    running.kill()
    running.wait()
    wait((person / "opened.txt").exists)
    wait(lambda: (person / "opened.txt").read_text() == "old\n")
    assert (person / "tries.txt").read_text() == "x\n"  # a full disk is no better at the next try
    failure = installation.failure()
    assert failure is not None
    assert failure.params["detail"] == "нет места"
    assert installation.failure() is None  # it is told once
    assert (paths.logs() / "update.log").read_text() == "нет места\n"


def test_the_program_opens_in_a_folder_that_stays(
    tmp_path: Path, person: Path, running: "subprocess.Popen[bytes]"
) -> None:
    installation.start(archive(tmp_path, SCRIPT.replace("echo new", "pwd")), running.pid)
    running.kill()
    running.wait()
    wait((person / "opened.txt").exists)
    wait(lambda: (person / "opened.txt").read_text() == f"{person}\n")


def test_an_archive_without_a_script_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(UpdateError):
        installation.start(archive(tmp_path, "", "tolmach-9.0.0/setup"))


@pytest.mark.parametrize("cut", [0, 20, 100])
def test_what_is_no_archive_is_a_sentence(tmp_path: Path, cut: int) -> None:
    path = archive(tmp_path, SCRIPT)
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(UpdateError):
        installation.start(path)
