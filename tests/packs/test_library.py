"""The library follows the folders of packs, and reads them when they have changed alone."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.packs.making import WEIGHTS, pack_folder
from tolmach.core.pack import Pack
from tolmach.core.settings import Settings
from tolmach.packs import importer, manifest
from tolmach.packs.library import ModelLibrary

TEXT = Settings(text_source="ru", text_target="ba")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The folders whose manifests were read."""
    folders: list[Path] = []

    def counted(folder: Path, read: Callable[[Path], Pack] = manifest.read) -> Pack:
        folders.append(folder)
        return read(folder)

    monkeypatch.setattr(manifest, "read", counted)
    return folders


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pack_folder(tmp_path / "модели" / "первая")
    return tmp_path / "модели"


def ids(library: ModelLibrary) -> list[str]:
    return [pack.id for pack in library.installed.packs]


def test_asking_reads_nothing(folder: Path, reads: list[Path]) -> None:
    library = ModelLibrary([folder])
    assert reads == [folder / "первая"]
    before = library.installed
    for _ in range(3):
        library.refresh()
        assert library.installed.text_translators(TEXT) == library.installed.packs
        assert library.installed.text_languages(TEXT) == ("ru", "ba")
        assert library.installed.missing_routes(TEXT) == (("ba", "ru"),)
    assert len(reads) == 1
    assert library.installed is before


def test_a_pack_that_is_added_and_removed(folder: Path, tmp_path: Path) -> None:
    library = ModelLibrary([folder])
    new = pack_folder(tmp_path / "новая", id="zz-ru-kk", pairs=(("ru", "kk"),))
    pack = importer.add(new.folder, folder)
    library.refresh()
    assert ("ru", "kk") in library.installed.pairs
    shutil.rmtree(pack.folder)
    library.refresh()
    assert ("ru", "kk") not in library.installed.pairs
    assert ids(library) == ["test-ru-ba"]


def test_a_pack_copied_by_hand_is_there_when_its_manifest_is(folder: Path, tmp_path: Path) -> None:
    library = ModelLibrary([folder])
    new = pack_folder(tmp_path / "новая", id="zz-ru-kk")
    (folder / "новая").mkdir()
    shutil.copy2(new.folder / "model.bin", folder / "новая")
    library.refresh()
    assert [place.name for place, _ in library.installed.broken] == ["новая"]
    assert ids(library) == ["test-ru-ba"]  # and hides no other
    shutil.copy2(new.folder / manifest.NAME, folder / "новая")
    library.refresh()
    assert ids(library) == ["test-ru-ba", "zz-ru-kk"]


def test_files_that_come_after_their_manifest_are_noticed(folder: Path, tmp_path: Path) -> None:
    """Who was told that one is missing asks again then."""
    library = ModelLibrary([folder])
    new = pack_folder(tmp_path / "новая", id="zz-ru-kk")
    (folder / "новая").mkdir()
    shutil.copy2(new.folder / manifest.NAME, folder / "новая")
    library.refresh()
    incomplete = library.installed
    library.refresh()
    assert library.installed is incomplete
    shutil.copy2(new.folder / "model.bin", folder / "новая")
    library.refresh()
    assert library.installed is not incomplete


def test_a_manifest_that_is_replaced(folder: Path, tmp_path: Path) -> None:
    library = ModelLibrary([folder])
    newer = pack_folder(tmp_path / "новее", version="1.3")
    (newer.folder / manifest.NAME).replace(folder / "первая" / manifest.NAME)
    library.refresh()
    assert [pack.version for pack in library.installed.packs] == ["1.3"]


def test_folders_that_come_later(tmp_path: Path) -> None:
    library = ModelLibrary([tmp_path / "нет" / "модели"])
    assert library.installed.packs == ()
    pack_folder(tmp_path / "нет" / "модели" / "первая")
    library.refresh()
    assert ids(library) == ["test-ru-ba"]


def starter(**fields: Any) -> dict[str, Any]:
    return {"options": {"starter": True, "on_request": "ru>tt tt>ru"}, "quality": (), **fields}


def test_what_is_offered_on_request(tmp_path: Path) -> None:
    pairs = (("ru", "ba"), ("ru", "tt"), ("tt", "ru"))
    pack_folder(tmp_path / "начальная", {"model.bin": WEIGHTS}, **starter(pairs=pairs))
    installed = ModelLibrary([tmp_path]).installed
    on_request = Settings(text_source="ru", text_target="tt", on_request=True)
    assert installed.pairs == (("ru", "ba"),)
    assert installed.pairs_on_request == (("ru", "tt"), ("tt", "ru"))
    assert installed.text_languages(TEXT) == ("ru", "ba")
    assert set(installed.text_languages(on_request)) == {"ru", "ba", "tt"}
    assert installed.is_trial(TEXT)
    assert installed.is_trial(on_request)
    assert not installed.is_trial(Settings(text_source="ru", text_target="tt"))  # no translation
    assert installed.starter


def test_who_understands_what(tmp_path: Path) -> None:
    tokens = {"ru": "<|ru|>", "kk": "<|kk|>"}
    pack_folder(tmp_path / "речь", kind="recognizer", pairs=(), languages=tokens)
    installed = ModelLibrary([tmp_path]).installed
    assert set(installed.languages) == {"kk", "ru"}
    assert installed.recognizers == installed.packs
    assert not installed.starter
    kazakh = Settings(left_language="ru", right_language="kk")
    assert not installed.needs_buttons(kazakh)
    assert installed.missing_routes(kazakh) == (("ru", "kk"), ("kk", "ru"))
