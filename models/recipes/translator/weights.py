"""Weights of a finished pack, read back for going on with training.

No checkpoint outlives a run, but a pack does. Its int8 rows divided by their scales are weights
that are written as the same bytes again.
"""

from __future__ import annotations

import struct
from pathlib import Path
from typing import BinaryIO

import numpy as np
import torch

from .export import build_spec
from .network import Network

# Type numbers of CTranslate2's binary files, version 6 (`include/ctranslate2/types.h`).
TYPES = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}
VERSION = 6
# One table of pieces serves three places; the file holds it once.
TIED = {"encoder/embeddings_0/weight", "decoder/projection/weight"}


def _number(file: BinaryIO, form: str) -> int:
    (value,) = struct.unpack("<" + form, file.read(struct.calcsize(form)))
    return int(value)


def _text(file: BinaryIO) -> str:
    return file.read(_number(file, "H")).rstrip(b"\0").decode()


def _variable(file: BinaryIO) -> tuple[str, np.ndarray]:
    name = _text(file)
    dimensions = [_number(file, "I") for _ in range(_number(file, "B"))]
    kind = TYPES[_number(file, "B")]
    content = file.read(_number(file, "I"))
    return name, np.frombuffer(content, kind).reshape(dimensions)


def variables(path: Path) -> dict[str, np.ndarray]:
    """Every variable of a model.bin by name; int8 rows are divided by their scales."""
    with path.open("rb") as file:
        if (version := _number(file, "I")) != VERSION:
            raise SystemExit(f"{path}: binary version {version}, this recipe reads {VERSION}")
        _text(file)
        _number(file, "I")
        stored = dict(_variable(file) for _ in range(_number(file, "I")))
    for name in [name for name in stored if name + "_scale" in stored]:
        stored[name] = stored[name] / stored[name + "_scale"][:, None]
    return stored


def load(network: Network, pack: Path) -> None:
    """Put the weights of a pack of the same shape and pieces into a network."""
    arrays = {name: weight.float().numpy() for name, weight in network.state_dict().items()}
    names = {id(array): name for name, array in arrays.items()}
    spec = build_spec(network.shape, arrays, ["<unk>", "<s>", "</s>"])
    places = {
        names[id(array)]: place
        for place, array in spec.variables(ordered=True)
        if id(array) in names and place not in TIED
    }
    stored = variables(pack / "model.bin")
    network.load_state_dict(
        {name: torch.from_numpy(stored[place].copy()) for name, place in places.items()}
    )
