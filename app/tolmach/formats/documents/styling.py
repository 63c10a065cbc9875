"""Formatting and links of a text moved to its translation.

Where sentences begin and end is known, so what covers whole sentences moves exactly, and so does
what stands in both texts alike: numbers, links, names, code. A part of a sentence is translated
alone and looked for in the sentence's translation, inflected or not; what is not found takes the
words at the same place of the sentence. docs/documents.md says how often each is right.

Rule: no style is lost. A link whose words cannot be told goes to wrong words, never away.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from rapidfuzz import fuzz

from tolmach.core.translation import Sentence, Translation
from tolmach.formats.documents.document import Style, Unit
from tolmach.formats.documents.placing import (
    WORD,
    Placing,
    Range,
    StyledPart,
    is_sign,
    place,
    share,
)
from tolmach.language.placeholders import protected

SIMILAR = 40.0  # of 100: what a part's own translation must share with words to be found in them
_AWAY = 20.0  # what it loses when the words stand at the other end of the sentence


def restyled(
    source: Unit,
    translation: Translation,
    translate_piece: Callable[[list[str]], list[str]],
) -> Unit:
    """Return the translation of a unit with its styles.

    `translate_piece` translates parts of sentences, all at once.
    """
    text, target = source.text, translation.text
    whole = translation.sentences or (Sentence(0, len(text), 0, len(target)),)
    parts = [
        part for at, style in enumerate(source.styles) for part in _parts(at, style, text, whole)
    ]
    placing = Placing(text, target, {})
    for part in parts:
        placing.take(part, _whole_sentence(part, text, target))
    for part in parts:
        if part not in placing.ranges:
            placing.take(part, _alike(part, placing))
    _look_for(parts, placing, translate_piece)
    for part in parts:
        if part not in placing.ranges and not _is_verbatim(text[part.start : part.end]):
            characters = _at_the_same_place(part, placing)
            placing.ranges[part] = _with_signs(part, characters, placing)
    return Unit(target, tuple(_styles(source, whole, placing)), source.context)


def similar(alone: str, part: StyledPart, placing: Placing) -> tuple[float, Range]:
    """Return the words of the sentence's translation most like `alone`, and how like they are."""
    start, end = part.sentence.begin, part.sentence.until
    alone = alone.strip(" .,;:!?").lower()
    words = placing.words(start, end)
    count = max(1, len(WORD.findall(alone)))
    ideal = share(part.start, part.sentence)
    best = (0.0, (0, 0))
    for first, (begin, _) in enumerate(words):
        for _, stop in words[max(first, first + count - 2) : first + count + 1]:
            if not placing.is_free((begin, stop)):
                break
            alike = fuzz.ratio(alone, placing.translation[begin:stop].lower())
            away = abs((begin - start) / max(1, end - start) - ideal)
            best = max(best, (alike - _AWAY * away, (begin, stop)))
    return best


def _parts(at: int, style: Style, text: str, sentences: Sequence[Sentence]) -> Iterator[StyledPart]:
    if style.start == style.end:
        return
    nothing = True
    for sentence in sentences:
        start, end = max(style.start, sentence.start), min(style.end, sentence.end)
        if text[start:end].strip():
            nothing = False
            yield StyledPart(at, start, end, sentence)
    if nothing:
        first, last = sentences[0], sentences[-1]
        whole = Sentence(first.start, last.end, first.begin, last.until)
        yield StyledPart(at, style.start, style.end, whole)


def _whole_sentence(part: StyledPart, text: str, translation: str) -> Range:
    """Return the sentence of a part that has all of its words; an empty range for other parts."""
    start, end = part.sentence.begin, part.sentence.until
    before = text[part.sentence.start : part.start]
    after = text[part.end : part.sentence.end]
    if WORD.search(before + " " + after):
        return 0, 0
    words = [match.span() for match in WORD.finditer(translation, start, end)]
    if words and before.strip():
        start = words[0][0]
    if words and after.strip():
        end = words[-1][1]
    return start, end


