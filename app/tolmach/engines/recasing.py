"""A Translator around another one that sees ordinary sentences instead of capitals."""

from collections.abc import Sequence
from dataclasses import replace

from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator
from tolmach.language.capitals import plain_case
from tolmach.language.casing import lower


class RecasingTranslator:
    """A Translator."""

    def __init__(self, translator: Translator) -> None:
        self.pairs = translator.pairs
        self._translator = translator

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises what the translator raises."""
        plain = [plain_case(sentence, source) for sentence in sentences]
        hint = lower(earlier, target) if earlier.isupper() else earlier
        texts = [case.text for case in plain]
        candidates = self._translator.translate(texts, source, target, hint)
        return [
            replace(candidate, text=case.restored(candidate.text, target))
            for case, candidate in zip(plain, candidates, strict=True)
        ]

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations of a sentence; see base.Translator."""
        case = plain_case(sentence, source)
        candidates = self._translator.alternatives(case.text, source, target, count)
        texts = [case.restored(candidate.text, target) for candidate in candidates]
        return [
            replace(candidate, text=text) for candidate, text in zip(candidates, texts, strict=True)
        ]
