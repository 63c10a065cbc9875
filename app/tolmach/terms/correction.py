"""What a person makes of a translation, sentence by sentence: theirs, or still the model's.

Rule: nothing is paired by guessing. A sentence and its translation belong together where both texts
have equally many of them; otherwise the texts belong together as a whole.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from tolmach.core.pack import Pair
from tolmach.core.translation import Flag, Sentence
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
    earlier = {sentence.texts(*old): sentence for sentence in before or _aligned(*old, pair)}
    sentences = []
    for place in _aligned(text, translation, pair):
        texts = place.texts(text, translation)
        same = earlier.get(texts)
        sentences.append(
            replace(same, start=place.start, end=place.end, begin=place.begin, until=place.until)
            if same
            else replace(place, doubts=doubts(*texts, *pair), origin=CORRECTION)
        )
    return tuple(sentences)


def doubts_about(text: str, translation: str, pair: Pair) -> tuple[Flag, ...]:
    """Return what to ask about a translation of any length, each doubt once."""
    sentences = _aligned(text, translation, pair)
    flags = (doubts(*sentence.texts(text, translation), *pair) for sentence in sentences)
    return tuple(dict.fromkeys(chain.from_iterable(flags)))


def _aligned(text: str, translation: str, pair: Pair) -> list[Sentence]:
    sources, targets = places(text, pair[0]), places(translation, pair[1])
    if len(sources) != len(targets):
        sources, targets = [(0, len(text))], [(0, len(translation))]
    return [Sentence(*source, *target) for source, target in zip(sources, targets, strict=True)]
