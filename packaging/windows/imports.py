"""Prove that the Windows bundle brings every DLL that it loads: what wine hides.

    python packaging/windows/imports.py BUNDLE SITE_PACKAGES

Each DLL that a file of the bundle imports must lie where Windows looks for it, or be on the list of
what Windows 10 1809 has (system_libraries.txt). Rule: a DLL goes on that list only when Microsoft's
documentation gives it to every edition of 1809, N editions too.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pefile

INTERNAL = "_internal"
AMD64 = 0x8664
# Wine lacks these, Windows has them: none may be in the bundle (interpreter.py makes them).
ONLY_FOR_WINE = frozenset({"bcryptprimitives.dll", "icuuc.dll", "ucrtbase.dll"})
OPENMP = "libiomp5md.dll"
# One version for all: Windows takes the copy that was loaded first. A name with a hash is apart.
RUNTIME = r"(msvcp|vcruntime|concrt|vcomp)140(_\w+)?\.dll"
# A package that looks into another's folder: shiboken6 is beside PySide6 (os.add_dll_directory).
NEIGHBOURS = {"PySide6": ("shiboken6",)}
_IMPORTS = ("IMAGE_DIRECTORY_ENTRY_IMPORT", "IMAGE_DIRECTORY_ENTRY_DELAY_IMPORT")
_EXPORTS = "IMAGE_DIRECTORY_ENTRY_EXPORT"
# pefile gives up at 8192 names of either kind; Qt6Core exports more.
MOST_NAMES = pefile.MAX_IMPORT_SYMBOLS = 1_000_000


@dataclass(frozen=True)
class Image:
    """One PE file: what it imports by DLL, and what it exports."""

    path: Path

    @cached_property
    def _parsed(self) -> pefile.PE:
        image = pefile.PE(str(self.path), fast_load=True, max_symbol_exports=MOST_NAMES)
        kinds = (*_IMPORTS, _EXPORTS)
        image.parse_data_directories([pefile.DIRECTORY_ENTRY[kind] for kind in kinds])
        return image

    @cached_property
    def imports(self) -> dict[str, set[str]]:
        """The names that are imported, by DLL in lower case; imports by number are left out."""
        imports: dict[str, set[str]] = {}
        for attribute in ("DIRECTORY_ENTRY_IMPORT", "DIRECTORY_ENTRY_DELAY_IMPORT"):
            for library in getattr(self._parsed, attribute, ()):
                symbols = {entry.name.decode() for entry in library.imports if entry.name}
                imports.setdefault(library.dll.decode().lower(), set()).update(symbols)
        return imports

    @cached_property
    def exports(self) -> set[str]:
        """The names that are exported."""
        table = getattr(self._parsed, "DIRECTORY_ENTRY_EXPORT", None)
        return {entry.name.decode() for entry in table.symbols if entry.name} if table else set()

    @property
    def machine(self) -> int:
        """The processor that it is for."""
        return int(self._parsed.FILE_HEADER.Machine)

    def close(self) -> None:
        """Let the file go, with what was read of it kept."""
        _ = self.imports, self.exports
        self._parsed.close()


def main() -> None:
    """Print every fault of a bundle; exit code 1 when there is one."""
    bundle, packages = map(Path, sys.argv[1:3])
    images = read(bundle)
    faults = [*closure(bundle, images), *libraries_whole(bundle, packages), *intruders(bundle)]
    for fault in faults:
        sys.stdout.write(f"imports: {fault}\n")
    if faults:
        sys.exit(1)
    libraries = {library for image in images for library in image.imports}
    sys.stdout.write(f"imports: {len(images)} files, {len(libraries)} libraries, all at hand\n")


def read(bundle: Path) -> list[Image]:
    """Return every PE file of a folder, whatever its name ends in."""
    return [Image(path) for path in sorted(bundle.rglob("*")) if _executable(path)]


def closure(bundle: Path, images: list[Image]) -> Iterator[str]:
    """Yield what a file imports and Windows would not find, or would find without the name."""
    system = system_libraries()
    by_path = {image.path: image for image in images}
    places = {path.parent: {} for path in by_path}
    for path, image in by_path.items():
        places[path.parent][path.name.lower()] = image
    for image in images:
        where = image.path.relative_to(bundle).as_posix()
        if image.machine != AMD64:
            yield f"{where} is not for x86-64"
        for library, symbols in sorted(image.imports.items()):
            folders = _searched(bundle, image.path)
            found_at = next((f for f in folders if library in places.get(f, ())), None)
            if found_at:
                absent = symbols - places[found_at][library].exports
                if absent:
                    yield f"{where} needs {', '.join(sorted(absent)[:3])} of {library}: not there"
            elif library not in system:
                yield f"{where} needs {library}: neither beside it nor in Windows 10 1809"


def libraries_whole(bundle: Path, packages: Path) -> Iterator[str]:
    """Yield files of `<package>.libs` folders that did not come along with their package."""
    for folder in sorted(packages.glob("*.libs")):
        target = bundle / INTERNAL / folder.name
        if not (bundle / INTERNAL / folder.name.removesuffix(".libs")).is_dir():
            continue  # the package itself was left out
        for file in sorted(folder.glob("*.dll")):
            if not (target / file.name).is_file():
                yield f"{folder.name}/{file.name} did not come along"


def intruders(bundle: Path) -> Iterator[str]:
    """Yield what wine alone needs, and a second OpenMP: two abort the program."""
    names = [path for path in sorted(bundle.rglob("*")) if path.is_file()]
    for path in names:
        if path.name.lower() in ONLY_FOR_WINE or path.name.lower().startswith("api-ms-win-"):
            yield f"{path.relative_to(bundle).as_posix()} is Windows' own, or a stand-in for wine"
        if path.parent != bundle / INTERNAL and re.fullmatch(RUNTIME, path.name.lower()):
            yield f"{path.relative_to(bundle).as_posix()} is a second C++ runtime"
    copies = [path for path in names if "iomp5" in path.name.lower()]
    if [path.name.lower() for path in copies] != [OPENMP]:
        listed = ", ".join(path.relative_to(bundle).as_posix() for path in copies) or "none"
        yield f"exactly one {OPENMP} should be there: {listed}"


def system_libraries() -> set[str]:
    """Return the DLLs of Windows 10 1809, in lower case."""
    text = (Path(__file__).resolve().parent / "system_libraries.txt").read_text(encoding="ascii")
    return {line.strip().lower() for line in text.splitlines() if line and line[0] != "#"}


def _executable(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(2) == b"MZ"


def _searched(bundle: Path, path: Path) -> list[Path]:
    """Return where Windows looks for what a file imports, in order.

    The folder of the file, PyInstaller's folder, and what the package itself adds: its own .libs.
    """
    internal = bundle / INTERNAL
    folders = [path.parent, internal]
    if internal in path.parents:
        package = path.relative_to(internal).parts[0]
        folders += [internal / f"{package}.libs", internal / package]
        folders += [internal / neighbour for neighbour in NEIGHBOURS.get(package, ())]
    return folders


if __name__ == "__main__":
    main()
