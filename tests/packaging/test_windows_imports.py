"""Each fault that a bundle for Windows may have is noticed: packaging/windows/imports.py."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.packaging import pe
from tests.packaging.tools import tool

TOOL = tool("imports")
Bundle = tuple[Path, Path]  # the bundle, the packages that it was made of


def write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@pytest.fixture
def bundle(tmp_path: Path) -> Bundle:
    """Return a small bundle without a fault."""
    folder, packages = tmp_path / "tolmach", tmp_path / "site-packages"
    inside = folder / "_internal"
    write(folder / "Tolmach.exe", pe.image({"KERNEL32.dll": ["ExitProcess"]}))
    write(inside / "msvcp140.dll", pe.image({"KERNEL32.dll": []}, ["_Xlength_error"]))
    write(inside / "ctranslate2" / "libiomp5md.dll", pe.image({}, ["omp_get_max_threads"]))
    needs = {"MSVCP140.dll": ["_Xlength_error"], "LIBIOMP5MD.dll": ["omp_get_max_threads"]}
    write(inside / "ctranslate2" / "_ext.pyd", pe.image(needs))
    write(inside / "numpy" / "core.pyd", pe.image({"blas-1f.dll": ["dgemm"]}))
    for place in (inside, packages):
        write(place / "numpy.libs" / "blas-1f.dll", pe.image({}, ["dgemm"]))
    write(inside / "numpy" / "data.dll.txt", b"no executable")
    return folder, packages


def faults(bundle: Bundle) -> list[str]:
    folder, packages = bundle
    images = TOOL.read(folder)
    return [
        *TOOL.closure(folder, images),
        *TOOL.libraries_whole(folder, packages),
        *TOOL.intruders(folder),
    ]


def lose_the_runtime(inside: Path) -> None:
    (inside / "msvcp140.dll").unlink()


def lose_a_name(inside: Path) -> None:
    write(inside / "msvcp140.dll", pe.image({}, ["_Xbad_alloc"]))


def need_a_newer_windows(inside: Path) -> None:
    write(inside / "soxr" / "soxr.pyd", pe.image({"icu.dll": ["ucnv_open"]}))


def lie_in_another_package(inside: Path) -> None:
    write(inside / "rapidfuzz" / "fuzz.pyd", pe.image({"blas-1f.dll": ["dgemm"]}))


def forget_a_library(inside: Path) -> None:
    write(inside.parents[1] / "site-packages" / "numpy.libs" / "gfortran-2e.dll", pe.image({}))


def bring_openmp_twice(inside: Path) -> None:
    write(inside / "libiomp5md.dll", pe.image({}))


def bring_no_openmp(inside: Path) -> None:
    (inside / "ctranslate2" / "libiomp5md.dll").unlink()
    (inside / "ctranslate2" / "_ext.pyd").unlink()


def bring_a_stand_in(inside: Path) -> None:
    write(inside / "ICUUC.dll", pe.image({}, ["ucnv_open"]))


def bring_part_of_windows(inside: Path) -> None:
    write(inside / "api-ms-win-crt-math-l1-1-0.dll", pe.image({}))


def bring_a_second_runtime(inside: Path) -> None:
    write(inside / "PySide6" / "MSVCP140.dll", pe.image({}, ["_Xlength_error"]))


def bring_another_processor(inside: Path) -> None:
    write(inside / "portaudio32bit.dll", pe.image({}, machine=pe.I386))


def test_a_whole_bundle_has_no_fault(bundle: Bundle) -> None:
    assert faults(bundle) == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (lose_the_runtime, "ctranslate2/_ext.pyd needs msvcp140.dll: neither"),
        (lose_a_name, "needs _Xlength_error of msvcp140.dll: not there"),
        (need_a_newer_windows, "soxr.pyd needs icu.dll: neither"),
        (lie_in_another_package, "fuzz.pyd needs blas-1f.dll: neither"),
        (forget_a_library, "numpy.libs/gfortran-2e.dll did not come along"),
        (bring_openmp_twice, "exactly one libiomp5md.dll"),
        (bring_no_openmp, "exactly one libiomp5md.dll should be there: none"),
        (bring_a_stand_in, "ICUUC.dll is Windows' own"),
        (bring_part_of_windows, "api-ms-win-crt-math-l1-1-0.dll is Windows' own"),
        (bring_a_second_runtime, "PySide6/MSVCP140.dll is a second C++ runtime"),
        (bring_another_processor, "portaudio32bit.dll is not for x86-64"),
    ],
)
def test_each_fault_is_noticed(
    bundle: Bundle, spoil: Callable[[Path], None], expected: str
) -> None:
    spoil(bundle[0] / "_internal")
    (fault,) = faults(bundle)
    assert expected in fault


def test_the_list_of_windows_has_nothing_that_we_bring() -> None:
    names = TOOL.system_libraries()
    assert "kernel32.dll" in names
    assert not [name for name in names if name.startswith(("msvcp", "vcruntime", "python"))]


def test_a_library_with_many_names_is_read_whole(bundle: Bundle) -> None:
    """Qt6Core has more names than pefile reads unasked."""
    names = [f"name{number:05}" for number in range(10_000)]
    write(bundle[0] / "_internal" / "Qt6Core.dll", pe.image({}, names))
    write(bundle[0] / "_internal" / "QtCore.pyd", pe.image({"Qt6Core.dll": names}))
    assert faults(bundle) == []
