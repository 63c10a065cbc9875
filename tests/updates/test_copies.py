"""Copies of updates stay while somebody needs them, and nothing of the person's goes with them."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tolmach.core import paths
from tolmach.updates import copies


@pytest.fixture
def other() -> Iterator["subprocess.Popen[bytes]"]:
    """Another process: a second window, or an installation that waits."""
    command = [sys.executable, "-c", "import time; time.sleep(100)"]
    with subprocess.Popen(command) as process:
        yield process
        process.kill()


def test_a_copy_of_another_process_stays_until_it_ends(other: "subprocess.Popen[bytes]") -> None:
    folder = copies.make()
    copies.give(folder, other.pid)
    copies.remove_unneeded(own=True)
    assert folder.is_dir()
    other.kill()
    other.wait()
    copies.remove_unneeded()
    assert not folder.exists()


def test_its_own_copy_goes_when_it_wants(own_home: Path) -> None:
    folder = copies.make()
    copies.remove_unneeded()
    assert folder.is_dir()
    copies.remove_unneeded(own=True)
    assert not paths.updates().exists()


def test_another_process_with_the_same_number_needs_nothing(
    other: "subprocess.Popen[bytes]",
) -> None:
    folder = copies.make()
    copies.give(folder, other.pid)
    owner = folder / "owner.json"
    owner.write_text(owner.read_text().replace('"began": 1', '"began": 0.1'))
    copies.remove_unneeded()
    assert not folder.exists()


def test_what_is_installed_by_hand_stays_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = copies.make()
    copies.keep(folder)
    copies.remove_unneeded(own=True)
    assert folder.is_dir()
    monkeypatch.setattr("time.time", lambda: 1e12)
    copies.remove_unneeded()
    assert not folder.exists()


@pytest.mark.parametrize("owner", ["", "{}", "[]", '{"pid": "x", "began": 0}', '{"until": "x"}'])
def test_a_copy_of_nobody_goes(owner: str) -> None:
    folder = copies.make()
    (folder / "owner.json").write_text(owner)
    copies.remove_unneeded()
    assert not folder.exists()


@pytest.mark.parametrize("name", ["важно.txt", "update-2026/важно.txt"])
def test_a_folder_of_the_person_is_left_alone(name: str) -> None:
    """TOLMACH_HOME may be a folder where others live."""
    letters = paths.updates() / name
    letters.parent.mkdir(parents=True)
    letters.write_text("моё")
    copies.remove_unneeded(own=True)
    assert letters.read_text() == "моё"


def test_a_folder_that_another_process_is_making_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    give = copies.give

    def late(folder: Path, pid: int) -> None:
        copies.remove_unneeded(own=True)  # another start, just then
        give(folder, pid)

    monkeypatch.setattr(copies, "give", late)
    assert copies.make().is_dir()
