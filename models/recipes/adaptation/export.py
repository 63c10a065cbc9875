"""From a checkpoint to a small file of changes, and from that to a pack and its manifest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from manifests import state
from tolmach.core.pack import Pack
from tolmach.packs import builtin

from .network import Whisper

SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")
MODEL = "model.bin"


def write_changes(network: Whisper, path: Path) -> None:
    """Write the two thin matrices of each change in sixteen bits."""
    arrays = {}
    for name, change in network.changes().items():
        for part, matrix in (("down", change.down), ("up", change.up)):
            arrays[f"{name}/{part}"] = matrix.detach().numpy().astype(np.float16)
    np.savez_compressed(path, **arrays)


def write_pack(changes: Path, folder: Path) -> Pack:
    """Write a pack as the program makes it of the changes; it may be asked for Russian, too."""
    base = builtin.make(folder, lambda size, total: None)
    pack = replace(base, folder=folder / "adapted")
    pack.folder.mkdir(exist_ok=True)
    for name in SMALL_FILES:
        (pack.folder / name).write_bytes((base.folder / name).read_bytes())
    with (pack.folder / MODEL).open("wb") as file:
        file.writelines(builtin.model([base.folder / MODEL], changes))
    return pack


def publish(changes: Path, name: str, out: Path) -> None:
    """Put the changes of a pack where the program takes them from, and state what they make.

    The adapted pack is made of the other one, so that another's changes make other weights of both.
    """
    (out / f"{name}.npz").write_bytes(changes.read_bytes())
    with TemporaryDirectory() as folder:
        sources = builtin.parts()
        for pack in builtin.IDS:
            model = Path(folder, f"{pack}.bin")
            with model.open("wb") as file:
                file.writelines(builtin.model(sources, out / f"{pack}.npz"))
            state(model.read_bytes(), MODEL, out / f"{pack}.json")
            sources = (model,)
