"""What must not be translated: where it stands, how another language writes it, what is lost.

Numbers, dates, times, money, units, phone numbers, addresses, links, file names, codes, words in
Latin letters amid others, and what is `marked`. Pure rules, no model.
Rule: a span is never written anew unless its number is read without doubt; else it is kept letter
for letter.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tolmach.language.registry import Language, registered
from tolmach.language.scripts import COMMON, script_of

Kind = Literal["mark", "link", "file", "phone", "date", "time", "address", "number", "code", "name"]
_HOLD, _RELEASE = "\ue000", "\ue001"  # of the private use area: no language writes them
_HELD = f"{_HOLD}[^{_HOLD}{_RELEASE}]*{_RELEASE}"

# Cyrillic unit -> its international sign. "г", "т", "л" and "с" mean too much else.
UNITS = {
    "км/ч": "km/h",
    "м/с": "m/s",
    "км": "km",
    "м": "m",
    "см": "cm",
    "мм": "mm",
    "кг": "kg",
    "мг": "mg",
    "мл": "ml",
    "га": "ha",
    "кВт": "kW",
    "Вт": "W",
    "Гц": "Hz",
    "кГц": "kHz",
    "МГц": "MHz",
    "ГГц": "GHz",
    "Кб": "KB",
    "Мб": "MB",
    "Гб": "GB",
    "КБ": "KB",
    "МБ": "MB",
    "ГБ": "GB",
    "ТБ": "TB",
    "руб.": "RUB",
}
_INTERNATIONAL = {sign: unit for unit, sign in UNITS.items()}
_SIGNS = "$€£¥₽₸₴₼₾֏₺"
# Signs that stand for themselves, with what changes their look: emoji, arrows, notes, bullets.
_PICTURE = (
    "\u00a9\u00ae\u2022\u2122\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\U0001f000-\U0001faff"
)
_LOOK = "\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f"
_PICTURES = rf"[{_PICTURE}][{_PICTURE}{_LOOK}]*|[#*\d]\ufe0f?\u20e3"
_SPACE = "[ \\u00a0\\u2009\\u202f]"
_NUMBER = rf"\d{{1,3}}(?:{_SPACE}\d{{3}}(?!\d))+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*"
_UNIT = "|".join(sorted(map(re.escape, (*UNITS, *_INTERNATIONAL)), key=len, reverse=True))
DOMAINS = "ru|su|рф|com|org|net|info|edu|gov|io|me|tatar|by|ua|kz|uz|kg|tj|tm|az|am|ge|mn|eu|uk|de"
FILES = (
    "txt|md|docx?|xlsx?|pptx?|odt|ods|pdf|rtf|csv|tsv|json|xml|html?|srt|vtt|po|jpe?g|png|gif|svg|"
    "mp[34]|wav|ogg|flac|avi|mkv|zip|rar|7z|gz|exe|apk|msi|deb|py"
)
_STREET = "ул|просп|пр-т|пер|пл|б-р|наб|ш|мкр"
_HOUSE = "дом|д|корпус|корп|к|стр|кв|офис|оф|каб"
# At one place the first pattern that matches wins. What may be long and yet fail at its end has a
# bound: it would be read to the end again from each beginning.
_PATTERNS: tuple[tuple[Kind, str], ...] = (
    ("mark", _HELD),
    # What a person put between double braces; fields of templates and programs, tags, code.
    (
        "mark",
        r"%[A-Za-z_]\w{0,99}%|\$[A-Za-z_]\w{0,99}\$|@@?\w{1,99}@@?|#[A-Z_][A-Z\d_]{0,99}#|"
        r"\{\{.{0,999}?\}\}|\{\w*\}|<%.{0,99}?%>|\{[%#].{0,99}?[%#]\}|</?[A-Za-z][^<>]*>|`[^`\n]+`"
        r"|[$#%]?\{(?:[ -z|~]|\{[^{}\n]{0,99}\}){1,199}\}|\$\([\w.]{1,99}\)|\$[A-Za-z_]\w*"
        r"|%(?:\(\w+\)|\d\$)?[-+#0]*(?:\d+|\*)?(?:\.(?:\d+|\*))?(?:hh?|ll?|[Lqjzt])?"
        r"(?:[diouxXeEfFgGaAcCsSpn](?![A-Za-z\d_])|@)|%%|%\d\b(?![.,]\d)"
        r"|(?<!\w)\[\[?[A-Za-z][\w.:/ -]{0,99}\]\]?|@:[A-Za-z][\w.]*"
        r"|(?<!\S):[A-Za-z_][A-Za-z\d_+-]*:?|(?<!\S)[|^~<>*#@&\\]+(?!\S)"
        r"|\\(?:[abfnrtvNh0\"'\\]|u[\dA-Fa-f]{4}|x[\dA-Fa-f]{2})(?![A-Za-z])"
        r"|&(?:[A-Za-z][A-Za-z\d]{1,30}|#\d{1,7}|#[xX][\dA-Fa-f]{1,6});"
        r"|\*{1,3}[A-Za-z\d][A-Za-z\d ._-]{0,99}\*{1,3}|~~[A-Za-z\d][A-Za-z\d ._-]{0,99}~~"
        r"|(?<!\w)_{1,2}[A-Za-z\d][A-Za-z\d .-]{0,99}_{1,2}(?!\w)"
        rf"|{_PICTURES}",
    ),
    (
        "link",
        r"(?<!\w)(?:https?|ftp)://[^\s<>«»\"]*[\w/=&#%+~-]|(?<!\w)www\.[^\s<>«»\"]*[\w/=&#%+~-]",
    ),
    ("link", r"(?<!\w)[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"),
    ("file", r"(?<!\w)[A-Za-z]:\\[\w\\.-]*[\w\\]|(?<![\w/])~?(?:/[\w.-]*\w){2,}/?"),
    ("file", rf"\b\w[\w.-]{{0,99}}\.(?:{FILES})\b(?!\.\w)"),
    (
        "link",
        rf"(?<!\w)(?:[A-Za-z0-9а-яё-]{{1,63}}\.){{1,9}}(?:{DOMAINS})\b(?:/[^\s<>«»\"]*[\w/=&#%+~-]|/)?",
    ),
    ("link", r"(?<!\w)[@#][^\W\d]\w+\b(?![.,]\d)"),
    (
        "code",
        r"(?<!\w)(?:[A-Za-z][A-Za-z\d]*_|_+[A-Za-z]|[a-z]{2,}[A-Z])[A-Za-z\d_]*(?!\w)"
        r"|(?<!\w)[A-Za-z_][A-Za-z\d_.]*=[A-Za-z\d_.]+|(?<!\w)[A-Za-z\d]{1,9}\^[A-Za-z\d]+"
        r"|(?<!\w)[^\W\d_]{3,99}(?:_[^\W_]+)+(?!\w)|(?<!\w)[^\W\d_]{1,99}_[A-ZА-ЯЁ\d]\w*",
    ),
    (
        "phone",
        r"(?<!\d)(?:\+\d{1,3}|8(?=[ (-]|\d{10}(?!\d)))[ -]?\(?\d{3,5}\)?[ -]?\d{1,3}"
        r"(?:[ -]?\d{2}){2}(?![.,]?\d)",
    ),
    ("date", r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})(?![.,]?\d)|\d{4}-\d\d-\d\d(?![.,]?\d)"),
    ("time", r"\d{1,2}:\d{2}(?::\d{2})?(?![.,]?\d)"),
    (
        "address",
        rf"\b(?:{_STREET})\.? (?:\d+-\w+ )?[А-ЯЁ]\w+(?: [А-ЯЁ]\w+)?"
        rf"(?:, ?(?:(?:{_HOUSE})\.? ?)?\d+\w?(?:/\d+)?\b)+",
    ),
    ("code", r"\b(?=[A-ZА-ЯЁ]*\d)(?=\d*[A-ZА-ЯЁ])[A-ZА-ЯЁ\d]+(?:-[A-ZА-ЯЁ\d]+)*\b(?![.,]\d)"),
    ("code", r"\b[A-ZА-ЯЁ]{1,6}-\d+\b|(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+){2,}"),
    (
        "number",
        rf"(?:(?:[{_SIGNS}№]|(?<!\w)[+−-]){_SPACE}?)?(?:{_NUMBER})"
        rf"(?:{_SPACE}?(?:[{_SIGNS}%‰]|°[CСF]?|(?:{_UNIT})(?!\w)))?",
    ),
    ("name", r"\b[A-Za-z][A-Za-z\d]+(?:[ .'’&-]{1,2}[A-Za-z\d]+)*\b(?![.,]\d)"),
)
# Marks that each language writes, or leaves out, in its own way.
_ORDINARY = frozenset(".,;:!?…-‐‑‒–—―'\"«»„“”‟‚‘’‛‹›()/·՚՛՜՝՞՟։`․")
_ALIKE = frozenset("ABCEHKMOPTXYaceopxy")  # people write Cyrillic ones for them: "витамин С"
_KINDS = tuple(kind for kind, _ in _PATTERNS)
_SUM = re.compile(
    rf"(?P<sign>\D*)(?P<number>{_NUMBER})(?P<between>{_SPACE}?)(?P<unit>.*)", re.DOTALL
)
_LAST_LATIN = "\u02af"
_BLANK = re.compile(_SPACE)


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a text that must come through: text[start:end]."""

    start: int
    end: int
    kind: Kind
    text: str


