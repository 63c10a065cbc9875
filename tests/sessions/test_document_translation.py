"""A document comes back in its own shape; what fails is counted, cancelled it leaves nothing."""

import threading
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from tests.formats.documents.making import docx
from tests.worker import scripted
from tolmach.core import paths
from tolmach.core.errors import AppError, Cancelled, StorageError, UsageError
from tolmach.core.pack import Pack
from tolmach.history.terms import term_store
from tolmach.protocol.messages import Event, Translated, WorkerLost
from tolmach.sessions.document_translation import (
    DocumentRequest,
    DocumentResult,
    ProgressWatch,
    translate_document,
)
from tolmach.sessions.questions import Answer, Take, TextQuestions, answered
from tolmach.terms.memory import MemoryEntry
from tolmach.worker.client import Client

TEXT = "Первая строка.\n\n  - Вторая строка.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Мои документы"
    folder.mkdir()
    return folder


def write(path: Path, text: str = TEXT) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def translate(asking: TextQuestions, path: Path, out: Path | None = None) -> DocumentResult:
    watch = ProgressWatch(lambda units, total: None, lambda: False)
    return translate_document(asking, DocumentRequest(path, "ru", "ba", out=out), watch)


def test_the_translation_lies_beside_the_original(asking: TextQuestions, folder: Path) -> None:
    original = write(folder / "письмо.txt")
    result = translate(asking, original)
    assert result.path == folder / "письмо.ba.txt"
    assert result.path.read_text(encoding="utf-8") == ".акортс яавреП\n\n  - .акортс яаротВ\n"
    assert (result.sentences, result.untranslated) == (2, 0)
    assert original.read_text(encoding="utf-8") == TEXT
    assert translate(asking, original).path == folder / "письмо.ba (2).txt"
    elsewhere = folder / "куда сказали.txt"
    assert translate(asking, original, out=elsewhere).path == elsewhere


def test_formatting_goes_with_its_words(asking: TextQuestions, folder: Path) -> None:
    result = translate(asking, write(folder / "письмо.md", "Это **важно** очень.\n"))
    assert result.path.read_text(encoding="utf-8") == ".ьнечо **онжав** отЭ\n"


@pytest.mark.parametrize(
    ("name", "text", "marked"),
    [
        ("письмо.txt", "Первая.\n\nВторая.\n", "{mark} .яавреП\n\n.яаротВ\n"),
        ("письмо.md", "# Один **два**\n", "# {mark} **авд** нидО\n"),
        ("к.srt", "1\n00:00:01,000 --> 00:00:02,000\nДа\n", "1\n00:00:01,000 --> 00:00:02,000\n"
         "{mark} аД\n"),
        ("с.html", "<title>Ай</title><p title=\"Ой\">Эй</p><p>Да</p>",
         "<title>йА</title><p title=\"йО\">{mark} йЭ</p><p>аД</p>"),
        ("т.csv", "Да,1\nНет,2\n", "{mark} аД,1\nтеН,2\n"),
    ],
)  # fmt: skip
def test_a_trial_is_marked_where_one_begins_to_read(
    name: str, text: str, marked: str, asking: TextQuestions, folder: Path
) -> None:
    class Trying(TextQuestions):
        """Says that each translation is only a trial."""

        def __init__(self) -> None:
            """Ask whom the others ask."""

        def translate(
            self, text: str, source: str, target: str, take: Take, project: str = ""
        ) -> None:
            def mark(answer: Answer) -> None:
                assert isinstance(answer, Translated)
                own = tuple(replace(sentence, trial=True) for sentence in answer.sentences)
                take(replace(answer, sentences=own))

            asking.translate(text, source, target, mark, project)

    result = translate(Trying(), write(folder / name, text))
    assert result.trial
    written = result.path.read_text(encoding="utf-8").replace("\n", " ")
    mark = "[Пробный перевод — может быть неверным]"
    written = written.replace("\\[", "[").replace("\\]", "]")  # what Markdown writes
    assert written == marked.format(mark=mark).replace("\n", " ")


def test_progress_counts_the_units(asking: TextQuestions, folder: Path) -> None:
    steps: list[tuple[int, int]] = []
    path = write(folder / "письмо.txt", "а б\n" * 20)
    watch = ProgressWatch(lambda units, total: steps.append((units, total)), lambda: False)
    translate_document(asking, DocumentRequest(path, "ru", "ba"), watch)
    assert steps == [(units, 20) for units in range(21)]


def test_cancelled_it_leaves_nothing_behind(asking: TextQuestions, folder: Path) -> None:
    path = write(folder / "письмо.txt", "а б\n" * 20)
    steps: list[int] = []
    watch = ProgressWatch(lambda units, total: steps.append(units), lambda: len(steps) > 3)
    with pytest.raises(Cancelled):
        translate_document(asking, DocumentRequest(path, "ru", "ba"), watch)
    assert [file.name for file in folder.iterdir()] == ["письмо.txt"]


