"""The packs on this computer: found beside broken ones, checked byte by byte."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.packs.making import WEIGHTS, pack_folder
from tests.tiny_models import whisper
from tolmach.core import paths
from tolmach.core.errors import ModelError
from tolmach.core.pack import Pack
from tolmach.packs import importer, store
from tolmach.packs.installed import InstalledPacks


def test_no_folders_no_packs(tmp_path: Path) -> None:
    assert store.installed([tmp_path / "нет", tmp_path]) == InstalledPacks((), ())


def test_broken_packs_hide_no_others(tmp_path: Path) -> None:
    good = pack_folder(tmp_path / "в порядке")
    (tmp_path / "без описания").mkdir()
    pack_folder(tmp_path / "будущее")
    (tmp_path / "будущее" / "pack.json").write_text('{"format": 2}')
    (tmp_path / "README.md").write_text("не модель")
    (tmp_path / ".adding-123").mkdir()
    installed = store.installed([tmp_path])
    assert installed.packs == (good,)
    assert [(folder.name, error.code) for folder, error in installed.broken] == [
        ("без описания", "manifest-missing"),
        ("будущее", "manifest-format"),
    ]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"")
    installed = store.installed([tmp_path / "models"])
    assert [(folder, error.code) for folder, error in installed.broken] == [
        (tmp_path / "models", "manifest-missing")
    ]


def test_the_persons_packs_and_the_bundled_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "bundled_packs", lambda: tmp_path / "bundled")
    starter: dict[str, Any] = {"options": {"starter": True}}
    bundled = pack_folder(tmp_path / "bundled" / "a", id="a-starter", **starter)
    pack_folder(tmp_path / "bundled" / "b", id="b-starter", **starter)
    personal = pack_folder(paths.user_packs() / "b", id="b-starter", **starter)
    full = pack_folder(paths.user_packs() / "z", id="z-full")
    assert store.installed().packs == (full, bundled, personal)


def test_order_of_preference(tmp_path: Path) -> None:
    for name, version, starter in (
        ("a", "1.9", True), ("b", "1.9", False), ("b", "1.10", False), ("c", "2", False),
    ):  # fmt: skip
        folder = tmp_path / f"{name}{version}"
        pack_folder(folder, id=name, version=version, options={"starter": starter})
    order = [(pack.id, pack.version) for pack in store.installed([tmp_path]).packs]
    assert order == [("b", "1.10"), ("b", "1.9"), ("c", "2"), ("a", "1.9")]


def test_sound_pack_passes(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    big = bytes(3 << 20)
    pack = pack_folder(tmp_path / "м", {"model.bin": big, "папка/a.spm": b"pieces"})
    store.verify(pack, lambda count, total: steps.append((count, total)))
    total = len(big) + 6
    assert steps == [(1 << 20, total), (2 << 20, total), (3 << 20, total), (total, total)]


@pytest.mark.parametrize(
    ("content", "checked", "verified"),
    [
        (None, "model-file-missing", "model-file-missing"),
        (WEIGHTS[:-1], "model-damaged", "model-damaged"),
        (WEIGHTS + b"x", "model-damaged", "model-damaged"),
        (b"", "model-damaged", "model-damaged"),
        (WEIGHTS[::-1], "", "model-damaged"),
    ],
    ids=["missing", "short", "long", "empty", "altered"],
)
def test_damaged_file(tmp_path: Path, content: bytes | None, checked: str, verified: str) -> None:
    pack = pack_folder(tmp_path / "моя модель")
    if content is None:
        (pack.folder / "model.bin").unlink()
    else:
        (pack.folder / "model.bin").write_bytes(content)
    params = {"file": "model.bin", "pack": "test-ru-ba"}
    assert failure(store.check, pack) == (checked, params if checked else {})
    assert failure(store.verify, pack) == (verified, params)


def failure(look: Any, pack: Pack) -> tuple[str, dict[str, str]]:
    """Return the code and parameters of what is wrong, "" when nothing is."""
    try:
        look(pack)
    except ModelError as error:
        return error.code, error.params
    return "", {}


def test_whisper_ids_are_checked_with_the_sizes(tmp_path: Path) -> None:
    pack = importer.add(whisper(tmp_path / "w"), tmp_path / "models")
    store.check(pack)
    foreign = replace(pack, languages={"ru": "<|ru|>", "cv": "<|cv|>"})
    assert failure(store.check, foreign) == (
        "model-token-missing", {"token": "<|cv|>", "pack": pack.id},
    )  # fmt: skip


def test_starter_packs_are_whole(starter: Path) -> None:
    installed = store.installed([starter])
    assert installed.broken == ()
    assert {pack.kind for pack in installed.packs} == {"recognizer", "translator"}
    for pack in installed.packs:
        assert pack.starter
        store.verify(pack)
