"""A document comes back in its own shape; what fails is counted, cancelled it leaves nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.worker import scripted
from tolmach.core.errors import AppError, Cancelled, StorageError
from tolmach.sessions import asking as module
from tolmach.sessions.asking import Asking
from tolmach.sessions.document import Order, Result, Watch, translate_document
from tolmach.worker.client import Client

TEXT = "Первая строка.\n\n  - Вторая строка.\n"


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client(target=scripted.serve)
    yield client
    client.close()


@pytest.fixture
def asking(client: Client, monkeypatch: pytest.MonkeyPatch) -> Asking:
    """Return an Asking for which nothing need be installed: the worker turns texts round."""
    monkeypatch.setattr(module, "translators", lambda packs, source, target: ())
    return Asking(client, lambda: ())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Мои документы"
    folder.mkdir()
    return folder


def write(path: Path, text: str = TEXT) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def translate(asking: Asking, path: Path, **job: Path) -> Result:
    watch = Watch(lambda done, total: None, lambda: False)
    return translate_document(asking, Order(path, "ru", "ba", **job), watch)


def test_the_translation_lies_beside_the_original(asking: Asking, folder: Path) -> None:
    original = write(folder / "письмо.txt")
    result = translate(asking, original)
    assert result.path == folder / "письмо.ba.txt"
    assert result.path.read_text(encoding="utf-8") == ".акортс яавреП\n\n  - .акортс яаротВ\n"
    assert (result.sentences, result.left) == (2, 0)
    assert original.read_text(encoding="utf-8") == TEXT
    assert translate(asking, original).path == folder / "письмо.ba (2).txt"
    elsewhere = folder / "куда сказали.txt"
    assert translate(asking, original, out=elsewhere).path == elsewhere


def test_formatting_goes_with_its_words(asking: Asking, folder: Path) -> None:
    result = translate(asking, write(folder / "письмо.md", "Это **важно** очень.\n"))
    assert result.path.read_text(encoding="utf-8") == ".ьнечо **онжав** отЭ\n"


def test_progress_counts_the_units(asking: Asking, folder: Path) -> None:
    told: list[tuple[int, int]] = []
    path = write(folder / "письмо.txt", "а б\n" * 20)
    watch = Watch(lambda done, total: told.append((done, total)), lambda: False)
    translate_document(asking, Order(path, "ru", "ba"), watch)
    assert told == [(done, 20) for done in range(21)]


def test_cancelled_it_leaves_nothing_behind(asking: Asking, folder: Path) -> None:
    path = write(folder / "письмо.txt", "а б\n" * 20)
    told: list[int] = []
    watch = Watch(lambda done, total: told.append(done), lambda: len(told) > 3)
    with pytest.raises(Cancelled):
        translate_document(asking, Order(path, "ru", "ba"), watch)
    assert [file.name for file in folder.iterdir()] == ["письмо.txt"]


@pytest.mark.log_warnings
def test_a_part_that_kills_the_translator_is_left_as_it_was(asking: Asking, folder: Path) -> None:
    path = write(folder / "письмо.txt", f"Да нет.\n{scripted.DEADLY_TEXT}\nНет да.\n")
    result = translate(asking, path)
    assert result.left == 1
    assert result.path.read_text(encoding="utf-8") == f".тен аД\n{scripted.DEADLY_TEXT}\n.ад теН\n"


@pytest.mark.parametrize("name", ["письмо.csv", "письмо.txt"])
def test_units_that_are_translated_together_are_parted_again(
    asking: Asking, folder: Path, name: str
) -> None:
    lines = [f"слово {number}. Да нет." for number in range(300)]
    path = write(folder / name, "".join(f"{line}\n" for line in lines))
    result = translate(asking, path)
    found = result.path.read_text(encoding="utf-8").splitlines()
    assert found == [f".{str(n)[::-1]} оволс .тен аД" for n in range(300)]
    assert result.sentences == 600


def test_without_a_route_nothing_is_written(client: Client, folder: Path) -> None:
    path = write(folder / "письмо.txt")
    with pytest.raises(AppError, match="no-route"):
        translate(Asking(client, lambda: ()), path)
    assert [file.name for file in folder.iterdir()] == ["письмо.txt"]


def test_a_folder_that_takes_no_file_is_told(asking: Asking, folder: Path) -> None:
    with pytest.raises(StorageError, match="not-writable"):
        translate(asking, write(folder / "письмо.txt"), out=folder / "нет такой" / "письмо.txt")


def test_a_folder_that_takes_no_file_is_told_before_the_work(folder: Path) -> None:
    class Nobody:
        def translate(self, *asked: object) -> None:
            raise AssertionError(asked)

    path = write(folder / "письмо.txt")
    (folder / "письмо.ba.txt.new").mkdir()  # as good as a folder that cannot be written
    with pytest.raises(StorageError, match="not-writable"):
        translate(Nobody(), path)  # type: ignore[arg-type]
