"""What is in the bundle that people install, and what is left out: the one list for both systems.

`tolmach.spec` builds by it, `tests/packaging` keeps it honest. Whatever PyInstaller finds by the
imports is in; what is named in LEFT_OUT is not, and nothing that the program calls may be there.
"""

import posixpath
import tomllib
from collections.abc import Callable, Iterable
from fnmatch import fnmatch
from importlib.metadata import distribution
from pathlib import Path, PurePath

Entry = tuple[str, str, str]

REPOSITORY = Path(__file__).resolve().parent.parent

# Modules that come along with what we use and that the program never calls. First of all those
# that go online: a library that is not there cannot telephone.
LEFT_OUT_MODULES = (
    "anyio", "fsspec", "hf_xet", "httpcore2", "httpx2", "huggingface_hub",
    "faster_whisper",  # its voice network is data (VOICE_NETWORK); its code is not called
    "click", "google", "flatbuffers", "packaging", "pycparser", "yaml",
    "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtPrintSupport",
    "PySide6.QtConcurrent", "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtUiTools",
    "PySide6.QtXml", "PySide6.scripts", "PySide6.support",
    "argostranslate", "IPython", "matplotlib", "pandas", "PIL", "pytest", "scipy", "torch",
    "transformers",
    "_pytest", "numpy.f2py", "numpy.testing", "numpy.distutils", "onnxruntime.quantization",
    "onnxruntime.tools", "onnxruntime.transformers", "onnxruntime.training", "setuptools",
    "pkg_resources", "pip", "tkinter", "turtle", "idlelib", "lib2to3", "pydoc", "pydoc_data",
    "test", "ensurepip", "venv", "distutils", "curses", "readline",
    "asyncio", "av.datasets", "doctest", "lxml.html", "lxml.objectify", "lxml.isoschematron",
    "pdb", "unittest", "webbrowser",
    # processors of 2013 and newer have these; the others do the same, a little slower
    "rapidfuzz.fuzz_cpp_avx2", "rapidfuzz.distance.metrics_cpp_avx2",
    "ftplib", "smtplib", "poplib", "imaplib", "nntplib", "telnetlib", "xmlrpc", "wsgiref",
)  # fmt: skip

# Files that the hooks of PyInstaller bring and that the program never opens.
LEFT_OUT_FILES = (
    "PySide6/Qt*/translations/*",  # our own windows have no text of Qt's but what qtbase says
    "PySide6/translations/*",
    "PySide6/Qt*/qml/*",
    "PySide6/*plugins/tls/*", "PySide6/*plugins/networkinformation/*",
    "PySide6/*plugins/generic/*", "PySide6/*plugins/egldeviceintegrations/*",
    "PySide6/*plugins/sqldrivers/*", "PySide6/*plugins/qmltooling/*",
    "PySide6/*plugins/printsupport/*",
    "PySide6/*plugins/platforms/*vnc*", "PySide6/*plugins/platforms/*linuxfb*",
    "PySide6/*plugins/platforms/*eglfs*", "PySide6/*plugins/platforms/*minimalegl*",
    "PySide6/*plugins/platforms/*vkkhrdisplay*", "PySide6/*plugins/platforms/*direct2d*",
    "PySide6/*plugins/platformthemes/*gtk3*",
    "PySide6/*plugins/platforminputcontexts/*virtualkeyboard*",
    "PySide6/*plugins/imageformats/*pdf*", "PySide6/*plugins/imageformats/*tiff*",
    "PySide6/*plugins/imageformats/*webp*", "PySide6/*plugins/imageformats/*icns*",
    "PySide6/*plugins/imageformats/*gif*", "PySide6/*plugins/imageformats/*jpeg*",
    "PySide6/*plugins/imageformats/*tga*", "PySide6/*plugins/imageformats/*wbmp*",
    "*Qt6Network*", "*Qt6Qml*", "*Qt6Quick*", "*Qt6VirtualKeyboard*", "*Qt6Pdf*", "*Qt6EglFS*",
    "PySide6/opengl32sw.dll",
    "fontpkg_noto_sans/*Italic*",  # nothing in the window is set in italics
    "*/cudnn*.dll",  # for graphics cards alone, and nothing that the GPL goes with
    "*/libportaudio32bit*", "*/libportaudioarm64*", "*/libportaudio*-asio.dll",
    "pyside6_essentials-*/RECORD", "*/tests/*", "*/test/*", "*.pyi", "*.h", "*.pxd", "*.pyx",
    # Linux: what must be the computer's own, for drivers, fonts and sound servers belong to it. The
    # X libraries among them come with OpenGL.
    "libX11.so*", "libX11-xcb.so*", "libXau.so*", "libXdmcp.so*", "libbsd.so*", "libmd.so*",
    "libxcb-glx.so*", "libxcb-present.so*", "libgbm.so*",
    "libfontconfig.so*", "libfreetype.so*", "libexpat.so*",
    "libasound.so*", "libpulse*.so*", "libmvec.so*", "libstdc++.so*", "libgcc_s.so*",
)  # fmt: skip

