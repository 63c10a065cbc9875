"""The program as an installer brings it, beside its own data or not. The real bundle has its own
self-test; here Python is told what PyInstaller tells it."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tolmach.cli import doctor
from tolmach.core import bundle, files, own_font, paths
from tolmach.core.errors import StorageError
from tolmach.core.settings import Settings, load, save
from tolmach.messages.table import SENTENCES, sentence

Install = Callable[[Path], Path]


@pytest.fixture
def install(monkeypatch: pytest.MonkeyPatch) -> Install:
    """Put the program into a folder and start it there."""
    monkeypatch.delenv("TOLMACH_HOME")

    def start(folder: Path) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        monkeypatch.setattr(sys, "frozen", True, raising=False)
        monkeypatch.setattr(sys, "executable", str(folder / "tolmach"))
        return folder

    return start


def test_the_sources_are_no_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TOLMACH_HOME")
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    (tmp_path / "portable.txt").write_text("Tolmach portable\n")
    assert bundle.folder() is None
    assert bundle.command("doctor") == [str(tmp_path / "python"), "-m", "tolmach", "doctor"]
    assert not paths.home().is_relative_to(tmp_path)


def test_a_bundle_is_started_by_its_executable(install: Install, tmp_path: Path) -> None:
    folder = install(tmp_path / "Толмач")
    assert bundle.command("doctor") == [str(folder / "tolmach"), "doctor"]


@pytest.mark.parametrize(
    "marker",
    ["Tolmach portable", "Tolmach portable\r\nне удалять\r\n", "\ufeffTolmach portable\n"],
)
def test_with_the_marker_everything_stays_beside_the_program(
    install: Install, tmp_path: Path, marker: str
) -> None:
    folder = install(tmp_path / "Флешка мамы" / "Толмач")
    (folder / "portable.txt").write_text(marker, encoding="utf-8", newline="")
    assert paths.home() == folder / "Tolmach data"
    save(Settings(theme="dark"), paths.settings_file())
    assert [path.name for path in (folder / "Tolmach data").iterdir()] == ["settings.json"]


def test_the_stick_has_another_letter_today(install: Install, tmp_path: Path) -> None:
    folder = install(tmp_path / "E" / "Толмач")
    (folder / "portable.txt").write_text("Tolmach portable\n")
    save(Settings(theme="dark"), paths.settings_file())
    (tmp_path / "E").rename(tmp_path / "F")
    install(tmp_path / "F" / "Толмач")
    assert load(paths.settings_file()) == Settings(theme="dark")


@pytest.mark.parametrize(
    "marker", ["", "tolmach portable\n", "Tolmach portable!\n", "Tolmach portable \n", "\nTolmach"]
)
def test_another_text_moves_nobodys_data(install: Install, tmp_path: Path, marker: str) -> None:
    folder = install(tmp_path / "Толмач")
    (folder / "portable.txt").write_text(marker)
    assert not paths.home().is_relative_to(tmp_path)


def test_a_marker_that_is_no_text_moves_nobodys_data(install: Install, tmp_path: Path) -> None:
    folder = install(tmp_path / "первая")
    (folder / "portable.txt").write_bytes(b"\xff\xfe\x00" * 1000)
    assert not paths.home().is_relative_to(tmp_path)
    folder = install(tmp_path / "вторая")
    (folder / "portable.txt").mkdir()
    assert not paths.home().is_relative_to(tmp_path)


def test_a_folder_that_the_person_named_wins(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path / "Толмач")
    (folder / "portable.txt").write_text("Tolmach portable\n")
    monkeypatch.setenv("TOLMACH_HOME", str(tmp_path / "своя"))
    assert paths.home() == tmp_path / "своя"


def test_a_marker_that_appears_meanwhile_parts_nothing(install: Install, tmp_path: Path) -> None:
    folder = install(tmp_path / "Толмач")
    before = paths.home()
    (folder / "portable.txt").write_text("Tolmach portable\n")
    assert paths.home() == before


def test_a_stick_that_cannot_be_written_is_a_sentence(install: Install, tmp_path: Path) -> None:
    folder = install(tmp_path / "Толмач")
    (folder / "portable.txt").write_text("Tolmach portable\n")
    (folder / "Tolmach data").write_bytes(b"a file in its place")
    with pytest.raises(StorageError, match="not-writable"):
        files.keep(paths.settings_file(), b"{}")


def test_who_has_an_installer_is_told_of_no_packages(install: Install, tmp_path: Path) -> None:
    codes = [code.removesuffix("-in-bundle") for code in SENTENCES if code.endswith("-in-bundle")]
    assert "builtin-absent" in codes
    assert "pip install" in sentence("builtin-absent", {})
    install(tmp_path / "Толмач")
    for code in SENTENCES:
        assert not re.search(r"pip install|apt install", sentence(code, {})), code


def test_the_doctor_sends_nobody_to_packages_either(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = install(tmp_path / "Толмач") / "_internal"
    monkeypatch.setattr(doctor, "LIBRARIES", {"none": "a_library_that_is_nowhere", "av": "av"})
    monkeypatch.setattr(own_font, "PACKAGE", "a-font-that-is-nowhere")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    folder.mkdir()
    (folder / "libxcb-cursor.so.0").touch()
    looks = (doctor._program, doctor._font, doctor._window, doctor._builtin)
    findings = {finding.name: finding for look in looks for finding in look()}
    assert (findings["none"].status, findings["av"].status) == ("missing", "ok")
    assert findings["Шрифт"].status == "warning"
    if sys.platform == "linux":
        assert findings["Окно"].status == "ok"
    assert "install" not in " ".join(finding.detail for finding in findings.values())


@pytest.mark.skipif(sys.platform != "linux", reason="where installers of Linux put it")
def test_another_copy_is_told_of(
    install: Install, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    at_home = install(tmp_path / ".local" / "lib" / "tolmach")
    (at_home / "tolmach").touch()
    assert list(doctor._other_copies()) == []
    install(tmp_path / "opt" / "tolmach")
    (finding,) = doctor._other_copies()
    assert finding.status == "warning"
    assert str(at_home) in finding.detail
    monkeypatch.delattr(sys, "frozen")
    assert list(doctor._other_copies()) == []


def test_a_library_without_metadata_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "LIBRARIES", {"no-such-distribution": "av"})
    assert doctor.Finding("no-such-distribution", "ok", "есть") in list(doctor._program())
