"""`tolmach packs`: what it prints and the exit code it ends with."""

import json
import multiprocessing
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.making import ARGOS, archive, pack_folder
from tests.tiny_models import whisper
from tests.worker import scripted
from tolmach.cli.main import main
from tolmach.cli.packs import load_once
from tolmach.core import paths
from tolmach.core.errors import ModelError
from tolmach.core.pack import Quality
from tolmach.packs import importer, manifest, store


@pytest.fixture(autouse=True)
def nothing_bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "bundled_packs", lambda: tmp_path / "bundled")


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    pack = pack_folder(paths.user_packs() / "а", {"model.bin": bytes(2_500_000)})
    assert main(["packs", "list"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines() == [
        "test-ru-ba 1.2 — Проба",
        "    переводит: ru → ba",
        f"    2.5 MB, CC0, {pack.folder}",
        "    ru>ba: chrF++ 41.5 (everyday)",
    ]
    assert printed.err == ""


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    pack = pack_folder(paths.user_packs() / "а")
    (paths.user_packs() / "б").mkdir()
    assert main(["packs", "list", "--json"]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first == {
        "event": "pack",
        "id": "test-ru-ba",
        "version": "1.2",
        "kind": "translator",
        "engine": "opus",
        "title": {"ru": "Проба", "en": "Test"},
        "languages": [],
        "pairs": [["ru", "ba"]],
        "size": pack.size,
        "memory_mb": 0,
        "licence": "CC0",
        "folder": str(pack.folder),
        "quality": [{"subject": "ru>ba", "metric": "chrF++", "value": 41.5, "on": "everyday"}],
    }
    assert (second["event"], second["code"]) == ("failed", "manifest-missing")
    assert second["folder"] == str(paths.user_packs() / "б")


def test_list_of_nothing_says_how_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "list"]) == 0
    assert capsys.readouterr().out == "Моделей нет. Добавить: tolmach packs add ПУТЬ\n"


def test_verify(capsys: pytest.CaptureFixture[str]) -> None:
    pack = pack_folder(paths.user_packs() / "а")
    other = pack_folder(paths.user_packs() / "б", id="other")
    assert main(["packs", "verify"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "other 1.2: файлы в порядке",
        "test-ru-ba 1.2: файлы в порядке",
    ]
    (pack.folder / "source.spm").write_bytes(b"seceip")
    assert main(["packs", "verify"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "other 1.2: файлы в порядке\n"
    assert printed.err == (
        f"{pack.folder}: Файл source.spm модели «test-ru-ba» повреждён или обрезан. "
        "Установите модель заново.\n"
    )
    assert main(["packs", "verify", other.id]) == 0
    assert main(["packs", "verify", pack.id]) == 1


def test_verify_tells_of_unreadable_packs() -> None:
    (paths.user_packs() / "б").mkdir(parents=True)
    assert main(["packs", "verify"]) == 1


def test_verify_what_is_not_installed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "verify", "нет"]) == 2
    assert capsys.readouterr().err == "Модель «нет» не установлена. Есть: —.\n"


@pytest.mark.parametrize("words", [["packs"], ["packs", "remove"], ["packs", "add"]])
def test_wrong_use(words: list[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(words)
    assert raised.value.code == 2


def test_add_what_is_no_model(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "моя модель.argosmodel"
    path.write_bytes("текст".encode())
    assert main(["packs", "add", str(path)]) == 1
    assert capsys.readouterr().err == (
        "Файл «моя модель.argosmodel» повреждён, обрезан или не архив модели. "
        "Скачайте его заново.\n"
    )


def test_add_a_model_that_loads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["packs", "add", str(whisper(tmp_path / "мой whisper"))]) == 0
    (pack,) = store.installed().packs
    lines = capsys.readouterr().out.splitlines()
    assert lines[:3] == [
        "Модель добавлена:",
        f"{pack.id} 1 — мой whisper",
        "    распознаёт: ru, tt, ba",
    ]


def test_a_model_that_claims_to_need_short_windows_alone_may_be_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pack = importer.add(whisper(tmp_path / "w"), tmp_path / "models")
    manifest.write(replace(pack, options={"context": "dynamic"}))
    assert main(["packs", "add", str(pack.folder)]) == 0
    assert f"tolmach packs tune {pack.id} --speech ПАПКА" in capsys.readouterr().out


@pytest.mark.log_warnings
def test_add_a_model_that_does_not_load(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive(ARGOS))  # its weights are 0, 1, 2 ...
    assert main(["packs", "add", str(path)]) == 1
    assert "argos-ru-kk" in capsys.readouterr().err
    assert list(paths.user_packs().iterdir()) == []


@pytest.mark.log_warnings
def test_probe_names_what_is_wrong(tmp_path: Path) -> None:
    pack = importer.add(whisper(tmp_path / "w"), tmp_path / "models")
    load_once(pack)
    (pack.folder / "model.bin").write_bytes(b"\6\0\0\0")
    with pytest.raises(ModelError) as raised:
        load_once(pack)
    assert (raised.value.code, raised.value.params["pack"]) == ("model-damaged", pack.id)
    with pytest.raises(ModelError) as raised:
        load_once(replace(pack, engine="unheard-of"))
    assert raised.value.code == "unknown-engine"


@pytest.mark.log_warnings
def test_probe_survives_a_model_that_kills_the_worker(tmp_path: Path) -> None:
    pack = importer.add(whisper(tmp_path / "w"), tmp_path / "models")

    def kill() -> None:
        while not (workers := multiprocessing.active_children()):
            time.sleep(0.01)
        workers[0].kill()

    killer = threading.Thread(target=kill)
    killer.start()
    with pytest.raises(ModelError) as raised:
        load_once(pack)
    killer.join()
    assert (raised.value.code, raised.value.params) == ("model-crashes", {"pack": pack.id})
    assert multiprocessing.active_children() == []


def test_a_model_that_others_are_preferred_to_is_told_of(
    tmp_path: Path, starter: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measured = replace(
        manifest.read(starter / "starter-recognizer"),
        quality=(Quality("ru", "CER", 0.1, "real voices: a test"),),
        folder=tmp_path / "bundled" / "measured",
        languages={"ru": "<|ru|>"},
    )
    measured.folder.mkdir(parents=True)
    manifest.write(measured)
    assert main(["packs", "add", str(whisper(tmp_path / "мой whisper"))]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == (
        "Эти языки пока распознают другие модели: ru. "
        "Чтобы распознавала эта, выберите её в настройках."
    )


def test_weights_that_write_one_letter_are_refused(starter: Path) -> None:
    pack = manifest.read(starter / "starter-recognizer")
    with pytest.raises(ModelError, match="model-writes-nonsense"):
        load_once(pack, scripted.serve_stuttering)
    load_once(pack, scripted.serve)
