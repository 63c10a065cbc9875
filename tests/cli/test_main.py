"""The command line as a person meets it: sentences, exit codes, no Qt, no traceback."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tolmach.cli.main import COMMANDS, main
from tolmach.packs import builtin

TRIAL = (
    "Перевод пробный: он может быть совсем неверным. Настоящий переводчик: tolmach packs add ПУТЬ"
)


def tolmach(
    *arguments: str, typed: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the program as a person does."""
    return subprocess.run(
        [sys.executable, "-m", "tolmach", *arguments],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **environment},
        timeout=100,
    )


def test_help_is_russian_and_lists_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["--help"])
    assert caught.value.code == 0
    printed = capsys.readouterr().out
    assert printed.startswith("вызов: tolmach")
    for command in ("listen", "transcribe", "translate", "packs", "languages", "doctor", "demo"):
        assert command in printed


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "tolmach: ошибка: не хватает: КОМАНДА"),
        (["translate", "да"], "tolmach translate: ошибка: не хватает: --from, --to"),
        (["listen", "--left"], "tolmach listen: ошибка: --left: здесь нужно одно значение"),
        (["doctor", "--pdf"], "tolmach: ошибка: неизвестные аргументы: --pdf"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_code_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 2
    assert sentence in capsys.readouterr().err


def test_an_unknown_language_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "--from", "ru", "--to", "клингонский", "да"]) == 2
    assert capsys.readouterr().err == (
        "Язык «клингонский» программе не известен. Список языков: tolmach languages.\n"
    )