@pytest.mark.log_warnings
def test_a_part_that_kills_the_translator_is_left_as_it_was(
    asking: TextQuestions, folder: Path
) -> None:
    path = write(folder / "письмо.txt", f"Да нет.\n{scripted.DEADLY_TEXT}\nНет да.\n")
    result = translate(asking, path)
    assert result.untranslated == 1
    assert result.path.read_text(encoding="utf-8") == f".тен аД\n{scripted.DEADLY_TEXT}\n.ад теН\n"


@pytest.mark.log_warnings
def test_it_may_be_the_first_part_that_kills(asking: TextQuestions, folder: Path) -> None:
    result = translate(asking, write(folder / "письмо.txt", f"{scripted.DEADLY_TEXT}\nНет да.\n"))
    assert result.path.read_text(encoding="utf-8") == f"{scripted.DEADLY_TEXT}\n.ад теН\n"


@pytest.mark.log_warnings
def test_a_translator_that_dies_while_it_is_loaded_is_given_up_at_once(folder: Path) -> None:
    pack = Pack(
        "смерть", "1", "translator", "opus", folder, {"ru": "Смерть"}, pairs=(("ru", "ba"),)
    )
    path = write(folder / "письмо.txt", "".join(f"Строка {n}.\n\n" for n in range(100)))
    events: list[Event] = []
    with closing(Client(events.append, scripted.serve_deadly_load)) as client:
        asking = TextQuestions(client, lambda: [pack])
        with pytest.raises(AppError, match="worker-does-not-start"):
            translate(asking, path)
        assert len([event for event in events if isinstance(event, WorkerLost)]) <= 3
        with pytest.raises(AppError, match="worker-does-not-start"):
            answered(partial(asking.translate, "Да.", "ru", "ba"))
    assert [file.name for file in folder.iterdir()] == ["письмо.txt"]


def test_a_document_that_is_being_read_can_be_cancelled(
    asking: TextQuestions, folder: Path
) -> None:
    path = folder / "пусто.docx"
    path.write_bytes(docx("<w:p/>" * 1_000_000))
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    watch = ProgressWatch(lambda units, total: pytest.fail("it was read"), cancelled.is_set)
    with pytest.raises(Cancelled):
        translate_document(asking, DocumentRequest(path, "ru", "ba"), watch)
    assert [file.name for file in folder.iterdir()] == ["пусто.docx"]


@pytest.mark.parametrize("name", ["письмо.csv", "письмо.txt"])
def test_units_that_are_translated_together_are_parted_again(
    asking: TextQuestions, folder: Path, name: str
) -> None:
    lines = [f"слово {number}. Да нет." for number in range(300)]
    path = write(folder / name, "".join(f"{line}\n" for line in lines))
    result = translate(asking, path)
    translated = result.path.read_text(encoding="utf-8").splitlines()
    assert translated == [f".{str(n)[::-1]} оволс .тен аД" for n in range(300)]
    assert result.sentences == 600


def test_lines_that_the_person_translated_as_one_are_translated_one_by_one(
    asking: TextQuestions, folder: Path
) -> None:
    entry = MemoryEntry("ru", "ba", "Да нет.\nНет да.", "Юҡ", "TM")
    term_store(paths.terms_file()).remember([entry])
    result = translate(asking, write(folder / "письмо.txt", "Да нет.\nНет да.\n"))
    assert result.path.read_text(encoding="utf-8") == ".тен аД\n.ад теН\n"


def test_without_a_route_nothing_is_written(client: Client, folder: Path) -> None:
    path = write(folder / "письмо.txt")
    with pytest.raises(AppError, match="no-route"):
        translate(TextQuestions(client, lambda: ()), path)
    assert [file.name for file in folder.iterdir()] == ["письмо.txt"]


@pytest.mark.parametrize("out", ["нет такой/письмо.txt", ".", "письмо.txt/письмо.txt"])
def test_a_folder_that_takes_no_file_is_told_before_the_work(
    asking: TextQuestions, folder: Path, out: str
) -> None:
    request = DocumentRequest(write(folder / "письмо.txt"), "ru", "ba", out=folder / out)
    steps: list[int] = []
    with pytest.raises(StorageError, match="not-writable"):
        translate_document(
            asking, request, ProgressWatch(lambda units, total: steps.append(units), bool)
        )
    assert steps == []


def test_the_original_is_never_written_over(asking: TextQuestions, folder: Path) -> None:
    original = write(folder / "письмо.txt")
    (folder / "другое имя.txt").symlink_to(original)
    for out in (original, folder / "другое имя.txt"):
        with pytest.raises(UsageError, match="document-original"):
            translate(asking, original, out=out)
    assert original.read_text(encoding="utf-8") == TEXT
