"""Text with markup as pieces, pieces as a unit, and a unit with markup again.

What HTML, Markdown and subtitles share. Rule: the markup of a passage is never read, only carried:
every piece of it that went in comes out, around or between the words it belongs to.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Literal, TypeAlias

from tolmach.formats.documents.document import Unit, has_words
from tolmach.formats.documents.passages import Passage, passage

_LONGEST_NOTE = 10  # pieces: "<sup><a href=…>[1]</a></sup>" has five


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the source of a passage."""

    kind: Literal["text", "open", "close", "verbatim"]
    raw: str  # as it stands in the source
    text: str = ""  # as a person reads it; of what is kept: as the translator sees it
    name: str = ""  # which opening belongs to which closing


@dataclass(frozen=True, slots=True)
class TagPair:
    """Markup around words."""

    opening: str
    closing: str


@dataclass(frozen=True, slots=True)
class InlineMarkup:
    """What the key of a style stands for."""

    tags: tuple[TagPair, ...] = ()  # from the outermost
    verbatim: str | None = None  # source that is written instead of the characters
    place: int = 0  # tells two of the same that are kept apart


PLAIN = InlineMarkup()
Words: TypeAlias = Passage[InlineMarkup]


def words(pieces: Sequence[Piece], context: str = "") -> Words:
    """Return the unit of some pieces, its white space as a browser shows it.

    An opening without its closing, and a pair without words, are carried as they are.
    """
    parts: list[tuple[str, InlineMarkup]] = []
    last = " "
    for text, formatting in _formatted(pieces):
        characters = text.lstrip(" ") if last in " \n" else text
        before = parts[-1] if parts else ("", PLAIN)
        # What is no text had space on both sides.
        if characters != text and before[0] == "" and before[1].verbatim:
            parts[-1] = ("", replace(before[1], verbatim=before[1].verbatim + " "))
        last = characters[-1:] or last
        if characters or not text:
            parts.append((characters, formatting))
    return passage(_with_last_space(parts), PLAIN, context)


def _with_last_space(parts: Sequence[tuple[str, InlineMarkup]]) -> list[tuple[str, InlineMarkup]]:
    """Give the space before what is no text at the end to that: a translation has none there."""
    out = list(parts)
    last = next((at for at in reversed(range(len(out))) if out[at][0]), len(out))
    if last + 1 < len(out) and out[last][0].endswith(" "):
        text, (_, formatting) = out[last], out[last + 1]
        out[last + 1] = ("", replace(formatting, verbatim=f" {formatting.verbatim}"))
        out[last : last + 1] = [(text[0][:-1], text[1])] if text[0] != " " else []
    return out


def rendered(unit: Unit, words: Words, escape: Callable[[str], str]) -> str:
    """Return a translation with its markup; `escape` makes plain text safe in the format."""
    out: list[str] = []
    opened: tuple[TagPair, ...] = ()
    for text, formatting in words.runs(unit):
        same = _shared(opened, formatting.tags)
        out += [tag.closing for tag in reversed(opened[same:])]
        out += [tag.opening for tag in formatting.tags[same:]]
        out.append(escape(text) if formatting.verbatim is None else formatting.verbatim)
        opened = formatting.tags
    out += [tag.closing for tag in reversed(opened)]
    return "".join(out)


def _formatted(pieces: Sequence[Piece]) -> Iterator[tuple[str, InlineMarkup]]:
    pairs = _pairs(pieces)
    closings = set(pairs.values())
    filled = list(accumulate((piece.text.strip() != "" for piece in pieces), initial=0))
    tags: list[TagPair] = []
    at = 0
    while at < len(pieces):
        piece, last = pieces[at], pairs.get(at)
        if last is not None and (filled[last] == filled[at] or _is_note(pieces, at, last)):
            inside = pieces[at : last + 1]
            if (space := "".join(piece.text for piece in inside)).isspace():
                yield space, InlineMarkup(tuple(tags))
            yield "", InlineMarkup(tuple(tags), "".join(piece.raw for piece in inside), at)
            at = last
        elif last is not None:
            tags.append(TagPair(piece.raw, pieces[last].raw))
        elif at in closings:
            tags.pop()
        elif piece.kind == "text":
            if piece.text:
                yield piece.text, InlineMarkup(tuple(tags))
        else:
            yield piece.text, InlineMarkup(tuple(tags), piece.raw, at)
        at += 1


def _is_note(pieces: Sequence[Piece], at: int, last: int) -> bool:
    """Whether a pair is the number of a note, which must not stick to the word before it."""
    if pieces[at].name != "sup" or last - at > _LONGEST_NOTE:
        return False
    return not has_words("".join(piece.text for piece in pieces[at:last]))


def _pairs(pieces: Sequence[Piece]) -> dict[int, int]:
    """Return which closing belongs to which opening; pairs that would cross are none."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    names: Counter[str] = Counter()  # of those that wait: a closing without one costs nothing
    for at, piece in enumerate(pieces):
        if piece.kind == "open":
            waiting.append(at)
            names[piece.name] += 1
        while piece.kind == "close" and names[piece.name]:
            last = waiting.pop()
            names[pieces[last].name] -= 1
            if pieces[last].name == piece.name:
                pairs[last] = at
                break
    return pairs


def _shared(first: Sequence[TagPair], second: Sequence[TagPair]) -> int:
    """Return how many marks from the outermost are the same."""
    count = 0
    while count < min(len(first), len(second)) and first[count] == second[count]:
        count += 1
    return count
