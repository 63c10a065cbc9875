"""What goes into the bundle, and that what the program calls is not left out of it."""

import ast
from collections.abc import Iterator

import pytest

from tests.conftest import REPOSITORY
from tests.packaging.tools import tool

bundle = tool("bundle")

APP = REPOSITORY / "app"


def imported_names() -> Iterator[str]:
    """Yield every module that the program names in an import, wherever it stands."""
    for file in (APP / "tolmach").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module
                yield from (f"{node.module}.{alias.name}" for alias in node.names)


def is_left_out(module: str) -> bool:
    return any(module == name or module.startswith(f"{name}.") for name in bundle.LEFT_OUT_MODULES)


def test_nothing_that_the_program_imports_is_left_out() -> None:
    names = set(imported_names())
    assert "PySide6.QtWidgets" in names
    assert [name for name in sorted(names) if is_left_out(name)] == []


def test_every_file_of_the_list_is_there() -> None:
    for source, _ in bundle.data():
        assert (REPOSITORY / source).exists(), source


@pytest.mark.parametrize(
    ("path", "left_out"),
    [
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", True),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", True),
        ("PySide6/Qt/lib/libQt6Network.so.6", True),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", False),
        ("PySide6/plugins/platforms/qwindows.dll", False),
        ("PySide6/Qt/translations/qtbase_ru.qm", False),
        ("PySide6/Qt/translations/qtbase_ar.qm", True),
        ("libxcb-cursor.so.0", False),
        ("libX11.so.6", True),
        ("libstdc++.so.6", True),
        ("av.libs/libasound-c7818c60.so.2.0.0", False),
        ("tolmach/data/resources/languages.json", False),
    ],
)
def test_files_that_nobody_opens_stay_out(path: str, left_out: bool) -> None:
    assert bundle.is_left_out(path) is left_out


def test_a_library_goes_with_those_that_need_it() -> None:
    entries = [
        ("PySide6/Qt/plugins/platformthemes/libqgtk3.so", "gtk3", "BINARY"),
        ("PySide6/Qt/plugins/platforms/libqxcb.so", "xcb", "BINARY"),
        ("libpango-1.0.so.0", "pango", "BINARY"),
        ("libxcb-cursor.so.0", "cursor", "BINARY"),
        ("libxcb-util.so.1", "util", "BINARY"),
        ("libportaudio.so.2", "portaudio", "BINARY"),
        ("numpy/core.so", "core", "EXTENSION"),
        ("numpy.libs/libopenblas.so", "openblas", "BINARY"),
        ("libopenblas.so", "numpy.libs/libopenblas.so", "SYMLINK"),
        ("libpango.so", "libpango-1.0.so.0", "SYMLINK"),
        ("tolmach/data/model.bin", "model", "DATA"),
    ]
    needs = {
        "gtk3": ["libpango-1.0.so.0"],
        "xcb": ["libxcb-cursor.so.0", "libc.so.6"],
        "cursor": ["libxcb-util.so.1"],
        "core": ["libopenblas.so"],
    }
    names = [entry[0] for entry in bundle.staying(entries, lambda file: needs.get(file, []))]
    assert names == [
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "libxcb-cursor.so.0",
        "libxcb-util.so.1",
        "libportaudio.so.2",
        "numpy/core.so",
        "numpy.libs/libopenblas.so",
        "libopenblas.so",
        "tolmach/data/model.bin",
    ]
