"""What the program thinks of a sentence, in words. Rule: a percentage is measured or not shown."""

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt

from tolmach.controllers.text.paragraphs import SentencePair
from tolmach.core.translation import UNKNOWN
from tolmach.terms.correction import CORRECTION
from tolmach.terms.glossary import TermMatch
from tolmach.terms.memory import EXACT, NEAR_EXACT, MemoryMatch

translate = QCoreApplication.translate

GOOD = 0.8  # a confidence from here on is good news
ALIKE, SIMILAR = 70.0, 45.0  # chrF of a text with its translation translated back


def judgement(pair: SentencePair) -> str:
    """Return who made the translation and how sure it is; "" if there is nothing to say."""
    if pair.edited:
        return translate("sentence", "Исправлено вами")
    if pair.sentence.origin:
        return origin(pair.sentence.origin)
    if pair.sentence.trial:
        return translate("sentence", "Пробный перевод: может быть совсем неверным")
    return confidence(pair.sentence.confidence)


def confidence(share: float) -> str:
    """Return how sure a translation is, "" where nobody measured it."""
    if share == UNKNOWN:
        return ""
    if share >= GOOD:
        sentence = translate("sentence", "Скорее всего, верно — {share} %")
    else:
        sentence = translate("sentence", "Стоит проверить — {share} %")
    return sentence.format(share=round(100 * share))


def origin(name: str, date: str = "") -> str:
    """Return where a remembered translation comes from."""
    day = QDate.fromString(date[:10], Qt.DateFormat.ISODate)
    when = QLocale().toString(day, "d MMMM yyyy") if day.isValid() else ""
    if name == CORRECTION and when:
        origin_words = translate("sentence", "ваш перевод от {date}")
    elif name == CORRECTION:
        origin_words = translate("sentence", "ваш перевод")
    elif name:
        origin_words = translate("sentence", "из памяти «{name}»")
    else:
        origin_words = translate("sentence", "из памяти переводов")
    return origin_words.format(date=when, name=name)


def remembered(hit: MemoryMatch) -> str:
    """Return what a hit of the memory was the translation of, and whose it is."""
    owner = origin(hit.origin, hit.date)
    if hit.similarity == EXACT:
        return owner
    if hit.similarity == NEAR_EXACT:
        alike = translate("sentence", "почти то же, проверьте числа")
    else:
        alike = translate("sentence", "похоже на {share} %")
        alike = alike.format(share=int(100 * hit.similarity))
    return f"{hit.source} · {alike} · {owner}"


def terms(hits: Iterable[TermMatch]) -> str:
    """Return the terms of a sentence with their translations, each once."""
    untranslated = translate("sentence", "не переводится")
    return " · ".join(
        dict.fromkeys(
            f"{term.source[0]} — {untranslated if term.is_verbatim() else term.target[0]}"
            for hit in hits
            for term in hit.terms
        )
    )


def returned(similarity: float) -> str:
    """Return how like the original the translation is when it is translated back."""
    if similarity >= ALIKE:
        return translate("sentence", "Обратный перевод почти тот же")
    if similarity >= SIMILAR:
        return translate("sentence", "Обратный перевод похож, сравните")
    return translate("sentence", "Обратный перевод сильно отличается")
