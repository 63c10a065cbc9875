"""`tolmach eval` on the starter packs: a table for people, JSON for programs."""

import json
from pathlib import Path

import pytest

from tolmach.cli.main import main

PAIRS = "Как дела?\tХәлдәр нисек?\nСпасибо!\tРәхмәт!\nДоброе утро!\tХәйерле иртә!\n"


@pytest.fixture
def pairs(tmp_path: Path, starter: Path) -> Path:
    if not (starter / "starter-ru-ba" / "pack.json").is_file():
        pytest.skip("the starter translator is not trained yet")
    path = tmp_path / "пары слов.tsv"
    path.write_text(PAIRS, encoding="utf-8")
    return path


def test_a_table_and_json(pairs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "text", str(pairs), "--from", "русский", "--to", "ba"]) == 0
    printed = capsys.readouterr().out
    assert "Измерено: 3, не удалось: 0" in printed
    assert "chrF++" in printed
    assert main(["eval", "text", str(pairs), "--from", "ru", "--to", "ba", "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert (report["task"], report["count"], report["failed"]) == ("text", 3, 0)
    chrf = next(measure for measure in report["measures"] if measure["metric"] == "chrF++")
    assert f"{chrf['value']:.1f}" in printed


def test_a_recording_that_is_missing_fails_the_command(
    tmp_path: Path, starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "речь.tsv").write_text("нет.wav\tСәлам\ttt\n", encoding="utf-8")
    assert main(["eval", "speech", str(tmp_path), "--lang", "tt", "--json"]) == 1
    caught = capsys.readouterr()
    assert json.loads(caught.out)["failed"] == 1
    assert "нет.wav» нет" in caught.err


def test_an_empty_folder_is_wrong_use(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "speech", str(tmp_path), "--lang", "tt"]) == 2
    assert "нет строк, по которым можно измерять" in capsys.readouterr().err
