"""`tolmach transcribe` with the starter packs: files in, texts out, refusals as sentences."""

import json
import os
import shutil
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import read_wav, tone, write, write_tracks, write_wav
from tests.sound_server import spoken
from tolmach.cli.main import main
from tolmach.core.samples import SAMPLE_RATE

pytestmark = pytest.mark.usefixtures("starter")

FIELDS = {
    "recognized": {
        *("session", "utterance", "start", "end", "language", "confidence", "text", "doubtful")
    },
    "translated": {"session", "utterance", "start", "end", "language", "target", "text", "final"}
    | {"confidence", "doubts", "trial"},
    "failed": {"session", "utterance", "start", "end", "code", "message"},
    "finished": {"session"},
}


@pytest.fixture
def sentence_file(tmp_path: Path) -> Path:
    """A spoken Russian sentence under a name with Cyrillic and spaces."""
    quiet = np.zeros(SAMPLE_RATE, dtype=np.float32)
    folder = tmp_path / "Мои записи"
    folder.mkdir()
    sound = np.concatenate([quiet, spoken("Где находится больница?"), quiet])
    return write_wav(folder / "разговор с врачом.wav", sound)


def test_text_on_the_terminal(sentence_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["transcribe", str(sentence_file), "--from", "ru"]) == 0

    printed = capsys.readouterr()
    assert len(printed.out.splitlines()) == 1
    assert printed.out.strip()
    assert printed.err == ""


def test_files_in_a_folder_never_overwrite(sentence_file: Path, tmp_path: Path) -> None:
    out = tmp_path / "Готовое" / "сегодня"
    command = ["transcribe", str(sentence_file), "--from", "ru", "--format", "srt"]

    assert main([*command, "--out", str(out)]) == 0
    assert main([*command, "--out", str(out)]) == 0

    names = {path.name for path in out.iterdir()}
    assert names == {"разговор с врачом.srt", "разговор с врачом (2).srt"}
    first, second = (path.read_text(encoding="utf-8") for path in out.iterdir())
    assert first == second
    assert first.startswith("1\n00:00:0")


def test_json_lines_with_translation(
    sentence_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        main(["transcribe", str(sentence_file), "--from", "русский", "--to", "ba", "--json"]) == 0
    )

    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["recognized", "translated", "finished"]
    for event in events:
        assert set(event) == {"event"} | FIELDS[event["event"]]
        assert event["session"] == str(sentence_file)
    recognized, translated, _ = events
    assert recognized["start"] == pytest.approx(0.8, abs=0.4)
    assert (recognized["start"], recognized["end"]) == (translated["start"], translated["end"])
    assert (translated["language"], translated["target"]) == ("ru", "ba")


def test_one_bad_file_does_not_stop_the_others(
    sentence_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letter = tmp_path / "письмо.wav"
    letter.write_text("Это не звук.\n", encoding="utf-8")
    missing = tmp_path / "нет.mp3"

    code = main(["transcribe", str(letter), str(missing), str(sentence_file), "--from", "ru"])

    printed = capsys.readouterr()
    assert code == 1
    assert len(printed.out.splitlines()) == 1
    assert printed.err == (
        f"{letter}: «письмо.wav» — не звук и не видео, либо файл повреждён так, что открыть его "
        "нельзя. Проверьте, открывает ли его проигрыватель.\n"
        f"{missing}: Файла «{missing}» нет. Проверьте имя и папку.\n"
    )


def test_a_failure_is_a_json_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = tmp_path / "нет.mp3"

    assert main(["transcribe", str(missing), "--json"]) == 1

    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line) == {
        "event": "failed",
        "session": str(missing),
        "utterance": -1,
        "start": 0.0,
        "end": 0.0,
        "code": "file-missing",
        "message": f"Файла «{missing}» нет. Проверьте имя и папку.",
    }


