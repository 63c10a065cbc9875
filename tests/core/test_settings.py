from pathlib import Path

import pytest

from tolmach.core.errors import StorageError
from tolmach.core.settings import Settings, load, save


def test_what_was_saved_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "Иван Петров" / "settings.json"
    chosen = Settings(left_language="tt", theme="dark", beam=5, ahead=True)
    save(chosen, path)
    assert load(path) == chosen


def test_the_first_start_has_defaults(tmp_path: Path) -> None:
    assert load(tmp_path / "settings.json") == Settings()


def test_languages_chosen_in_an_older_version_stay(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text('{"left": "tt", "right": "cv"}', encoding="utf-8")
    assert load(path).sides == ("tt", "cv")


def test_wrong_types_and_unknown_fields_fall_back(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(
        '{"left": 5, "right": "cv", "telemetry": true, "beam": true, "ahead": 1}', encoding="utf-8"
    )
    assert load(path) == Settings(right_language="cv")


@pytest.mark.log_warnings
@pytest.mark.parametrize("damaged", ["{", "[1]", "[]", "\x00", "[" * 50_000])
def test_a_damaged_file_is_kept_aside(tmp_path: Path, damaged: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(damaged, encoding="utf-8")
    assert load(path) == Settings()
    assert path.with_suffix(".damaged.json").read_text(encoding="utf-8") == damaged


@pytest.mark.log_warnings
def test_whatever_lies_there_the_next_settings_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    for content in (b"\xff", b"[", b'{"microphone": "\\ud800"}'):
        path.write_bytes(content)
        assert load(path) == Settings()
    path.mkdir()
    assert load(path) == Settings()
    save(Settings(theme="dark"), path)
    assert load(path).theme == "dark"
    names = [f"settings.damaged{number}.json" for number in ("", " (2)", " (3)", " (4)")]
    assert {file.name for file in tmp_path.iterdir()} == {"settings.json", *names}
    assert (tmp_path / names[0]).read_bytes() == b"\xff"


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StorageError) as caught:
        save(Settings(), tmp_path / "file" / "settings.json")
    assert caught.value.code == "not-writable"