def marked(words: str) -> str:
    """Return words with marks around them: in a text they are a span of their own.

    A translator keeps the marks, so that the next one on a way over several keeps the words, too.
    """
    return f"{_HOLD}{words}{_RELEASE}"


def protected(text: str, language: str = "") -> list[Span]:
    """Return what must not be translated, in order and without overlap.

    Words in Latin letters are names where the language of the text is written in others.
    """
    spans = []
    for match in _compiled(_is_foreign(text, language)).finditer(text):
        kind = _KINDS[(match.lastindex or 1) - 1]
        spans.append(Span(match.start(), match.end(), kind, match[0]))
    return spans


def with_strangers(
    text: str, spans: Sequence[Span], is_stranger: Callable[[str], bool]
) -> list[Span]:
    """Return spans of a text and between them the runs of signs that are strangers to a model."""
    runs, at = list[Span](), 0
    for span in [*spans, Span(len(text), len(text), "mark", "")]:
        for position, sign in enumerate(text[at : span.start], at):
            if not is_stranger(sign):
                continue
            begin = position
            if runs and at <= runs[-1].start and not text[runs[-1].end : position].strip():
                begin = runs.pop().start
            runs.append(Span(begin, position + 1, "mark", text[begin : position + 1]))
        at = span.end
    return sorted([*spans, *runs], key=lambda span: span.start)


