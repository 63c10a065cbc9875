"""Packs and archives for tests, good ones and hostile ones, made byte by byte."""

import hashlib
import io
import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tolmach.core.pack import Pack, PackFile, Quality
from tolmach.packs import manifest

WEIGHTS = bytes(range(256)) * 8

ARGOS = {
    "translate-ru_kk-1_9/metadata.json": json.dumps(
        {"package_version": "1.9", "from_code": "ru", "to_code": "kk", "target_prefix": ""}
    ).encode(),
    "translate-ru_kk-1_9/model/model.bin": WEIGHTS,
    "translate-ru_kk-1_9/model/config.json": b"{}",
    "translate-ru_kk-1_9/model/shared_vocabulary.json": b'["<unk>", "a"]',
    "translate-ru_kk-1_9/sentencepiece.model": b"pieces",
    "translate-ru_kk-1_9/README.md": b"# ru-kk",
    "translate-ru_kk-1_9/stanza/resources.json": b"{}",
    "translate-ru_kk-1_9/stanza/ru/tokenize/syntagrus.pt": b"PK a pickle",
}


def plain() -> dict[str, Any]:
    """Return a full, valid manifest as decoded JSON."""
    return {
        "format": 1,
        "id": "test-ru-ba",
        "version": "1.2",
        "kind": "translator",
        "engine": "opus",
        "title": {"ru": "Проба", "en": "Test"},
        "languages": {"ru": {"token": "<2ru>"}, "ba": {"token": "<2ba>"}},
        "scripts": {"ba": "Cyrl"},
        "pairs": [["ru", "ba"], ["ba", "ru"]],
        "files": [{"path": "model.bin", "size": 3, "sha256": hashlib.sha256(b"abc").hexdigest()}],
        "memory_mb": 40,
        "licence": "CC-BY-SA-4.0",
        "attribution": "Кто-то\nи ещё кто-то",
        "options": {"starter": True, "beam": 4, "penalty": 0.5, "mode": "dynamic"},
        "quality": [
            {"pair": ["ru", "ba"], "metric": "chrF++", "value": 41.5, "on": "everyday"},
            {"language": "ba", "metric": "CER", "value": 9, "on": "voices"},
        ],
    }


def pack_folder(folder: Path, content: Mapping[str, bytes] | None = None, **changes: Any) -> Pack:
    """Write a translator pack with these files and return it."""
    folder.mkdir(parents=True)
    files = []
    for path, data in (content or {"model.bin": WEIGHTS, "source.spm": b"pieces"}).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        files.append(PackFile(path, len(data), hashlib.sha256(data).hexdigest()))
    fields: dict[str, Any] = {
        "id": "test-ru-ba",
        "version": "1.2",
        "kind": "translator",
        "engine": "opus",
        "folder": folder,
        "title": {"ru": "Проба", "en": "Test"},
        "pairs": (("ru", "ba"),),
        "files": tuple(files),
        "licence": "CC0",
        "quality": (Quality("ru>ba", "chrF++", 41.5, "everyday"),),
    }
    pack = Pack(**{**fields, **changes})
    manifest.write(pack)
    return pack


def archive(
    content: Mapping[str, bytes], modes: Mapping[str, int] | None = None, packed: bool = False
) -> bytes:
    """Return a zip archive; `modes` are Unix modes by name. Names are written as they are."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name, data in content.items():
            info = zipfile.ZipInfo("x")
            info.filename = name  # the constructor would cut and mend it
            info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            info.external_attr = (modes or {}).get(name, 0) << 16
            file.writestr(info, data)
    return buffer.getvalue()


# Where a header keeps a field: (in the local header, in the central directory, struct format).
_FIELDS = {
    "flags": (6, 8, "<H"),
    "method": (8, 10, "<H"),
    "crc": (14, 16, "<I"),
    "packed": (18, 20, "<I"),
    "size": (22, 24, "<I"),
}


def lying(data: bytes, number: int = 0, **fields: int) -> bytes:
    """Return the archive with header fields of entry `number` overwritten in both places."""
    changed = bytearray(data)
    local = central = -1
    for _ in range(number + 1):
        local = data.index(b"PK\3\4", local + 1)
        central = data.index(b"PK\1\2", central + 1)
    for field, value in fields.items():
        in_local, in_central, layout = _FIELDS[field]
        struct.pack_into(layout, changed, local + in_local, value)
        struct.pack_into(layout, changed, central + in_central, value)
    return bytes(changed)


def argos_with(**changes: bytes | None) -> dict[str, bytes]:
    """Return the good Argos package with entries replaced; None removes one.

    Keys are paths in the package with "/" and "." written as "__" and "_".
    """
    written = {path.partition("/")[2].replace("/", "__").replace(".", "_"): path for path in ARGOS}
    content = dict(ARGOS)
    for key, data in changes.items():
        path = written[key]
        if data is None:
            del content[path]
        else:
            content[path] = data
    return content


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return every path below a folder with its content, None for folders."""
    return {
        str(path.relative_to(folder)): None if path.is_dir() else path.read_bytes()
        for path in sorted(folder.rglob("*"))
    }
