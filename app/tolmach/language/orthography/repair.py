"""The right letters: what was typed or recognised with wrong ones is put right.

For text before it is translated or spoken and after it was recognised. Rule: what may be right
stays. Repairs need no dictionary because they change only what cannot be of the language: letters
of another alphabet inside a word, a digit between letters, an apostrophe of the wrong code. What
is merely likely is offered by `suggest`. docs/orthography.md lists what happens to real text.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tolmach.language.orthography import apostrophes
from tolmach.language.orthography.homoglyphs import in_one_script, is_doubtful, is_number
from tolmach.language.orthography.palochka import is_big, spell
from tolmach.language.orthography.spelling import Spelling, spelling


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change that is likely and not certain."""

    start: int  # the span in the text, in characters
    end: int
    replacement: str
    reason: str  # "look-alike", "neighbour", "palochka", "fallback": docs/orthography.md


@dataclass(frozen=True, slots=True)
class _Mended:
    word: str
    reason: str
    certain: bool


def repair(text: str, language: str) -> str:
    """Return the text in NFC with the letters of its language (BCP 47; unknown ones: NFC alone).

    What is right already comes back the same. "uz-Cyrl" means that script of the language.
    """
    text = unicodedata.normalize("NFC", text)
    rules = spelling(language)
    if rules is None or not rules.suspects.search(text):
        return text
    for pair, letter in rules.composed.items():
        text = text.replace(pair, letter)
    big, quoted = is_big(text), apostrophes.has_quotation(text)

    def put_right(match: re.Match[str]) -> str:
        if match.lastgroup == "uzbek":
            return apostrophes.uzbek(match[0], quoted=quoted)
        if match.lastgroup != "word":
            return match[0]
        mended = _mended(match, rules, big)
        return mended.word if mended and mended.certain else match[0]

    text = rules.tokens.sub(put_right, text)
    if rules.signs:
        text = rules.signs.sub(lambda match: "ʼ" if match["sign"] else match[0], text)
    return unicodedata.normalize("NFC", text)


def suggest(text: str, language: str) -> list[Suggestion]:
    """Return what `repair` does not dare to change, in the order of the text."""
    rules = spelling(language)
    return list(_suggestions(text, rules)) if rules else []


def _suggestions(text: str, rules: Spelling) -> Iterator[Suggestion]:
    big = is_big(text)
    for match in rules.tokens.finditer(text):
        if match.lastgroup in ("word", "uzbek"):
            mended = _mended(match, rules, big) or _offered(match, rules, big)
            if mended and not mended.certain and mended.word != match[0]:
                yield Suggestion(match.start(), match.end(), mended.word, mended.reason)


def _mended(match: re.Match[str], rules: Spelling, big: bool) -> _Mended | None:
    """Return a word in one alphabet and with palochkas, None if it has both already."""
    word = match[0]
    if "_" in word or is_number(word) or not rules.suspects.search(word):
        return None
    spelt = word
    if rules.palochka:
        spelt = spell(word, rules.palochka.sure, big=big, preceding=_preceding(match))
    mended = _in_one_alphabet(spelt, rules)
    if mended is None and not _is_mixed(spelt, rules) and spelt != word:
        mended = _Mended(spelt, "palochka", certain=True)
    for where, letters in rules.certain:
        latest = mended.word if mended else word
        if where.search(latest) and (right := latest.translate(letters)) != latest:
            mended = _Mended(right, "fallback", certain=mended is None or mended.certain)
    return mended


def _is_mixed(word: str, rules: Spelling) -> bool:
    return any(letters.suspects.search(word) for letters in rules.alphabets)


def _in_one_alphabet(word: str, rules: Spelling) -> _Mended | None:
    """Return the word in the first alphabet that has a twin for each of its letters."""
    if len(word) < 2:
        return None
    for letters in rules.alphabets:
        if letters.suspects.search(word) and (mended := in_one_script(word, letters)) is not None:
            doubtful = is_doubtful(word, mended, letters)
            return _Mended(mended, "look-alike", certain=not doubtful)
    return None


def _offered(match: re.Match[str], rules: Spelling, big: bool) -> _Mended | None:
    """Return what a word without certain mistakes may have been meant to be."""
    word = match[0]
    if rules.palochka and not is_number(word):
        spelt = spell(word, rules.palochka.likely, big=big, preceding=_preceding(match))
        if spelt != word and not _is_mixed(spelt, rules):
            return _Mended(spelt, "palochka", certain=False)
    for letters in rules.alphabets[:1]:
        if len(word) > 1 and (changed := word.translate(letters.neighbours)) != word:
            return _Mended(changed, "neighbour", certain=False)
        if len(word) > 1 and not set(word) & letters.own:  # "ĕç": every letter a look-alike
            changed = word.translate(letters.special)
            if letters.own.issuperset(changed):
                return _Mended(changed, "look-alike", certain=False)
    for where, letter, right in rules.offers:
        if where.search(word) and (changed := letter.sub(right, word)) != word:
            return _Mended(changed, "fallback", certain=False)
    return None


def _preceding(match: re.Match[str]) -> str:
    """Return the character in front of a word, "" at the beginning."""
    return match.string[max(0, match.start() - 1) : match.start()]