def is_foreign(sign: str, language: str) -> bool:
    """Whether a sign stands for itself, or is a letter that the language is not written with."""
    script = script_of(sign)
    if script in (COMMON, "Cyrl") or sign in _ALIKE:
        return is_sign(sign)
    entry = registered(language)
    return entry is not None and script not in entry.scripts


def localized(span: Span, source: str, target: str) -> str:
    """Return a span as the target language writes it: decimal mark, digit groups, units.

    Only a number that follows the rules of the source language is written anew; of languages
    that the registry lacks nothing is known.
    """
    origin, destination = registered(source), registered(target)
    match = _SUM.fullmatch(span.text) if span.kind == "number" else None
    if match is None or origin is None or destination is None:
        return span.text
    number = _rewritten(match["number"], origin, destination)
    unit = match["unit"]
    if destination.script == "Latn":
        unit = UNITS.get(unit, unit)
    elif destination.script == "Cyrl":
        unit = _INTERNATIONAL.get(unit, unit)
    return f"{match['sign']}{number}{match['between']}{unit}"


def missing_spans(text: str, translation: str, source: str, target: str) -> tuple[str, ...]:
    """Return what must not be translated and is not in the translation, in the text's writing.

    Of a sum or a measure only the number is looked for, in either language's writing. What the
    text has twice the translation must have twice.
    """
    remainder = _BLANK.sub(" ", translation)
    missing = []
    for span in sorted(protected(text, source), key=lambda span: -len(span.text)):
        match = _located(span, remainder, source, target)
        if match is None:
            missing.append(span)
        else:
            remainder = f"{remainder[: match.start()]}\0{remainder[match.end() :]}"
    missing += _missing_signs(text, translation, source)
    return tuple(span.text for span in sorted(missing, key=lambda span: span.start))


