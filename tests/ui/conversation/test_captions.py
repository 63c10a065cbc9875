"""Words on a card while somebody speaks, and what becomes of them."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QTextCursor, QTextDocument
from PySide6.QtWidgets import QLabel, QToolButton

from tests.ui.conftest import Stage, labels
from tolmach.controllers.conversation.cards import CardState
from tolmach.ui.look.theme import DARK, LIGHT
from tolmach.ui.widgets.words import Words

LONG = "рассказывайте по порядку, " * 8


def words(stage: Stage, text: str) -> Words:
    """Return the label that shows exactly this."""
    [match] = [label for label in stage.cards[-1].findChildren(Words) if label.words == text]
    return match


def coloured(label: QLabel) -> list[tuple[str, str]]:
    """Return the label's text in pieces of one colour, as Qt reads it; "" is the usual colour."""
    document = QTextDocument()
    document.setHtml(label.text())
    pieces: list[tuple[str, str]] = []
    cursor = QTextCursor(document)
    for place in range(document.characterCount() - 1):
        cursor.setPosition(place)
        cursor.setPosition(place + 1, QTextCursor.MoveMode.KeepAnchor)
        brush = cursor.charFormat().foreground()
        colour = brush.color().name() if brush.style().value else ""
        if not pieces or pieces[-1][1] != colour:
            pieces.append(("", colour))
        pieces[-1] = (pieces[-1][0] + cursor.selectedText(), colour)
    return pieces


def test_what_may_change_is_grey(stage: Stage) -> None:
    stage.preferences.change(replace(stage.preferences.settings, theme="light"))
    stage.listen()
    stage.session.unconfirmed(0, "как", "дела")
    stage.wait(lambda: len(stage.cards) == 1)
    label = words(stage, "как дела")
    assert coloured(label) == [("как ", ""), ("дела", LIGHT.muted)]
    stage.preferences.change(replace(stage.preferences.settings, theme="dark"))
    assert coloured(label) == [("как ", ""), ("дела", DARK.muted)]
    stage.session.recognized(0, "Как дела?")
    stage.wait(lambda: label.words == "Как дела?")
    assert label.text() == "Как дела?"


def test_markup_in_unconfirmed_words_is_shown_as_it_was_said(stage: Stage) -> None:
    parts = "<b>a</b> & &amp;", "<img src='x'>  <!-- "
    stage.listen()
    stage.session.unconfirmed(0, *parts)
    stage.wait(lambda: len(stage.cards) == 1)
    colours = coloured(words(stage, " ".join(parts).strip()))
    assert "".join(text for text, _ in colours) == " ".join(parts).strip()


def test_a_translation_so_far_is_grey(stage: Stage) -> None:
    stage.preferences.change(replace(stage.preferences.settings, theme="light"))
    stage.listen()
    stage.session.unconfirmed(0, "как дела")
    stage.session.translated(0, "Хәлдәр", final=False)
    stage.wait(lambda: "Хәлдәр" in labels(stage.window))
    label = words(stage, "Хәлдәр")
    assert coloured(label) == [("Хәлдәр", LIGHT.muted)]
    stage.session.recognized(0, "Как дела?")
    stage.wait(lambda: "Как дела?" in labels(stage.window))
    assert coloured(label) == [("Хәлдәр", LIGHT.muted)]
    stage.session.translated(0, "Хәлдәр нисек?")
    stage.wait(lambda: label.text() == "Хәлдәр нисек?")


def test_an_open_card_never_shrinks_and_the_column_follows(stage: Stage) -> None:
    stage.listen()
    stage.say(*(f"фраза {number}" for number in range(6)))
    bar = stage.window.conversation_page.column.verticalScrollBar()
    heights = []
    for tail in ("рас", LONG, "рас", LONG + LONG, ""):
        stage.session.unconfirmed(6, "ну", tail)
        phrase = f"ну {tail.strip()}".strip()
        stage.wait(lambda: phrase in labels(stage.window))  # noqa: B023 - waited for here
        stage.qtbot.wait(20)
        heights.append(stage.cards[-1].height())
        assert bar.value() == bar.maximum()
    assert heights == sorted(heights)
    assert heights[0] < heights[1] == heights[2] < heights[3] == heights[4]
    stage.session.recognized(6, "Ну.")
    stage.wait(lambda: "Ну." in labels(stage.window))
    stage.qtbot.wait(20)
    assert stage.cards[-1].height() == heights[0]


