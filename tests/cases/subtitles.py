"""Subtitles as people and tools write them: every word is translated, nothing else changes."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.formats.documents.opening import open_document

_CYRILLIC = re.compile("[А-яЁё]")
_NO_SIGNS = re.compile(r"<[^<>]*>|\w|\s|\\N|&\S+?;|\u200e")


def _translated(units: Sequence[str], names: Sequence[str] = ()) -> Callable[[Path, Hearing], str]:
    """Return a check that these are the units, and all that is Russian besides the names.

    A translation into other letters of the same number must leave all other signs in their lines.
    """

    def check(path: Path, _: Hearing) -> str:
        document = open_document(path)
        texts = [unit.text for unit in document.units]
        if texts != list(units):
            return f"read: {texts}"
        changed = [replace(unit, text=_CYRILLIC.sub("x", unit.text)) for unit in document.units]
        source, written = path.read_text("utf-8"), document.written(changed).decode()
        rest = written
        for name in names:
            rest = rest.replace(name, "", 1)
        foreign = _CYRILLIC.findall(rest)
        signs = [
            re.sub(r"<[^<>]*>|\w|\s|\\N|&\S+?;|\u200e", "", text) for text in (source, written)
        ]
        lines = [line for line in source.splitlines() if not _CYRILLIC.search(line)]
        absent = [line for line in lines if line not in written.splitlines()]
        return "; ".join(
            [f"left in Russian: {foreign}"] * bool(foreign)
            + [f"other signs: {signs}"] * (signs[0] != signs[1])
            + [f"lost lines: {absent}"] * bool(absent)
            + [f"remarks: {document.remarks}"] * bool(document.remarks)
        )

    return check


_GREETING = ("Добрый день.", "Как ваши дела?", "Меня зовут Марат.", "Где находится школа?")
_TALK = ("Спасибо за помощь.", "Сегодня хорошая погода.")
CHECKS = {
    "subtitles/blank-lines.srt": _translated([*_GREETING, *_TALK]),
    "subtitles/odd-times.srt": _translated(
        [
            *(*_GREETING, *_TALK, "Мы живём в городе.", "Я люблю читать книги."),
            *("Пойдём домой.", "До свидания."),
        ]
    ),
    "subtitles/tags-signs-speakers.srt": _translated(
        [
            *("Добрый день.", "Меня зовут Марат.", "Где находится школа?", "Мы живём в городе"),
            *("АПЛОДИСМЕНТЫ", "смеётся", "Как дела?", "Спасибо, хорошо.", "Где мой телефон?"),
            *("На столе.", "Он сказал: <3 часа назад", "Tom & Jerry <мультфильм>", "Спасибо"),
            *("Подождите...", "я сейчас приду.", "До свидания!", "Привет.", "Здравствуй."),
        ],
        ["МАРАТ", "АЙГУЛЬ"],
    ),
    "subtitles/styled.vtt": _translated(
        [
            *("Добрый день.", "Как ваши дела?", "Где находится школа?", "`Уфа` красивый город."),
            *("Спасибо\u00a0за помощь & внимание\u200e.", "Как дела?", "Хорошо."),
            *("Этот текст после пустой строки.", "До свидания."),
        ],
        [
            *(" - Интервью", "жёлтый", " Это заметка", "Её не надо переводить", "вступление"),
            *("v Марат", "Айгуль Сафина", "жёлтый", "Уфа", "город"),
        ],
    ),
}
