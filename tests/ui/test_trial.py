"""A trial translation is marked wherever it can be seen, and wherever it goes."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton

from tests.fakes import installed_packs
from tests.ui.conftest import Stage, labels
from tolmach.controllers.text import text as module
from tolmach.core.translation import Flag, Sentence
from tolmach.messages.trial import marked
from tolmach.packs.installed import InstalledPacks
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch
from tolmach.ui.conversation.card import CardWidget
from tolmach.ui.text.page import TextPage
from tolmach.ui.widgets.trial_note import TrialNote
from tolmach.ui.window import TEXT

NOTE = "Пробный перевод: может быть совсем неверным"
MARK = "[Пробный перевод — может быть неверным]"
CTRL = Qt.KeyboardModifier.ControlModifier
TATAR = (("ru", "tt"), ("tt", "ru"))


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEBOUNCE_MS", 20)


@pytest.fixture
def able() -> InstalledPacks:
    return installed_packs(on_request=TATAR, trial=True)


def say(stage: Stage, *sentences: Sentence, final: bool = True) -> CardWidget:
    """Have "Раз. Два." translated; return its card."""
    if not stage.sessions.opened:
        stage.listen()
    stage.session.recognized(0, "Раз. Два.")
    stage.session.translated(0, "Бер. Ике.", final=final, sentences=sentences)
    stage.wait(lambda: "Бер. Ике." in labels(stage.window))
    return stage.cards[-1]


def invite(note: TrialNote) -> None:
    button = note.findChild(QPushButton)
    assert isinstance(button, QPushButton)
    button.click()


FIRST, SECOND = Sentence(0, 4, 0, 4, trial=True), Sentence(5, 9, 5, 9, origin="correction")


@pytest.mark.parametrize("final", [False, True])
def test_a_card_is_marked_and_copied_with_its_mark(stage: Stage, final: bool) -> None:
    card = say(stage, FIRST, SECOND, final=final)
    assert NOTE in labels(card)
    stage.qtbot.keyClick(card, "c", CTRL)
    assert QGuiApplication.clipboard().text() == f"Раз. Два.\n{MARK} Бер. Ике."


def test_the_mark_of_a_copied_card_speaks_the_interface_language(stage: Stage) -> None:
    stage.preferences.change(replace(stage.preferences.settings, interface="en"))
    card = say(stage, FIRST, SECOND)
    stage.qtbot.keyClick(card, "c", CTRL)
    assert QGuiApplication.clipboard().text() == f"Раз. Два.\n{marked('Бер. Ике.', 'en')}"
    assert MARK not in QGuiApplication.clipboard().text()


def test_a_card_of_a_real_translator_is_not_marked(stage: Stage) -> None:
    card = say(stage, replace(FIRST, trial=False, confidence=0.9), SECOND)
    assert NOTE not in labels(card)
    stage.qtbot.keyClick(card, "c", CTRL)
    assert QGuiApplication.clipboard().text() == "Раз. Два.\nБер. Ике."


def test_those_who_hear_the_card_hear_of_it(stage: Stage) -> None:
    card = say(stage, FIRST, SECOND)
    assert NOTE in card.accessibleName()


def test_no_percentage_is_on_a_trial_card(stage: Stage) -> None:
    card = say(stage, replace(FIRST, doubts=(Flag("unsure"),)), SECOND)
    card_text = " ".join(labels(card))
    assert "Модель сама не уверена" in card_text
    assert "%" not in card_text


def test_what_the_person_put_right_is_no_trial(stage: Stage) -> None:
    card = say(stage, FIRST, SECOND)
    card.corrected.emit((stage.session.id, 0), "Раз. Два.", "Беренсе. Икенсе.")
    stage.wait(lambda: "Беренсе. Икенсе." in labels(card))
    assert NOTE not in labels(card)


def test_the_words_of_a_trial_stay_marked_until_the_new_ones_come(stage: Stage) -> None:
    stage.asking.waits = stage.asking.trial = True
    card = say(stage, FIRST, SECOND)
    card.corrected.emit((stage.session.id, 0), "Раз. Три.", "Бер. Ике.")
    stage.wait(lambda: bool(stage.asking.requests))
    assert NOTE in labels(card)
    stage.asking.answer()
    stage.wait(lambda: "РАЗ. ТРИ." in labels(card))
    assert NOTE in labels(card)


def test_the_way_to_a_real_translator_stands_beside_it(stage: Stage) -> None:
    card = say(stage, FIRST, SECOND)
    note = card.findChild(TrialNote)
    assert isinstance(note, TrialNote)
    invite(note)
    assert any(
        "tolmach packs add" in line for line in stage.window.conversation_page.notice_bar.sentences
    )


# Texts ------------------------------------------------------------------------------------


@pytest.fixture
def page(stage: Stage) -> TextPage:
    stage.asking.trial = True
    stage.window.open(TEXT)
    page = stage.window.text_page
    page.pair.source.insertPlainText("раз\nдва")
    stage.wait(lambda: page.pair.target.toPlainText() == "РАЗ\nДВА")
    return page


def test_a_text_is_marked(stage: Stage, page: TextPage) -> None:
    assert page.note.isVisible()
    invite(page.note)
    assert any("tolmach packs add" in line for line in page.notice_bar.sentences)
    page.pair.source.clear()
    stage.wait(lambda: not page.note.isVisible())


def test_a_copied_and_a_saved_text_have_the_mark(
    stage: Stage, page: TextPage, tmp_path: Path
) -> None:
    clipboard = QGuiApplication.clipboard()
    page.pair.copy.click()
    assert clipboard.text() == f"{MARK} РАЗ\nДВА"
    page.pair.target.selectAll()
    page.pair.target.copy()
    assert clipboard.text() == f"{MARK} РАЗ\nДВА"
    page.pair.source.selectAll()
    page.pair.source.copy()
    assert clipboard.text() == "раз\nдва"
    page.pair.target.setFocus()
    page.pair.target.moveCursor(page.pair.target.textCursor().MoveOperation.End)
    stage.wait(lambda: page.pair.sentence_focus.chosen is not None)
    page.strip.copy.click()
    assert clipboard.text() == f"{MARK} ДВА"
    stage.window._workspace.save_file(tmp_path / "хат.txt")
    stage.wait((tmp_path / "хат.txt").exists)
    assert (tmp_path / "хат.txt").read_text(encoding="utf-8") == f"{MARK} РАЗ\nДВА\n"


def test_a_text_the_person_wrote_is_not_marked(stage: Stage, page: TextPage) -> None:
    workspace = stage.window._workspace
    workspace.text.edit_target(0, "бер")
    assert page.note.isVisible()
    workspace.text.edit_target(1, "ике")
    assert not page.note.isVisible()


# Documents --------------------------------------------------------------------------------


def double(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    return DocumentResult(
        request.path.with_suffix(f".{request.target}{request.path.suffix}"), 9, 2, 0, True
    )


@pytest.mark.parametrize("translate_document", [double])
@pytest.mark.usefixtures("translate_document")
def test_a_document_is_asked_about(stage: Stage, page: TextPage) -> None:
    page.take_file(Path("договор.docx"))
    bar = page.document_bar
    assert "Переводчик пробный" in bar.text.text()
    assert bar.confirm.isVisible()
    assert bar.cancel.isVisible()
    bar.cancel.click()
    assert not bar.isVisible()
    page.take_file(Path("договор.docx"))
    bar.confirm.click()
    stage.wait(bar.open.isVisible)
    assert bar.text.text() == (
        "Готово: договор.ba.docx · пробный перевод, может быть неверным · "
        "сомнительных предложений — 2 из 9"
    )
    assert not bar.confirm.isVisible()


# On request -------------------------------------------------------------------------------


def test_tatar_is_offered_to_who_asks_for_it(stage: Stage) -> None:
    page, text = stage.window.text_page, stage.window._workspace.text
    offered = [action.text() for action in page.bar.target.menu().actions()]
    assert "Татарча" not in offered
    stage.preferences.change(replace(stage.preferences.settings, text_target="tt"))
    assert [notice.code for notice in text.notices.standing] == ["no-route-on-request"]
    page.pair.source.insertPlainText("раз")
    stage.qtbot.wait(100)
    assert stage.asking.requests == []
    stage.preferences.change(replace(stage.preferences.settings, on_request=True))
    stage.wait(lambda: page.pair.target.toPlainText() == "РАЗ")
    assert text.notices.standing == []
    assert "Татарча" in [action.text() for action in page.bar.target.menu().actions()]


def test_a_conversation_says_why_there_is_only_text(stage: Stage) -> None:
    stage.preferences.change(replace(stage.preferences.settings, right_language="tt"))
    stage.listen()
    codes = [notice.code for notice in stage.preferences.notices.standing]
    assert "text-only-on-request" in codes


def test_the_choice_is_in_the_settings(stage: Stage) -> None:
    page = stage.window.settings_page
    stage.window.open(2)
    choice = page.choices["on_request"]
    assert choice.isVisible()
    show = next(action for action in choice.menu().actions() if action.text() == "Татарча")
    show.trigger()
    assert stage.preferences.settings.on_request
