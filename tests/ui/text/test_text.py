"""The text screen as a person uses it."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QGuiApplication, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from tests.ui.conftest import Stage, labels
from tolmach.controllers.text import text as module
from tolmach.core import paths
from tolmach.core.errors import StorageError
from tolmach.core.settings import Settings
from tolmach.core.translation import Candidate, Flag
from tolmach.history.terms import term_store
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch
from tolmach.sessions.updates import State
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.ui.text.editor import Editor
from tolmach.ui.text.page import TextPage
from tolmach.ui.widgets.words import Words
from tolmach.ui.window import CONVERSATION, TEXT

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DEBOUNCE_MS", 20)


@pytest.fixture
def page(stage: Stage) -> TextPage:
    stage.window.open(TEXT)
    return stage.window.text_page


def type_in(field: QWidget, text: str) -> None:
    """Press the key of each letter; QTest knows only those of ASCII."""
    field.setFocus()
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier(0), letter))


def point(editor: Editor, line: int, at: int, until: int | None = None) -> None:
    """Put the cursor somewhere, selecting up to `until`."""
    editor.setFocus()
    block = editor.document().findBlockByNumber(line)
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + at)
    if until is not None:
        cursor.setPosition(block.position() + until, QTextCursor.MoveMode.KeepAnchor)
    editor.setTextCursor(cursor)


def tinted(editor: Editor) -> list[str]:
    selections = editor.extraSelections()
    return [selection.cursor.selectedText() for selection in selections]


def wait_for(stage: Stage, translation: str) -> None:
    target = stage.window.text_page.pair.target
    stage.wait(lambda: target.toPlainText() == translation)


def test_ctrl_t_opens_it_and_one_writes_at_once(stage: Stage) -> None:
    stage.qtbot.keyClick(stage.window, Qt.Key.Key_T, CTRL)
    stage.wait(stage.window.text_page.pair.source.hasFocus)
    type_in(stage.window.text_page.pair.source, "Как дела?")
    wait_for(stage, "КАК ДЕЛА?")
    assert stage.conversation.state is State.IDLE


def test_space_writes_and_back_in_the_conversation_it_starts(stage: Stage, page: TextPage) -> None:
    stage.press(Qt.Key.Key_Space)
    assert page.pair.source.toPlainText() == " "
    stage.window.open(CONVERSATION)
    stage.press(Qt.Key.Key_Space)
    assert stage.conversation.state is State.LOADING


def test_lines_stay_side_by_side(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз\n\nдва\nтри")
    wait_for(stage, "РАЗ\n\nДВА\nТРИ")
    point(page.pair.source, 2, 3)
    stage.press(Qt.Key.Key_Return)
    type_in(page.pair.source, "два с половиной")
    wait_for(stage, "РАЗ\n\nДВА\nДВА С ПОЛОВИНОЙ\nТРИ")
    point(page.pair.source, 1, 0)
    stage.press(Qt.Key.Key_Backspace)
    wait_for(stage, "РАЗ\nДВА\nДВА С ПОЛОВИНОЙ\nТРИ")


def test_a_correction_stays_and_is_offered_anew(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз\nдва")
    wait_for(stage, "РАЗ\nДВА")
    point(page.pair.target, 0, 3)
    type_in(page.pair.target, "!")
    point(page.pair.source, 0, 3)
    type_in(page.pair.source, "ок")
    stage.wait(page.status.isVisible)
    assert page.pair.target.toPlainText() == "РАЗ!\nДВА"
    assert page.status.button.text() == "Перевести заново"
    page.status.button.click()
    wait_for(stage, "РАЗОК\nДВА")
    assert not page.status.isVisible()


def test_enter_in_the_translation_keeps_paragraphs_together(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз\nдва")
    wait_for(stage, "РАЗ\nДВА")
    point(page.pair.target, 0, 1)
    stage.press(Qt.Key.Key_Return)
    assert page.pair.target.toPlainText() == "Р\nАЗ\nДВА"
    assert page.pair.target.blockCount() == 2


def test_paragraphs_of_the_translation_are_never_joined(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз\nдва\nтри")
    wait_for(stage, "РАЗ\nДВА\nТРИ")
    target = page.pair.target
    point(target, 1, 0)
    stage.press(Qt.Key.Key_Backspace)
    point(target, 1, 3)
    stage.press(Qt.Key.Key_Delete)
    assert target.toPlainText() == "РАЗ\nДВА\nТРИ"
    point(target, 0, 1, 6)  # over the end of the line
    stage.press(Qt.Key.Key_Delete)
    assert target.toPlainText() == "Р\nА\nТРИ"
    target.undo()
    assert target.toPlainText() == "РАЗ\nДВА\nТРИ"
    assert page.status.isHidden()
    target.selectAll()
    target.textCursor().removeSelectedText()  # as the menu of the right button does
    assert target.blockCount() == 3


def test_several_lines_pasted_into_the_translation(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз\nдва")
    wait_for(stage, "РАЗ\nДВА")
    point(page.pair.target, 0, 0, 3)
    QGuiApplication.clipboard().setText("бер\nике")
    page.pair.target.paste()
    assert page.pair.target.lines == ["бер\u2028ике", "ДВА"]


def test_undo_works_in_the_source(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз")
    wait_for(stage, "РАЗ")
    page.pair.clear.click()
    wait_for(stage, "")
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_Z, CTRL)
    wait_for(stage, "РАЗ")


def test_swap_by_key_swaps_texts_and_leaves_the_conversation(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз")
    wait_for(stage, "РАЗ")
    stage.asking.dictionary = {"РАЗ": "раз?"}
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_W, CTRL)
    assert page.pair.source.toPlainText() == "РАЗ"
    wait_for(stage, "раз?")
    assert (stage.saved[-1].text_source, stage.saved[-1].left_language) == ("ba", "ru")
    assert page.bar.source.text() == "Башҡортса"


def test_letters_of_the_language_stand_under_the_field(stage: Stage, page: TextPage) -> None:
    assert page.pair.source_pane.letters.isHidden()  # Russian needs none
    page.pair.target.setFocus()
    assert page.pair.target_pane.letters.isVisible()
    [button] = [button for button in page.pair.target_pane.letters.buttons if button.text() == "ҡ"]
    stage.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.pair.target.toPlainText() == "ҡ"
    assert QApplication.focusWidget() is page.pair.target
    stage.qtbot.keyPress(page.pair.target, Qt.Key.Key_Shift)
    assert button.text() == "Ҡ"
    stage.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    stage.qtbot.keyRelease(page.pair.target, Qt.Key.Key_Shift)
    assert page.pair.target.toPlainText() == "ҡҠ"
    assert button.text() == "ҡ"
    stage.press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() in page.pair.target_pane.letters.buttons
    assert page.pair.target_pane.letters.isVisible()


def test_a_doubtful_sentence_is_told_of(stage: Stage, page: TextPage) -> None:
    stage.asking.doubts = {"К 9 часам.": (Flag("number-lost", "9"),)}
    stage.asking.confidence = {"К 9 часам.": 0.32, "Приходите.": 0.9}
    page.pair.source.insertPlainText("Приходите. К 9 часам.")
    wait_for(stage, "ПРИХОДИТЕ. К 9 ЧАСАМ.")
    point(page.pair.target, 0, 13)
    texts = labels(page.strip)
    assert "Перевод, скорее всего, неточен — 32 %" in texts
    assert "Числа 9 в переводе нет. Переспросите, сколько." in texts
    assert tinted(page.pair.source) == ["К 9 часам."]
    assert tinted(page.pair.target) == ["К 9 ЧАСАМ."]
    point(page.pair.source, 0, 2)
    assert "Скорее всего, верно — 90 %" in labels(page.strip)
    stage.preferences.change(replace(stage.preferences.settings, interface="en"))
    point(page.pair.target, 0, 13)
    stage.wait(lambda: "The translation is probably inexact — 32%" in labels(page.strip))


def test_the_space_after_a_sentence_belongs_to_it(stage: Stage, page: TextPage) -> None:
    type_in(page.pair.source, " Раз. Два. ")
    wait_for(stage, " РАЗ. ДВА. ")
    assert tinted(page.pair.source) == ["Два."]
    assert page.strip.check.isEnabled()
    point(page.pair.source, 0, 0)
    assert not page.strip.check.isEnabled()


def test_an_unknown_confidence_is_no_percentage(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("Да.")
    wait_for(stage, "ДА.")
    assert not any("%" in text for text in labels(page.strip))


def test_places_after_an_emoji_are_right(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("😀 Раз. Два.")
    wait_for(stage, "😀 РАЗ. ДВА.")
    point(page.pair.source, 0, 9)
    assert tinted(page.pair.target) == ["ДВА."]


def test_an_alternative_takes_the_sentences_place(stage: Stage, page: TextPage) -> None:
    stage.asking.candidates = (Candidate("БЕР.", -1), Candidate("РАЗ.", -2))
    page.pair.source.insertPlainText("Раз. Два.")
    wait_for(stage, "РАЗ. ДВА.")
    point(page.pair.source, 0, 0)
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_E, CTRL)
    stage.wait(lambda: [row.suggestion for row in page.strip.suggestions] == ["БЕР."])
    page.strip.suggestions[0].setFocus()
    stage.press(Qt.Key.Key_Return)
    wait_for(stage, "БЕР. ДВА.")
    assert page.strip.remember.isVisible()
    page.strip.remember.click()
    stage.wait(lambda: len(term_store(paths.terms_file()).memory()) == 1)
    stage.wait(lambda: page.strip.remember.text() == "Запомнено")
    stage.qtbot.keyClick(page.pair.target, Qt.Key.Key_Z, CTRL)
    wait_for(stage, "РАЗ. ДВА.")


def test_back_translation_is_said_in_words(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("Раз.")
    wait_for(stage, "РАЗ.")
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_B, CTRL)
    stage.wait(lambda: "Обратный перевод похож, сравните" in labels(page.strip))
    assert "обратно" in labels(page.strip)


def test_an_answer_is_in_view_however_many_came_before(stage: Stage, page: TextPage) -> None:
    stage.asking.candidates = tuple(Candidate(f"ВАРИАНТ {n}", -1.0, 0.5) for n in range(8))
    page.pair.source.insertPlainText("Приходите.")
    wait_for(stage, "ПРИХОДИТЕ.")
    page.strip.alternatives.click()
    stage.wait(lambda: len(page.strip.suggestions) == 8)
    area = page.strip.findChild(QScrollArea)
    assert area is not None
    bar = area.verticalScrollBar()
    stage.wait(lambda: bar.maximum() > 0)
    bar.setValue(bar.maximum())
    page.strip.check.click()
    stage.wait(lambda: "обратно" in labels(page.strip))
    stage.wait(lambda: bar.value() == 0)
    (words,) = [words for words in page.strip.findChildren(Words) if words.words == "обратно"]
    stage.wait(lambda: not words.visibleRegion().isEmpty())


def test_the_translation_stays_beside_the_source_while_it_grows(
    stage: Stage, page: TextPage
) -> None:
    source, target = page.pair.source, page.pair.target
    lines = [f"Строка {n}, и она длиннее, чем помещается рядом с переводом" for n in range(60)]
    source.insertPlainText("\n".join(lines))
    source.ensureCursorVisible()
    stage.wait(lambda: not stage.window.text_page._workspace.text.waiting)
    assert source.view[0] > 0
    stage.wait(lambda: target.view[0] == source.view[0])


def test_the_memory_is_offered_first(stage: Stage, page: TextPage) -> None:
    entry = MemoryEntry("ru", "ba", "Раз два три.", "Бер ике өс.", "correction", "2026-03-02")
    term_store(paths.terms_file()).remember([entry])
    page.pair.source.insertPlainText("Раз два тры.")
    wait_for(stage, "РАЗ ДВА ТРЫ.")
    stage.wait(lambda: [row.suggestion for row in page.strip.suggestions] == ["Бер ике өс."])
    origin = "Раз два три. · похоже на 91 % · ваш перевод от 2 марта 2026"
    stage.wait(lambda: origin in labels(page.strip))
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_E, CTRL)
    stage.wait(
        lambda: [row.suggestion for row in page.strip.suggestions] == ["Бер ике өс.", "ИНАЧЕ"]
    )
    stage.qtbot.mouseClick(page.strip.suggestions[0], Qt.MouseButton.LeftButton)
    wait_for(stage, "Бер ике өс.")


def test_a_selected_word_goes_into_the_glossary(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("Измерьте давление.")
    wait_for(stage, "ИЗМЕРЬТЕ ДАВЛЕНИЕ.")
    point(page.pair.source, 0, 9, 17)
    assert page.strip.term.isVisible()
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_G, CTRL)
    form = page.drawer.form
    assert form.isVisible()
    assert form.source.text() == "давление"
    assert not form.save.isEnabled()
    stage.asking.dictionary = {"Измерьте давление.": "Баҫымды үлсәгеҙ."}
    type_in(form.target, "баҫым")
    stage.press(Qt.Key.Key_Return)
    stage.wait(lambda: page.drawer.table.rowCount() == 1)
    wait_for(stage, "Баҫымды үлсәгеҙ.")  # translated anew, with the term
    stage.wait(lambda: "Глоссарий: давление — баҫым" in labels(page.strip))
    layout = page.pair.source.document().firstBlock().layout()
    stage.wait(
        lambda: (
            [(format_range.start, format_range.length) for format_range in layout.formats()]
            == [(9, 8)]
        )
    )


def test_the_glossary_is_searched_changed_and_undone(stage: Stage, page: TextPage) -> None:
    store = term_store(paths.terms_file())
    store.add_terms([Term("ru", "ba", ("дом",), ("өй",)), Term("ba", "ru", ("ат",), ("конь",))])
    page.bar.glossary.click()
    drawer = page.drawer
    stage.wait(lambda: drawer.table.rowCount() == 2)
    type_in(drawer.search, "конь")
    assert drawer.table.rowCount() == 1
    drawer.view.selectRow(0)
    drawer.edit.click()
    drawer.form.verbatim.setChecked(True)
    drawer.form.save.click()
    stage.wait(lambda: drawer.table.term(0).is_verbatim())
    assert Term("ru", "ba", ("конь",), ("конь",)) in store.terms()
    drawer.view.selectRow(0)
    drawer.remove.click()
    stage.wait(lambda: len(store.terms()) == 1)
    drawer.undo.click()
    stage.wait(lambda: len(store.terms()) == 2)
    stage.press(Qt.Key.Key_Escape)
    assert drawer.isHidden()
    assert QApplication.focusWidget() is page.pair.source


def test_a_new_project_is_named_in_place(stage: Stage, page: TextPage) -> None:
    page.bar.glossary.click()
    page.drawer.project.menu().actions()[-1].trigger()
    type_in(page.drawer.new_project, "Больница")
    stage.qtbot.keyClick(page.drawer.new_project, Qt.Key.Key_Return)
    assert stage.saved[-1].project == "Больница"
    assert page.drawer.project.text() == "Больница"


@pytest.mark.parametrize("settings", [Settings(text_target="tt")])
def test_a_pair_without_a_way_says_what_to_do(stage: Stage, page: TextPage) -> None:
    [sentence] = page.notice_bar.sentences
    assert "Добавьте модель для этой пары" in sentence
    page.pair.source.insertPlainText("раз")
    stage.qtbot.wait(60)
    assert stage.asking.requests == []
    assert [action.text() for action in page.bar.target.menu().actions()] == [
        "Русский",
        "Башҡортса",
        "Татарча",
    ]
    page.bar.target.menu().actions()[1].trigger()
    wait_for(stage, "РАЗ")
    assert page.notice_bar.sentences == []


@pytest.mark.parametrize("settings", [Settings(text_target="tt")])
def test_no_progress_is_told_where_there_is_none(stage: Stage, page: TextPage) -> None:
    lines = [f"строка {n}" for n in range(40)]
    page.pair.source.insertPlainText("\n".join(lines))  # and no model for the pair
    stage.qtbot.wait(60)
    assert not page.status.isVisible()
    stage.asking.failure = ("translation-failed", {"detail": "…"})
    stage.preferences.change(replace(stage.preferences.settings, text_target="ba"))
    stage.wait(lambda: stage.window.text_page.status.button.text() == "Попробовать ещё раз")
    assert page.status.isVisible()
    assert not page.status.progress.isVisible()
    stage.asking.failure = None
    page.status.button.click()
    wait_for(stage, "\n".join(lines).upper())


def test_a_failure_can_be_tried_again(stage: Stage, page: TextPage) -> None:
    stage.asking.failure = ("translation-failed", {"detail": "…"})
    page.pair.source.insertPlainText("раз")
    stage.wait(page.notice_bar.isVisible)
    assert page.status.button.text() == "Попробовать ещё раз"
    stage.asking.failure = None
    page.status.button.click()
    wait_for(stage, "РАЗ")
    assert not page.notice_bar.isVisible()


def test_markup_is_text(stage: Stage, page: TextPage) -> None:
    data = QMimeData()
    data.setHtml("<b>жирно</b>")
    data.setText("<b>жирно</b>")
    page.pair.source.insertFromMimeData(data)
    wait_for(stage, "<B>ЖИРНО</B>")
    assert page.pair.source.toPlainText() == "<b>жирно</b>"


def test_a_text_survives_pages_and_the_end(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз")
    wait_for(stage, "РАЗ")
    stage.window.open(CONVERSATION)
    stage.window.open(TEXT)
    assert page.pair.source.toPlainText() == "раз"
    stage.window.close()
    assert paths.draft_file().exists()


def test_copying(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("раз. два.\nтри")
    wait_for(stage, "РАЗ. ДВА.\nТРИ")
    shift = CTRL | Qt.KeyboardModifier.ShiftModifier
    stage.qtbot.keyClick(page.pair.source, Qt.Key.Key_C, shift)
    assert QGuiApplication.clipboard().text() == "РАЗ. ДВА.\nТРИ"
    point(page.pair.source, 1, 0)
    page.strip.copy.click()
    assert QGuiApplication.clipboard().text() == "ТРИ"


def test_a_text_file_that_is_dropped_is_translated_as_a_document(
    stage: Stage, page: TextPage, tmp_path: Path
) -> None:
    (tmp_path / "письмо.txt").write_text("раз", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "письмо.txt"))])
    page.pair.source.insertFromMimeData(data)
    stage.wait(page.document_bar.open.isVisible)
    assert (tmp_path / "письмо.ba.txt").read_text(encoding="utf-8") == "РАЗ"
    assert page.pair.source.toPlainText() == ""


def double(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    watch.progress(3, 3)
    return DocumentResult(
        request.path.with_suffix(f".{request.target}{request.path.suffix}"), 9, 2, 0
    )


@pytest.mark.parametrize("translate_document", [double])
@pytest.mark.usefixtures("translate_document")
def test_a_dropped_document_is_translated(stage: Stage, page: TextPage) -> None:
    assert page.bar.documents.isVisible()
    page.take_file(Path("договор.docx"))
    bar = page.document_bar
    stage.wait(bar.open.isVisible)
    assert bar.text.text() == "Готово: договор.ba.docx · сомнительных предложений — 2 из 9"
    assert bar.folder.isVisible()
    bar.close_button.click()
    assert not bar.isVisible()


def guessed(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    remark = StorageError("document-guessed", name=request.path.name, encoding="KOI8-R")
    return DocumentResult(request.path, 9, 0, 0, remarks=(remark,))


@pytest.mark.parametrize("translate_document", [guessed])
@pytest.mark.usefixtures("translate_document")
def test_what_is_to_be_known_of_a_document_stands_below(stage: Stage, page: TextPage) -> None:
    page.take_file(Path("письмо.txt"))
    stage.wait(page.document_bar.open.isVisible)
    first, second = page.document_bar.text.text().splitlines()
    assert first == "Готово: письмо.txt"
    assert second.startswith("Кодировка файла «письмо.txt» определена по буквам: KOI8-R.")


def test_a_text_file_in_another_encoding_is_opened_and_told_of(
    stage: Stage, page: TextPage, tmp_path: Path
) -> None:
    path = tmp_path / "письмо.txt"
    path.write_bytes("Добрый день.".encode("koi8_r"))
    page._workspace.open_file(path)
    stage.wait(lambda: page.pair.source.toPlainText() == "Добрый день.")
    stage.wait(page.notice_bar.isVisible)


def tinted_sentence(page: TextPage) -> str:
    chosen = page.pair.sentence_focus.chosen
    return chosen.source if chosen else ""


def test_the_mouse_tints_at_once_and_tells_where_it_rests(stage: Stage, page: TextPage) -> None:
    page.pair.source.insertPlainText("Раз. Два.")
    wait_for(stage, "РАЗ. ДВА.")
    point(page.pair.source, 0, 9)
    stage.wait(lambda: page.pair.sentence_focus.chosen is not None)
    place = page.pair.target.cursorRect(QTextCursor(page.pair.target.document())).center()
    stage.qtbot.mouseMove(page.pair.target.viewport(), place + QPoint(4, 0))
    stage.wait(lambda: tinted(page.pair.source) == ["Раз."])
    stage.wait(lambda: tinted_sentence(page) == "Раз.")


def full_beside(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    if request.out is None:
        raise StorageError("not-writable", path=str(request.path.parent))
    return DocumentResult(request.out, 1, 0, 0)


@pytest.mark.parametrize("translate_document", [full_beside])
@pytest.mark.usefixtures("translate_document")
def test_a_document_beside_which_nothing_can_be_written_goes_elsewhere(
    stage: Stage, page: TextPage, tmp_path: Path
) -> None:
    page.take_file(Path("/media/диск/договор.docx"))
    bar = page.document_bar
    stage.wait(bar.elsewhere.isVisible)
    bar.save_into(tmp_path)
    stage.wait(bar.open.isVisible)
    assert bar.text.text() == "Готово: договор.ba.docx"
    assert not bar.elsewhere.isVisible()