# Libraries that are opened by their names and not linked with.
OPENED = ("libportaudio.", "libpython3", "libctranslate2", "libonnxruntime_providers_shared")

# Text of Qt's own dialogs (file names, OK, Cancel) in the languages of the interface.
QT_TRANSLATIONS = ("qtbase_ru.qm", "qtbase_en.qm")

VOICE_NETWORK = "faster_whisper/assets/silero_vad_v6.onnx"
METADATA = ("av", "ctranslate2", "faster-whisper", "fontpkg-noto-sans", "onnxruntime",
            "PySide6-Essentials", "sentencepiece")  # fmt: skip


def data() -> list[tuple[str, str]]:
    """Return (file or folder, its folder in the bundle) of what is no code.

    The program's own is listed in pyproject.toml, for the wheel and the bundle alike.
    """
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
    wheel = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    own = [(str(REPOSITORY / source), target) for source, target in wheel.items()]
    network = distribution("faster-whisper").locate_file(VOICE_NETWORK)
    font = distribution("fontpkg-noto-sans")
    fonts = [
        (str(file.locate()), str(PurePath(file).parent))
        for file in font.files or []
        if file.suffix == ".ttf" or "LICENSE" in file.name.upper() or "OFL" in file.name
    ]
    return [*own, (str(network), str(PurePath(VOICE_NETWORK).parent)), *fonts]


def is_left_out(name: str) -> bool:
    """Whether a file of the bundle, by its path there, is one of those that nobody opens."""
    path = name.replace("\\", "/")
    if PurePath(path).name in QT_TRANSLATIONS:
        return False
    return any(fnmatch(path, pattern) for pattern in LEFT_OUT_FILES)


def staying(entries: Iterable[Entry], linked: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the entries that are not left out, without the libraries that only those needed.

    An entry is PyInstaller's: path in the bundle, file (of a link: the path it leads to), kind.
    `linked` names the libraries that a file is linked with.
    """
    candidates = [entry for entry in entries if not is_left_out(entry[0])]
    libraries = {PurePath(entry[0]).name: entry for entry in candidates if _is_library(entry)}
    waiting = [
        entry
        for entry in candidates
        if entry[2] in ("BINARY", "EXTENSION")
        and (not _is_library(entry) or PurePath(entry[0]).name.startswith(OPENED))
    ]
    reached = {entry[0] for entry in waiting}
    while waiting:
        names = {PurePath(name).name for name in linked(waiting.pop()[1])}
        fresh = [libraries[name] for name in sorted(names & libraries.keys())]
        fresh = [entry for entry in fresh if entry[0] not in reached]
        reached.update(entry[0] for entry in fresh)
        waiting += fresh
    return [
        entry
        for entry in candidates
        if entry[0] in reached
        or entry[2] == "DATA"
        or (entry[2] == "SYMLINK" and _target(entry) in reached)
    ]


def _is_library(entry: Entry) -> bool:
    """Whether this is a library of Linux that others are linked with, and not one to be opened."""
    path = PurePath(entry[0])
    return (
        entry[2] == "BINARY"
        and ".so" in path.name
        and path.name.startswith("lib")
        and "plugins" not in path.parts
    )


def _target(entry: Entry) -> str:
    """Return the path in the bundle that a link leads to."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(entry[0]), entry[1]))
