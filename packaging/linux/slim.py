"""Make the bundle's libraries smaller by what nobody calls in them.

- Libraries that FFmpeg is linked with to write video get functions that do nothing. Their names
  stay, so FFmpeg loads as before.
- ICU's tables lose what Qt does not ask ICU for (its languages, dates and currencies are its own).
- Symbols that only a debugger reads go.

Needs binutils and icu-devtools. What it saves is in docs/packages.md.
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

import elf
from elftools.elf.elffile import ELFFile

# FFmpeg has readers of its own for what these write.
VIDEO_ENCODERS = ("libx264", "libx265", "libSvtAv1Enc", "libvpx")

# Qt calls ICU for sorting, case, character sets and calendars (`nm -D libQt6Core.so.6`).
ICU_TREES_LEFT_OUT = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
ICU_RESOURCES = frozenset((
    "keyTypeData", "likelySubtags", "metaZones", "numberingSystems", "pool", "res_index", "root",
    "supplementalData", "timezoneTypes", "windowsZones", "zoneinfo64",
))  # fmt: skip
ICU_CONVERTER_MOST_BYTES = 10_000  # larger ones are of China, Japan and Korea


def slim(bundle: Path) -> None:
    """Make the libraries of a bundle smaller; raises CalledProcessError."""
    silence_encoders(bundle)
    reduce_icu(bundle)
    strip(bundle)


def run(*command: str | Path) -> str:
    """Run a program and return what it prints; raises CalledProcessError."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def silence_encoders(bundle: Path) -> None:
    """Put libraries whose functions do nothing in the place of the encoders of video.

    Each function returns 0, which FFmpeg takes for an encoder that could not be opened.
    """
    for path in bundle.rglob("*.so*"):
        if path.name.startswith(VIDEO_ENCODERS) and not path.is_symlink():
            functions = "".join(
                f".globl {name}\n.type {name}, @function\n{name}: xorl %eax, %eax\nret\n"
                for name in exported(path)
                if not name.startswith("_Z")  # FFmpeg calls by the names of C alone
            )
            _assemble(f".text\n{functions}", path)


def exported(path: Path) -> list[str]:
    """Return the names that a library gives to others."""
    with path.open("rb") as stream:
        symbols = ELFFile(stream).get_section_by_name(".dynsym").iter_symbols()
        return sorted({symbol.name for symbol in symbols if symbol["st_shndx"] != "SHN_UNDEF"})


def reduce_icu(bundle: Path) -> None:
    """Take the tables out of ICU's library that nobody asks for."""
    for path in bundle.rglob("libicudata.so.*"):
        with tempfile.TemporaryDirectory() as scratch:
            [name] = exported(path)  # icudt73_dat
            tables = Path(scratch, f"{name.removesuffix('_dat')}l.dat")  # l: little-endian
            tables.write_bytes(_content(path, name))
            run("icupkg", "--destdir", scratch, "--extract", "*.cnv", tables)
            items = run("icupkg", "--list", tables).split()
            left_out = [item for item in items if _is_left_out(item, Path(scratch))]
            listing = Path(scratch, "left-out.txt")
            listing.write_text("\n".join(left_out), encoding="ascii")
            run("icupkg", "--ignore-deps", "--remove", listing, tables)
            _assemble(
                f".section .rodata\n.balign 16\n.globl {name}\n.type {name}, @object\n"
                f'{name}: .incbin "{tables}"\n.size {name}, . - {name}\n',
                path,
            )


def _is_left_out(item: str, converters: Path) -> bool:
    """Whether a table of ICU is one that nobody asks for; `converters` has the character sets."""
    tree, _, name = item.rpartition("/")
    if name.endswith(".cnv"):
        return (converters / name).stat().st_size > ICU_CONVERTER_MOST_BYTES
    if name.endswith(".res") and not tree:
        return Path(name).stem not in ICU_RESOURCES
    return tree in ICU_TREES_LEFT_OUT


def _content(path: Path, name: str) -> bytes:
    """Return the bytes that a symbol of a library stands for."""
    with path.open("rb") as stream:
        library = ELFFile(stream)
        [symbol] = library.get_section_by_name(".dynsym").get_symbol_by_name(name)
        [offset] = library.address_offsets(symbol["st_value"], symbol["st_size"])
        stream.seek(offset)
        return stream.read(symbol["st_size"])


def _assemble(source: str, path: Path) -> None:
    """Make a library of assembler's text in the place of another, under the same name."""
    with tempfile.TemporaryDirectory() as scratch:
        text, code, library = (Path(scratch, name) for name in ("a.s", "a.o", "a.so"))
        text.write_text(f'{source}.section .note.GNU-stack,"",@progbits\n', encoding="utf-8")
        run("as", "-o", code, text)
        run("ld", "-shared", "--build-id=none", "-soname", path.name, "-o", library, code)
        shutil.copymode(path, library)
        shutil.move(library, path)


def strip(bundle: Path) -> None:
    """Take the symbols out that only a debugger reads; a file that this breaks stays as it was.

    Where a wheel's libraries were patched, the tool misplaces their segments, and nobody could
    load them any more.
    """
    for file in elf.scan(bundle):
        stripped = file.path.with_name(f"{file.path.name}.stripped")
        run("strip", "--strip-unneeded", "-o", stripped, file.path)
        after = elf.read(stripped)
        if after and after.aligned and "libs" not in file.path.parent.suffix:
            shutil.copymode(file.path, stripped)
            stripped.replace(file.path)
        else:
            stripped.unlink()
