"""CTranslate2's model.bin: named arrays, read one at a time, changed, and written again.

CTranslate2 loads such a file and cannot save it. The layout is that of its converters
(`ModelSpec._serialize` in ctranslate2/specs/model_spec.py, binary version 6), little-endian:

    u32 version, text specification, u32 revision
    u32 count, then each variable: text name, u8 rank, u32 × rank shape, u8 type, u32 bytes, data
    u32 count, then each alias: text alias, text name of a variable
    text: u16 length with the zero at its end, UTF-8, zero

Rule: a file may come from anybody. `read` compares every size with the shape and with the length
of the file before an array is made; a variable's data is read when it is asked for, not before.
"""

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from io import SEEK_CUR, SEEK_END
from math import prod
from typing import Any, BinaryIO, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tolmach.core.errors import ModelError

Array: TypeAlias = NDArray[Any]

VERSION = 6
# By type id; numpy has no bfloat16: its two bytes are kept as they are.
TYPES = tuple(map(np.dtype, ("<f4", "i1", "<i2", "<i4", "<f2", "V2")))
SCALE = "_scale"  # after the name of a quantised weight: its scales, one a row

_HIGHEST_RANK = 8
_BLOCK = 1 << 20  # numbers that are quantised at once
_EXACT = 16  # sums of products below this need no more than 53 bits


@dataclass(frozen=True, slots=True)
class Variable:
    """An array that is read or computed when it is asked for."""

    shape: tuple[int, ...]
    dtype: np.dtype[Any]  # one of TYPES
    array: Callable[[], Array]

    @property
    def size(self) -> int:
        """Bytes."""
        return prod(self.shape) * self.dtype.itemsize  # Python's integers do not overflow


@dataclass(frozen=True, slots=True)
class Weights:
    """A model's variables by name; `aliases` are other names of some, alias -> name."""

    specification: str
    revision: int
    variables: Mapping[str, Variable]
    aliases: Mapping[str, str]


def read(file: BinaryIO, pack: str) -> Weights:
    """Return what a seekable model.bin holds; it must stay open while arrays are asked for.

    Raises ModelError: "weights-layout" for another version; "model-damaged" for sizes that do not
    fit together, names that are no text or come twice, bytes that belong to nothing.
    """
    return _Reader(file, pack).weights()


def blocks(weights: Weights) -> Iterator[bytes | memoryview]:
    """Yield the bytes of a model.bin with these weights, a variable at a time."""
    yield _number("<I", VERSION) + _text(weights.specification)
    yield _number("<II", weights.revision, len(weights.variables))
    for name, variable in sorted(weights.variables.items()):
        rank, kind = len(variable.shape), TYPES.index(variable.dtype)
        yield _text(name) + _number(f"<B{rank}I", rank, *variable.shape)
        yield _number("<BI", kind, variable.size)
        yield variable.array().tobytes() if rank == 0 else variable.array().ravel().view("u1").data
    yield _number("<I", len(weights.aliases))
    for alias, name in sorted(weights.aliases.items()):
        yield _text(alias) + _text(name)


def quantized(weights: Weights) -> Weights:
    """Return the weights as CTranslate2 has them in memory with compute_type="int8".

    Matrices called `weight` get eight bits, each row its own scale (127 by the largest magnitude),
    symmetric, rounded half to even: so do its converter and its loader. All else stays as it is.
    Convolutions, too: the converter would quantise them, but the loader of a float file does not,
    and a Whisper with convolutions in eight bits writes other words.
    """
    variables = dict(weights.variables)
    for name, variable in weights.variables.items():
        if _is_matrix(name, variable):
            rows, _ = variable.shape
            source = variable.array
            small = partial(_rows_in_int8, source)
            variables[name] = Variable(variable.shape, np.dtype(np.int8), small)
            scales = partial(_scales, source)
            variables[name + SCALE] = Variable((rows,), np.dtype(np.float32), scales)
    return replace(weights, variables=variables)


def changed(weights: Weights, changes: Mapping[str, Array]) -> Weights:
    """Return the weights with the product NAME/up x NAME/down added to each matrix NAME, float32.

    Factors in sixteen bits are multiples of 2^-24, sums of products below 16 multiples of 2^-48: in
    64 bits nothing of them is rounded, in whatever order they are added, so that every computer
    gets the same. Raises ValueError where they may not be below that, or fit no matrix.
    """
    variables = dict(weights.variables)
    for name in sorted({key.rpartition("/")[0] for key in changes}):
        up, down = changes[f"{name}/up"], changes[f"{name}/down"]
        (rows, rank), (depth, columns) = up.shape, down.shape
        if depth != rank or variables[name].shape != (rows, columns):
            raise ValueError(f"{name}: the changes have another shape")
        exact = _limit(up) * _limit(down) * rank < _EXACT  # not so where one is no number
        if {up.dtype, down.dtype} != {np.dtype(np.float16)} or not exact:
            raise ValueError(f"{name}: the changes cannot be added exactly")
        add = partial(_sum, weights, name, up.astype(np.float64), down.astype(np.float64))
        variables[name] = Variable((rows, columns), np.dtype(np.float32), add)
    return replace(weights, variables=variables)