def test_a_cut_off_file_gives_what_is_there_and_says_so(
    sentence_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sound = np.concatenate([spoken("Где находится больница?"), tone(10)])
    path = write(sentence_file.with_suffix(".mp3"), [sound], SAMPLE_RATE)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    assert main(["transcribe", str(path), "--from", "ru"]) == 1

    printed = capsys.readouterr()
    assert printed.out.strip()
    assert printed.err.startswith(
        f"{path}: По заголовку файла «разговор с врачом.mp3» звука в нём на 6 с больше, чем есть."
    )


@pytest.mark.parametrize(
    ("level", "begin"),
    [(0.0, "звук почти не слышен, самое громкое место — −∞ дБ."), (0.1, "Громкость")],
)
def test_a_file_in_which_nobody_speaks(
    tmp_path: Path, level: float, begin: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """No empty file is left that looks like a success."""
    path, out = write_wav(tmp_path / "тихо.wav", level * tone(3)), tmp_path / "out"

    assert main(["transcribe", str(path), "--from", "ru", "--json", "--out", str(out)]) == 1

    printed = capsys.readouterr()
    assert printed.err.startswith(f"{path}: В файле «тихо.wav» речи не найдено")
    assert begin in printed.err
    assert list(out.iterdir()) == []
    event = json.loads(printed.out.splitlines()[-1])
    assert set(event) == {"event", "session", "code", "message"}
    assert event["event"] == "left"
    assert f"{path}: {event['message']}\n" == printed.err


def test_two_tracks(
    sentence_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One is heard, the other one told of; who names one has asked for no other."""
    path = write_tracks(tmp_path / "a.mkv", [tone(4), read_wav(sentence_file)])

    assert main(["transcribe", str(path), "--from", "ru"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "звуковых дорожек: 2. Распознана дорожка 1." in printed.err

    assert main(["transcribe", str(path), "--from", "ru", "--track", "2"]) == 0
    printed = capsys.readouterr()
    assert printed.out.strip()
    assert printed.err == ""

    assert main(["transcribe", str(path), "--from", "ru", "--track", "3"]) == 1
    assert "Назовите номер не больше этого." in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["transcribe", str(path), "--track", "0"])


def test_a_folder_that_cannot_be_written(
    sentence_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file stands where the folder should be: true for root, too, who may write anywhere."""
    occupied = tmp_path / "занято"
    occupied.write_bytes(b"")

    assert main(["transcribe", str(sentence_file), "--out", str(occupied)]) == 1

    assert capsys.readouterr().err == (
        f"В папку «{occupied}» не удаётся записать. Проверьте, что она есть и что это папка, или "
        "выберите другую.\n"
    )


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_the_right_to_write(sentence_file: Path, tmp_path: Path) -> None:
    tmp_path.chmod(0o500)

    assert main(["transcribe", str(sentence_file), "--out", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--from", "клингонский"], "Язык «клингонский» программе не известен."),
        (["--from", "ru", "--to", "xx"], "Язык «xx» программе не известен."),
        (["--from", "ru", "--to", "ka"], "Перевести с языка «русский» на «грузинский» нечем"),
    ],
)
def test_wrong_use(
    sentence_file: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["transcribe", str(sentence_file), *arguments]) == 2

    assert capsys.readouterr().err.startswith(sentence)


def test_an_unknown_format_is_wrong_use(sentence_file: Path) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["transcribe", str(sentence_file), "--format", "docx"])

    assert caught.value.code == 2


def test_every_language_of_the_model(
    sentence_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without --from and with a translation; two files of one name keep apart."""
    other = tmp_path / sentence_file.name
    shutil.copy(sentence_file, other)
    out = tmp_path / "out"
    command = ["transcribe", str(sentence_file), str(other), "--to", "ba", "--format", "json"]

    assert main([*command, "--out", str(out)]) == 0

    assert capsys.readouterr().out == ""
    assert len(list(out.iterdir())) == 2
