"""One language from one of its scripts into another, after its table "transliteration".

A table is a list of rules; at each place of a word the first one that fits is applied. A rule is
[letters, result] or [letters, result, before, after], where `before` and `after` are regular
expressions for the rest of the word, in lower case, and <name> stands for a class of the table.
docs/languages.md says where the tables come from and what a round trip loses.

Rule: what cannot be a word of the language stays as it is: addresses, Roman numerals, words with
a letter that the table lacks (Windows in Uzbek, which has no w).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from tolmach.language.casing import lower, upper
from tolmach.language.registry import own_table
from tolmach.language.scripts import script_of

_OTHER = {"Cyrl": "Latn", "Latn": "Cyrl"}
# An address; or letters with the apostrophes between them, and after oʻ, gʻ typed with a quote.
_WORD = re.compile(
    r"(?:https?://|www\.)\S+|[\w.+-]{1,64}@\S+|[^\W\d_](?:[^\W\d_]|[‘’'`](?=[^\W\d_])|(?<=[oOgG])‘)*"
)
_ADDRESS = re.compile(r"[^\W\d_]+:/|www\.|.*@")
_LONGEST = 100  # letters: what is longer is no word, and costs its length squared
_ROMAN = re.compile(r"(?=..)M{0,3}(?:C[DM]|D?C{0,3})(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})")


@dataclass(frozen=True, slots=True)
class _Rule:
    letters: str
    result: str
    before: re.Pattern[str] | None
    after: re.Pattern[str] | None

    def fits(self, word: str, at: int) -> bool:
        end = at + len(self.letters)
        return (
            word.startswith(self.letters, at)
            and (self.before is None or self.before.search(word[:at]) is not None)
            and (self.after is None or self.after.match(word[end:]) is not None)
        )


def transliterate(text: str, language: str, to: str) -> str:
    """Return a text of this language in the script `to`, in NFC; ValueError where no table is.

    Into Cyrillic only a text that is mostly Latin is changed: in another one the Latin words are
    names. Into Latin every Cyrillic word is.
    """
    text = unicodedata.normalize("NFC", text)
    rules = _table(language, to)
    if to == "Cyrl" and script_in(text, _OTHER) != "Latn":
        return text

    def written(match: re.Match[str]) -> str:
        word = match[0]
        if (
            len(word) > _LONGEST
            or _ADDRESS.match(word)
            or (to == "Cyrl" and _ROMAN.fullmatch(word))
        ):
            return word
        return _word(word, language, to, rules)

    return unicodedata.normalize("NFC", _WORD.sub(written, text))


def possible(language: str, to: str) -> bool:
    """Whether there are tables for a language into this script and out of it."""
    tables = own_table(language, "transliteration")
    return to in tables and _OTHER[to] in tables


def script_in(text: str, scripts: Collection[str]) -> str | None:
    """Return that of the scripts in which most letters of the text are, None without any."""
    counts = Counter(map(script_of, text))
    most = max(scripts, key=lambda script: counts[script], default=None)
    return most if most and counts[most] else None


def _word(word: str, language: str, to: str, rules: Mapping[str, Sequence[_Rule]]) -> str:
    """Return a word written anew, or the word itself if the table lacks one of its letters."""
    latin = f"{language}-Latn"  # i has its capital there; Cyrillic letters are the same in all
    small = lower(word, latin)
    loud = not any(map(str.islower, word)) and sum(map(str.isupper, word)) > 1
    parts: list[str] = []
    at = 0
    while at < len(word):
        rule = next((rule for rule in rules.get(small[at], ()) if rule.fits(small, at)), None)
        if rule is None and script_of(small[at]) == _OTHER[to]:
            return word
        end = at + (len(rule.letters) if rule else 1)
        result = rule.result if rule else word[at]
        if rule and word[at].isupper():
            result = upper(result, latin) if loud else upper(result[:1], latin) + result[1:]
        parts.append(result)
        at = end
    return "".join(parts)


@cache
def _table(language: str, to: str) -> Mapping[str, Sequence[_Rule]]:
    table = own_table(language, "transliteration").get(to)
    if table is None:
        raise ValueError(f"no table for {language} into {to}")
    rules = [*table["rules"], *table["letters"].items()]
    compiled = [_rule(table["classes"], *rule) for rule in rules]
    compiled.sort(key=lambda rule: rule.letters[0])  # stable: the order of the rules stays
    return {first: tuple(group) for first, group in groupby(compiled, lambda rule: rule.letters[0])}


def _rule(
    classes: Mapping[str, str], letters: str, result: str, before: str = "", after: str = ""
) -> _Rule:
    def pattern(context: str, form: str) -> re.Pattern[str] | None:
        for name, members in classes.items():
            context = context.replace(f"<{name}>", f"[{members}]")
        return re.compile(form % context) if context else None

    return _Rule(letters, result, pattern(before, r"(?:%s)\Z"), pattern(after, "%s"))
