"""What a bundle asks of a Linux computer and what it holds: each fault is noticed."""

import shutil
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.packaging.tools import tool
from tolmach import __version__

if sys.platform != "linux":
    pytest.skip("the packages for Linux are made on Linux", allow_module_level=True)

elf = tool("elf")
contents = tool("contents")
packers = tool("packers")

PROMISED = {"GLIBC": (2, 35), "GLIBCXX": (3, 4, 30)}


def sentences(
    *,
    needed: tuple[str, ...] = ("libc.so.6",),
    glibc: tuple[int, ...] = (2, 34),
    executable_stack: bool = False,
    aligned: bool = True,
) -> list[str]:
    """Return the faults of a bundle with one file."""
    file = elf.ElfFile(Path("a.so"), frozenset(needed), {"GLIBC": glibc}, executable_stack, aligned)
    return list(elf.faults([file], PROMISED, {"libinside.so.1"}))


def test_what_the_promised_system_has_is_no_fault() -> None:
    assert sentences(needed=("libc.so.6", "libGL.so.1", "libinside.so.1")) == []


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"glibc": (2, 38)}, "GLIBC_2.38"),
        ({"glibc": (2, 100)}, "GLIBC_2.100"),
        ({"executable_stack": True}, "executable stack"),
        ({"aligned": False}, "not aligned"),
        ({"needed": ("libxcb-cursor.so.0",)}, "libxcb-cursor.so.0"),
    ],
)
def test_each_fault_has_its_sentence(fault: dict[str, object], words: str) -> None:
    [sentence] = sentences(**fault)  # type: ignore[arg-type]
    assert words in sentence


def test_real_files_are_read() -> None:
    import numpy as np

    folder = Path(np.__file__).parent
    files = elf.scan(folder)
    newest = max(file.versions.get("GLIBC", ()) for file in files)
    assert newest >= (2, 17)
    assert all(file.aligned for file in files)
    assert any("libc.so.6" in file.needed for file in files)
    assert elf.read(folder / "__init__.py") is None


def test_every_library_of_the_system_has_its_debian_package() -> None:
    assert packers.DEBIAN.keys() == elf.SYSTEM - packers.OPTIONAL - packers.PART_OF_C


@pytest.mark.parametrize(
    "name",
    ["huggingface_hub", "huggingface_hub.utils", "hf_xet", "httpx2", "av.datasets", "asyncio"],
)
def test_code_that_goes_online_is_noticed(name: str) -> None:
    assert list(contents.online(["tolmach", "json", name], [])) == [name]


def test_libraries_that_go_online_are_noticed() -> None:
    file = "_internal/PySide6/Qt/lib/libQt6Network.so.6"
    assert list(contents.online(["tolmach"], ["_internal/libQt6Core.so.6", file])) == [file]


def test_what_the_program_itself_calls_is_not_taken_for_it() -> None:
    assert list(contents.online(["httplib_like", "urllib.parse", "socket"], ["a/b.so"])) == []


def test_two_builds_differ_where_a_file_does(tmp_path: Path) -> None:
    for name, text in (("first", "a"), ("second", "b")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "same.txt").write_text("same", encoding="utf-8")
        (tmp_path / name / "other.txt").write_text(text, encoding="utf-8")
        (tmp_path / name / "link").symlink_to("same.txt")
    (tmp_path / "second" / "more.txt").write_text("", encoding="utf-8")
    digests = [contents.hashes(tmp_path / name) for name in ("first", "second")]
    assert list(contents.differences(*digests)) == ["more.txt", "other.txt"]
    assert list(contents.differences(digests[0], digests[0])) == []


@pytest.mark.skipif(not shutil.which("dpkg-query"), reason="asks dpkg-query, of Debian")
def test_an_archive_has_one_order(tmp_path: Path) -> None:
    archives = [tmp_path / "first.zip", tmp_path / "second.zip"]
    for path, names in zip(archives, (("b.pyc", "a.pyc"), ("a.pyc", "b.pyc")), strict=True):
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(zipfile.ZipInfo(name), name * 9)
        contents.sort_archive(path)
    assert archives[0].read_bytes() == archives[1].read_bytes()
    with zipfile.ZipFile(archives[0]) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == {
            "a.pyc": b"a.pyc" * 9, "b.pyc": b"b.pyc" * 9,
        }  # fmt: skip


def test_nobody_knows_whose_a_file_is(tmp_path: Path) -> None:
    parts = tool("parts")
    stray = tmp_path / "libstray.so.1"
    stray.touch()
    with pytest.raises(parts.UnknownOriginError, match="libstray"):
        parts._debian_package(stray)


def test_the_desktop_entry_names_what_the_program_registers() -> None:
    entry = (REPOSITORY / "packaging" / "linux" / "tolmach.desktop").read_text(encoding="utf-8")
    application = (REPOSITORY / "app/tolmach/ui/application.py").read_text(encoding="utf-8")
    assert "Exec=tolmach\n" in entry
    assert "Icon=tolmach\n" in entry
    assert 'setDesktopFileName("tolmach")' in application


def test_shops_of_programs_are_told_this_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    assert f'<release version="{__version__}" date="2026-09-21"/>' in packers._metainfo()
