"""The languages the program knows, read from resources/languages.json.

Adding a language is one entry in that file. What a *model* calls a language is not here: tokens
belong to a pack's manifest, because fine-tunes borrow other languages' tokens.
"""

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.core.errors import UsageError
from tolmach.core.paths import resources


@dataclass(frozen=True, slots=True)
class Language:
    """One language; names and the autonym are lower-case where the language writes them so."""

    code: str  # BCP 47
    names: Mapping[str, str]  # interface language ("ru", "en") -> name
    autonym: str  # what its speakers call it
    script: str  # ISO 15924: "Cyrl", "Latn", "Armn", "Geor"
    letters: tuple[tuple[str, str], ...]  # (lower, upper) that a Russian or English keyboard lacks
    verified: frozenset[
        str
    ]  # which of "names", "autonym", "letters" were found in CLDR or the like

    def name(self, interface: str) -> str:
        """Return the name in an interface language, the Russian one where there is none."""
        return self.names.get(interface, self.names["ru"])


def languages() -> tuple[Language, ...]:
    """Return all languages in the order of the file: Russian first, then by region."""
    return tuple(_registry().values())


def language(code: str) -> Language:
    """Return the language of this code; raises UsageError "unknown-language"."""
    known = _registry().get(code)
    if known is None:
        raise UsageError("unknown-language", language=code)
    return known


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
def _registry() -> Mapping[str, Language]:
    raw = json.loads((resources() / "languages.json").read_text(encoding="utf-8"))
    return {code: _language(code, entry) for code, entry in raw.items()}


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


def _language(code: str, entry: Mapping[str, object]) -> Language:
    """Read an entry. The file comes with the program, so a wrong one is a defect, not an error."""
    match entry:
        case {
            "names": dict(names),
            "autonym": str(autonym),
            "script": str(script),
            "letters": list(letters),
            "verified": list(verified),
        }:
            pairs = tuple((lower, upper) for lower, upper in letters)
            return Language(code, names, autonym, script, pairs, frozenset(verified))
    raise ValueError(f"resources/languages.json: bad entry {code}")
