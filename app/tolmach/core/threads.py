"""How many threads are the quickest for each recognizer here, kept from one start to the next.

To measure them costs as much as to load the model. A file of another computer says nothing (the
program may be on a USB stick); one that cannot be read or written is no failure, but then they are
measured each time.
"""

import json
import logging
import os
import platform
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from tolmach.core import files
from tolmach.core.errors import StorageError
from tolmach.core.pack import Pack

log = logging.getLogger(__name__)

Threads: TypeAlias = tuple[int, int]  # for the encoder and for the decoder
_MOST = 64


def known_threads(path: Path, packs: Iterable[Pack]) -> dict[str, Threads]:
    """Return what the file says of these packs, by their ids."""
    by_name = _read(path)
    return {pack.id: by_name[_name(pack)] for pack in packs if _name(pack) in by_name}


def keep_threads(path: Path, packs: Iterable[Pack], threads: Mapping[str, Threads]) -> None:
    """Keep in the file what was measured, by the packs' ids."""
    by_name = _read(path)
    both = by_name | {_name(pack): threads[pack.id] for pack in packs if pack.id in threads}
    if both == by_name:
        return
    content = {"computer": _computer(), "threads": both}
    try:
        files.keep(path, json.dumps(content, ensure_ascii=False, indent=1).encode())
    except StorageError as error:
        log.warning("the numbers of threads are not kept: %s", error.code)


def _read(path: Path) -> dict[str, Threads]:
    try:
        content = json.loads(path.read_bytes())
        if content["computer"] != _computer():
            return {}
        return {name: _checked(numbers) for name, numbers in content["threads"].items()}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}


def _checked(numbers: object) -> Threads:
    match numbers:
        case [int(encoder), int(decoder)] if 0 < encoder <= _MOST and 0 < decoder <= _MOST:
            return encoder, decoder
    raise ValueError("no numbers of threads")


def _name(pack: Pack) -> str:
    return f"{pack.id} {pack.version} {sum(file.size for file in pack.files)}"


def _computer() -> str:
    return f"{platform.node()}, {os.cpu_count()} processors"
