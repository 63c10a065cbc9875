"""Adding packs: the three kinds, whole, named by us, and never over another one."""

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.making import ARGOS, WEIGHTS, archive, argos_with, pack_folder, tree
from tests.tiny_models import whisper
from tolmach.core.errors import AppError, ModelError, PackError, StorageError
from tolmach.core.pack import Pack
from tolmach.packs import importer, manifest, store
from tolmach.packs.installed import InstalledPacks


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "Мои модели" / "ещё глубже"


@pytest.fixture
def argosmodel(tmp_path: Path) -> Path:
    path = tmp_path / "перевод с пробелом.argosmodel"
    path.write_bytes(archive(ARGOS, packed=True))
    return path


def described(**changes: object) -> bytes:
    """Return a metadata.json; None leaves a field out."""
    fields = {"from_code": "ru", "to_code": "kk", "package_version": "1", **changes}
    return json.dumps({name: value for name, value in fields.items() if value is not None}).encode()


def refused(path: Path, destination: Path) -> AppError:
    with pytest.raises(AppError) as raised:
        importer.add(path, destination)
    return raised.value


def test_argos_archive_becomes_a_pack(argosmodel: Path, destination: Path) -> None:
    pack = importer.add(argosmodel, destination)
    assert (pack.id, pack.version, pack.kind, pack.engine) == (
        "argos-ru-kk", "1.9", "translator", "argos",
    )  # fmt: skip
    assert pack.pairs == (("ru", "kk"),)
    assert pack.folder == destination / "argos-ru-kk@1.9"
    assert set(tree(destination)) == {
        "argos-ru-kk@1.9",
        "argos-ru-kk@1.9/README.md",
        "argos-ru-kk@1.9/metadata.json",
        "argos-ru-kk@1.9/model",
        "argos-ru-kk@1.9/model/config.json",
        "argos-ru-kk@1.9/model/model.bin",
        "argos-ru-kk@1.9/model/shared_vocabulary.json",
        "argos-ru-kk@1.9/pack.json",
        "argos-ru-kk@1.9/sentencepiece.model",
    }
    assert (pack.folder / "model/model.bin").read_bytes() == WEIGHTS
    weights = next(file for file in pack.files if file.path == "model/model.bin")
    assert (weights.size, weights.sha256) == (2048, hashlib.sha256(WEIGHTS).hexdigest())
    assert store.installed([destination]) == InstalledPacks((pack,), ())
    store.verify(pack)


def test_argos_with_bpe_and_folder_entries(tmp_path: Path, destination: Path) -> None:
    content = argos_with(sentencepiece_model=None)
    root = "translate-ru_kk-1_9/"
    content = {root: b"", root + "model/": b"", **content, root + "bpe.model": b"codes"}
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive(content))
    assert (importer.add(path, destination).folder / "bpe.model").read_bytes() == b"codes"


@pytest.mark.parametrize(
    ("metadata", "code", "where"),
    [
        (b"", "argos-metadata", None),
        (b"[]", "argos-metadata", None),
        (b"[" * 100_000, "argos-metadata", None),
        (described(package_version=None), "argos-metadata", None),
        (described(to_code=None), "argos-metadata", None),
        (b" " * (manifest.LARGEST + 1), "argos-metadata", None),
        (described(from_code="ру"), "manifest-field", "pairs[0][0]"),
        (described(to_code="ru"), "manifest-field", "pairs[0]"),
        (described(from_code="../.."), "manifest-field", "pairs[0][0]"),
        (described(from_code="\ud800"), "manifest-field", "pairs[0][0]"),
        (described(from_code=["ru"]), "manifest-field", "pairs[0][0]"),
        (described(package_version="../1"), "manifest-field", "version"),
        (described(package_version=""), "manifest-field", "version"),
    ],
    ids=range(13),
)
def test_bad_argos_metadata(
    tmp_path: Path, destination: Path, metadata: bytes, code: str, where: str | None
) -> None:
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive(argos_with(metadata_json=metadata)))
    error = refused(path, destination)
    assert (error.code, error.params.get("field")) == (code, where)
    assert tree(destination) == {}


@pytest.mark.parametrize(
    ("missing", "named"),
    [
        ("metadata_json", "metadata.json"),
        ("model__model_bin", "model/model.bin"),
        ("sentencepiece_model", "sentencepiece.model"),
    ],
)
def test_incomplete_argos(tmp_path: Path, destination: Path, missing: str, named: str) -> None:
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive(argos_with(**{missing: None})))
    error = refused(path, destination)
    assert (error.code, error.params) == ("argos-incomplete", {"file": named})
    assert tree(destination) == {}


