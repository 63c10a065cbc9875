"""`tolmach packs tune` on tiny models: what it prints, what it keeps, and what it refuses."""

import errno
import json
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests import tiny_models
from tests.media_files import write_wav
from tests.packs.making import pack_folder
from tolmach.cli import tune
from tolmach.cli.main import main
from tolmach.core import files, paths
from tolmach.core.pack import Option, Pack
from tolmach.core.samples import SAMPLE_RATE
from tolmach.core.windows import DRAFT, FINAL, WindowRule, keep_rules, tuned, window_rule
from tolmach.packs import importer, manifest, store
from tolmach.sessions.tuning import FEWEST

Install = Callable[..., Pack]


@pytest.fixture(autouse=True)
def nothing_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "bundled_packs", lambda: tmp_path / "bundled")


@pytest.fixture(autouse=True)
def few_pieces(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let three pieces be enough; return how many are, for a person."""
    least = tune.LEAST_PIECES
    monkeypatch.setattr(tune, "LEAST_PIECES", 3)
    return least


@pytest.fixture
def install(tmp_path: Path) -> Install:
    def installed(endless: str = "", **options: Option) -> Pack:
        """Install what says «привет», and without end `endless` in windows below 12 s."""
        folder = tiny_models.whisper(tmp_path / "w", says="привет", endless=endless, turn=300)
        pack = importer.add(folder, paths.user_packs())
        manifest.write(replace(pack, options=options))
        (described,) = store.installed().packs
        return described

    return installed


@pytest.fixture
def speech(tmp_path: Path) -> Path:
    """Return a folder of recordings of a second and a half, the last one of which is missing."""
    folder = tmp_path / "мои записи"
    folder.mkdir()
    noise = np.random.default_rng(0).normal(0, 0.1, 3 * SAMPLE_RATE // 2).astype(np.float32)
    write_wav(folder / "а.wav", noise)
    rows = ["а.wav\tПривет!\tru"] * FEWEST + ["нет.wav\tПривет!\tru", "а.wav\tСәләм\ttt"]
    (folder / "речь.tsv").write_text("\n".join(rows), encoding="utf-8")
    return folder


def events(printed: str, kind: str) -> list[dict[str, object]]:
    rows = [json.loads(line) for line in printed.splitlines()]
    return [row for row in rows if row["event"] == kind]


def command(pack: Pack, folder: Path, *rest: str) -> list[str]:
    return ["packs", "tune", pack.id, "--speech", str(folder), "--pieces", "3", *rest]


def test_windows_in_which_the_model_loops_are_not_chosen(
    install: Install, speech: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = install(endless="а", context="dynamic")
    assert main(command(pack, speech, "--json")) == 0
    printed = capsys.readouterr().out
    (skipped,) = events(printed, "skipped")
    assert (skipped["path"], skipped["code"]) == (str(speech / "нет.wav"), "file-missing")
    assert [event["done"] for event in events(printed, "progress")] == [1, 2, 3, 4, 5, 6]
    by_role = {(row["use"], row["role"]): row for row in events(printed, "outcome")}
    assert set(by_role) == {(use, role) for use in (FINAL, DRAFT) for role in tune.ROLES}
    for use, count in ((FINAL, 6), (DRAFT, 3)):  # of drafts the first second is left out
        assert by_role[use, "present"]["doubted"] == count
        assert by_role[use, "full"]["doubted"] == by_role[use, "chosen"]["doubted"] == 0
    refuted = [event["use"] for event in events(printed, "claim-refuted")]
    assert refuted == [FINAL, DRAFT]
    (kept_as,) = events(printed, "tuned")
    assert (kept_as["pack"], kept_as["compute_type"]) == (pack.id, "int8")
    rules = tuned(paths.windows_file(), pack)
    for name in (FINAL, DRAFT):
        assert rules.options[f"{name}_ru"] == kept_as[name]
        assert window_rule(rules, name, "ru").frames(150) >= 1200
    assert paths.windows_file().stat().st_mode & 0o077 == 0
    assert store.installed().packs == (pack,)


def test_a_table_for_people_and_forgetting(
    install: Install, speech: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = install()
    assert main(command(pack, speech)) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert lines[0] == f"{pack.id} 1 (int8), отрезков: 6"
    assert lines[2].startswith("Окончательный текст")
    assert lines[3].split()[:4] == ["CER,", "%", "≤1", "≤2.5"]
    assert lines[4].split()[:5] == ["полное", "окно", "0.0", "0.0", "0.0"]
    assert "10 с или звук + 2.5 с; короче 2.5 с — 30 с" in lines[5]
    assert lines[-1].endswith(f"tolmach packs tune {pack.id} --reset")
    assert "context: dynamic" not in printed.out
    assert "Пропущено: " in printed.err
    assert tuned(paths.windows_file(), pack) != pack
    assert main(["packs", "tune", pack.id, "--reset"]) == 0
    assert capsys.readouterr().out == "Подобранные окна забыты.\n"
    assert tuned(paths.windows_file(), pack) == pack


@pytest.mark.parametrize(
    ("rest", "text"),
    [
        ([], "Назовите папку ключом --speech"),
        (["--speech", "ПУСТАЯ"], "нет строк, по которым можно измерять"),
        (["--speech", "НЕМАЯ"], "нет строк, по которым можно измерять"),
        (
            ["--speech", "МАЛО"],
            "Записей, которые читаются и длиннее секунды, 1, а нужно не меньше 20",
        ),
        (["--speech", "МАЛО", "--lang", "en"], "не знает языка"),
    ],
)
def test_what_is_missing_is_said(
    install: Install,
    speech: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    rest: Sequence[str],
    text: str,
) -> None:
    pack = install()
    for name, rows in (("НЕМАЯ", "а.wav\t\tru"), ("МАЛО", f"{speech / 'а.wav'}\tПривет\tru")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "речь.tsv").write_text(rows, encoding="utf-8")
    (tmp_path / "ПУСТАЯ").mkdir()
    words = [str(tmp_path / word) if word.isupper() else word for word in rest]
    assert main(["packs", "tune", pack.id, *words]) == 2
    assert text in capsys.readouterr().err
    assert not paths.windows_file().exists()


def test_a_rule_of_a_few_pieces_is_refused(
    few_pieces: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(tune, "LEAST_PIECES", few_pieces)
    with pytest.raises(SystemExit) as raised:
        main(["packs", "tune", "whisper-base", "--pieces", "19"])
    assert raised.value.code == 2
    assert "--pieces" in capsys.readouterr().err


def test_what_is_no_recognizer_here(install: Install, capsys: pytest.CaptureFixture[str]) -> None:
    pack = install()
    translator = pack_folder(paths.user_packs() / "пара")
    assert main(["packs", "tune", "нет"]) == 2
    assert capsys.readouterr().err == f"Модель «нет» не установлена. Есть: {pack.id}.\n"
    assert main(["packs", "tune", translator.id]) == 2
    assert "не распознаёт речь" in capsys.readouterr().err


def test_other_weights_than_the_manifest_names_are_not_measured(
    install: Install, speech: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = install()
    model = pack.folder / "model.bin"
    content = bytearray(model.read_bytes())
    content[-1] ^= 1
    model.write_bytes(content)
    assert main(command(pack, speech)) == 1
    assert "повреждён" in capsys.readouterr().err
    assert not paths.windows_file().exists()


def test_a_rule_that_is_none_is_a_sentence(
    install: Install, speech: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = install(final_window="десять")
    assert main(command(pack, speech)) == 1
    assert "pack.json" in capsys.readouterr().err


def test_nothing_is_kept_of_what_was_cut_off(
    install: Install, speech: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = install()
    keep_rules(paths.windows_file(), pack, {FINAL: WindowRule(7, 1)}, "ru")
    before = paths.windows_file().read_bytes()

    def interrupted(text: str = "") -> None:
        if text.startswith("2/"):
            raise KeyboardInterrupt

    monkeypatch.setattr(tune, "show_progress", interrupted)
    assert main(command(pack, speech)) == 130
    assert paths.windows_file().read_bytes() == before
    assert not list(paths.home().glob("windows.json?*"))


def test_where_nothing_can_be_kept_nothing_is_measured(
    install: Install,
    speech: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pack = install()

    def refuse(path: Path, *rest: object, **options: object) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))

    monkeypatch.setattr(files, "open", refuse, raising=False)  # root may write into every folder
    assert main(command(pack, speech)) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "записать не дают: у вас нет на неё прав" in printed.err
