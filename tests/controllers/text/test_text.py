"""The text controller: debounced, cached, one question at a time, nothing of a person's lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeTextQuestions, watch
from tolmach.controllers.background import Background
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text import text as module
from tolmach.controllers.text.text import Text
from tolmach.core.settings import Settings
from tolmach.packs.installed import InstalledPacks
from tolmach.protocol.messages import Translated
from tolmach.terms.glossary import Glossary, Term


@dataclass
class Table:
    text: Text
    asking: FakeTextQuestions
    preferences: Preferences
    qtbot: QtBot

    def write(self, *lines: str) -> None:
        """Have this source, whatever it was."""
        self.text.edit_source(0, len(self.text.paragraphs), lines)

    def wait(self, *translations: str) -> None:
        """Wait for these translations, one a line."""
        self.qtbot.waitUntil(lambda: self.translations == list(translations))

    @property
    def translations(self) -> list[str]:
        return [paragraph.text for paragraph in self.text.paragraphs]

    @property
    def requests(self) -> list[str]:
        return [str(question[1]) for question in self.asking.requests]


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEBOUNCE_MS", 20)


@pytest.fixture
def table(qtbot: QtBot) -> Iterator[Table]:
    asking = FakeTextQuestions()
    work = Background("test")
    preferences = Preferences(Settings(), lambda settings: None, Notices())
    yield Table(Text(preferences, asking, work, watch()), asking, preferences, qtbot)
    work.finish(1.0)


def test_line_breaks_and_blank_lines_are_kept(table: Table) -> None:
    table.write("Да. Нет.", "", "  Может быть.")
    table.wait("ДА. НЕТ.", "", "  МОЖЕТ БЫТЬ.")
    assert table.requests == ["Да. Нет.", "Может быть."]


def test_typing_is_waited_for(table: Table) -> None:
    for end in range(1, 7):
        table.write("Привет"[:end])
    table.wait("ПРИВЕТ")
    assert table.requests == ["Привет"]


def test_only_changed_paragraphs_are_asked_for(table: Table) -> None:
    table.write("раз", "два", "раз")
    table.wait("РАЗ", "ДВА", "РАЗ")
    assert table.requests == ["раз", "два"]
    table.write("раз", "двадцать", "раз", "два")
    table.wait("РАЗ", "ДВАДЦАТЬ", "РАЗ", "ДВА")
    assert table.requests == ["раз", "два", "двадцать"]


def test_one_question_is_under_way_and_late_answers_change_nothing(table: Table) -> None:
    table.asking.waits = True
    table.write("раз", "два")
    table.qtbot.waitUntil(lambda: table.requests == ["раз"])
    table.write("три", "два")
    table.qtbot.wait(60)
    assert table.requests == ["раз"]
    table.asking.answer()
    table.qtbot.waitUntil(lambda: table.requests == ["раз", "три"])
    assert table.translations == ["", ""]
    table.asking.waits = False
    table.asking.answer()
    table.wait("ТРИ", "ДВА")


def test_an_answer_for_other_languages_is_not_shown(table: Table) -> None:
    table.asking.waits = True
    table.write("раз")
    table.qtbot.waitUntil(lambda: len(table.requests) == 1)
    table.preferences.change(
        replace(table.preferences.settings, text_source="ba", text_target="ru")
    )
    table.asking.answer()
    table.qtbot.waitUntil(lambda: len(table.requests) == 2)
    assert table.asking.requests[1][2:4] == ("ba", "ru")
    assert table.translations == [""]


def test_the_old_translation_stays_until_the_new_one_comes(table: Table) -> None:
    table.write("раз")
    table.wait("РАЗ")
    table.asking.waits = True
    table.write("два")
    table.qtbot.waitUntil(lambda: table.requests == ["раз", "два"])
    assert table.translations == ["РАЗ"]
    assert table.text.paragraphs[0].waits
    table.asking.answer()
    table.wait("ДВА")


def test_what_is_in_view_comes_first(table: Table) -> None:
    table.text.attend(2)
    table.write("раз", "два", "три", "четыре")
    table.qtbot.waitUntil(lambda: len(table.requests) == 4)
    assert table.requests == ["три", "четыре", "раз", "два"]


def test_a_correction_is_never_overwritten(table: Table) -> None:
    table.write("раз", "два")
    table.wait("РАЗ", "ДВА")
    table.text.edit_target(0, "БЕР")
    table.write("раз-раз", "двадцать")
    table.wait("БЕР", "ДВАДЦАТЬ")
    assert table.text.outdated == [0]
    table.text.translate_again([0])
    table.wait("РАЗ-РАЗ", "ДВАДЦАТЬ")
    assert table.text.outdated == []


def test_a_correction_returns_with_its_source(table: Table) -> None:
    table.write("раз", "два")
    table.wait("РАЗ", "ДВА")
    table.text.edit_target(0, "БЕР")
    table.write("разные", "два")
    assert table.text.outdated == [0]
    table.write("раз", "два")
    assert table.text.outdated == []
    table.write("")
    table.write("раз", "два")  # as undo does
    table.wait("БЕР", "ДВА")


def test_languages_there_and_back_keep_corrections(table: Table) -> None:
    table.write("раз")
    table.wait("РАЗ")
    table.text.edit_target(0, "БЕР")
    table.preferences.change(replace(table.preferences.settings, text_target="tt"))
    assert [notice.code for notice in table.text.notices.standing] == ["no-route"]
    table.preferences.change(replace(table.preferences.settings, text_target="ba"))
    table.wait("БЕР")
    assert table.text.notices.standing == []


def test_swapping_swaps_the_texts(table: Table) -> None:
    written: list[list[str]] = []
    table.text.source_replaced.connect(written.append)
    table.write("раз", "два")
    table.wait("РАЗ", "ДВА")
    table.asking.dictionary = {"РАЗ": "раз!", "ДВА": "два!"}
    table.text.swap()
    assert written == [["РАЗ", "ДВА"]]
    assert table.translations == ["раз", "два"]
    table.wait("раз!", "два!")
    assert (table.preferences.settings.text_source, table.text.languages[1]) == ("ba", "ru")
    assert table.requests == ["раз", "два", "РАЗ", "ДВА"]


def test_swapping_twice_brings_everything_back(table: Table) -> None:
    table.write("да", "нет", "да")
    table.wait("ДА", "НЕТ", "ДА")
    table.text.edit_target(1, "Юҡ")
    before = list(table.text.paragraphs)
    table.text.swap()
    assert [paragraph.source for paragraph in table.text.paragraphs] == ["ДА", "Юҡ", "ДА"]
    table.text.swap()
    table.qtbot.waitUntil(lambda: table.text.paragraphs == before)
    assert len(table.requests) == len(set(table.requests))


def test_swapping_loses_nothing_that_is_not_translated_yet(table: Table) -> None:
    table.text.pause(True)
    table.write("да", "", "нет")
    table.text.swap()
    assert [paragraph.source for paragraph in table.text.paragraphs] == ["да", "", "нет"]


def test_what_was_written_after_a_swap_is_swapped(table: Table) -> None:
    table.write("да", "нет")
    table.wait("ДА", "НЕТ")
    table.text.swap()
    table.write("ДА", "ЮҠ")
    table.qtbot.waitUntil(lambda: table.text.waiting == 0)
    table.text.edit_target(0, "угу")
    table.text.swap()
    assert [paragraph.source for paragraph in table.text.paragraphs] == ["угу", "ЮҠ"]


def test_choosing_the_other_sides_language_swaps(table: Table) -> None:
    table.text.choose("target", "ru")
    assert table.text.languages == ("ba", "ru")


def test_a_failure_is_told_and_can_be_tried_again(table: Table) -> None:
    table.asking.failure = ("translation-failed", {"detail": "…"})
    table.write("раз", "два", "три", "четыре", "пять")
    table.qtbot.waitUntil(lambda: len(table.requests) == 3)  # then it gives up
    table.qtbot.wait(60)
    assert len(table.requests) == 3
    assert [notice.code for notice in table.text.notices.standing] == ["translation-failed"]
    table.asking.failure = None
    table.text.retry()
    table.wait("РАЗ", "ДВА", "ТРИ", "ЧЕТЫРЕ", "ПЯТЬ")
    assert table.text.notices.standing == []


def test_pausing_and_going_on(table: Table) -> None:
    table.text.pause(True)
    table.write("раз")
    table.qtbot.wait(60)
    assert table.requests == []
    table.text.pause(False)
    table.wait("РАЗ")


def test_without_models_it_says_so(qtbot: QtBot) -> None:
    preferences = Preferences(Settings(), lambda settings: None, Notices())
    text = Text(preferences, FakeTextQuestions(), Background("test"), watch(InstalledPacks()))
    assert [notice.code for notice in text.notices.standing] == ["nothing-translates"]


def test_a_new_term_translates_anew_what_has_it(table: Table) -> None:
    table.write("давление", "голова")
    table.wait("ДАВЛЕНИЕ", "ГОЛОВА")
    table.asking.dictionary = {"давление": "баҫым"}
    term = Term("ru", "ba", ("давление",), ("баҫым",))
    table.text.take_terms(Glossary([term], "ru", "ba"))
    table.wait("баҫым", "ГОЛОВА")
    assert table.requests == ["давление", "голова", "давление"]


def test_a_hundred_thousand_characters_arrive_in_order(table: Table) -> None:
    lines = [f"Строка номер {number}, обычная. " * 4 for number in range(1000)]
    assert sum(map(len, lines)) > 100_000
    table.write(*lines)
    table.qtbot.waitUntil(lambda: table.text.waiting == 0, timeout=60_000)
    assert table.translations == [line.upper() for line in lines]


def test_a_paragraph_as_long_as_a_book_is_translated_in_pieces(table: Table) -> None:
    book = "Одно предложение. " * 1000
    table.write(book)
    table.qtbot.waitUntil(lambda: table.text.waiting == 0, timeout=60_000)
    assert len(table.requests) > 1
    assert table.translations == [book.upper()]
    assert len(table.text.paragraphs[0].sentence_pairs) == 1000


def test_another_project_or_new_terms_keep_corrections(table: Table) -> None:
    table.write("раз", "два", "три")
    table.wait("РАЗ", "ДВА", "ТРИ")
    table.text.edit_target(0, "БЕР")
    table.text.edit_target(1, "ИКЕ")
    table.write("раз", "двадцать", "три")
    table.preferences.change(replace(table.preferences.settings, project="Больница"))
    table.asking.dictionary = {"три": "өс"}
    table.text.take_terms(None)
    table.wait("БЕР", "ИКЕ", "өс")
    assert table.text.outdated == [1]


def test_an_answer_from_before_other_terms_or_packs_is_not_taken(table: Table) -> None:
    table.asking.waits = True
    table.write("Один.")
    table.qtbot.waitUntil(lambda: table.requests == ["Один."])
    table.text.take_terms(None)
    table.asking.answer(Translated("texts", 0, "ru", "ba", "ПРЕЖНЕЕ"))
    table.qtbot.waitUntil(lambda: table.requests == ["Один.", "Один."])
    assert table.translations == [""]
    table.asking.answer()
    table.wait("ОДИН.")
