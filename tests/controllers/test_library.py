"""The window hears of packs when they have changed, and never otherwise."""

import shutil
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.packs.making import pack_folder
from tolmach.controllers.library import LibraryWatch
from tolmach.packs.library import ModelLibrary


def test_a_change_is_told_once(qtbot: QtBot, tmp_path: Path) -> None:
    watch = LibraryWatch(ModelLibrary([tmp_path]))
    told_packs: list[int] = []
    watch.changed.connect(lambda: told_packs.append(len(watch.installed.packs)))
    watch.look()
    assert told_packs == []
    pack_folder(tmp_path / "новая")
    assert watch.installed.packs == ()  # until somebody looks
    watch.look()
    watch.look()
    shutil.rmtree(tmp_path / "новая")
    watch.look()
    assert told_packs == [1, 0]