def _limit(factors: Array) -> float:
    return float(np.abs(factors).max())


def _sum(weights: Weights, name: str, up: Array, down: Array) -> Array:
    numbers = weights.variables[name].array().astype(np.float64)
    if weights.variables[name].dtype == np.int8:
        numbers /= weights.variables[name + SCALE].array()[:, np.newaxis]
    total: Array = (numbers + up @ down).astype(np.float32)
    return total


def _is_matrix(name: str, variable: Variable) -> bool:
    called = name.rpartition("/")[2]
    return called == "weight" and len(variable.shape) == 2 and variable.dtype.kind == "f"


def _in_parts(rows: Array) -> Iterator[tuple[slice, Array]]:
    """Yield some rows at a time in 32 bits: all at once would need several times the memory."""
    step = max(1, _BLOCK // rows.shape[1])
    for first in range(0, len(rows), step):
        part = slice(first, first + step)
        yield part, rows[part].astype(np.float32)


def _row_scales(numbers: Array) -> Array:
    """Return the scale of each row: float32, [rows]; the arithmetic of the converter."""
    largest = np.abs(numbers).max(axis=1)
    largest[largest == 0] = 127
    least = np.float32(127) / np.finfo(np.float32).max  # keeps the scale itself finite
    scales: Array = np.float32(127) / np.maximum(largest, least)
    return scales


def _scales(source: Callable[[], Array]) -> Array:
    return np.concatenate([_row_scales(numbers) for _, numbers in _in_parts(source())])


def _rows_in_int8(source: Callable[[], Array]) -> Array:
    rows = source()
    small = np.empty(rows.shape, np.int8)
    for part, numbers in _in_parts(rows):
        small[part] = np.rint(numbers * _row_scales(numbers)[:, np.newaxis])
    return small


class _Reader:
    """Reads a model.bin from its beginning to its end; raises ModelError."""

    def __init__(self, file: BinaryIO, pack: str) -> None:
        self._file = file
        self._pack = pack
        self._length = file.seek(0, SEEK_END)
        file.seek(0)

    def weights(self) -> Weights:
        version = self._number("<I")
        if version != VERSION:
            raise ModelError("weights-layout", version=str(version), pack=self._pack)
        specification, revision = self._text(), self._number("<I")
        variables: dict[str, Variable] = {}
        for _ in range(self._number("<I")):
            name = self._text()
            self._demand(name not in variables)
            variables[name] = self._variable()
        aliases: dict[str, str] = {}
        for _ in range(self._number("<I")):
            alias, name = self._text(), self._text()
            self._demand(name in variables)
            self._demand(alias not in variables and alias not in aliases)
            aliases[alias] = name
        self._demand(self._file.tell() == self._length)
        return Weights(specification, revision, variables, aliases)

    def _variable(self) -> Variable:
        """Return the variable that begins here and go on behind it; its data is not read."""
        rank = self._number("<B")
        self._demand(rank <= _HIGHEST_RANK)
        shape = tuple(self._number("<I") for _ in range(rank))
        kind, size = self._number("<B"), self._number("<I")
        self._demand(kind < len(TYPES) and all(shape))
        start = self._file.tell()
        variable = Variable(shape, TYPES[kind], lambda: self._array(start, variable))
        self._demand(variable.size == size <= self._length - start)
        self._file.seek(size, SEEK_CUR)
        return variable

    def _array(self, start: int, variable: Variable) -> Array:
        self._file.seek(start)
        content = self._bytes(variable.size)
        return np.frombuffer(content, variable.dtype).reshape(variable.shape)

    def _text(self) -> str:
        content = self._bytes(self._number("<H"))
        self._demand(content[-1:] == b"\0")
        try:
            return content[:-1].decode()
        except UnicodeDecodeError as error:
            raise self._damaged() from error

    def _number(self, layout: str) -> int:
        number: int = struct.unpack(layout, self._bytes(struct.calcsize(layout)))[0]
        return number

    def _bytes(self, size: int) -> bytes:
        content = self._file.read(size)
        self._demand(len(content) == size)
        return content

    def _demand(self, holds: bool) -> None:
        if not holds:
            raise self._damaged()

    def _damaged(self) -> ModelError:
        return ModelError("model-damaged", file="model.bin", pack=self._pack)


def _number(layout: str, *numbers: int) -> bytes:
    return struct.pack(layout, *numbers)


def _text(text: str) -> bytes:
    content = text.encode() + b"\0"
    return _number("<H", len(content)) + content