def test_no_route_names_what_can_be_reached(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translate", "--from", "ru", "--to", "ce", "да", "--json"]) == 2
    printed = capsys.readouterr()
    assert printed.err.startswith("Перевести с языка «русский» на «чеченский» нечем")
    assert "башкирский" in printed.err
    assert json.loads(printed.out)["code"] == "no-route"


def test_translation_answers(starter: Path) -> None:
    process = tolmach("translate", "--from", "ru", "--to", "ba", "Как дела?")
    assert process.returncode == 0
    assert process.stdout.strip()
    assert process.stderr.splitlines()[0] == TRIAL


def test_no_confidence_is_told_of_a_trial(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["translate", "--from", "ru", "--to", "ba", "--alternatives", "--check", "Как дела?"]
    assert main([*command, "--json"]) == 0
    printed = capsys.readouterr()
    answer = json.loads(printed.out)
    assert (answer["trial"], answer["confidence"]) == (True, None)
    assert {version["confidence"] for version in answer.get("alternatives", [])} <= {None}
    assert printed.err == f"{TRIAL}\n"
    assert main(command) == 0
    assert "%" not in capsys.readouterr().out


def test_tatar_is_translated_on_request_alone(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["translate", "--from", "ru", "--to", "tt", "Как дела?", "--json"]
    assert main(command) == 2
    printed = capsys.readouterr()
    assert json.loads(printed.out)["code"] == "no-route-on-request"
    assert "--on-request" in printed.err
    assert main([*command, "--on-request"]) == 0
    assert json.loads(capsys.readouterr().out)["trial"] is True


@pytest.mark.skipif(sys.platform == "win32", reason="has no pseudo-terminals of this kind")
@pytest.mark.parametrize(("answer", "translated"), [("да", True), ("", False), ("нет", False)])
def test_at_a_terminal_a_document_is_asked_about(
    answer: str, translated: bool, starter: Path, tmp_path: Path
) -> None:
    letter = tmp_path / "письмо.txt"
    letter.write_text("Как дела?\n", encoding="utf-8")
    leader, follower = os.openpty()
    os.write(leader, f"{answer}\n".encode())
    command = [sys.executable, "-m", "tolmach", "translate", "--from", "ru", "--to", "ba"]
    process = subprocess.run(
        [*command, "--file", letter], stdin=follower, stdout=follower, stderr=follower, timeout=120
    )
    screen = os.read(leader, 100_000).decode(errors="replace")
    for end in (leader, follower):
        os.close(end)
    assert "Всё равно перевести документ?" in screen
    assert letter.with_name("письмо.ba.txt").exists() is translated
    assert process.returncode == (0 if translated else 1)


def test_translation_from_standard_input_keeps_lines(starter: Path) -> None:
    process = tolmach("translate", "--from", "русский", "--to", "башкирский", typed="Да.\n\nНет.\n")
    assert process.returncode == 0
    lines = process.stdout.split("\n")
    assert [bool(line) for line in lines] == [True, False, True, False]


def test_a_terminal_without_our_letters_is_no_traceback(starter: Path) -> None:
    process = tolmach("languages", PYTHONIOENCODING="ascii")
    assert process.returncode == 0
    assert "башҡортса" in process.stdout
    assert process.stderr == ""


@pytest.mark.skipif(
    not str(REPOSITORY).isascii(),
    reason="Python 3.11 in a C locale cannot start an editable install at a non-ASCII path",
)
def test_a_locale_without_our_letters_is_no_traceback(starter: Path) -> None:
    process = tolmach("languages", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert process.returncode == 0
    assert "башҡортса" in process.stdout
    assert process.stderr == ""


def test_bytes_that_are_no_text_are_no_traceback(starter: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tolmach", "translate", "--from", "ru", "--to", "ba"],
        input=b"\xff\xfe\xc0 \xd0\xb4\xd0\xb0",
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert process.returncode == 0
    assert b"Traceback" not in process.stderr


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f"'{sys.executable}' -m tolmach languages | true; echo ${{PIPESTATUS[0]}}"
    process = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8")
    assert (process.stdout, process.stderr) == ("0\n", "")


def test_a_relative_home_is_as_good_as_an_absolute_one(
    starter: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(starter, tmp_path / "флешка" / "models")
    builtin.refuse(tmp_path / "флешка" / "models")
    monkeypatch.chdir(tmp_path)
    process = tolmach("packs", "list", TOLMACH_HOME="флешка")
    assert str(tmp_path / "флешка") in process.stdout
    sample = str(REPOSITORY / "resources" / "samples" / "conversation.flac")
    process = tolmach("transcribe", sample, "--from", "ru,ba", TOLMACH_HOME="флешка")
    assert process.stderr == ""
    assert process.returncode == 0


def test_doctor_says_what_is_here(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 0
    findings = {entry["name"]: entry for entry in json.loads(capsys.readouterr().out)}
    assert findings["ctranslate2"]["status"] == "ok"
    assert "starter-recognizer" in json.dumps(list(findings.values()))


def test_doctor_says_what_is_missing(
    own_home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (own_home / "file").write_text("")
    monkeypatch.setenv("TOLMACH_HOME", str(own_home / "file"))
    assert main(["doctor"]) == 1
    assert f"✗ Папка данных: В папку «{own_home / 'file'}» не удаётся записать." in (
        capsys.readouterr().out
    )


def test_the_command_line_never_loads_qt_or_a_model_library() -> None:
    script = (
        "import sys; from tolmach.cli.main import main, parser; parser(); main(['languages']);"
        "print([m for m in ('PySide6', 'ctranslate2', 'faster_whisper', 'onnxruntime') "
        "if m in sys.modules])"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert process.stdout.splitlines()[-1] == "[]"


def test_a_command_costs_no_other_commands_time() -> None:
    script = (
        "import sys; from tolmach.cli.main import COMMANDS, main; main(['languages']);"
        "print({place.partition(':')[0] for place in COMMANDS.values()} & {*sys.modules})"
    )
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, encoding="utf-8")
    assert process.stdout.splitlines()[-1] == "{'tolmach.cli.languages'}"


def test_every_command_is_registered_under_its_own_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in COMMANDS:
        with pytest.raises(SystemExit):
            main([command, "--help"])
        assert capsys.readouterr().out.startswith(f"вызов: tolmach {command} ")


@pytest.mark.timeout(200)
def test_without_a_display_the_sample_plays_in_the_terminal(starter: Path) -> None:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    process = subprocess.run(
        [sys.executable, "-m", "tolmach"],
        capture_output=True,
        encoding="utf-8",
        env=environment,
        timeout=150,
    )
    assert process.returncode == 0
    first, *lines = process.stdout.splitlines()
    assert first == "Экрана нет: вместо окна — образец разговора в терминале."
    assert sum("[ru]" in line for line in lines) >= 3
    assert sum("[ba]" in line for line in lines) >= 3
    marked = [line for line in lines if "[Пробный перевод" in line]
    assert len(marked) == sum(line.startswith("         [") for line in lines) >= 6
    assert process.stderr == f"{TRIAL}\n"


def test_a_document_is_translated_into_a_folder(starter: Path, tmp_path: Path) -> None:
    original, folder = tmp_path / "письмо.txt", tmp_path / "переводы"
    original.write_text("Спасибо!", "utf-8")
    folder.mkdir()
    command = ["translate", "--from", "ru", "--to", "ba", "--file", str(original)]
    assert main([*command, "--out", str(folder)]) == 0
    assert [path.name for path in folder.iterdir()] == ["письмо.ba.txt"]


def test_a_document_is_translated_beside_itself(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = tmp_path / "Мои письма" / "письмо.md"
    original.parent.mkdir()
    original.write_text("# Письмо\n\nКак дела? Пишите на **info@mail.ru**.\n", encoding="utf-8")
    assert main(["translate", "--from", "ru", "--to", "ba", "--file", str(original), "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["path"] == str(original.with_name("письмо.ba.md"))
    assert answer["sentences"] == 3
    assert answer["trial"] is True
    title, _, text = Path(answer["path"]).read_text(encoding="utf-8").splitlines()
    assert title.startswith("# ")
    assert "Пробный перевод" in title
    assert "Пробный" not in text
    assert "**info@mail.ru**" in text


def test_what_was_not_read_of_a_document_is_told(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bytes that are no text stay where they are, and the rest is translated."""
    original = tmp_path / "письмо.txt"
    original.write_bytes("Спасибо!\n".encode() + b"\xff12\n")
    command = ["translate", "--from", "ru", "--to", "ba", "--file", str(original)]
    assert main(command) == 1
    _, remark = capsys.readouterr().out.splitlines()
    assert "строки: 2." in remark
    assert (tmp_path / "письмо.ba.txt").read_bytes().endswith(b"\n\xff12\n")
    assert main([*command, "--json"]) == 1
    (remark,) = json.loads(capsys.readouterr().out)["remarks"]
    assert remark["code"] == "document-bytes"


def test_a_document_without_words_is_told(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    original = tmp_path / "числа.csv"
    original.write_text("1;2\n", encoding="utf-8")
    assert main(["translate", "--from", "ru", "--to", "ba", "--file", str(original)]) == 1
    assert "не нашлось слов" in capsys.readouterr().out


def test_a_text_goes_into_a_file(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "хат.txt"
    assert main(["translate", "--from", "ru", "--to", "ba", "Спасибо!", "--out", str(out)]) == 0
    assert capsys.readouterr().out == ""
    assert out.read_text(encoding="utf-8").strip()


def test_a_document_of_no_known_kind_is_told(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "таблица.xlsx"
    path.write_bytes(b"PK")
    assert main(["translate", "--from", "ru", "--to", "ba", "--file", str(path)]) == 2
    assert "docx" in capsys.readouterr().err
