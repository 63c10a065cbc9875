"""What in a caption is translated on its own: each person's words, each sound in brackets.

Signs around them (dashes, notes of music, brackets, dots in front, a speaker's NAME:) belong to
nobody's words and stay where they are.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

_MUSIC = "♪♫♬♩🎵🎶"
_OPENING = "[({（【"
_ENDS = ".!?…:;*" + _MUSIC
_DASH = r"(?:[-–—‐−•](?!\d)|>{2,3})"
_END = re.compile(rf"[{_ENDS}][\"'»”’)\]}}]*\s*$|[)\]}}）】]\s*$")
_DIALOGUE = re.compile(rf"\s*{_DASH}")
_IN_FRONT = re.compile(rf"(?:\s|[{_MUSIC}]|{_DASH}|…|\.\.+|[#*]\s)*")
_NOTE = re.compile(f"[{_MUSIC}]")
_ANSWER = re.compile(rf"(?<=[.!?…\"»”)\]])(?=\s*{_DASH}\s*[^\W_a-zа-яё])")
_BRACKETS = r"[\[({（【][^\[\](){}（）【】]*[\])}）】]"
_SOUNDS = re.compile(rf"(?:\s*{_BRACKETS})+\s*")
_IN_BRACKETS = re.compile(rf"{_BRACKETS}(?=[\s:,.!?…{_MUSIC}]|$)")
_LAST = re.compile(r"[\[({（【]([^\[\](){}（）【】]*)[\])}）】][.!?…]?")
_LABEL = re.compile(
    r"([^\W\d_][\w.'’-]*(?:\s[\w.'’-]+){0,2})(?:\s?(\([^()]{1,40}\)|\[[^\[\]]{1,40}\]))?\s?:(?=\s|$)"
)
_GAP = re.compile(r"(?<=[.!?…\"»”)\]])\s+")  # between sentences
_FEW = 8  # signs in which the end of a sentence is seen


def parts(text: str) -> Iterator[Span]:
    """Yield the spans to translate of a caption's plain text, lines broken by "\\n"."""
    for start, end in _turns(text):
        for first, last in _cut(text, start, end):
            yield from _without_signs(text, first, last)


def _turns(text: str) -> Iterator[Span]:
    """Yield lines that belong together."""
    start = end = at = 0  # start == end: no line yet
    previous = ""
    for line in text.split("\n"):
        last = at + len(line)
        is_dialogue = bool(_DIALOGUE.match(text, start, end))
        if start < end and _begins_turn(previous, line, is_dialogue):
            yield start, end
            start = end
        if line.strip():
            start, end = (at if start == end else start), last
        previous, at = line, last + 1
    if start < end:
        yield start, end


def _begins_turn(previous: str, line: str, is_dialogue: bool) -> bool:
    """Whether a line begins something else than the lines above it say."""
    bare = line.lstrip()
    if not bare or _is_name(_LABEL.match(bare.lstrip("-–—> "))):
        return True
    is_over = bool(_END.search(previous[-_FEW:])) or _SOUNDS.fullmatch(previous) is not None
    if _DIALOGUE.match(line):
        return is_over or is_dialogue
    is_apart = bare[0] in _OPENING or _SOUNDS.fullmatch(previous) or _LABEL.match(bare)
    return bare[0] in _MUSIC or (is_over and bool(is_apart))


def _is_name(label: re.Match[str] | None) -> bool:
    return label is not None and len(label[1]) > 1 and label[1].isupper()


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield what stands between notes of music, and between people who answer in the same line."""
    cuts = {start, end}
    cuts.update(note.start() for note in _NOTE.finditer(text, start, end))
    if _DIALOGUE.match(text, start, end):
        cuts.update(answer.start() for answer in _ANSWER.finditer(text, start, end))
    for gap in _GAP.finditer(text, start, end):
        if _is_name(_LABEL.match(text, gap.end(), end)):
            cuts.add(gap.end())
    yield from pairwise(sorted(cuts))


def _is_end(text: str, start: int, at: int) -> bool:
    return _END.search(text[max(start, at - _FEW) : at]) is not None


def _without_signs(text: str, start: int, end: int) -> Iterator[Span]:
    """Yield the words of one person without the signs around them, and sounds on their own."""
    behind: list[Span] = []
    while start < end:
        start = _first_word(text, start, end)
        end = _last_word(text, start, end)
        label, brackets = _LABEL.match(text, start, end), _IN_BRACKETS.match(text, start, end)
        if label and _is_name(label):
            if label[2]:
                yield label.start(2) + 1, label.end(2) - 1
            start = label.end()
        elif brackets:
            yield from _without_signs(text, start + 1, brackets.end() - 1)
            start = brackets.end()
        elif sound := _last_sound(text, start, end):
            behind[:0] = _without_signs(text, *sound.span(1))
            end = sound.start()
        else:
            if start < end:
                yield start, end
            break
    yield from behind


def _first_word(text: str, start: int, end: int) -> int:
    signs = _IN_FRONT.match(text, start, end)
    return signs.end() if signs else start


def _last_word(text: str, start: int, end: int) -> int:
    """Return where words end before signs of music, and marks with space around them."""
    while start < end and (
        text[end - 1].isspace()
        or text[end - 1] in _MUSIC
        or (text[end - 1] in "#*" and text[end - 2 : end - 1].isspace())
    ):
        end -= 1
    return end


def _last_sound(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the sound in brackets that ends a text."""
    first = max(text.rfind(sign, start, end) for sign in _OPENING)
    is_sound = first > start and (text[first] in "[{【" or _is_end(text, start, first))
    return _LAST.fullmatch(text, first, end) if is_sound else None
