"""Our reader of Argos packages gives what the argostranslate library gives on the same folder."""

import importlib.util
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import argos_oracle, argos_package, tiny_models
from tests.candidates import translations, whole
from tolmach.core.errors import ModelError
from tolmach.core.pack import Pack, Pair
from tolmach.engines import table
from tolmach.engines.argos_tokens import _load_bpe

WORDS = ["آتزمون", "مرحبا", "محمد", "القاهرة", "بيروت", "فاطمة", "عبد الله", "تونس", "x", "9"]
SENTENCES = [*WORDS, " ".join(WORDS), "محمد! ", "فاطمة؟", " بيروت.", "", " "]


def pack(folder: Path, pair: Pair = ("ar", "en")) -> Pack:
    return Pack(
        id="argos",
        version="1.0",
        kind="translator",
        engine="argos",
        folder=folder,
        title={"ru": "Проба"},
        pairs=(pair,),
    )


def by_us(folder: Path, texts: list[str]) -> list[str]:
    return translations(table.translator(pack(folder), 1), texts, "ar", "en")


def by_the_library(folder: Path, texts: list[str], home: Path) -> list[str]:
    if importlib.util.find_spec("argostranslate") is None:
        pytest.skip("argostranslate is not installed (requirements-oracle.txt)")
    path = os.pathsep.join(entry for entry in sys.path if entry)
    environment = os.environ | {
        **{f"XDG_{name}_HOME": str(home / name) for name in ("DATA", "CONFIG", "CACHE")},
        "PYTHONPATH": path,
        "ARGOS_INTRA_THREADS": "1",
    }
    process = subprocess.run(
        [sys.executable, argos_oracle.__file__, str(folder)],
        input=json.dumps(texts).encode(),
        capture_output=True,
        env=environment,
        check=False,
    )
    assert process.returncode == 0, process.stderr.decode()
    translated: list[str] = json.loads(process.stdout)
    return translated


@pytest.fixture(scope="module")
def model(shared: Path) -> Path:
    return shared / "ct2" / "aren-transliteration"


def test_translates_ctranslate2s_own_model(model: Path, tmp_path: Path) -> None:
    folder = argos_package.transliteration(tmp_path / "мой пакет", model)
    assert by_us(folder, ["آتزمون"]) == ["atzmon"]


def test_equals_the_library_with_sentencepiece(model: Path, tmp_path: Path) -> None:
    folder = argos_package.transliteration(tmp_path / "мой пакет", model)
    expected = by_the_library(folder, SENTENCES, tmp_path)
    assert by_us(folder, SENTENCES) == expected
    assert len({text for text in expected if text}) > 10  # they are no empty answers


def test_equals_the_library_with_bpe(model: Path, tmp_path: Path) -> None:
    folder = argos_package.transliteration_bpe(tmp_path / "мой пакет", model)
    expected = by_the_library(folder, SENTENCES, tmp_path)
    assert by_us(folder, SENTENCES) == expected
    assert len({text for text in expected if text}) > 10


def test_equals_the_library_on_the_starter_translator(starter: Path, tmp_path: Path) -> None:
    weights = starter / "starter-ru-ba"
    if not weights.is_dir():
        pytest.skip("the starter translator is not trained yet")
    codes = {"from_code": "ru", "to_code": "ba"}
    folder = argos_package.package(tmp_path / "мой пакет", weights, **codes)
    (folder / "sentencepiece.model").write_bytes((weights / "source.spm").read_bytes())
    texts = ["Как дела?", "Привет! Меня зовут Алия.", "Где вокзал?\n\nСпасибо, до свидания."]
    translator = table.translator(pack(folder, ("ru", "ba")), 1)
    texts_of_program = [whole(translator, text, "ru", "ba") for text in texts]
    assert texts_of_program == by_the_library(folder, texts, tmp_path)


# The target prefix -----------------------------------------------------------------------------