def test_words_settle_without_moving(stage: Stage) -> None:
    stage.listen()
    stage.session.unconfirmed(0, LONG, "и не спешите")
    stage.session.translated(0, LONG, final=False)
    stage.wait(lambda: len(stage.cards) == 1)
    stage.qtbot.wait(20)
    card = stage.cards[0]
    places = [label.geometry() for label in card.findChildren(Words)], card.geometry()
    settled = f"{LONG.strip()} и не спешите"
    stage.session.cut(0)
    stage.session.recognized(0, settled)
    stage.session.translated(0, LONG)
    stage.wait(lambda: words(stage, LONG.strip()).text() == LONG.strip())
    stage.qtbot.wait(20)
    assert ([label.geometry() for label in card.findChildren(Words)], card.geometry()) == places


def test_a_screen_reader_hears_only_what_is_final(stage: Stage) -> None:
    stage.listen()
    names = []
    for tail in ("ка", "как", "как дела"):
        stage.session.unconfirmed(0, "", tail)
        stage.wait(lambda: tail in labels(stage.window))  # noqa: B023 - waited for here
        card = stage.cards[0]
        names.append(
            [card.accessibleName()] + [w.accessibleName() for w in card.findChildren(Words)]
        )
    assert names[0] == names[1] == names[2]
    assert names[0][0].endswith(". Идёт речь")
    assert names[0][1] == "Идёт речь"  # or the label would be known by its text
    stage.session.recognized(0, "Как дела?")
    stage.wait(lambda: card.accessibleName().endswith("Русский. Как дела?"))
    assert {label.accessibleName() for label in card.findChildren(Words)} == {""}


def test_a_language_that_is_not_clear_yet_has_no_name(stage: Stage) -> None:
    stage.listen()
    stage.session.unconfirmed(0, "", "кайт", confidence=0.6)
    stage.wait(lambda: len(stage.cards) == 1)
    card = stage.cards[0]
    assert labels(card)[1:] == ["Язык пока не ясен", "кайт"]
    stage.session.unconfirmed(0, "", "Ҡайтты", language="ba", confidence=0.9)
    stage.wait(lambda: labels(card)[1:] == ["Башҡортса", "Ҡайтты"])
    stage.session.unconfirmed(0, "", "Ҡайтты инде", language="ba", confidence=0.7)
    stage.wait(lambda: labels(card)[1:] == ["Язык пока не ясен", "Ҡайтты инде"])
    stage.session.cut(0)
    stage.session.recognized(0, "Ҡайтты инде.", language="ba", confidence=0.7)
    stage.wait(lambda: labels(card)[1:] == ["Башҡортса — 70 %", "Ҡайтты инде."])


def test_doubtful_text_says_so_and_can_be_heard_again(stage: Stage) -> None:
    stage.listen()
    stage.session.doubtful(0, "ну это")
    stage.wait(lambda: len(stage.cards) == 1)
    card = stage.cards[0]
    assert labels(card)[1:] == ["Русский", "ну это", "Неразборчиво — лучше переспросить"]
    [again] = [
        button
        for button in card.findChildren(QToolButton)
        if button.isVisible() and button.accessibleName() == "Распознать ещё раз"
    ]
    assert [action.text() for action in again.menu().actions()] == ["Русский", "Башҡортса"]
    again.menu().actions()[0].trigger()
    stage.wait(lambda: stage.session.asked_again == [(0, "ru", "ba")])
    assert labels(card)[1:] == ["Распознаю…", "ну это"]
    stage.session.recognized(0, "Ну, это…")
    stage.wait(lambda: labels(card)[1:] == ["Русский", "Ну, это…"])


@pytest.mark.parametrize("text", ["", "как дела"])
def test_what_was_stopped_at_once_says_that_its_sound_is_safe(stage: Stage, text: str) -> None:
    stage.listen()
    if text:
        stage.session.unconfirmed(0, text)
    stage.session.cut(0)
    stage.wait(lambda: len(stage.cards) == 1)
    stage.conversation.stop()
    stage.conversation.stop_now()
    stage.wait(lambda: stage.conversation.cards.cards[0].state is CardState.POSTPONED)
    assert (text or "Звук сохранён, слова — потом") in labels(stage.cards[0])


def test_an_open_card_is_no_higher_than_its_words(stage: Stage) -> None:
    """It stands alone in a high column: the room below is the column's."""
    stage.listen()
    stage.session.unconfirmed(0, "как", "дела")
    stage.wait(lambda: len(stage.cards) == 1)
    stage.session.unconfirmed(0, "как дела", "у вас")
    stage.wait(
        lambda: "как дела у вас" in [label.words for label in stage.cards[-1].findChildren(Words)]
    )
    card = stage.cards[-1]
    layout = card.layout()
    assert layout is not None
    stage.wait(lambda: card.height() <= layout.totalHeightForWidth(card.width()))
