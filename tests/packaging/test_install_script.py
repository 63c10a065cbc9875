"""install.sh with a small program in the place of ours: again and again, cut off, full, away."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

if sys.platform != "linux":
    pytest.skip("the archive is for Linux", allow_module_level=True)

LINUX = REPOSITORY / "packaging" / "linux"
IS_RUNNING = 3


class Computer:
    """A person's home folder, and an archive of a version that was unpacked there."""

    def __init__(self, home: Path, archive: Path) -> None:
        self.home = home
        self.archive = archive
        self.place = home / ".local" / "lib" / "tolmach"
        self.command = home / ".local" / "bin" / "tolmach"

    def unpack(self, version: str, *, starts: bool = True) -> None:
        """Unpack a version; what it writes is its name."""
        shutil.rmtree(self.archive, ignore_errors=True)
        program = self.archive / "program"
        program.mkdir(parents=True)
        (program / version).touch()
        code = f"#!/bin/sh\necho {version}\nexit {0 if starts else 1}\n"
        (program / "tolmach").write_text(code, encoding="utf-8")
        (program / "tolmach").chmod(0o755)
        for name in ("install.sh", "tolmach.desktop", "tolmach-mime.xml"):
            shutil.copy(LINUX / name, self.archive)
        shutil.copy(REPOSITORY / "resources" / "icons" / "tolmach.svg", self.archive)

    def install(
        self, *options: str, script: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the script."""
        command = ["sh", str(script or self.archive / "install.sh"), *options]
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home)}
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )

    @property
    def version(self) -> str:
        """What the installed program says it is."""
        answer = subprocess.run([str(self.command)], capture_output=True, text=True, check=False)
        return answer.stdout.strip()

    @property
    def files(self) -> set[str]:
        """What lies beside the installed program."""
        return {path.name for path in self.place.iterdir()}


@pytest.fixture
def computer(tmp_path: Path) -> Computer:
    home = tmp_path / "Мария Ивановна"
    home.mkdir()
    return Computer(home, tmp_path / "tolmach 9")


def test_an_upgrade_leaves_nothing_of_the_old_version(computer: Computer) -> None:
    for version in ("1.0", "2.0"):
        computer.unpack(version)
        assert computer.install().returncode == 0
        assert computer.version == version
        assert computer.files == {"tolmach", "install.sh", version}
    assert len(list(computer.place.parent.glob("tolmach*/*/tolmach"))) == 1


def test_a_version_that_does_not_start_changes_nothing_and_takes_no_room(
    computer: Computer,
) -> None:
    computer.unpack("1.0")
    computer.install()
    computer.unpack("2.0", starts=False)
    assert computer.install().returncode == 1
    assert computer.version == "1.0"
    assert len(list(computer.place.parent.glob("tolmach*/*/tolmach"))) == 1


@pytest.mark.parametrize(
    "line",
    ["mkdir -p", "cp -a", '"$new/tolmach" --version', "ln -sfn", "mv -fT", "trap -", "ln -sf "],
)
def test_cut_off_before_any_step_there_is_a_program(computer: Computer, line: str) -> None:
    computer.unpack("1.0")
    computer.install()
    computer.unpack("2.0")
    script = computer.archive / "install.sh"
    text = script.read_text(encoding="utf-8")
    assert text.count(f"\n{line}") == 1
    script.write_text(text.replace(f"\n{line}", f"\nkill -KILL $$\n{line}"), encoding="utf-8")
    assert computer.install().returncode == -signal.SIGKILL
    assert computer.version == ("2.0" if line in ("trap -", "ln -sf ") else "1.0")
    computer.unpack("3.0")
    assert computer.install().returncode == 0
    assert computer.files == {"tolmach", "install.sh", "3.0"}
    assert len(list(computer.place.parent.glob("tolmach*/*/tolmach"))) == 1


@pytest.fixture
def older(computer: Computer) -> Computer:
    """The program is there as a folder, not a link: an older script put it there."""
    computer.unpack("1.0")
    computer.install()
    version = computer.place.resolve()
    computer.place.unlink()
    version.rename(computer.place)
    return computer


def test_a_folder_of_an_older_script_is_upgraded(older: Computer) -> None:
    older.place.with_name("tolmach.old").mkdir()
    older.place.with_name("tolmach.new").mkdir()
    older.unpack("2.0")
    assert older.install().returncode == 0
    assert older.version == "2.0"
    assert {path.name for path in older.place.parent.iterdir()} == {"tolmach", "tolmach.versions"}


def test_cut_off_while_that_folder_steps_aside_it_comes_back(older: Computer) -> None:
    older.unpack("2.0")
    script = older.archive / "install.sh"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("\nmv -fT", "\nkill -KILL $$\nmv -fT"), encoding="utf-8")
    assert older.install().returncode == -signal.SIGKILL
    older.unpack("3.0", starts=False)
    assert older.install().returncode == 1
    assert older.version == "1.0"


@pytest.mark.parametrize("line", ['"$new/tolmach" --version', "mv -fT", "trap - EXIT"])
def test_who_presses_ctrl_c_keeps_a_program_and_no_half_of_one(older: Computer, line: str) -> None:
    older.unpack("2.0")
    script = older.archive / "install.sh"
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace(f"\n{line}", f"\nkill -INT $$\n{line}"), encoding="utf-8")
    assert older.install().returncode == 1
    assert older.version == ("2.0" if line == "trap - EXIT" else "1.0")
    copies = list(older.place.parent.glob("tolmach.versions/*"))
    assert len(copies) == (1 if line == "trap - EXIT" else 0)


@pytest.fixture
def running(computer: Computer) -> Iterator[None]:
    """The program is open: of a copy of `sleep`, because a script is no executable."""
    computer.unpack("1.0")
    computer.install()
    program = computer.place / "tolmach"
    program.unlink()
    shutil.copy("/bin/sleep", program)
    with subprocess.Popen([str(program), "100"]) as process:
        time.sleep(0.1)
        yield
        process.send_signal(signal.SIGKILL)


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("option", [(), ("--remove",)])
def test_a_running_copy_is_noticed_through_a_link(
    computer: Computer, tmp_path: Path, option: tuple[str, ...]
) -> None:
    (tmp_path / "home").symlink_to(computer.home)
    computer.home = tmp_path / "home"
    answer = computer.install(*option)
    assert answer.returncode == IS_RUNNING
    assert "Толмач запущен" in answer.stderr
    assert computer.place.exists()


def test_who_opens_the_program_while_it_is_copied_keeps_its_files(computer: Computer) -> None:
    computer.unpack("1.0")
    computer.install()
    (computer.place / "tolmach").unlink()
    shutil.copy("/bin/sleep", computer.place / "tolmach")
    computer.unpack("2.0")
    script = computer.archive / "install.sh"
    opened = '"$place/tolmach" 3 >/dev/null 2>&1 &\nsleep 0.2\n'
    text = script.read_text(encoding="utf-8")
    script.write_text(text.replace("\ncp -a", f"\n{opened}cp -a"), encoding="utf-8")
    assert computer.install().returncode == IS_RUNNING
    assert "1.0" in computer.files
    assert len(list(computer.place.parent.glob("tolmach*/*/tolmach"))) == 1


def test_it_can_be_removed_without_its_archive(computer: Computer) -> None:
    computer.unpack("1.0")
    computer.install()
    settings = computer.home / ".local" / "share" / "tolmach" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.touch()
    shutil.rmtree(computer.archive)
    assert computer.install("--remove", script=computer.place / "install.sh").returncode == 0
    assert not list((computer.home / ".local" / "lib").iterdir())
    assert not computer.command.is_symlink()
    assert settings.exists()
