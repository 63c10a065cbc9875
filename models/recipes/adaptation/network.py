"""Whisper as a torch module that is made of CTranslate2's variables, with low-rank changes.

Rule: the parameters are the changes alone. Each belongs to a matrix of the file, under its name.
Inputs of any length are taken: positions are cut, as CTranslate2 does.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TypeAlias

import torch
import torch.nn.functional as functional
from torch import Tensor, nn

from tolmach.core.weights import Weights

HEAD = 64  # numbers of an attention head, in every Whisper
Keys: TypeAlias = tuple[Tensor, ...]  # keys and values of a layer, (batch, frames / 2, width) each


class Change(nn.Module):
    """What is added to a matrix: the product of two thin ones, nothing at first."""

    def __init__(self, rows: int, columns: int, rank: int) -> None:
        super().__init__()
        self.down = nn.Parameter(torch.randn(rank, columns) / math.sqrt(columns))
        self.up = nn.Parameter(torch.zeros(rows, rank))

    def forward(self, states: Tensor) -> Tensor:
        down, up = self.down.to(states.dtype), self.up.to(states.dtype)
        return functional.linear(functional.linear(states, down), up)


class Whisper(nn.Module):
    """Encoder and decoder; all names are those of the file."""

    def __init__(self, weights: Weights, rank: int, part: str = "decoder") -> None:
        """Take the weights; the matrices of a part's layers get changes of this rank."""
        super().__init__()
        self.plain = False  # whether it is the original, without the changes
        arrays = {name: variable.array() for name, variable in weights.variables.items()}
        self._frozen = {
            name: torch.from_numpy(array.copy()).float()
            for name, array in arrays.items()
            if array.ndim
        }
        self._changes = nn.ModuleDict()
        for name, array in self._frozen.items():
            if name.startswith(f"{part}/layer_") and array.ndim == 2:
                rows, columns = array.shape
                self._changes[_key(name)] = Change(rows, columns, rank)
        self._layers = sum(name.endswith("ffn/linear_0/bias") for name in self._frozen) // 2

    def frozen_as(self, dtype: torch.dtype) -> None:
        """Hold matrices and convolutions in another precision."""
        for name, array in self._frozen.items():
            if name.endswith(("/weight", "/bias")):
                self._frozen[name] = array.to(dtype)

    def changes(self) -> dict[str, Change]:
        """Return the changes by the names of their matrices."""
        return {name: self._changes[_key(name)] for name in self._frozen if self._has(name)}

    def encode(self, features: Tensor) -> Tensor:
        """Return (batch, frames / 2, width) for features (batch, mels, frames)."""
        states = functional.gelu(self._convolved(features, "encoder/conv1", 1))
        states = functional.gelu(self._convolved(states, "encoder/conv2", 2)).transpose(1, 2)
        states = (
            states.float() + self._frozen["encoder/position_encodings/encodings"][: states.shape[1]]
        )
        for number in range(self._layers):
            layer = f"encoder/layer_{number}"
            states = states + self._self_attention(states, layer, causal=False)
            states = states + self._feed_forward(states, f"{layer}/ffn")
        return self._norm(states, "encoder/layer_norm")

    def decode(self, encoded: Tensor, tokens: Tensor) -> Tensor:
        """Return the states (batch, tokens, width) that tell the tokens that follow."""
        return self.decode_with(self.keys(encoded), tokens)

    def keys(self, encoded: Tensor) -> list[Keys]:
        """Return what the layers of the decoder read of it; it can be read again and again."""
        names = (f"decoder/layer_{number}/attention/linear_1" for number in range(self._layers))
        return [self._linear(encoded, name).chunk(2, -1) for name in names]

    def decode_with(self, keys: list[Keys], tokens: Tensor) -> Tensor:
        """Decode; see `decode`."""
        table = self._frozen["decoder/embeddings/weight"]
        positions = self._frozen["decoder/position_encodings/encodings"][: tokens.shape[1]]
        states = table[tokens].float() + positions
        for number in range(self._layers):
            layer = f"decoder/layer_{number}"
            states = states + self._self_attention(states, layer, causal=True)
            states = states + self._cross_attention(states, keys[number], f"{layer}/attention")
            states = states + self._feed_forward(states, f"{layer}/ffn")
        return self._norm(states, "decoder/layer_norm")

    def scores(self, states: Tensor) -> Tensor:
        """Return the logits of the whole vocabulary."""
        table = self._frozen["decoder/embeddings/weight"]
        return functional.linear(states.to(table.dtype), table)

    def _has(self, name: str) -> bool:
        return not self.plain and _key(name) in self._changes

    def _convolved(self, states: Tensor, name: str, stride: int) -> Tensor:
        weight, bias = self._frozen[f"{name}/weight"], self._frozen[f"{name}/bias"]
        return functional.conv1d(states.to(weight.dtype), weight, bias, stride, 1)

    def _norm(self, states: Tensor, name: str) -> Tensor:
        gamma, beta = self._frozen[f"{name}/gamma"], self._frozen[f"{name}/beta"]
        return functional.layer_norm(states, gamma.shape, gamma, beta)

    def _linear(self, states: Tensor, name: str) -> Tensor:
        weight = self._frozen[f"{name}/weight"]
        states = states.to(weight.dtype)
        result = functional.linear(states, weight, self._frozen[f"{name}/bias"])
        change = f"{name}/weight"
        return result + self._changes[_key(change)](states) if self._has(change) else result

    def _feed_forward(self, states: Tensor, name: str) -> Tensor:
        states = self._linear(self._norm(states, f"{name}/layer_norm"), f"{name}/linear_0")
        return self._linear(functional.gelu(states), f"{name}/linear_1")

    def _self_attention(self, states: Tensor, layer: str, *, causal: bool) -> Tensor:
        name = f"{layer}/self_attention"
        mixed = self._linear(self._norm(states, f"{name}/layer_norm"), f"{name}/linear_0")
        return self._attended(mixed.chunk(3, -1), f"{name}/linear_1", causal=causal)

    def _cross_attention(self, states: Tensor, keys: Keys, name: str) -> Tensor:
        query = self._linear(self._norm(states, f"{name}/layer_norm"), f"{name}/linear_0")
        return self._attended((query, *keys), f"{name}/linear_2", causal=False)

    def _attended(self, mixed: Iterable[Tensor], out: str, *, causal: bool) -> Tensor:
        heads = [part.unflatten(-1, (-1, HEAD)).transpose(1, 2) for part in mixed]
        states = functional.scaled_dot_product_attention(*heads, is_causal=causal)
        return self._linear(states.transpose(1, 2).flatten(2), out)


def _key(name: str) -> str:
    return name.replace("/", "-")
