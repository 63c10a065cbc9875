"""From a checkpoint to a small file of changes, and from that to a pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from tolmach.core import weights
from tolmach.core.pack import Pack
from tolmach.packs import builtin

from . import training

SMALL_FILES = ("config.json", "tokenizer.json", "vocabulary.txt")


def write_changes(plan: training.Plan, path: Path) -> None:
    """Write the two thin matrices of each change in sixteen bits."""
    network, _ = training.load(plan)
    arrays = {}
    for name, change in network.changes().items():
        for part, matrix in (("down", change.down), ("up", change.up)):
            arrays[f"{name}/{part}"] = matrix.detach().numpy().astype(np.float16)
    np.savez_compressed(path, **arrays)


def adapted(
    original: weights.Weights, changes: Mapping[str, np.ndarray], share: float
) -> weights.Weights:
    """Return the weights with this share of the changes added."""
    variables = dict(original.variables)
    for name in {key.rpartition("/")[0] for key in changes}:
        down, up = (changes[f"{name}/{part}"].astype(np.float32) for part in ("down", "up"))
        variables[name] = replace(
            variables[name], array=partial(_sum, variables[name], share * (up @ down))
        )
    return replace(original, variables=variables)


def _sum(variable: weights.Variable, change: np.ndarray) -> np.ndarray:
    total: np.ndarray = variable.array().astype(np.float32) + change
    return total.astype(variable.dtype)


def write_pack(changes: Path, folder: Path, share: float = 1.0) -> Pack:
    """Write a pack in eight bits; the manifest is that of Whisper base."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SMALL_FILES:
        (folder / name).write_bytes(training.small_file(name))
    with np.load(changes) as arrays:
        result = adapted(training.original(), dict(arrays), share)
    with (folder / "model.bin").open("wb") as file:
        file.writelines(weights.blocks(weights.quantized(result)))
    return replace(builtin.template(), folder=folder)
