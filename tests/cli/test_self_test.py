"""The self-test passes here, and names what is wrong with a spoiled copy of the program."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.conftest import REPOSITORY
from tests.worker import scripted
from tests.worker.multiplying import serve_and_multiply, serve_deaf
from tests.worker.scripted import serve_nothing
from tolmach.audio import portaudio
from tolmach.audio.recorder import Recorder
from tolmach.cli.main import main
from tolmach.cli.self_test.check import Check, carried_out
from tolmach.cli.self_test.command import checks, report
from tolmach.cli.self_test.work import expect_like
from tolmach.core import bundle, own_font, paths
from tolmach.core.errors import AppError
from tolmach.worker.client import Client
from tolmach.worker.spawning import Serve

NAMES = [check.name for check in checks()]


def lines(printed: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in printed.splitlines()]


def outcomes_of(printed: str) -> dict[str, dict[str, Any]]:
    """Return the outcomes by the names of their checks."""
    return {line["name"]: line for line in lines(printed) if line["event"] == "check"}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program that a test may spoil."""
    folder = tmp_path / "Толмач"
    for name in ("app/tolmach", "resources", "models/builtin", "models/starter"):
        shutil.copytree(
            REPOSITORY / name, folder / name, ignore=shutil.ignore_patterns("__pycache__")
        )
    return folder


def self_test(copy: Path, *names: str) -> dict[str, dict[str, Any]]:
    """Run the self-test of a copy, which must fail, and return the outcomes."""
    environment = {**os.environ, "PYTHONPATH": str(copy / "app")}
    process = subprocess.run(
        [sys.executable, "-m", "tolmach", "self-test", "--json", *names],
        capture_output=True, encoding="utf-8", env=environment, cwd=copy, timeout=100,
    )  # fmt: skip
    assert process.returncode == 1, process.stderr
    assert lines(process.stdout)[-1]["ok"] is False
    return outcomes_of(process.stdout)


def test_this_checkout_passes(starter: Path, own_home: Path) -> None:
    before = {path: path.read_bytes() for path in own_home.rglob("*") if path.is_file()}
    process = subprocess.run(
        [sys.executable, "-m", "tolmach", "self-test", "--json"],
        capture_output=True, encoding="utf-8", timeout=100,
    )  # fmt: skip
    first, *_, last = lines(process.stdout)
    outcomes = outcomes_of(process.stdout)
    assert [check["name"] for check in first["checks"]] == list(outcomes) == NAMES
    bad = {name: line["detail"] for name, line in outcomes.items() if line["status"] == "failed"}
    assert (bad, process.returncode, last["ok"], process.stderr) == ({}, 0, True, "")
    logs = {path for path in own_home.rglob("*") if paths.logs() in (path, *path.parents)}
    after = {path for path in own_home.rglob("*") if path.is_file()} - logs
    assert after - {paths.threads_file()} == set(before)  # of the person's all is as it was


def test_a_line_for_a_person(starter: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-test", "font", "rate"]) == 0
    first, second, last = capsys.readouterr().out.splitlines()
    assert first.startswith("✓ Шрифт: Noto Sans (")
    assert second.startswith("✓ Частота звука: 48000 → 16000 Гц (")
    assert last.startswith("Программа работает.")


def test_an_unknown_check_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["self-test", "луна"]) == 2
    assert "Проверки «луна» нет. Есть: files, font" in capsys.readouterr().err


