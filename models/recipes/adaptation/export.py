"""From a checkpoint to a small file of changes, and from that to a pack and its manifest."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np

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
        file.writelines(builtin.adapted(base.folder / MODEL, changes))
    return pack


def publish(changes: Path, pack: Pack, out: Path) -> None:
    """Put the changes, and what the pack's weights are to be, where the program takes them from."""
    (out / f"{builtin.ADAPTED}.npz").write_bytes(changes.read_bytes())
    manifest = out / f"{builtin.ADAPTED}.json"
    content = json.loads(manifest.read_bytes())
    model = (pack.folder / MODEL).read_bytes()
    for file in content["files"]:
        if file["path"] == MODEL:
            file |= {"size": len(model), "sha256": hashlib.sha256(model).hexdigest()}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    manifest.write_text(text, encoding="utf-8")
