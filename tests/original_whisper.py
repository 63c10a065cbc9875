"""The original Whisper base, as the packages have it: to compare ours with, and for the peers."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tolmach.core import weights
from tolmach.core.pack import Pack
from tolmach.core.weights import Weights
from tolmach.packs import builtin


def original(pack: Pack, folder: Path) -> Pack:
    """Write the pack with the original weights into a new folder."""
    with _small_files(pack, folder).open("wb") as joined:
        for part in builtin.parts():
            joined.write(part.read_bytes())
    return replace(pack, folder=folder, files=())


def in_eight_bits(pack: Pack, folder: Path) -> Pack:
    """Write the pack with the original weights as ours are on the disk, without our changes."""
    return changed(original(pack, folder / "float16"), folder / "int8", weights.quantized)


def changed(source: Pack, folder: Path, change: Callable[[Weights], Weights]) -> Pack:
    """Write a pack with other weights into a new folder."""
    with (
        (source.folder / "model.bin").open("rb") as old,
        _small_files(source, folder).open("wb") as new,
    ):
        new.writelines(weights.blocks(change(weights.read(old, source.id))))
    return replace(source, folder=folder, files=())


def _small_files(pack: Pack, folder: Path) -> Path:
    """Copy all but the weights; return where those belong."""
    shutil.copytree(pack.folder, folder, ignore=shutil.ignore_patterns("model.bin"))
    return folder / "model.bin"
