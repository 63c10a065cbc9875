"""Make the bundle's libraries smaller by what nobody calls in them.

- Libraries that are linked with and never needed (they write video, fetch from the internet, speak
  to a JACK server) get functions that do nothing. Their names stay, so whoever is linked with them
  loads as before. What only they needed goes.
- ICU's tables lose what Qt does not ask ICU for (its languages, dates and currencies are its own).
- Symbols that only a debugger reads go.
- The library of OpenMP is there once; each wheel brings its own.

Needs binutils and icu-devtools. What it saves is in docs/packages.md.
"""

import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import elf
from elftools.elf.elffile import ELFFile

# In FFmpeg: what writes video and pictures (it has readers of its own for them), what reads AV1,
# what scales pictures, what fetches over TLS, what records from a device. In PortAudio and D-Bus:
# JACK's and systemd's servers.
SILENCED = (
    "av.libs/libx264", "av.libs/libx265", "av.libs/libSvtAv1Enc", "av.libs/libvpx",
    "av.libs/libdav1d", "av.libs/libwebp", "av.libs/libswscale", "av.libs/libvpl",
    "av.libs/libgnutls", "av.libs/libasound", "libjack.so", "libsystemd.so",
)  # fmt: skip

# A function that does nothing returns 0. Two of them FFmpeg asks for the sizes of a film's pictures
# before its sound is read, and a 0 would promise them; two return text.
NOTHING, REFUSAL, NO_TEXT = "xorl %eax, %eax", "movl $-1, %eax", "leaq no_text(%rip), %rax"
ANSWERS = {
    "dav1d_open": REFUSAL,
    "dav1d_parse_sequence_header": REFUSAL,
    "swscale_configuration": NO_TEXT,
    "swscale_license": NO_TEXT,
}

# Qt calls ICU for sorting, case, character sets and calendars (`nm -D libQt6Core.so.6`).
ICU_TREES_LEFT_OUT = ("brkitr", "curr", "lang", "rbnf", "region", "translit", "unit", "zone")
ICU_RESOURCES = frozenset((
    "keyTypeData", "likelySubtags", "metaZones", "numberingSystems", "pool", "res_index", "root",
    "supplementalData", "timezoneTypes", "windowsZones", "zoneinfo64",
))  # fmt: skip
ICU_ORDERS_LEFT_OUT = ("coll/ja.res", "coll/ko.res", "coll/zh.res")
ICU_CONVERTER_MOST_BYTES = 10_000  # larger ones are of China, Japan and Korea


def slim(bundle: Path) -> None:
    """Make the libraries in a bundle's `_internal` smaller; raises CalledProcessError."""
    silence(bundle)
    reduce_icu(bundle)
    strip(bundle)
    share_openmp(bundle)


def run(*command: str | Path) -> str:
    """Run a program and return what it prints; raises CalledProcessError."""
    words = [str(word) for word in command]
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout


def silence(bundle: Path) -> None:
    """Put libraries whose functions do nothing in the place of those that nobody needs.

    Each function returns 0, but for those of ANSWERS. Libraries that only these were linked with
    are taken out.
    """
    files = elf.scan(bundle)
    for file in files:
        if file.path.relative_to(bundle).as_posix().startswith(SILENCED):
            _silence(file.path)
    while unneeded := needed(files) - needed(files := elf.scan(bundle)):
        for path in bundle.rglob("*.so*"):  # files and the links to them
            if path.name in unneeded:
                path.unlink()


def needed(files: Iterable[elf.ElfFile]) -> frozenset[str]:
    """Return the names of the libraries that files are linked with."""
    return frozenset().union(*(file.needed for file in files))


