"""model.bin read and written: what the converter writes, what it would quantise, and attacks."""

import io
import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from ctranslate2.specs import model_spec
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tiny_models import echo_translator, whisper
from tolmach.core import weights
from tolmach.core.errors import ModelError
from tolmach.core.weights import Variable, Weights


def read(content: bytes) -> Weights:
    return weights.read(io.BytesIO(content), "проба")


def written(model: Weights) -> bytes:
    return b"".join(weights.blocks(model))


def variable(array: np.ndarray) -> Variable:
    return Variable(array.shape, array.dtype, lambda: array)


def converted(folder: Path, make: Callable[[Path], Any], quantization: str | None) -> bytes:
    """Return the model.bin of a tiny model with random weights, as the converter quantises it."""

    def optimized(spec: Any, path: str) -> None:
        random = np.random.default_rng(1)
        for name, stored in spec.variables(ordered=True):
            if isinstance(stored, model_spec.NumpyVariable) and stored.dtype == "float32":
                noise = random.normal(size=stored.shape).astype(np.float16)
                noise[:1] = 0  # a row without any weight
                place = model_spec.index_spec(spec, name.rpartition("/")[0])
                setattr(place, name.rpartition("/")[2], model_spec.NumpyVariable(noise))
        spec.optimize(quantization)
        serialize(spec, path)

    serialize = model_spec.ModelSpec._serialize
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(model_spec.ModelSpec, "_serialize", optimized)
        make(folder)
    return (folder / "model.bin").read_bytes()


def echo(folder: Path) -> Path:
    return echo_translator(folder, add_source_eos=True)


@pytest.mark.parametrize("quantization", ["float16", "int8", "float32", "int16"])
@pytest.mark.parametrize("make", [whisper, echo])
def test_what_the_converter_wrote_is_written_again_byte_for_byte(
    tmp_path: Path, make: Callable[[Path], Path], quantization: str
) -> None:
    content = converted(tmp_path / "m", make, quantization)
    assert written(read(content)) == content


def test_a_translator_is_quantised_as_the_converter_does_it_byte_for_byte(tmp_path: Path) -> None:
    original = converted(tmp_path / "a", echo, None)
    small = converted(tmp_path / "b", echo, "int8")
    assert len(small) < 0.6 * len(original)
    assert written(weights.quantized(read(original))) == small


def test_a_whisper_is_quantised_as_the_converter_does_it_but_for_its_convolutions(
    tmp_path: Path,
) -> None:
    original = read(converted(tmp_path / "a", whisper, None))
    quantized = weights.quantized(original)
    converted_weights = read(converted(tmp_path / "b", whisper, "int8"))
    assert (quantized.specification, quantized.revision) == (
        converted_weights.specification,
        converted_weights.revision,
    )
    assert quantized.aliases == converted_weights.aliases
    scales = {"encoder/conv1/weight_scale", "encoder/conv2/weight_scale"}
    assert set(quantized.variables) == set(converted_weights.variables) - scales
    for name, our in quantized.variables.items():
        their = converted_weights.variables[name]
        if "conv" in name:
            their = original.variables[name]
        assert our.dtype == their.dtype, name
        assert our.array().dtype == our.dtype
        assert our.array().shape == our.shape == their.shape
        np.testing.assert_array_equal(our.array(), their.array(), err_msg=name)


def test_many_rows_are_quantised_in_parts_as_at_once() -> None:
    rows = np.random.default_rng(2).normal(size=(3001, 700)).astype(np.float32)
    assert rows.size > weights._BLOCK
    model = weights.quantized(Weights("S", 1, {"a/weight": variable(rows)}, {}))
    scales = np.float32(127) / np.abs(rows).max(axis=1)
    np.testing.assert_array_equal(model.variables["a/weight_scale"].array(), scales)
    expected = np.rint(rows * scales[:, np.newaxis]).astype(np.int8)
    np.testing.assert_array_equal(model.variables["a/weight"].array(), expected)


def test_only_float_matrices_called_weight_are_quantised() -> None:
    matrix = np.ones((2, 3), np.float32)
    arrays: dict[str, np.ndarray] = {
        "a/bias": matrix,
        "a/weight_extra": matrix,
        "b/weight": np.ones((2, 3, 4), np.float32),
        "c/weight": np.ones((2, 3), np.int8),
        "d/weight": np.ones(3, np.float32),
    }
    model = Weights("S", 1, {name: variable(array) for name, array in arrays.items()}, {})
    assert weights.quantized(model) == model


def low_rank(seed: int = 3, scale: float = 0.2) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)
    up, down = random.normal(size=(7, 4)) * scale, random.normal(size=(4, 5)) * scale
    return {"a/weight/up": up.astype(np.float16), "a/weight/down": down.astype(np.float16)}


def test_a_low_rank_change_is_added_exactly() -> None:
    matrix = np.random.default_rng(4).normal(size=(7, 5)).astype(np.float16)
    changes = low_rank()
    other = variable(np.ones(3, np.float16))
    model = Weights("S", 1, {"a/weight": variable(matrix), "a/bias": other}, {})
    adapted = weights.changed(model, changes)
    assert adapted.variables["a/bias"] is other
    total = adapted.variables["a/weight"]
    assert total.shape == total.array().shape == (7, 5)
    assert total.dtype == total.array().dtype == np.dtype(np.float32)
    for row, column in np.ndindex(7, 5):
        factors = zip(changes["a/weight/up"][row], changes["a/weight/down"][:, column], strict=True)
        exact = sum((Fraction(float(u)) * Fraction(float(d)) for u, d in factors), Fraction())
        exact += Fraction(float(matrix[row, column]))
        assert total.array()[row, column] == np.float32(float(exact))
        assert Fraction(float(exact)) == exact  # 64 bits hold all of it
    assert read(written(weights.quantized(adapted))).variables["a/weight"].dtype == np.int8


