"""A translation translated back, so that a person who knows one language can judge the other."""

from dataclasses import dataclass

from tolmach.engines.base import Translator
from tolmach.quality.chrf import chrf


@dataclass(frozen=True, slots=True)
class Back:
    """What came back."""

    text: str
    similarity: float  # chrF with the original, 0..100; 100: the same letters


def back(translator: Translator, text: str, translation: str, pair: tuple[str, str]) -> Back:
    """Translate the `translation` of a text back, `pair` being its (source, target).

    A low similarity says that something got lost, there or back; a high one that the meaning
    probably survived. Raises UsageError "no-route" where the way back is missing.
    """
    source, target = pair
    (returned,) = translator.translate([translation], target, source)
    return Back(returned.text, chrf(returned.text.casefold(), text.casefold()))