def test_a_damaged_model_is_named(starter: Path, copy: Path) -> None:
    weights = copy / "models" / "starter" / "starter-ru-ba" / "model.bin"
    content = bytearray(weights.read_bytes())
    content[len(content) // 2] ^= 1
    weights.write_bytes(content)
    outcomes = self_test(copy, "files", "models")
    assert (outcomes["files"]["status"], outcomes["models"]["status"]) == ("ok", "failed")
    assert "model.bin" in outcomes["models"]["detail"]
    assert "starter-ru-ba" in outcomes["models"]["detail"]


@pytest.mark.parametrize("missing", ["starter-recognizer", "starter-ru-ba", "."])
def test_a_model_that_is_not_there_is_named(starter: Path, copy: Path, missing: str) -> None:
    shutil.rmtree(copy / "models" / "starter" / missing)
    outcome = self_test(copy, "models")["models"]
    assert outcome["detail"].startswith("Файла программы «")
    assert "starter" in outcome["detail"]


@pytest.mark.parametrize(
    "file",
    [
        "resources/names.json",
        "resources/icons/tolmach.svg",
        "resources/i18n/en.qm",
        "resources/samples/conversation.flac",
        "models/builtin/silence.npy",
        "models/builtin/whisper-base-tt-ba.npz",
        "models/builtin/whisper-base.npz",
    ],
)
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    detail = self_test(copy, "files")["files"]["detail"]
    assert Path(file).name in detail
    assert detail.startswith("Файла программы «")


def test_even_the_names_of_languages_may_be_missing(copy: Path) -> None:
    (copy / "resources" / "languages.json").unlink()
    outcomes = self_test(copy, "files", "rate", "models")
    assert "languages.json" in outcomes["files"]["detail"]
    assert outcomes["rate"]["status"] == "ok"


def test_a_damaged_file_is_named(copy: Path) -> None:
    (copy / "resources" / "icons" / "microphone.svg").write_text("<svg")
    assert "повреждён" in self_test(copy, "files")["files"]["detail"]


def test_a_damaged_sound_is_named(copy: Path) -> None:
    sound = copy / "resources" / "samples" / "greeting.mp3"
    sound.write_bytes(b"\xff" * sound.stat().st_size)
    assert "greeting.mp3" in self_test(copy, "mp3")["mp3"]["detail"]


def test_another_sound_is_noticed(copy: Path) -> None:
    sound = copy / "resources" / "samples" / "greeting.mp3"
    sound.unlink()
    with closing(Recorder(sound)) as recorder:
        recorder.write(np.random.default_rng(1).uniform(-0.5, 0.5, 64_000).astype(np.float32))
    assert "раскодирован неверно" in self_test(copy, "mp3")["mp3"]["detail"]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("file", ["icons/tolmach.svg", "icons/settings.svg"])
def test_a_window_without_an_icon_is_told(copy: Path, file: str) -> None:
    (copy / "resources" / file).unlink()
    assert Path(file).name in self_test(copy, "window")["window"]["detail"]


def test_a_folder_that_cannot_be_written_is_named(copy: Path, own_home: Path) -> None:
    shutil.rmtree(own_home)
    own_home.write_bytes(b"a file in its place")
    outcomes = self_test(copy, "folders", "rate")
    assert str(own_home) in outcomes["folders"]["detail"]
    assert outcomes["rate"]["status"] == "ok"


def test_a_missing_font_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(own_font, "PACKAGE", "a-font-that-is-nowhere")
    assert main(["self-test", "--json", "font", "rate"]) == 1
    outcomes = outcomes_of(capsys.readouterr().out)
    assert "Noto Sans" in outcomes["font"]["detail"]
    assert outcomes["rate"]["status"] == "ok"


@pytest.mark.log_warnings
def test_a_worker_that_dies_is_told_by_each_check_that_needs_it(
    starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = [
        check
        for check in checks(lambda: Client(target=serve_nothing))
        if check.name in ("rate", "voice", "translator", "document", "death", "processes")
    ]
    assert report(chosen, as_json=True) == 1
    outcomes = outcomes_of(capsys.readouterr().out)
    assert outcomes.pop("rate")["status"] == "ok"
    assert {outcome["status"] for outcome in outcomes.values()} == {"failed"}
    for outcome in outcomes.values():
        assert re.search("завершается|аварийно|непереведённым", outcome["detail"])


def detail_of(serve: Serve, name: str) -> str:
    """Return what a check tells of a worker like this; it must fail."""
    (check,) = (check for check in checks(lambda: Client(target=serve)) if check.name == name)
    outcome = carried_out(check)
    assert outcome.status == "failed"
    return outcome.detail


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("recognizer", "Образец речи распознан неверно"),
        ("translator", "Образец текста переведён неверно: «.роткод ,обисапС»"),
        ("death", "Образец речи распознан неверно"),
    ],
)
def test_a_worker_that_answers_nonsense_is_noticed(starter: Path, name: str, sentence: str) -> None:
    assert detail_of(scripted.serve, name).startswith(sentence)


@pytest.mark.parametrize(
    "text", ["Здравствуйте, доктор.", "ЗДРАМСВИТИ ТОКТОР", "Дравстуй, дохтор!"]
)
def test_another_processor_may_hear_other_letters(text: str) -> None:
    expect_like("здравствуйте доктор", text)


@pytest.mark.parametrize("text", ["", "Спасибо за просмотр!", "да да да да да", "Zdravstvuyte."])
def test_other_words_are_no_greeting(text: str) -> None:
    with pytest.raises(AppError) as caught:
        expect_like("здравствуйте доктор", text)
    assert caught.value.code == "recognized-wrong"


def test_a_worker_that_hears_speech_nowhere_is_noticed(starter: Path) -> None:
    assert detail_of(serve_deaf, "voice").startswith("Речь не отличается от тишины")


def test_a_program_that_starts_itself_again_is_noticed(starter: Path) -> None:
    assert detail_of(serve_and_multiply, "processes").startswith("Программа запускает сама себя")


def test_a_check_that_never_ends_is_left_behind() -> None:
    gate = threading.Event()
    outcome = carried_out(Check("gate", "Ворота", lambda: str(gate.wait())), patience=0.1)
    gate.set()
    assert outcome.status == "failed"
    assert outcome.detail.startswith("Проверка не закончилась")


def test_a_defect_of_a_check_is_its_own_failure() -> None:
    outcome = carried_out(Check("defect", "Дефект", lambda: str(1 // 0)))
    assert outcome.status == "failed"
    assert "ZeroDivisionError" in outcome.detail


@pytest.mark.parametrize(
    ("code", "installed", "status"),
    [
        ("no-microphone", True, "warning"),
        ("portaudio-missing", False, "warning"),
        ("portaudio-missing", True, "failed"),  # it comes with the program
    ],
)
def test_what_a_bundle_brings_must_be_there(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: str, installed: bool, status: str
) -> None:
    def devices() -> list[portaudio.Device]:
        raise AppError(code, detail="")

    monkeypatch.setattr(portaudio, "devices", devices)
    monkeypatch.setattr(bundle, "folder", lambda: tmp_path if installed else None)
    (check,) = (check for check in checks() if check.name == "microphone")
    assert carried_out(check).status == status


@pytest.mark.usefixtures("qapp")
@pytest.mark.skipif(sys.platform != "linux", reason="plugins of Linux")
def test_what_puts_windows_on_a_screen_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    from tolmach.ui.self_test import look_at_platform

    look_at_platform("libqoffscreen.so")
    with pytest.raises(AppError, match="window-fails"):
        look_at_platform("libqnowhere.so")


def test_what_the_program_can_do_without_is_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    def look() -> str:
        raise AppError("no-microphone")

    assert report([Check("ears", "Уши", look, essential=False)], as_json=False) == 0
    assert capsys.readouterr().out.startswith("! Уши: Микрофон не найден.")