def _alike(part: StyledPart, placing: Placing) -> Range:
    """Return the same characters in the translation, as whole words; an empty range if none."""
    words = placing.text[part.start : part.end]
    start, end = part.sentence.begin, part.sentence.until
    edges = (r"(?<!\w)" if words[0].isalnum() else "", r"(?!\w)" if words[-1].isalnum() else "")
    pattern = re.compile(edges[0] + re.escape(words) + edges[1])
    same = (match.span() for match in pattern.finditer(placing.translation, start, end))
    ideal = start + share(part.start, part.sentence) * (end - start)
    free = filter(placing.is_free, same)
    return min(free, key=lambda characters: abs(characters[0] - ideal), default=(0, 0))


def _look_for(
    parts: Sequence[StyledPart], placing: Placing, translate_piece: Callable[[list[str]], list[str]]
) -> None:
    """Translate parts alone and take the words that are like it, the likest first."""
    missing = [
        part
        for part in parts
        if part not in placing.ranges
        and WORD.search(placing.text, part.start, part.end)
        and not _is_verbatim(placing.text[part.start : part.end])
    ]
    texts = [placing.text[part.start : part.end] for part in missing]
    alone = dict(zip(missing, translate_piece(texts) if texts else [], strict=True))
    best = {part: similar(text, part, placing) for part, text in alone.items()}
    while best:
        part = max(best, key=lambda part: best[part][0])
        score, words = best.pop(part)
        if score < SIMILAR:
            return
        if placing.is_free(words):
            placing.take(part, _with_signs(part, words, placing))
        else:  # a likelier part was faster
            best[part] = similar(alone[part], part, placing)


def _with_signs(part: StyledPart, characters: Range, placing: Placing) -> Range:
    """Add the quotation marks and the like that a part has at its edges."""
    words, translation = placing.text[part.start : part.end], placing.translation
    start, end = characters
    if start == end:
        return characters
    sentence = part.sentence
    while not words[0].isalnum() and start > sentence.begin and is_sign(translation[start - 1]):
        start -= 1
    while not words[-1].isalnum() and end < sentence.until and is_sign(translation[end]):
        end += 1
    return (start, end) if placing.is_free((start, end)) else characters


def _at_the_same_place(part: StyledPart, placing: Placing) -> Range:
    """Return free words at the part's place of the sentence; else half of what another part has."""
    start, end = part.sentence.begin, part.sentence.until
    words = placing.words(start, end) or placing.words(0, len(placing.translation))
    first, last = (
        start + share(at, part.sentence) * (end - start) for at in (part.start, part.end)
    )
    inside = [word for word in words if first <= sum(word) / 2 <= last]
    if inside:
        run = [word for word in inside if placing.is_free((inside[0][0], word[1]))]
        return inside[0][0], run[-1][1]
    if words:
        return min(words, key=lambda word: abs(sum(word) / 2 - (first + last) / 2))
    if not placing.ranges:
        return len(placing.translation), len(placing.translation)
    lengths = {part: stop - begin for part, (begin, stop) in placing.ranges.items()}
    longest = max(lengths, key=lengths.__getitem__)
    begin, stop = placing.ranges[longest]
    middle = (begin + stop + 1) // 2
    placing.ranges[longest] = (begin, middle)
    return middle, stop


def _styles(source: Unit, sentences: Sequence[Sentence], placing: Placing) -> list[Style]:
    """Return the styles of the translation, in their order; places keep theirs among themselves."""
    styles: list[Style] = []
    last = 0
    for at, style in enumerate(source.styles):
        ranges = sorted(span for part, span in placing.ranges.items() if part.style == at)
        if ranges:
            styles += _joined(ranges, style.key, placing.translation)
        else:
            last = placing.outside(max(last, place(style.start, sentences, placing)))
            styles.append(Style(last, last, style.key))
    return sorted(styles, key=lambda style: (style.start, style.end))


def _joined(ranges: Sequence[Range], key: int, translation: str) -> Iterator[Style]:
    """Return one style for ranges with nothing but white space between them."""
    start, end = ranges[0]
    for begin, stop in ranges[1:]:
        if translation[end:begin].strip():
            yield Style(start, end, key)
            start = begin
        end = stop
    yield Style(start, end, key)


def _is_verbatim(words: str) -> bool:
    """Whether characters are code or a tag: in the translation as they are, or nowhere."""
    spans = protected(words)
    return len(spans) == 1 and spans[0].text == words and spans[0].kind == "mark"
