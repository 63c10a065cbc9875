"""Failures of native libraries become our errors; the person's own Ctrl+C does not."""

import pytest

from tolmach.core.errors import EngineError, ModelError, UsageError
from tolmach.engines.native import loading, running


class Panic(BaseException):
    """As tokenizers raises it."""


@pytest.mark.parametrize("failure", [RuntimeError("x"), Panic("x"), Exception("x"), OSError("x")])
def test_any_failure_to_load_is_damage(failure: BaseException) -> None:
    with pytest.raises(ModelError) as caught, loading("tokenizer.json", "мой"):
        raise failure
    assert caught.value.code == "model-damaged"
    assert caught.value.params == {"file": "tokenizer.json", "pack": "мой"}
    assert caught.value.__cause__ is failure


def test_the_file_that_failed_is_the_one_named() -> None:
    with (
        pytest.raises(ModelError) as caught,
        loading("tokenizer.json", "мой"),
        loading("model.bin", "мой", (RuntimeError,)),
    ):
        raise RuntimeError
    assert caught.value.params["file"] == "model.bin"


def test_too_little_memory_is_not_damage() -> None:
    with pytest.raises(ModelError, match="model-needs-memory"), loading("model.bin", "мой"):
        raise MemoryError


@pytest.mark.parametrize("passing", [KeyboardInterrupt(), SystemExit(), UsageError("no-route")])
def test_what_is_no_failure_of_a_library_passes(passing: BaseException) -> None:
    with pytest.raises(type(passing)) as caught, loading("model.bin", "мой"):
        raise passing
    assert caught.value is passing


@pytest.mark.parametrize("failure", [RuntimeError("x"), ValueError("x"), MemoryError("x")])
def test_a_failure_at_work_keeps_its_words(failure: Exception) -> None:
    with pytest.raises(EngineError) as caught, running("translation-failed"):
        raise failure
    assert (caught.value.code, caught.value.params) == ("translation-failed", {"detail": "x"})
