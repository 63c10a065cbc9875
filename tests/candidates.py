"""Translations as texts, where a test asks nothing of their scores."""

from collections.abc import Iterable, Sequence

from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator


def sure(texts: Iterable[str]) -> list[Candidate]:
    """Return texts as what a model is sure of."""
    return [Candidate(text, -0.5, 0.9) for text in texts]


def translations(
    translator: Translator, texts: Sequence[str], source: str, target: str, earlier: str = ""
) -> list[str]:
    """Return what a translator makes of texts."""
    return [candidate.text for candidate in translator.translate(texts, source, target, earlier)]
