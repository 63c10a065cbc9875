"""What would crash CTranslate2 or send faster-whisper online is refused by name."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import tiny_models
from tolmach.core.errors import ModelError
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.messages.table import sentence

RU = ["<|ru|>"]


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_models.whisper(tmp_path_factory.mktemp("Модели тут") / "мой Whisper")


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "папка с пробелом"))


def refusal(folder: Path, languages: list[str] = RU) -> ModelError:
    with pytest.raises(ModelError) as caught:
        check_whisper_folder(folder, "мой", languages)
    return caught.value


def set_entry(folder: Path, name: str, value: Any) -> None:
    path = folder / "config.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {name: value}))


def test_a_good_folder_gives_its_vocabulary(folder: Path) -> None:
    assert check_whisper_folder(folder, "мой", RU) == list(tiny_models.VOCABULARY)


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    error = refusal(folder)
    assert (error.code, error.params) == ("model-file-missing", {"file": name, "pack": "мой"})
    assert sentence(error.code, error.params) == (
        f"В модели «мой» нет файла {name}. Установите модель заново."
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("lang_ids", [len(tiny_models.VOCABULARY)]),
        ("lang_ids", [-1]),
        ("lang_ids", [1.5]),
        ("lang_ids", [True]),
        ("lang_ids", "25"),
        ("suppress_ids", [0, 10**12]),
        ("suppress_ids", [[1]]),
        ("suppress_ids_begin", {"0": 1}),
        ("suppress_ids_begin", [None]),
        ("alignment_heads", [[0, 64]]),
        ("alignment_heads", [[0]]),
        ("alignment_heads", [0, 1]),
    ],
)
def test_ids_outside_the_vocabulary_are_refused(folder: Path, name: str, value: Any) -> None:
    set_entry(folder, name, value)
    error = refusal(folder)
    assert (error.code, error.params) == ("model-config-broken", {"entry": name, "pack": "мой"})
    assert sentence(error.code, error.params).startswith(
        f"Настройки модели «мой» неверны: запись {name} в config.json"
    )


@pytest.mark.parametrize("name", ["lang_ids", "suppress_ids", "suppress_ids_begin"])
def test_an_entry_that_decoding_reads_must_be_there(folder: Path, name: str) -> None:
    path = folder / "config.json"
    entries = json.loads(path.read_text())
    del entries[name]
    path.write_text(json.dumps(entries))
    assert refusal(folder).params["entry"] == name


@pytest.mark.parametrize("name", ["lang_ids", "suppress_ids", "alignment_heads"])
def test_an_entry_may_be_null_as_converters_write_it(folder: Path, name: str) -> None:
    set_entry(folder, name, None)
    assert len(check_whisper_folder(folder, "мой", RU)) == len(tiny_models.VOCABULARY)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000])
def test_broken_json_is_a_damaged_file(folder: Path, content: bytes) -> None:
    (folder / "config.json").write_bytes(content)
    assert (refusal(folder).code, refusal(folder).params["file"]) == (
        "model-damaged",
        "config.json",
    )


@pytest.mark.parametrize("content", ["{}", "[1, 2]", "null"])
def test_a_vocabulary_must_be_a_list_of_tokens(folder: Path, content: str) -> None:
    (folder / "vocabulary.json").write_text(content)
    error = refusal(folder)
    assert (error.code, error.params["file"]) == ("model-damaged", "vocabulary.json")


def test_a_config_that_is_a_list_is_refused(folder: Path) -> None:
    (folder / "config.json").write_text("[]")
    assert refusal(folder).code == "model-config-broken"


def test_an_unknown_language_token_is_refused(folder: Path) -> None:
    error = refusal(folder, ["<|cv|>"])
    assert (error.code, error.params["token"]) == ("model-token-missing", "<|cv|>")


def test_the_old_vocabulary_format_is_read(folder: Path) -> None:
    (folder / "vocabulary.json").unlink()
    lines = "".join(f"{token}\n" for token in tiny_models.VOCABULARY)
    (folder / "vocabulary.txt").write_bytes(lines.encode())
    assert check_whisper_folder(folder, "мой", RU) == list(tiny_models.VOCABULARY)


def test_a_relative_folder_is_a_mistake_of_the_program() -> None:
    with pytest.raises(ValueError, match="absolute"):
        check_whisper_folder(Path("tiny"), "мой")
