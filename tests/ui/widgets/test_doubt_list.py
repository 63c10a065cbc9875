"""The rows of doubts, which two screens show."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests.ui.conftest import labels
from tolmach.core.translation import GRAVE, GRAVEST_FIRST, Flag
from tolmach.messages.doubts import SENTENCES
from tolmach.ui import translation
from tolmach.ui.widgets import doubt_list
from tolmach.ui.widgets.doubt_list import DoubtList

LOST = Flag("number-lost", "12")
LOST_WORDS = "Числа 12 в переводе нет. Переспросите, сколько."


@pytest.fixture
def rows(qtbot: QtBot) -> DoubtList:
    translation.use("ru")
    result = DoubtList()
    qtbot.addWidget(result)
    result.resize(600, 200)
    return result


def texts(rows: DoubtList) -> list[str]:
    """Return the sentences that can be seen."""
    return [text for text in labels(rows) if text]


def test_nothing_to_doubt_is_nothing_to_see(rows: DoubtList) -> None:
    rows.show_doubts(())
    assert not rows.isVisible()
    rows.show_doubts((LOST,))
    assert texts(rows) == [LOST_WORDS]
    rows.show_doubts(())
    assert not rows.isVisible()


@pytest.mark.parametrize(
    ("confidence", "share"), [(0.32, "32"), (0.0, "0"), (-1.0, ""), (0.5, ""), (0.9, "")]
)
def test_a_percentage_only_where_it_was_measured_and_is_low(
    rows: DoubtList, confidence: float, share: str
) -> None:
    rows.show_doubts((), confidence)
    expected = [f"Перевод, скорее всего, неточен — {share} %"] if share else []
    assert texts(rows) == expected
    assert rows.isVisible() == bool(share)


def test_the_gravest_come_first_and_the_rest_by_a_click(rows: DoubtList) -> None:
    flags = [Flag("question-lost"), Flag("too-long"), LOST, Flag("negation-lost")]
    rows.show_doubts(flags, 0.2)
    visible = texts(rows)
    assert (len(visible), visible[1]) == (3, LOST_WORDS)
    assert visible[2].startswith("В переводе, похоже, пропало «не»")
    [more] = [b for b in rows.findChildren(QPushButton) if b.isVisible()]
    assert more.text() == "ещё 2"
    more.click()
    assert len(texts(rows)) == 5
    assert [b for b in rows.findChildren(QPushButton) if b.isVisible()] == []


def test_gravity_does_not_depend_on_the_order_of_the_sentences(
    rows: DoubtList, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doubt_list, "SENTENCES", dict(reversed(SENTENCES.items())))
    rows.show_doubts([Flag("unsure"), LOST])
    assert texts(rows)[0] == LOST_WORDS


def test_every_doubt_has_its_gravity() -> None:
    assert sorted(GRAVEST_FIRST) == sorted(SENTENCES)
    assert GRAVEST_FIRST[: len(GRAVE)] == GRAVE


def test_it_speaks_the_interface_language(rows: DoubtList, qapp: QApplication) -> None:
    rows.show_doubts((LOST,), 0.3)
    try:
        translation.use("en")
        qapp.sendEvent(rows, QEvent(QEvent.Type.LanguageChange))
        assert texts(rows)[0] == "The translation is probably inexact — 30%"
        assert "12" in texts(rows)[1]
        assert "Числа" not in texts(rows)[1]
    finally:
        translation.use("ru")


def test_a_worker_cannot_invent_doubts_nor_markup(rows: DoubtList) -> None:
    rows.show_doubts((Flag("nonsense"), Flag("number-lost", "<b>{x}</b>")))
    assert texts(rows) == ["Числа <b>{x}</b> в переводе нет. Переспросите, сколько."]
