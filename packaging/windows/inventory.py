"""Whose files lie in the Windows bundle, with their versions and licences, as parts.py on Linux.

Read from the bundle and from PyInstaller's record of where each file came from; a file whose owner
nobody knows is an error.
"""

import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from pathlib import Path, PureWindowsPath

import interpreter
import pins

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "packaging"))

import parts  # noqa: E402
from parts import Part  # noqa: E402

SITE = interpreter.ROOT / "Lib" / "site-packages"
RUNTIME = "msvc-runtime"
RUNTIME_TERMS = "Microsoft's C++ runtime, redistributable with a program"
RUNTIME_PAGE = "https://learn.microsoft.com/cpp/windows/latest-supported-vc-redist"


def rows(program: Path, work: Path) -> list[Part]:
    """Return every part of the bundle, by name; raises UnknownOriginError."""
    packages = list(distributions(path=[str(SITE)]))
    files = {
        Path(str(package.locate_file(file))): package
        for package in packages
        for file in package.files or []
    }
    owners = {package.metadata["Name"]: package for package in _of_modules(program, files)}
    libraries = []
    for name, file in _collected(work):
        if file in files:
            owner = files[file].metadata["Name"]
            owners[owner] = files[file]
            libraries.append((name, f"{owner} {files[file].version}"))
        elif not _is_known(file, name):
            raise parts.UnknownOriginError(f"{file}: nobody knows whose it is")
    all_rows = [_part(package) for package in owners.values()] + parts.of_libraries(libraries)
    return sorted([*all_rows, _python(), _runtime()], key=lambda part: part.name.lower())


def _collected(work: Path) -> Iterator[tuple[str, Path]]:
    """Yield the files of the bundle and where they came from; drive Z of wine is the root."""
    for name, source in parts.collected(work).items():
        yield name.replace("\\", "/"), Path("/", *PureWindowsPath(source).parts[1:])


def _is_known(file: Path, name: str) -> bool:
    """Whether a file is the program's own, or of Python and the C++ runtime beside it."""
    if name.startswith("tolmach/data/") or file.is_relative_to(interpreter.BUILD / "work"):
        return True
    return file.is_relative_to(interpreter.ROOT) and not file.is_relative_to(SITE)


def _of_modules(program: Path, files: Mapping[Path, Distribution]) -> Iterator[Distribution]:
    tops = {name.partition(".")[0] for name in parts.module_names(program)}
    for file, package in files.items():
        if file.is_relative_to(SITE) and file.suffix in (".py", ".pyd"):
            first = file.relative_to(SITE).parts[0]
            if first.partition(".")[0] in tops:
                yield package


def _part(package: Distribution) -> Part:
    listed = [file for file in package.files or [] if parts.LICENCE_FILES.search(str(file))]
    paths = (Path(str(package.locate_file(file))) for file in listed if parts.is_text(file))
    texts = tuple(path for path in paths if path.is_file())
    name, licence, page = (
        package.metadata["Name"],
        parts.licence_of(package),
        parts.page_of(package),
    )
    return Part(name, package.version, licence, page, parts.PACKAGE, texts)


def _python() -> Part:
    text = interpreter.ROOT / "Lib" / "LICENSE.txt"
    texts = (text,) if text.is_file() else ()
    version = interpreter.python_version()
    return Part("Python", version, "PSF-2.0", "https://www.python.org", parts.LANGUAGE, texts)


def _runtime() -> Part:
    [pin] = [line for line in pins.pinned(pins.PINS.name) if line.startswith(f"{RUNTIME}==")]
    texts = (interpreter.ROOT / interpreter.RUNTIME_LICENCE,)
    return Part(RUNTIME, pin.partition("==")[2], RUNTIME_TERMS, RUNTIME_PAGE, parts.PACKAGE, texts)