@pytest.fixture
def prefixed(tmp_path: Path) -> Path:
    """A package with a target prefix whose model repeats its source after the prefix."""
    echo = tiny_models.echo_translator(tmp_path / "эхо", add_source_eos=True, prefixed=True)
    folder = argos_package.package(tmp_path / "мой пакет", echo, target_prefix="<2ba>")
    (folder / "sentencepiece.model").write_bytes(tiny_models.pieces())
    return folder


def test_the_target_prefix_is_sent_and_taken_off(prefixed: Path, tmp_path: Path) -> None:
    assert (
        by_us(prefixed, ["как дела"])
        == ["как дела"]
        == by_the_library(prefixed, ["как дела"], tmp_path)
    )


def test_the_target_prefix_is_taken_off_every_sentence(prefixed: Path) -> None:
    """The library leaves it in all but the first."""
    text = "как дела? Да.\nда. Нет"
    assert whole(table.translator(pack(prefixed), 1), text, "ar", "en") == text


def test_what_exceeds_the_limit_is_cut_and_nothing_is_lost(prefixed: Path) -> None:
    """Four hundred tokens; a decoder of CTranslate2 stops at 256."""
    text = " ".join(["дом"] * 100)
    assert by_us(prefixed, [text]) == [text]


# Merges ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def apply_bpe() -> ModuleType:
    """The library's module of merges alone: importing the package would make folders at home."""
    package = importlib.util.find_spec("argostranslate")
    if package is None or package.origin is None:
        pytest.skip("argostranslate is not installed (requirements-oracle.txt)")
    path = Path(package.origin).parent / "apply_bpe.py"
    spec = importlib.util.spec_from_file_location("apply_bpe", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


SYMBOLS = st.sampled_from(["a", "b", "c", "ab", "ba", "aa", "abc", "a</w>", "b</w>", "ab</w>"])


@settings(deadline=None)
@given(
    merges=st.lists(st.tuples(SYMBOLS, SYMBOLS), max_size=12),
    words=st.lists(st.text(alphabet="abc", min_size=1, max_size=8), min_size=1, max_size=4),
    version=st.sampled_from(["#version: 0.2", "#version: 0.1", ""]),
)
def test_words_are_cut_as_the_library_cuts_them(
    apply_bpe: ModuleType,
    tmp_path_factory: pytest.TempPathFactory,
    merges: list[tuple[str, str]],
    words: list[str],
    version: str,
) -> None:
    lines = [*([version] if version else []), *(" ".join(merge) for merge in merges)]
    if not lines:
        return
    path = tmp_path_factory.mktemp("слова") / "bpe.model"
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    cut = _load_bpe(path, "argos")
    expected = apply_bpe.BPE(io.StringIO(path.read_text())).segment_tokens(words)
    assert [piece for word in words for piece in cut(word)] == expected


# Bad packages ----------------------------------------------------------------------------------


def refusal(folder: Path) -> ModelError:
    with pytest.raises(ModelError) as caught:
        table.translator(pack(folder), 1)
    return caught.value


@pytest.mark.parametrize(
    "name",
    ["metadata.json", "sentencepiece.model", "model/model.bin", "model/shared_vocabulary.json"],
)
def test_a_missing_file_is_named(prefixed: Path, name: str) -> None:
    (prefixed / name).unlink()
    error = refusal(prefixed)
    assert (error.code, error.params["file"]) == ("model-file-missing", Path(name).name)


@pytest.mark.parametrize("content", ["", "[]", "null", "{}", '{"from_code": "ru"'])
def test_broken_metadata_is_damaged(prefixed: Path, content: str) -> None:
    (prefixed / "metadata.json").write_text(content)
    error = refusal(prefixed)
    assert (error.code, error.params["file"]) == ("model-damaged", "metadata.json")


@pytest.mark.parametrize("content", [b"#version: 0.2\na b c\n", b"\xff\xfe", b"", b"#version: 9\n"])
def test_broken_merges_are_damaged(prefixed: Path, content: bytes) -> None:
    (prefixed / "sentencepiece.model").unlink()
    (prefixed / "bpe.model").write_bytes(content)
    error = refusal(prefixed)
    assert (error.code, error.params["file"]) == ("model-damaged", "bpe.model")
