"""Translations as texts, where a test asks nothing of their scores."""

from collections.abc import Iterable, Sequence

from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator
from tolmach.pipeline.translation import TextTranslator


def sure(texts: Iterable[str]) -> list[Candidate]:
    """Return texts as what a model is sure of."""
    return [Candidate(text, -0.5, 0.9) for text in texts]


def translations(
    translator: Translator, sentences: Sequence[str], source: str, target: str, earlier: str = ""
) -> list[str]:
    """Return what a translator makes of sentences."""
    candidates = translator.translate(sentences, source, target, earlier)
    return [candidate.text for candidate in candidates]


def whole(translator: Translator, text: str, source: str, target: str) -> str:
    """Return a text translated sentence by sentence, as the program does it."""
    return TextTranslator(translator).whole(text, source, target).text
