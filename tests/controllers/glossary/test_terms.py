"""Glossary and memory as the window uses them; sentences and what helps with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeTextQuestions
from tolmach.controllers.background import Background
from tolmach.controllers.glossary.term_table import TermTable
from tolmach.controllers.glossary.terms import Terms
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.paragraphs import SentencePair
from tolmach.controllers.text.sentence_help import SentenceHelp
from tolmach.core import paths
from tolmach.core.settings import Settings
from tolmach.core.translation import Candidate, Sentence
from tolmach.history.terms import term_store
from tolmach.terms.correction import CORRECTION
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.terms.store import TermStore

PRESSURE = Term("ru", "ba", ("давление",), ("баҫым",))
PAIR = SentencePair("Измерьте давление.", "Баҫымды үлсәгеҙ.", Sentence(0, 18, 0, 16))


@dataclass
class Room:
    terms: Terms
    help: SentenceHelp
    asking: FakeTextQuestions
    preferences: Preferences
    notices: Notices
    work: Background
    qtbot: QtBot

    @property
    def store(self) -> TermStore:
        return term_store(paths.terms_file())


@pytest.fixture
def room(qtbot: QtBot) -> Iterator[Room]:
    notices, asking, work = Notices(), FakeTextQuestions(), Background("test")
    preferences = Preferences(Settings(), lambda settings: None, notices)
    terms = Terms(paths.terms_file(), preferences, notices, work)
    help_ = SentenceHelp(preferences, asking, work, terms)
    yield Room(terms, help_, asking, preferences, notices, work, qtbot)
    work.finish(1.0)


def test_terms_are_found_in_lines_that_are_in_view(room: Room) -> None:
    room.store.add_terms([PRESSURE])
    with room.qtbot.waitSignal(room.terms.hits_found):
        room.terms.look_up(["Измерьте давления.", "Да."])
    [hit] = room.terms.hits("Измерьте давления.")
    assert (hit.start, hit.end, hit.terms) == (9, 17, (PRESSURE,))
    assert room.terms.hits("Да.") == []


def test_lines_are_looked_up_again_after_a_failure(room: Room) -> None:
    paths.terms_file().parent.mkdir(parents=True, exist_ok=True)
    paths.terms_file().write_bytes(b"no database" * 100)
    with room.qtbot.waitSignal(room.notices.changed):
        room.terms.look_up(["Измерьте давление."])
    paths.terms_file().unlink()
    room.store.add_terms([PRESSURE])
    with room.qtbot.waitSignal(room.terms.hits_found):
        room.terms.look_up(["Измерьте давление."])
    assert room.terms.hits("Измерьте давление.")


def test_what_could_not_be_kept_is_not_called_remembered(room: Room) -> None:
    paths.terms_file().parent.mkdir(parents=True, exist_ok=True)
    paths.terms_file().write_bytes(b"no database" * 100)
    room.help.show(PAIR)
    room.qtbot.waitUntil(lambda: bool(room.notices.standing))
    room.help.remember()
    room.work.finish(1.0)
    room.qtbot.wait(20)
    assert not room.help.remembered


def test_a_term_is_kept_changed_and_removed(room: Room) -> None:
    room.terms.keep(PRESSURE)
    other = Term("ru", "ba", ("давление",), ("ҡан баҫымы",))
    room.terms.keep(other, PRESSURE)
    with room.qtbot.waitSignal(room.terms.listed) as listed:
        room.terms.list_all()
    assert listed.args == [(other,), []]
    room.terms.remove(other.turned())
    room.qtbot.waitUntil(lambda: room.store.terms() == [])


def test_a_project_has_its_own_terms(room: Room) -> None:
    room.store.add_terms([Term("ru", "ba", ("а",), ("б",), "Больница")])
    with room.qtbot.waitSignal(room.terms.listed) as listed:
        room.terms.list_all()
    assert listed.args == [(), ["Больница"]]
    with room.qtbot.waitSignal(room.terms.changed):
        room.preferences.change(replace(room.preferences.settings, project="Больница"))
    with room.qtbot.waitSignal(room.terms.listed) as listed:
        room.terms.list_all()
    assert len(listed.args[0]) == 1


@pytest.mark.parametrize("kind", ["tbx", "csv", "tsv", "tmx"])
def test_out_into_a_file_and_in_again(room: Room, tmp_path: Path, kind: str) -> None:
    room.store.add_terms([PRESSURE])
    room.store.remember([MemoryEntry("ru", "ba", "Да.", "Эйе.", "correction", "2026-03-02")])
    file = tmp_path / f"слова.{kind}"
    with room.qtbot.waitSignal(room.terms.exchanged) as exchange:
        room.terms.take_out(file)
    assert exchange.args == ["exported", 1]
    room.store.remove_terms([PRESSURE])
    with room.qtbot.waitSignal(room.terms.exchanged) as exchange:
        room.terms.bring_in(file)
    assert exchange.args == ["imported", 1]
    assert kind == "tmx" or room.store.terms() == [PRESSURE]


def test_a_file_that_cannot_be_read_is_a_notice(room: Room, tmp_path: Path) -> None:
    room.terms.bring_in(tmp_path / "нет.csv")
    room.qtbot.waitUntil(
        lambda: [notice.code for notice in room.notices.standing] == ["file-missing"]
    )


def test_bytes_that_are_no_text_are_a_notice(room: Room, tmp_path: Path) -> None:
    file = tmp_path / "слова.csv"
    file.write_bytes("ru;ba\nвода;һыу\nхлеб;икмәк".encode() + b"\xff\n")
    room.terms.bring_in(file)
    room.qtbot.waitUntil(
        lambda: [notice.code for notice in room.notices.standing] == ["terms-bytes"]
    )
    room.qtbot.waitUntil(lambda: len(room.store.terms()) == 2)


def test_the_memory_comes_with_the_sentence(room: Room) -> None:
    room.store.add_terms([PRESSURE])
    room.store.remember([MemoryEntry("ru", "ba", "Измерьте давление!", "Үлсәгеҙ!", CORRECTION)])
    room.help.show(PAIR)
    room.qtbot.waitUntil(lambda: bool(room.help.memory))
    assert room.help.memory[0].target == "Үлсәгеҙ!"
    assert room.help.terms[0].terms == (PRESSURE,)


def test_what_is_remembered_is_a_correction_with_its_date(room: Room) -> None:
    room.help.show(PAIR)
    room.help.remember()
    room.qtbot.waitUntil(lambda: room.help.remembered)
    room.qtbot.waitUntil(lambda: len(room.store.memory()) == 1)
    [entry] = room.store.memory()
    assert (entry.source, entry.target, entry.origin) == (PAIR.source, PAIR.target, CORRECTION)
    assert len(entry.date) == 10


def test_alternatives_and_the_way_back(room: Room) -> None:
    room.asking.candidates = (Candidate("А", -1), Candidate("Б", -2))
    room.help.show(PAIR)
    room.help.ask_alternatives()
    assert room.help.busy
    room.qtbot.waitUntil(lambda: not room.help.busy)
    assert [candidate.text for candidate in room.help.candidates] == ["А", "Б"]
    room.help.check()
    room.qtbot.waitUntil(lambda: room.help.returned is not None)
    assert room.asking.requests[-1] == ("back", PAIR.source, PAIR.target, "ru", "ba")


def test_an_answer_about_the_last_sentence_is_not_shown(room: Room) -> None:
    room.asking.waits = True
    room.help.show(PAIR)
    room.help.ask_alternatives()
    room.qtbot.waitUntil(lambda: len(room.asking.requests) == 1)
    room.help.show(SentencePair("Да.", "Эйе.", Sentence(0, 3, 0, 4)))
    room.asking.answer()
    room.qtbot.wait(20)
    assert (room.help.candidates, room.help.busy) == ((), False)


def test_a_failure_is_kept_for_the_strip(room: Room) -> None:
    room.asking.failure = ("no-route", {"source": "ba", "target": "ru", "reachable": ""})
    room.help.show(PAIR)
    room.help.check()
    room.qtbot.waitUntil(lambda: room.help.failure is not None)
    assert room.help.failure is not None
    assert room.help.failure[0] == "no-route"


def test_ten_thousand_terms_are_searched(qtbot: QtBot) -> None:
    table = TermTable()
    table.show_terms(
        [Term("ru", "ba", (f"слово {n}",), (f"һүҙ {n}",), note="в") for n in range(10_000)]
    )
    assert table.rowCount() == 10_000
    table.search("ҺҮҘ 9999")
    assert table.rowCount() == 1
    assert table.data(table.index(0, 1)) == "һүҙ 9999"
    table.search("нет такого")
    assert (table.rowCount(), table.size) == (0, 10_000)
