"""Small Windows executables that tests make: what they import and export, and no code.

After Microsoft's PE format (learn.microsoft.com/windows/win32/debug/pe-format).
"""

import struct
from collections.abc import Mapping, Sequence

AMD64, I386 = 0x8664, 0x14C
_SECTION, _FILE_OFFSET = 0x1000, 0x200
_DLL = 0x2022  # executable image, large addresses, DLL


def image(
    imports: Mapping[str, Sequence[str]], exports: Sequence[str] = (), machine: int = AMD64
) -> bytes:
    """Return a DLL that imports these names by DLL and exports these."""
    content = _Content()
    import_table = _imports(content, imports)
    export_table = _exports(content, exports)
    body = bytes(content.body)
    raw = body + bytes(-len(body) % 0x200)
    directories = [(export_table, 40), (import_table, 20 * (len(imports) + 1))] + [(0, 0)] * 14
    dos = b"MZ" + bytes(58) + struct.pack("<I", 64)
    coff = struct.pack("<HHIIIHH", machine, 1, 0, 0, 0, 112 + 8 * 16, _DLL)
    optional = struct.pack("<HBBIIIII", 0x20B, 14, 0, 0, len(raw), 0, 0, _SECTION)
    optional += struct.pack("<QIIHHHHHHI", 0x180000000, 0x1000, 0x200, 10, 0, 0, 0, 10, 0, 0)
    optional += struct.pack("<IIIHH", 0x1000 + len(raw) + 0x1000, _FILE_OFFSET, 0, 3, 0)
    optional += struct.pack("<QQQQII", 0x100000, 0x1000, 0x100000, 0x1000, 0, 16)
    optional += b"".join(struct.pack("<II", *directory) for directory in directories)
    section = struct.pack("<8sIIII", b".rdata", len(raw), _SECTION, len(raw), _FILE_OFFSET)
    section += struct.pack("<IIHHI", 0, 0, 0, 0, 0x40000040)
    head = dos + b"PE\0\0" + coff + optional + section
    return head + bytes(_FILE_OFFSET - len(head)) + raw


class _Content:
    """The one section; what is added tells where it is in memory."""

    def __init__(self) -> None:
        self.body = bytearray()

    def add(self, content: bytes) -> int:
        address = _SECTION + len(self.body)
        self.body += content + bytes(-len(content) % 8)
        return address

    def text(self, name: str) -> int:
        return self.add(name.encode() + b"\0")


def _imports(content: _Content, imports: Mapping[str, Sequence[str]]) -> int:
    descriptors = b""
    for library, names in imports.items():
        hints = [content.add(bytes(2) + name.encode() + b"\0") for name in names]
        thunks = struct.pack(f"<{len(hints) + 1}Q", *hints, 0)
        table, bound = content.add(thunks), content.add(thunks)
        descriptors += struct.pack("<IIIII", table, 0, 0, content.text(library), bound)
    return content.add(descriptors + bytes(20))


def _exports(content: _Content, exports: Sequence[str]) -> int:
    names = [content.text(name) for name in sorted(exports)]
    count = len(names)
    functions = content.add(struct.pack(f"<{count}I", *[_SECTION] * count))
    pointers = content.add(struct.pack(f"<{count}I", *names))
    ordinals = content.add(struct.pack(f"<{count}H", *range(count)))
    own = content.text("own.dll")
    return content.add(
        struct.pack("<IIHHIIIIIII", 0, 0, 0, 0, own, 1, count, count, functions, pointers, ordinals)
    )