@pytest.mark.parametrize("spoiling", ["shape", "rank", "precision", "size", "nan"])
def test_a_change_that_does_not_fit_is_refused(spoiling: str) -> None:
    model = Weights("S", 1, {"a/weight": variable(np.ones((7, 5), np.float16))}, {})
    changes = low_rank(scale=3.0 if spoiling == "size" else 0.2)
    up, down = changes.values()
    if spoiling == "shape":
        changes["a/weight/up"] = up[:-1]
    elif spoiling == "rank":
        changes["a/weight/up"] = up[:, :-1]
    elif spoiling == "precision":
        changes["a/weight/down"] = down.astype(np.float32)
    elif spoiling == "nan":
        down[0, 0] = np.nan
    with pytest.raises(ValueError, match="a/weight: the changes"):
        weights.changed(model, changes)


def test_bfloat16_is_kept_as_it_is() -> None:
    raw = np.frombuffer(bytes(range(12)), "V2").reshape(2, 3)
    content = written(Weights("S", 1, {"a/weight": variable(raw)}, {}))
    assert written(weights.quantized(read(content))) == content
    assert read(content).variables["a/weight"].array().tobytes() == raw.tobytes()


def small() -> bytes:
    """Return a model.bin of 93 bytes: a matrix, a scalar, an alias."""
    variables = {
        "a": variable(np.array([[1, 2, 3], [4, 5, 6]], np.float16)),
        "b": variable(np.array(7, np.int8)),
    }
    return written(Weights("Spec", 3, variables, {"c": "a"}))


def header(shape: tuple[int, ...], kind: int = 0, size: int = 0) -> bytes:
    """Return the beginning of a model.bin whose one variable is said to be like this."""
    start = struct.pack("<I", 6) + b"\2\0S\0" + struct.pack("<II", 1, 1) + b"\2\0a\0"
    return start + struct.pack(f"<B{len(shape)}IBI", len(shape), *shape, kind, size)


def test_the_small_model_is_sound() -> None:
    model = read(small())
    assert (model.specification, model.revision, dict(model.aliases)) == ("Spec", 3, {"c": "a"})
    assert model.variables["a"].array().tolist() == [[1, 2, 3], [4, 5, 6]]
    assert model.variables["b"].array().tolist() == 7
    assert written(model) == small()


@pytest.mark.parametrize("length", range(len(small())))
def test_a_file_cut_off_anywhere_is_refused(length: int) -> None:
    with pytest.raises(ModelError) as raised:
        read(small()[:length])
    assert raised.value.code == "model-damaged"
    assert raised.value.params == {"file": "model.bin", "pack": "проба"}


NO_ALIASES = bytes(4)


@pytest.mark.parametrize(
    "content",
    [
        small() + b"\0",
        header((2**32 - 1,) * 4, size=4) + bytes(4) + NO_ALIASES,  # 2^128 numbers
        header((2**31, 2), size=0) + NO_ALIASES,  # 2^32 numbers: zero, to who counts in 32 bits
        header((2**30 + 1,), size=4) + bytes(4) + NO_ALIASES,  # 2^32 + 4 bytes
        header((0, 2**32 - 1)) + NO_ALIASES,
        header((1,) * 9, size=4) + bytes(4) + NO_ALIASES,
        header((2**28,), kind=1, size=2**28) + NO_ALIASES,  # longer than the file
        header((2,), kind=0, size=4) + bytes(4) + NO_ALIASES,
        header((1,), kind=6, size=4) + bytes(4) + NO_ALIASES,
        header((1,), kind=255, size=4) + bytes(4) + NO_ALIASES,
        small().replace(b"\2\0b\0", b"\2\0a\0"),  # the same name twice
        small().replace(b"\2\0c\0\2\0a\0", b"\2\0c\0\2\0x\0"),  # another name of nothing
        small().replace(b"\2\0c\0\2\0a\0", b"\2\0b\0\2\0a\0"),  # another name that is taken
        small().replace(b"\2\0c\0", b"\2\0\xff\0"),  # no UTF-8
        small().replace(b"\2\0c\0", b"\2\0cc"),  # no zero
        small().replace(b"\5\0Spec\0", b"\0\0"),
    ],
)  # fmt: skip
def test_what_does_not_fit_together_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError) as raised:
        read(content)
    assert raised.value.code == "model-damaged"


@pytest.mark.parametrize("version", [0, 5, 7, 2**32 - 1])
def test_another_version_is_named(version: int) -> None:
    with pytest.raises(ModelError) as raised:
        read(struct.pack("<I", version) + small()[4:])
    assert (raised.value.code, raised.value.params["version"]) == ("weights-layout", str(version))


@settings(max_examples=300)
@given(st.data())
def test_mutated_files_are_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(small())
    for _ in range(data.draw(st.integers(1, 3))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        model = read(bytes(content))
    except ModelError:
        return
    total = sum(v.array().nbytes for v in model.variables.values())
    assert total <= len(content)
