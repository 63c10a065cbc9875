"""What a bundle asks of the computer that it runs on: read from its ELF files, run by nobody.

    python packaging/linux/elf.py build/linux/tolmach [--glibc 2.35] [--glibcxx 3.4.30]

Prints a table; exit code 1 when a file needs a newer system than we promise, an executable stack
(refused by glibc 2.41), or a library that is neither in the bundle nor on the list of SYSTEM.
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from elftools.common.exceptions import ELFError
from elftools.elf.elffile import ELFFile
from elftools.elf.gnuversions import GNUVerNeedSection

Version = tuple[int, ...]

PROMISED = {"GLIBC": "2.35", "GLIBCXX": "3.4.30"}  # Ubuntu 22.04; Debian 12 has 2.36

# What every desktop has and what must be its own: the C library, drivers, fonts, sound, X.
SYSTEM = frozenset((
    "ld-linux-x86-64.so.2", "libc.so.6", "libdl.so.2", "libm.so.6", "libmvec.so.1",
    "libpthread.so.0", "librt.so.1", "libutil.so.1", "libresolv.so.2", "libcrypt.so.1",
    "libstdc++.so.6", "libgcc_s.so.1",  # drivers need theirs, which may be newer than ours
    "libGL.so.1", "libEGL.so.1", "libGLX.so.0", "libOpenGL.so.0",
    "libX11.so.6", "libX11-xcb.so.1", "libxcb.so.1", "libxcb-glx.so.0",
    "libfontconfig.so.1", "libfreetype.so.6", "libexpat.so.1", "libasound.so.2",
    "libwayland-client.so.0", "libwayland-cursor.so.0", "libwayland-egl.so.1",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class ElfFile:
    """One file and what it asks for."""

    path: Path
    needed: frozenset[str]  # names of libraries
    versions: dict[str, Version]  # newest of each family, GLIBC and GLIBCXX
    executable_stack: bool
    aligned: bool  # whether the loader of glibc can map it


def read(path: Path) -> ElfFile | None:
    """Return what an ELF file asks for, None for any other file."""
    with path.open("rb") as stream:
        if stream.read(4) != b"\x7fELF":
            return None
        elf = ELFFile(stream)
        needed, versions = set(), defaultdict[str, Version](tuple)
        for section in elf.iter_sections():
            if section.header["sh_type"] == "SHT_DYNAMIC":
                needed.update(tag.needed for tag in section.iter_tags("DT_NEEDED"))
            elif isinstance(section, GNUVerNeedSection):
                for family, version in _versions(section):
                    versions[family] = max(versions[family], version)
        segments = list(elf.iter_segments())
        stacks = [segment for segment in segments if segment["p_type"] == "PT_GNU_STACK"]
        loads = [segment for segment in segments if segment["p_type"] == "PT_LOAD"]
        return ElfFile(
            path,
            frozenset(needed),
            dict(versions),
            any(segment["p_flags"] & 1 for segment in stacks),
            all((load["p_vaddr"] - load["p_offset"]) % load["p_align"] == 0 for load in loads),
        )


def _versions(section: GNUVerNeedSection) -> Iterator[tuple[str, Version]]:
    for _, symbols in section.iter_versions():
        for symbol in symbols:
            match = re.fullmatch(r"(GLIBC|GLIBCXX)_([\d.]+)", symbol.name)
            if match:
                yield match[1], version_of(match[2])


def version_of(text: str) -> Version:
    """Return "2.36" as (2, 36)."""
    return tuple(map(int, text.split(".")))


def scan(folder: Path) -> list[ElfFile]:
    """Return every ELF file below a folder, links not followed."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    return [file for path in paths if (file := read(path))]


def faults(
    files: Iterable[ElfFile], promised: dict[str, Version], names: set[str]
) -> Iterator[str]:
    """Yield a sentence for each fault; `names` are the libraries that lie in the bundle."""
    for file in files:
        for family, version in file.versions.items():
            if version > promised[family]:
                yield f"{file.path}: needs {family}_{_dotted(version)}"
        if file.executable_stack:
            yield f"{file.path}: wants an executable stack"
        if not file.aligned:
            yield f"{file.path}: its segments are not aligned"
        for name in sorted(file.needed - names - SYSTEM):
            yield f"{file.path}: needs {name}, which is neither inside nor on the list"


def table(files: Iterable[ElfFile], folder: Path) -> Iterator[str]:
    """Yield lines: the newest symbols that each part of the bundle asks for."""
    parts: dict[str, dict[str, Version]] = defaultdict(dict)
    for file in files:
        inside = file.path.relative_to(folder).parts
        part = inside[1] if len(inside) > 2 else inside[-1]
        for family, version in file.versions.items():
            parts[part][family] = max(parts[part].get(family, ()), version)
    yield f"{'part':40} {'GLIBC':8} GLIBCXX"
    for part, versions in sorted(parts.items(), key=lambda row: row[1].get("GLIBC", ())):
        newest = [_dotted(versions.get(family, ())) or "-" for family in ("GLIBC", "GLIBCXX")]
        yield f"{part[:40]:40} {newest[0]:8} {newest[1]}"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))


def main() -> int:
    """Scan a bundle; 1 when it asks for more than is promised."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path)
    for family, version in PROMISED.items():
        parser.add_argument(f"--{family.lower()}", default=version, dest=family)
    arguments = parser.parse_args()
    try:
        files = scan(arguments.folder)
    except ELFError as error:
        sys.exit(f"{arguments.folder}: a damaged ELF file: {error}")
    names = {path.name for path in arguments.folder.rglob("*.so*")}
    sys.stdout.writelines(f"{line}\n" for line in table(files, arguments.folder))
    promised = {family: version_of(getattr(arguments, family)) for family in PROMISED}
    sentences = list(faults(files, promised, names))
    sys.stderr.writelines(f"{sentence}\n" for sentence in sentences)
    return 1 if sentences else 0


if __name__ == "__main__":
    sys.exit(main())