def test_pack_folder_is_copied(tmp_path: Path, destination: Path) -> None:
    original = pack_folder(tmp_path / "Моя модель")
    (original.folder / "not listed.exe").write_bytes(b"MZ")
    pack = importer.add(original.folder, destination)
    assert pack == replace(original, folder=destination / "test-ru-ba@1.2")
    assert set(tree(pack.folder)) == {"model.bin", "source.spm", "pack.json"}
    store.verify(pack)
    assert (original.folder / "not listed.exe").exists()


def test_relative_paths(tmp_path: Path, destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack_folder(tmp_path / "Моя модель")
    monkeypatch.chdir(tmp_path)
    pack = importer.add(Path("Моя модель"), Path("Мои модели/ещё глубже"))
    assert pack.folder == destination / "test-ru-ba@1.2"


@pytest.mark.parametrize(
    ("damage", "code"),
    [
        (lambda folder: (folder / "source.spm").unlink(), "model-file-missing"),
        (lambda folder: (folder / "source.spm").write_bytes(b"piece"), "model-damaged"),
        (lambda folder: (folder / "source.spm").write_bytes(b"peices"), "model-damaged"),
        (lambda folder: (folder / "pack.json").write_bytes(b"{"), "manifest-unreadable"),
        (lambda folder: (folder / "pack.json").write_bytes(b"{}"), "manifest-format"),
    ],
    ids=["missing", "short", "altered", "no-json", "empty-json"],
)
def test_damaged_pack_folder(
    tmp_path: Path, destination: Path, damage: Callable[[Path], object], code: str
) -> None:
    original = pack_folder(tmp_path / "м")
    damage(original.folder)
    assert refused(original.folder, destination).code == code
    assert tree(destination) == {}


@pytest.mark.skipif(os.name == "nt", reason="needs rights that people lack on Windows")
def test_links_are_not_followed(tmp_path: Path, destination: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(WEIGHTS)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "a.bin").write_bytes(WEIGHTS)
    for number, path in enumerate(("model.bin", "sub/a.bin")):
        original = pack_folder(tmp_path / f"м{number}", {path: WEIGHTS})
        (original.folder / path).unlink()
        if path == "model.bin":
            (original.folder / path).symlink_to(secret)
        else:
            (original.folder / "sub").rmdir()
            (original.folder / "sub").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
        error = refused(original.folder, destination)
        assert (error.code, error.params) == ("pack-link", {"name": path})
        assert tree(destination) == {}


@pytest.mark.skipif(os.name == "nt", reason="needs rights that people lack on Windows")
def test_device_in_place_of_a_file(tmp_path: Path, destination: Path) -> None:
    folder = whisper(tmp_path / "w")
    (folder / "preprocessor_config.json").unlink(missing_ok=True)
    os.mkfifo(folder / "preprocessor_config.json")
    assert refused(folder, destination).code == "pack-link"
    assert tree(destination) == {}


def test_whisper_folder_becomes_a_pack(tmp_path: Path, destination: Path) -> None:
    folder = whisper(tmp_path / "faster-whisper моя")
    (folder / "README.md").write_text("not taken")
    pack = importer.add(folder, destination)
    digest = hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()
    assert (pack.id, pack.version) == (f"whisper-{digest[:12]}", "1")
    assert (pack.kind, pack.engine) == ("recognizer", "whisper")
    assert pack.title == {"ru": "faster-whisper моя", "en": "faster-whisper моя"}
    assert pack.languages == {"ru": "<|ru|>", "tt": "<|tt|>", "ba": "<|ba|>"}
    assert not (pack.folder / "README.md").exists()
    store.verify(pack)


def test_whisper_without_a_tokenizer(tmp_path: Path, destination: Path) -> None:
    folder = whisper(tmp_path / "w")
    (folder / "tokenizer.json").unlink()
    error = refused(folder, destination)
    assert (error.code, error.params["file"]) == ("model-file-missing", "tokenizer.json")
    assert tree(destination) == {}


def test_whisper_with_ids_out_of_range(tmp_path: Path, destination: Path) -> None:
    folder = whisper(tmp_path / "w")
    config = json.loads((folder / "config.json").read_text())
    config["lang_ids"] = [10**6]
    (folder / "config.json").write_text(json.dumps(config))
    assert refused(folder, destination).code == "model-config-broken"
    assert tree(destination) == {}


@pytest.mark.parametrize("dropped", [("",), ("<|ru|>", "<|tt|>", "<|ba|>")])
def test_whisper_of_other_languages(
    tmp_path: Path, destination: Path, dropped: tuple[str, ...]
) -> None:
    folder = whisper(tmp_path / "w")
    tokens = json.loads((folder / "vocabulary.json").read_text())
    other = ["x" if token in dropped else token for token in tokens]
    (folder / "vocabulary.json").write_text(json.dumps(other))
    assert refused(folder, destination).code == "whisper-no-language"
    assert tree(destination) == {}


def test_neither_pack_nor_model(tmp_path: Path, destination: Path) -> None:
    (tmp_path / "пусто").mkdir()
    for path in (tmp_path / "пусто", tmp_path / "нет такого"):
        error = refused(path, destination)
        assert (error.code, error.params) == ("pack-not-recognized", {"path": str(path)})
    assert tree(destination) == {}


def test_the_same_pack_twice(argosmodel: Path, destination: Path) -> None:
    first = importer.add(argosmodel, destination)
    before = tree(destination)
    error = refused(argosmodel, destination)
    assert error.code == "pack-already-installed"
    assert error.params == {
        "pack": "argos-ru-kk", "version": "1.9", "path": str(first.folder),
    }  # fmt: skip
    assert tree(destination) == before


def test_the_same_pack_in_a_folder_of_another_name(tmp_path: Path, destination: Path) -> None:
    original = pack_folder(destination / "by hand")
    before = tree(destination)
    copy = pack_folder(tmp_path / "copy")
    error = refused(copy.folder, destination)
    assert (error.code, error.params["path"]) == ("pack-already-installed", str(original.folder))
    assert tree(destination) == before


def test_a_broken_folder_of_that_name_is_not_overwritten(tmp_path: Path, destination: Path) -> None:
    (destination / "test-ru-ba@1.2").mkdir(parents=True)
    (destination / "test-ru-ba@1.2" / "mine.txt").write_bytes(b"mine")
    before = tree(destination)
    error = refused(pack_folder(tmp_path / "copy").folder, destination)
    assert error.code == "pack-already-installed"
    assert tree(destination) == before


def test_another_version_stands_beside(tmp_path: Path, destination: Path) -> None:
    importer.add(pack_folder(tmp_path / "1").folder, destination)
    importer.add(pack_folder(tmp_path / "2", version="1.10").folder, destination)
    assert [pack.version for pack in store.installed([destination]).packs] == ["1.10", "1.2"]


def test_probe_sees_the_whole_pack_before_it_is_one(argosmodel: Path, destination: Path) -> None:
    probed: list[Pack] = []

    def probe(pack: Pack) -> None:
        store.verify(pack)
        assert store.installed([destination]).packs == ()
        probed.append(pack)

    pack = importer.add(argosmodel, destination, probe)
    assert probed == [replace(pack, folder=probed[0].folder)]
    assert probed[0].folder.parent == pack.folder.parent  # same volume: the rename is atomic


def test_probe_that_fails_leaves_nothing(argosmodel: Path, destination: Path) -> None:
    def probe(pack: Pack) -> None:
        raise ModelError("model-crashes", pack=pack.id)

    with pytest.raises(ModelError):
        importer.add(argosmodel, destination, probe)
    assert tree(destination) == {}


def test_interrupted_by_the_person(argosmodel: Path, destination: Path) -> None:
    def probe(pack: Pack) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importer.add(argosmodel, destination, probe)
    assert tree(destination) == {}


def test_leftovers_of_a_power_cut_go_others_stay(argosmodel: Path, destination: Path) -> None:
    old, recent = destination / ".adding-old", destination / ".adding-recent"
    for folder in (old, recent):
        (folder / "model").mkdir(parents=True)
        (folder / "model" / "model.bin").write_bytes(b"part")
    os.utime(old, (time.time() - 100_000,) * 2)
    importer.add(argosmodel, destination)
    assert sorted(path.name for path in destination.iterdir()) == [
        ".adding-recent", "argos-ru-kk@1.9",
    ]  # fmt: skip


def test_what_a_killed_process_was_adding_goes_at_once(destination: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    for pid in (process.pid, os.getpid()):
        (destination / f".adding-{pid}-abc" / "model").mkdir(parents=True)
    importer.forget_leftovers(destination)
    assert [path.name for path in destination.iterdir()] == [f".adding-{os.getpid()}-abc"]


def test_folder_that_cannot_be_written(argosmodel: Path, tmp_path: Path) -> None:
    (tmp_path / "файл").write_bytes(b"")
    with pytest.raises(StorageError) as raised:
        importer.add(argosmodel, tmp_path / "файл" / "models")
    assert raised.value.code == "not-writable"
    assert raised.value.params == {"path": str(tmp_path / "файл" / "models")}


def test_file_that_is_no_archive(tmp_path: Path, destination: Path) -> None:
    path = tmp_path / "письмо.argosmodel"
    path.write_text("Уважаемые коллеги! PK\3\4", encoding="utf-8")
    with pytest.raises(PackError) as raised:
        importer.add(path, destination)
    assert raised.value.code == "archive-damaged"
    assert raised.value.params == {"name": "письмо.argosmodel"}
    assert tree(destination) == {}
