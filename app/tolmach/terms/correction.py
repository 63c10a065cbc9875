"""What a person makes of a translation, sentence by sentence: theirs, or still the model's.

Rule: nothing is paired by guessing. A sentence and its translation belong together where both texts
have equally many of them; otherwise the texts belong together as a whole.
"""

from collections.abc import Sequence
from dataclasses import replace

from tolmach.core.pack import Pair
from tolmach.core.translation import Flag, Sentence, doubts_of
from tolmach.language.sentences import places
from tolmach.quality.translation_doubts import doubts

CORRECTION = "correction"  # the origin of what somebody wrote or chose here


def corrected(
    text: str, translation: str, pair: Pair, before: Sequence[Sentence], old: tuple[str, str]
) -> tuple[Sentence, ...]:
    """Return the sentences of a translation that a person has changed.

    `old` are text and translation as they were, `before` their sentences, as far as known. What
    the person changed is a CORRECTION and doubted anew; of the rest one thinks as before.
    """
    old_text, old_translation = old
    known = {
        (old_text[one.start : one.end], old_translation[one.begin : one.until]): one
        for one in before or _aligned(*old, pair)
    }
    result = []
    for one in _aligned(text, translation, pair):
        ours, theirs = text[one.start : one.end], translation[one.begin : one.until]
        same = known.get((ours, theirs))
        result.append(
            replace(same, start=one.start, end=one.end, begin=one.begin, until=one.until)
            if same
            else replace(one, doubts=doubts(ours, theirs, *pair), origin=CORRECTION)
        )
    return tuple(result)


def doubts_about(text: str, translation: str, pair: Pair) -> tuple[Flag, ...]:
    """Return what to ask about a translation of any length, each doubt once."""
    return doubts_of(
        [
            replace(
                one,
                doubts=doubts(text[one.start : one.end], translation[one.begin : one.until], *pair),
            )
            for one in _aligned(text, translation, pair)
        ]
    )


def _aligned(text: str, translation: str, pair: Pair) -> list[Sentence]:
    ours, theirs = places(text, pair[0]), places(translation, pair[1])
    if len(ours) != len(theirs):
        ours, theirs = [(0, len(text))], [(0, len(translation))]
    return [Sentence(*one, *other) for one, other in zip(ours, theirs, strict=True)]