def _missing_signs(text: str, translation: str, source: str) -> list[Span]:
    """Return the signs outside of spans that are no letter, no digit and no ordinary mark."""
    remainder = Counter(translation)
    missing, at = [], 0
    for span in [*protected(text, source), Span(len(text), len(text), "mark", "")]:
        for position, sign in enumerate(text[at : span.start], at):
            if is_foreign(sign, source):
                remainder[sign] -= 1
                if remainder[sign] < 0:
                    missing.append(Span(position, position + 1, "mark", sign))
        remainder.subtract(span.text)
        at = span.end
    return missing


def is_sign(character: str) -> bool:
    """Whether a character is no letter, digit or space, and none of the marks of sentences."""
    category = unicodedata.category(character)
    return (category[0] in "PS" or category == "No") and character not in _ORDINARY


def place(value: str, text: str) -> re.Match[str] | None:
    """Find a value that is no piece of a longer number and not the end of a longer word."""
    left_edge = r"(?<!\d)(?<!\d[.,])" if value[:1].isdigit() else ""
    left_edge = r"(?<!\w)" if value[:1].isalpha() else left_edge
    right_edge = r"(?!\d)(?![.,]\d)" if value[-1:].isdigit() else ""
    return re.search(f"{left_edge}{re.escape(value)}{right_edge}", text)


def _located(span: Span, text: str, source: str, target: str) -> re.Match[str] | None:
    """Find a span in either language's writing; of a number with a unit the number is enough.

    Whoever wrote "2.4" in Russian meant "2,4", and 12:00 is 12.00 elsewhere.
    """
    forms = [span.text, localized(span, source, target)]
    if span.kind == "number":
        forms += [match["number"] for form in forms if (match := _SUM.fullmatch(form))]
    if span.kind in ("number", "time"):
        forms += [form.replace(*marks) for form in forms for marks in (",.", ".,", ":.")]
    forms += [_BLANK.sub("", form) for form in forms]
    matches = (place(_BLANK.sub(" ", form), text) for form in forms)
    return next((match for match in matches if match), None)


def _rewritten(number: str, source: Language, target: Language) -> str:
    """Return a number in the other language's writing; as it is where it breaks the rules here."""
    if (source.decimal, source.grouping) == (target.decimal, target.grouping):
        return number
    mark, group = re.escape(source.decimal), re.escape(source.grouping)
    group = _SPACE if source.grouping.isspace() else group
    read = re.fullmatch(rf"(\d{{1,3}}(?:{group}\d{{3}})+|\d+)(?:{mark}(\d+))?", number)
    if read is None:
        return number
    whole = read[1]
    if not whole.isdigit():
        whole = f"{int(re.sub(r'[^0-9]', '', whole)):,}".replace(",", target.grouping)
    return whole if read[2] is None else f"{whole}{target.decimal}{read[2]}"


@cache
def _compiled(names: bool) -> re.Pattern[str]:
    """Return the pattern whose groups are the kinds, with or without names."""
    groups = [pattern for kind, pattern in _PATTERNS if names or kind != "name"]
    return re.compile("|".join(f"({pattern})" for pattern in groups))


def _is_foreign(text: str, language: str) -> bool:
    """Whether words in Latin letters are strangers in a text.

    They are in a language that is never written so. In others it depends: one letter of another
    kind is enough where the main script has such, else half of all letters.
    """
    letters = [letter for letter in re.sub(_HELD, "", text) if letter.isalpha()]
    others = sum(letter > _LAST_LATIN for letter in letters)
    entry = registered(language)
    scripts = entry.scripts if entry else ("Latn",)
    if "Latn" not in scripts:
        return True
    return others > 0 if scripts[0] != "Latn" else 2 * others > len(letters)