def _silence(path: Path) -> None:
    """Make a library of the same names and versions: functions do nothing, data is zeros."""
    lines = [".data", "no_text: .byte 0"]
    versions = defaultdict[str, list[str]](list)
    for symbol in exported(path):
        versions[symbol.version].append(symbol.name)
        lines.append(f".globl {symbol.name}")
        if symbol.kind == "STT_FUNC":
            lines += [".text", f".type {symbol.name}, @function"]
            lines += [f"{symbol.name}: {ANSWERS.get(symbol.name, NOTHING)}", "ret"]
        else:
            lines += [f".type {symbol.name}, @object", f".size {symbol.name}, {symbol.size}"]
            lines += [".data", ".balign 16", f"{symbol.name}: .zero {symbol.size}"]
    script = "".join(
        f"{version} {{ {'; '.join(names)}; }};\n" for version, names in versions.items() if version
    )
    _assemble("\n".join([*lines, ""]), path, script)


@dataclass(frozen=True, slots=True)
class Symbol:
    """A name that a library gives to others."""

    name: str
    version: str  # "" where the library has none
    kind: str  # STT_FUNC or STT_OBJECT
    size: int  # bytes


def exported(path: Path) -> list[Symbol]:
    """Return the functions and data of C that a library gives to others, each name once."""
    with path.open("rb") as stream:
        library = ELFFile(stream)
        numbers = library.get_section_by_name(".gnu.version")
        definitions = library.get_section_by_name(".gnu.version_d")
        versions = {
            definition["vd_ndx"]: next(names).name
            for definition, names in (definitions.iter_versions() if definitions else ())
            if definition["vd_ndx"] != 1  # the library's own name
        }
        symbols = {}
        for index, symbol in enumerate(library.get_section_by_name(".dynsym").iter_symbols()):
            kind = symbol["st_info"]["type"]
            if (
                symbol["st_shndx"] not in ("SHN_UNDEF", "SHN_ABS")
                and kind in ("STT_FUNC", "STT_OBJECT")
                and not symbol.name.startswith("_Z")
            ):
                version = versions.get(numbers.get_symbol(index)["ndx"], "") if versions else ""
                symbols[symbol.name] = Symbol(symbol.name, version, kind, symbol["st_size"])
        return list(symbols.values())


def reduce_icu(bundle: Path) -> None:
    """Take the tables out of ICU's library that nobody asks for."""
    for path in bundle.rglob("libicudata.so.*"):
        if path.is_symlink():  # to the one beside Qt
            continue
        with tempfile.TemporaryDirectory() as scratch:
            [name] = (symbol.name for symbol in exported(path))  # icudt73_dat
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
    return tree in ICU_TREES_LEFT_OUT or item in ICU_ORDERS_LEFT_OUT


def _content(path: Path, name: str) -> bytes:
    """Return the bytes that a symbol of a library stands for."""
    with path.open("rb") as stream:
        library = ELFFile(stream)
        [symbol] = library.get_section_by_name(".dynsym").get_symbol_by_name(name)
        [offset] = library.address_offsets(symbol["st_value"], symbol["st_size"])
        stream.seek(offset)
        return stream.read(symbol["st_size"])


def _assemble(source: str, path: Path, versions: str = "") -> None:
    """Make a library of assembler's text in the place of another, under the same name.

    `versions` is the linker's script of them.
    """
    with tempfile.TemporaryDirectory() as scratch:
        text, script, code, library = (
            Path(scratch, name) for name in ("a.s", "a.map", "a.o", "a.so")
        )
        text.write_text(f'{source}.section .note.GNU-stack,"",@progbits\n', encoding="utf-8")
        script.write_text(versions, encoding="utf-8")
        run("as", "-o", code, text)
        command = ["ld", "-shared", "--build-id=none", "-soname", path.name, "-o", library, code]
        run(*command, *(["--version-script", script] if versions else []))
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


def share_openmp(bundle: Path) -> None:
    """Make links of all libraries of OpenMP but the newest.

    Two in one process would each start threads of their own.
    """
    *others, newest = sorted(bundle.glob("*.libs/libgomp-*"), key=_newest_version)
    for other in others:
        other.unlink()
        other.symlink_to(Path("..", newest.relative_to(bundle)))


def _newest_version(path: Path) -> tuple[int, ...]:
    """Return the newest version of OpenMP's functions in a library."""
    versions = (symbol.version.removeprefix("GOMP_") for symbol in exported(path))
    return max(elf.version_of(version) for version in versions if version[:1].isdigit())
