"""Files in: wildcards, folders, standard input; results: where they belong, over nothing else."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import tone, write_wav
from tests.sound_server import spoken
from tolmach.cli.inputs import InputFile, inputs
from tolmach.cli.main import main
from tolmach.core.samples import SAMPLE_RATE

TRANSLATE = ["translate", "--from", "ru", "--to", "ba", "--file"]
LETTER = "Как дела?\n"


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """A folder with recordings at two depths, and what is no recording."""
    folder = tmp_path / "Мои записи"
    (folder / "старые").mkdir(parents=True)
    quiet = np.zeros(SAMPLE_RATE, dtype=np.float32)
    sound = np.concatenate([quiet, spoken("Где находится больница?"), quiet])
    write_wav(folder / "врач.wav", sound)
    write_wav(folder / "старые" / "врач.wav", sound)
    (folder / "список.txt").write_text("врач\n", encoding="utf-8")
    return folder


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    """A folder with documents at two depths, and what is none."""
    folder = tmp_path / "Письма"
    (folder / "старые").mkdir(parents=True)
    for name in ("а.txt", "старые/б.md"):
        (folder / name).write_text(LETTER, encoding="utf-8")
    (folder / "фото.jpg").write_bytes(b"\xff\xd8")
    return folder


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_wildcards_and_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.wav", "a.wav", "x/c.wav", "[1].wav", "1.wav"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    monkeypatch.chdir(tmp_path)

    def found_by(*texts: str) -> list[str]:
        return [item.path.as_posix() for item in inputs([Path(text) for text in texts])]

    assert found_by("?.wav") == ["1.wav", "a.wav", "b.wav"]
    assert found_by("[ab].wav") == ["a.wav", "b.wav"]
    assert found_by("[1].wav") == ["[1].wav"]  # a file of that very name
    assert found_by("**/c.wav") == ["x/c.wav"]
    assert found_by("x*") == ["x/c.wav"]
    assert found_by("*.mp3") == ["*.mp3"]  # which opening tells of
    assert found_by("b.wav", "*.wav", str(tmp_path / "b.wav")).count("b.wav") == 1
    assert found_by(".") == ["1.wav", "[1].wav", "a.wav", "b.wav", "x/c.wav"]


def test_where_results_belong() -> None:
    item = InputFile(Path("записи/май/врач.wav"), "врач", Path("записи"))
    assert item.result("врач.srt", None) == Path("записи/май/врач.srt")
    assert item.result("врач.srt", Path("out")) == Path("out/май/врач.srt")


def test_a_folder_of_recordings(
    starter: Path, speech: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    command = ["transcribe", str(speech), "--from", "ru", "--format", "srt"]
    assert main([*command, "--out", str(out)]) == 0
    assert names(out) == {"врач.srt", "старые/врач.srt"}
    assert capsys.readouterr().err.splitlines() == [
        f"{speech / 'список.txt'}: пропущено, звука в нём нет.",
        "Файлов готово: 2, с ошибками: 0, пропущено: 1.",
    ]

    assert main(command) == 0
    assert {"врач.srt", "старые/врач.srt"} <= names(speech)
    assert capsys.readouterr().out == ""


def test_a_bad_recording_in_a_folder_is_a_failure(
    starter: Path, speech: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (speech / "порча.mp3").write_bytes(bytes(range(256)) * 40)
    assert main(["transcribe", str(speech), "--from", "ru"]) == 1
    errors = capsys.readouterr().err
    assert f"{speech / 'порча.mp3'}: «порча.mp3» — не звук" in errors
    assert errors.endswith("Файлов готово: 2, с ошибками: 1, пропущено: 1.\n")


def test_a_folder_without_files(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["transcribe"], TRANSLATE):
        assert main([*command, str(tmp_path)]) == 1
        assert "нет ни одного файла, который эта команда читает" in capsys.readouterr().err


def test_beside_and_force(starter: Path, speech: Path) -> None:
    command = ["transcribe", str(speech / "врач.wav"), "--from", "ru", "--beside"]
    existing = speech / "врач.txt"
    existing.write_text("моё", encoding="utf-8")
    assert main(command) == 0
    assert existing.read_text(encoding="utf-8") == "моё"
    text = (speech / "врач (2).txt").read_text(encoding="utf-8")
    assert main([*command, "--force"]) == 0
    assert existing.read_text(encoding="utf-8") == text


def test_force_replaces_no_result_of_the_same_command(
    starter: Path, speech: Path, letters: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    recordings = [str(speech / "врач.wav"), str(speech / "старые" / "врач.wav")]
    (letters / "старые" / "а.txt").write_text(LETTER, encoding="utf-8")
    documents = [str(letters / "а.txt"), str(letters / "старые" / "а.txt")]
    for _ in range(2):
        command = ["transcribe", *recordings, "--from", "ru"]
        assert main([*command, "--out", str(out), "--force"]) == 0
        assert main([*TRANSLATE, *documents, "--out", str(out), "--force"]) == 0
    assert {"врач.txt", "врач (2).txt", "а.ba.txt", "а.ba (2).txt"} <= names(out)


def test_sound_from_standard_input(starter: Path, speech: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tolmach", "transcribe", "-", "--from", "ru"]
    sound = (speech / "врач.wav").read_bytes()
    process = subprocess.run(command, input=sound, capture_output=True, env=dict(os.environ))
    assert (process.returncode, process.stderr) == (0, b"")
    assert process.stdout.strip()
    out = tmp_path / "out"
    subprocess.run([*command, "--out", out], input=sound, env=dict(os.environ), check=True)
    assert names(out) == {"stdin.txt"}


def test_documents_in_folders(
    starter: Path, letters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert main([*TRANSLATE, str(letters), "--out", str(out)]) == 0
    assert names(out) == {"а.ba.txt", "старые/б.ba.md"}
    errors = capsys.readouterr().err
    assert f"{letters / 'фото.jpg'}: пропущено, это не документ." in errors
    assert errors.endswith("Файлов готово: 2, с ошибками: 0, пропущено: 1.\n")

    assert main([*TRANSLATE, str(letters)]) == 0
    assert main([*TRANSLATE, str(letters)]) == 0  # translations are not translated again
    assert names(letters) == {
        *("а.txt", "а.ba.txt", "а.ba (2).txt", "фото.jpg"),
        *("старые/б.md", "старые/б.ba.md", "старые/б.ba (2).md"),
    }


def test_a_bad_document_does_not_stop_the_others(
    starter: Path, letters: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(letters / name) for name in ("нет.txt", "а.txt")]
    assert main([*TRANSLATE, *files, "--json"]) == 1
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(event["event"], event["path"]) for event in events] == [
        ("failed", files[0]),
        ("document", str(letters / "а.ba.txt")),
    ]
    assert events[0]["code"] == "file-missing"


def test_what_is_there_is_not_overwritten(
    starter: Path, letters: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out, letter = tmp_path / "хат.txt", letters / "а.txt"
    out.write_text("моё", encoding="utf-8")
    text = ["translate", "--from", "ru", "--to", "ba", "Как дела?"]
    for command in ([*TRANSLATE, str(letter)], text):
        assert main([*command, "--out", str(out)]) == 2
        assert f"Файл «{out}» уже есть, и он не тронут." in capsys.readouterr().err
        assert out.read_text(encoding="utf-8") == "моё"
        assert main([*command, "--out", str(out), "--force"]) == 0
        assert out.read_text(encoding="utf-8") != "моё"
        out.write_text("моё", encoding="utf-8")
    assert main([*TRANSLATE, str(letter), "--out", str(letter), "--force"]) == 2
    assert letter.read_text(encoding="utf-8") == LETTER


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_a_document_from_standard_input(starter: Path, tmp_path: Path, suffix: str) -> None:
    command = [sys.executable, "-m", "tolmach", *TRANSLATE, "-", "--format", suffix]
    process = subprocess.run(command, input=LETTER.encode(), capture_output=True, check=True)
    assert process.stdout.decode().strip() not in ("", LETTER.strip())
    out = tmp_path / f"хат.{suffix}"
    command = [sys.executable, "-m", "tolmach", *TRANSLATE, "-", "--out", str(out)]
    subprocess.run(command, input=LETTER.encode(), capture_output=True, check=True)
    assert out.read_bytes() == process.stdout


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [([], "Назовите формат ключом --format: ass, csv"), (["--json"], "ключом --out")],
)
def test_what_standard_input_needs(
    starter: Path, arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*TRANSLATE, "-", *arguments]) == 2
    assert sentence in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals of this kind")
@pytest.mark.timeout(200)
def test_time_left_is_told_at_a_terminal_alone(starter: Path, tmp_path: Path) -> None:
    path = write_wav(tmp_path / "тихо.wav", 0.05 * tone(600))
    command = [sys.executable, "-m", "tolmach", "transcribe", str(path), "--from", "ru"]
    leader, follower = os.openpty()
    with subprocess.Popen(command, stderr=follower, stdout=subprocess.DEVNULL) as process:
        os.close(follower)
        screen = io.BytesIO()
        try:
            while part := os.read(leader, 10_000):
                screen.write(part)
        except OSError:  # the other end is closed
            pass
        process.wait(timeout=60)
    os.close(leader)
    assert "осталось 0:" in screen.getvalue().decode()
    process_alone = subprocess.run(command, capture_output=True, encoding="utf-8")
    assert "осталось" not in process_alone.stderr
