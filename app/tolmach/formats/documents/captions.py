"""Where the captions of a subtitle file stand in its text, however it writes their times.

SubRip, WebVTT, SBV and SubViewer have a line of times above the words; SubStation has fields in
front of them; MicroDVD, MPL2, TMPlayer and LRC have times there. A file is what it looks like, not
what its name says.

Rule: times are carried, not read. What stands between two of them is words, blank lines or not.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias

from tolmach.formats.documents.document import has_words
from tolmach.formats.documents.lines import lines_of, newline_of

_CLOCK = r"[-+]?\s?\d{1,9}(?:\s?[:;.,]\s?\d{1,9}){1,3}"
_BARE = r"(?:\d{1,3}[:.]\d{2}[:.]\d{2}|\d{1,3}:\d{2})(?:[.,:;]\d{1,9})?"
_ARROW = r"(?:(?:[-–—−=~] ?){1,4}(?:>|&gt;|›)|[→⇒➔➡])"
_TIMES = re.compile(
    rf"\s*{_CLOCK}\s*{_ARROW}\s*(?:{_CLOCK})?"
    rf"|\s*{_BARE}(?:\s*[-–—−~]{{1,3}}\s*|\s*[,;]\s*|\s+){_BARE}\s*$"
    r"|[^\w<]*(?:\w{1,3}[^\w<]+){0,4}-->\s*\S*"  # of a clock that has other letters in it
)
_SETTINGS = re.compile(r"(?:\s+|[A-Za-z]\w*[:=]\S*)*")
_NOT_WORDS = re.compile(r"(?:NOTE(?:\s|$)|(?:STYLE|REGION)\s*$)")
_EVENT = re.compile(r"(Dialogue|Format)\s*:\s*", re.I)
_EVENT_FIELDS = 10
_LINE = re.compile(
    r"\{\d+\}\{\d*\}|\[\d+\]\[\d*\]|(?:\[\d+:\d\d(?:[.:]\d+)?\])+|\d+:\d\d:\d\d(?:,\d)?[:=]"
)


@dataclass(frozen=True, slots=True)
class CaptionSpan:
    """The words of a caption with their markup: text[start:end]."""

    start: int
    end: int
    times: str  # as they are written, for messages


@dataclass(frozen=True, slots=True)
class CaptionList:
    """The captions of a file."""

    captions: tuple[CaptionSpan, ...]
    breaks: str  # what breaks a line between words
    has_entities: bool = False  # whether "&" and "<" between words are written "&amp;" and "&lt;"
    strays: tuple[int, ...] = ()  # lines, from 1, that belong to no caption and are no known syntax


_Line: TypeAlias = tuple[int, str]  # where it begins, and what stands in it


def captions_of(text: str) -> CaptionList:
    """Return the captions of a text; none, if it has no times."""
    lines: list[_Line] = []
    at, ended = 0, lines_of(text)
    for line, end in ended:
        lines.append((at, line))
        at += len(line) + len(end)
    if any(_EVENT.match(line) for _, line in lines):
        return _events(lines)
    timed = [at for at, (_, line) in enumerate(lines) if _TIMES.match(line)]
    if not timed:
        return _single_lines(lines)
    breaks = "[br]" if "[br]" in text else newline_of(ended)
    return _blocks(lines, timed, breaks, is_web=text.startswith("WEBVTT"))


def _blocks(
    lines: Sequence[_Line], timed: Sequence[int], breaks: str, *, is_web: bool
) -> CaptionList:
    """Return captions below lines of times, each down to what belongs to the next one."""
    captions, strays = [], [] if is_web else list(lines[: timed[0]])
    for at, following in pairwise([*timed, len(lines)]):
        last = following
        if following < len(lines) and _is_identifier(lines, at, following - 1, is_web):
            last -= 1
        if is_web:
            last, behind = _notes(lines, at, last)
            strays += behind
        begin, line = lines[at]
        start = begin + _times_end(line)
        end = lines[last - 1][0] + len(lines[last - 1][1])
        captions.append(CaptionSpan(start, max(start, end), line.strip()))
    return CaptionList(tuple(captions), breaks, is_web, _numbers(lines, strays))


def _times_end(line: str) -> int:
    """Return where words may begin in a line of times: behind settings, mostly at its end."""
    times = _TIMES.match(line)
    settings = _SETTINGS.match(line, times.end() if times else 0)
    return settings.end() if settings else len(line)


def _is_identifier(lines: Sequence[_Line], times: int, at: int, is_web: bool) -> bool:
    """Whether the line above the next times is that caption's number or name."""
    line = lines[at][1].strip()
    if at <= times or not line:
        return False
    return line.isdecimal() or (is_web and not lines[at - 1][1].strip())


def _notes(lines: Sequence[_Line], times: int, last: int) -> tuple[int, list[_Line]]:
    """Return where the words of a caption end before notes and styles, and what follows those."""
    first, behind, is_note = last, list[_Line](), False
    for at in range(times + 1, last):
        line, above = lines[at][1], lines[at - 1][1]
        if not above.strip() and _NOT_WORDS.match(line):
            first, is_note = min(first, at), True
        is_note = is_note and bool(line.strip())
        if first < at and not is_note:
            behind.append(lines[at])
    return first, behind


def _events(lines: Sequence[_Line]) -> CaptionList:
    """Return what the events of a SubStation file say."""
    captions, strays, fields = [], [], _EVENT_FIELDS
    for begin, line in lines:
        event = _EVENT.match(line)
        if not event:
            continue
        values = line[event.end() :].split(",", fields - 1)
        if event[1].lower() == "format":
            fields = len(line.split(","))
        elif len(values) < fields:
            strays.append((begin, line))
        else:
            start = begin + len(line) - len(values[-1])
            captions.append(CaptionSpan(start, begin + len(line), " --> ".join(values[1:3])))
    return CaptionList(tuple(captions), r"\N", strays=_numbers(lines, strays))


def _single_lines(lines: Sequence[_Line]) -> CaptionList:
    """Return captions that have their times in the same line."""
    captions, strays = [], []
    for begin, line in lines:
        if times := _LINE.match(line):
            captions.append(CaptionSpan(begin + times.end(), begin + len(line), times[0]))
        else:
            strays.append((begin, line))
    return CaptionList(tuple(captions), "|", strays=_numbers(lines, strays) if captions else ())


def _numbers(lines: Sequence[_Line], strays: Collection[_Line]) -> tuple[int, ...]:
    """Return the numbers of lines that have words and are no header such as "[TITLE]…"."""
    places = {begin for begin, line in strays if has_words(line) and not line.startswith("[")}
    return tuple(number for number, (begin, _) in enumerate(lines, 1) if begin in places)
