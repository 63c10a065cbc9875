"""What is known of the spelling of each language: its entry and its table "orthography".

Rule: a language is described there; nothing here asks which language it has.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from tolmach.language.orthography import apostrophes
from tolmach.language.orthography.homoglyphs import CYRILLIC, MARKS, Alphabet, alphabet
from tolmach.language.orthography.palochka import Palochka, palochka
from tolmach.language.placeholders import DOMAINS, FILES
from tolmach.language.registry import Language, own_table, registered

_LEFT_ALONE = "|".join(
    (
        r"\w{1,10}://\S+|www\.\S+|(?:[\w-]{1,63}\.){1,9}" + rf"(?:{DOMAINS})\b(?:[/:?#]\S*)?",
        # The bound: "а.б.в. …" must not be read to its end again from each letter.
        rf"[\w.+{apostrophes.SIGNS}-]{{1,64}}@[\w-]+\.[\w.-]+",
        r"</?[A-Za-z][^<>]*>|&\w+;|[$%]\(?\d?\w*\)?|\$?\{\w*\}|[@#]\w+",
        r"(?<!\w)`[^`\n]{1,200}`(?!\w)",  # code; in "п`ять, п`ятий" apostrophes
        rf"\w[\w.-]{{0,99}}\.(?:{FILES})\b|[A-Za-z]:\\\S+|(?<![\w/])~?(?:/[\w.-]+){{2,}}",
    )
)
_MARKUP = r"\[\[[^\[\]|]*\||\{\{[^{}]*\}\}"  # its | is no palochka
_WORD = rf"[\w{MARKS}]+"
_WITH_SIGNS = rf"[\w{MARKS}]+(?:[|!](?=\w)[\w{MARKS}]+)*"  # where they may be palochkas
# What NFC does not make one letter: letter and mark -> letter, where the language has that.
_COMPOSED = {
    "с\u0327": "ҫ", "С\u0327": "Ҫ", "з\u0327": "ҙ", "З\u0327": "Ҙ", "i\u0307": "ı"
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """One language, ready to be looked for in a text."""

    suspects: re.Pattern[str]  # a text without any is right
    tokens: re.Pattern[str]  # what is left alone; the groups "uzbek" and "word"
    alphabets: tuple[Alphabet, ...]  # the main one first; none for Armenian and Georgian
    composed: Mapping[str, str]
    palochka: Palochka | None
    signs: re.Pattern[str] | None  # the group "sign": what ʼ is written for
    certain: tuple[tuple[re.Pattern[str], dict[int, str]], ...]  # in such words a letter -> another
    offers: tuple[tuple[re.Pattern[str], re.Pattern[str], str], ...]  # in such words one may be


@cache
def spelling(code: str) -> Spelling | None:
    """Return the spelling of a language by its BCP 47 code, None if nothing is known of it."""
    base, *subtags = code.split("-")
    entry = registered(code) or registered(base)
    if entry is None:
        return None
    own = own_table(entry.code, "orthography")
    alphabets = tuple(alphabet(entry, script, own) for script in _scripts(entry, subtags))
    stands = own.get("palochka")
    uzbek, slavic = "o'" in entry.lookalikes, entry.lookalikes.get("'") == "ʼ"
    certain = own.get("certain", ())
    composed = {
        pair: letter.replace("ı", "i")
        for pair, letter in _COMPOSED.items()
        if any(letter in letters.own for letters in alphabets)
    }
    tokens = [_MARKUP, _LEFT_ALONE] if stands else [_LEFT_ALONE]
    tokens += [f"(?P<uzbek>{apostrophes.UZBEK_WORD})"] if uzbek else []
    tokens += [f"(?P<word>{_WITH_SIGNS if stands else _WORD})"]
    suspects = [letters.suspects.pattern for letters in alphabets]
    suspects += [*composed, *(letter for _, letter, _ in certain)]
    suspects += [f"[1IlіІ|!][{CYRILLIC}]|[{CYRILLIC}][1IlіІ|!]"] if stands else []
    suspects += [f"\\w[{apostrophes.SIGNS}]"] if uzbek or slavic else []
    return Spelling(
        re.compile("|".join(suspects) or "(?!)"),
        re.compile("|".join(tokens)),
        alphabets,
        composed,
        palochka(stands["after"], stands["alone"]) if stands else None,
        re.compile(f"{_LEFT_ALONE}|(?P<sign>{apostrophes.BETWEEN})") if slavic else None,
        tuple(
            (re.compile(words), str.maketrans({letter: right, letter.upper(): right.upper()}))
            for words, letter, right in certain
        ),
        tuple(
            (re.compile(words), re.compile(letter), right)
            for words, letter, right in own.get("offers", ())
        ),
    )


def _scripts(entry: Language, subtags: list[str]) -> list[str]:
    """Return the scripts to try: the one that the code names, else those of the language."""
    named = [subtag for subtag in subtags if subtag in ("Cyrl", "Latn")]
    both = [script for script in entry.scripts if script in ("Cyrl", "Latn")]
    if named:
        return named
    return both if entry.script == "Latn" else both[: entry.script == "Cyrl"]
