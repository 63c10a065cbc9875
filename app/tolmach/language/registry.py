"""The languages the program knows, read from resources/languages.json and resources/languages/.

Adding a language is one entry in that file, and a folder with its code as the name where more is
known of it; docs/languages.md says what they hold and what "verified" demands. Rule: what is true
of one language lies there, not in code. What a *model* calls a language is not here: tokens belong
to a pack's manifest, because fine-tunes borrow other languages' tokens.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from tolmach.core.errors import UsageError
from tolmach.core.paths import resources

Letter: TypeAlias = tuple[str, str]  # lower-case and capital; the same where there is no capital


@dataclass(frozen=True, slots=True)
class Language:
    """One language; names and the autonym are lower-case where the language writes them so."""

    code: str  # BCP 47
    names: Mapping[str, str]  # interface language ("ru", "en") -> name
    autonym: str  # what its speakers call it
    scripts: tuple[str, ...]  # ISO 15924: "Cyrl", "Latn", "Armn", "Geor"; the main one first
    letters: tuple[
        Letter, ...
    ]  # of the main script, those that a Russian or English keyboard lacks
    more_letters: Mapping[str, tuple[Letter, ...]]  # another of the scripts -> such letters
    quotes: tuple[str, str, str, str]  # opening, closing, and both within a quotation
    decimal: str  # between units and tenths
    grouping: str  # between thousands
    sentence_marks: str  # each may end a sentence
    abbreviations: tuple[str, ...]  # with their dots
    last_abbreviations: tuple[str, ...]  # those of them that a sentence may end with
    lookalikes: Mapping[str, str]  # what is wrongly typed inside a word -> what is meant
    keyboard: tuple[str, ...]  # lower-case letters and signs, in the order of the buttons
    plurals: str  # gettext's Plural-Forms, "" where nobody says
    verified: frozenset[str]  # which of the fields were found in CLDR or the like; see docs

    @property
    def script(self) -> str:
        """The script that it is mostly written in."""
        return self.scripts[0]

    def letters_of(self, script: str) -> tuple[Letter, ...]:
        """Return the letters when it is written in this script, () where it never is."""
        return self.letters if script == self.script else self.more_letters.get(script, ())

    def name(self, interface: str) -> str:
        """Return the name in an interface language, the Russian one where there is none."""
        return self.names.get(interface, self.names["ru"])


_TYPES: Mapping[str, type | tuple[type, ...]] = {  # of an entry; a list of strings: (list, str)
    "names": (dict, str),
    "autonym": str,
    "scripts": (list, str),
    "letters": (list, list, str),
    "more_letters": (dict, list, list, str),
    "quotes": str,
    "decimal": str,
    "grouping": str,
    "sentence_marks": str,
    "abbreviations": (list, str),
    "last_abbreviations": (list, str),
    "russian_abbreviations_but": (list, str),
    "lookalikes": (dict, str),
    "keyboard": (list, str),
    "plurals": str,
    "verified": (list, str),
}
_OPTIONAL = {"more_letters", "last_abbreviations", "russian_abbreviations_but", "plurals"}


def languages() -> tuple[Language, ...]:
    """Return all languages in the order of the file: Russian first, then by region."""
    return tuple(_registry().values())


def language(code: str) -> Language:
    """Return the language of this code; raises UsageError "unknown-language"."""
    entry = registered(code)
    if entry is None:
        raise UsageError("unknown-language", language=code)
    return entry


def registered(code: str) -> Language | None:
    """Return the language of this code, None where it has no entry."""
    return _registry().get(code)


def find(text: str) -> Language:
    """Return the language that a person means by a code or by a Russian, English or own name.

    Case does not matter, and of "якутский (саха)" either half is enough. Raises UsageError
    "unknown-language".
    """
    code = _spoken_names().get(_folded(text))
    if code is None:
        raise UsageError("unknown-language", language=text)
    return _registry()[code]


@cache
def own_table(code: str, subject: str) -> Mapping[str, Any]:
    """Return what resources/languages/CODE/SUBJECT.json holds, nothing where there is no file."""
    file = resources() / "languages" / code / f"{subject}.json"
    if code not in _registry() or not file.is_file():
        return {}
    table: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return table


@cache
def _registry() -> Mapping[str, Language]:
    raw = json.loads((resources() / "languages.json").read_text(encoding="utf-8"))
    return {code: _language(code, entry, raw["ru"]) for code, entry in raw.items()}


@cache
def _spoken_names() -> Mapping[str, str]:
    """Return every way to call a language -> its code."""
    return {
        _folded(part): entry.code
        for entry in languages()
        for name in (entry.code, entry.autonym, *entry.names.values())
        for part in (name, *re.split(r"[()/]", name))
        if part.strip()
    }


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip().casefold()


def _language(code: str, entry: Mapping[str, Any], russian: Mapping[str, Any]) -> Language:
    """Read an entry. The file comes with the program, so a wrong one is a defect, not an error."""
    unknown = entry.keys() ^ (_TYPES.keys() - (_OPTIONAL - entry.keys()))
    wrong = {key for key in entry.keys() & _TYPES.keys() if not _has(entry[key], _TYPES[key])}
    if unknown or wrong:
        raise ValueError(f"resources/languages.json: {code}: {sorted(unknown | wrong)}")
    abbreviations = entry["abbreviations"]
    last = entry.get("last_abbreviations", [a for a in abbreviations if a.count(".") > 1])
    if "russian_abbreviations_but" in entry:
        words = {*abbreviations, *entry["russian_abbreviations_but"]}
        borrowed = [short for short in russian["abbreviations"] if short not in words]
        abbreviations = abbreviations + borrowed
        last = last + [short for short in borrowed if short in russian["last_abbreviations"]]
    more = {script: _pairs(letters) for script, letters in entry.get("more_letters", {}).items()}
    opening, closing, inner_opening, inner_closing = entry["quotes"]
    return Language(
        code=code,
        names=entry["names"],
        autonym=entry["autonym"],
        scripts=tuple(entry["scripts"]),
        letters=_pairs(entry["letters"]),
        more_letters=more,
        quotes=(opening, closing, inner_opening, inner_closing),
        decimal=entry["decimal"],
        grouping=entry["grouping"],
        sentence_marks=entry["sentence_marks"],
        abbreviations=tuple(abbreviations),
        last_abbreviations=tuple(last),
        lookalikes=entry["lookalikes"],
        keyboard=tuple(entry["keyboard"]),
        plurals=entry.get("plurals", ""),
        verified=frozenset(entry["verified"]),
    )


def _has(value: Any, kind: type | tuple[type, ...]) -> bool:
    """Whether a JSON value is a text, or a list or mapping of what `kind` goes on with."""
    if not isinstance(kind, tuple):
        return isinstance(value, kind) and value != ""
    outer, *inner = kind
    rest = inner[0] if len(inner) == 1 else tuple(inner)
    items: Iterable[Any] = value.values() if isinstance(value, dict) else value
    return isinstance(value, outer) and all(_has(item, rest) for item in items)


def _pairs(letters: Sequence[Sequence[str]]) -> tuple[Letter, ...]:
    return tuple((lower, upper) for lower, upper in letters)
