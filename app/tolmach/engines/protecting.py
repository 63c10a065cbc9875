"""A Translator around another one: what must not be translated comes through all the same.

A sentence is translated up to three times, as long as something of it is lost: with stand-ins for
what models spoil, with stand-ins for all that must stay, and at last in the parts between. Rule:
whatever the model makes of a sentence, its numbers, links and names are in the translation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tolmach.core.translation import Candidate, together
from tolmach.engines.base import Translator
from tolmach.language.placeholders import protected
from tolmach.language.stand_ins import around_spans, masked

_LETTER = re.compile(r"[^\W\d_]")


class ProtectingTranslator:
    """A Translator."""

    def __init__(self, translator: Translator) -> None:
        self.pairs = translator.pairs
        self._translator = translator

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises what the translator raises."""
        spans = [protected(sentence, source) for sentence in sentences]
        whole: dict[int, Candidate] = {}  # those that have lost nothing
        lossy = list(range(len(sentences)))
        for every in (False, True):
            masks = {i: masked(sentences[i], spans[i], source, target, every) for i in lossy}
            hint = masks[0].hint(earlier) if earlier and not every else ""
            texts = [mask.text for mask in masks.values()]
            candidates = self._candidates(texts, source, target, hint)
            for (i, mask), candidate in zip(masks.items(), candidates, strict=True):
                restored = mask.restore(candidate.text)
                if restored is not None:
                    whole[i] = replace(candidate, text=restored)
            lossy = [i for i, mask in masks.items() if i not in whole and mask.unmasked]
        parts = {
            i: around_spans(sentence, spans[i], source, target)
            for i, sentence in enumerate(sentences)
            if i not in whole
        }
        words = [word for part in parts.values() for word in part.words]
        translations = iter(self._candidates(words, source, target))
        for i, part in parts.items():
            candidates = [next(translations) for _ in part.words]
            text = part.joined(candidate.text for candidate in candidates)
            whole[i] = together(text, candidates)
        return [whole[i] for i in range(len(sentences))]

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. None of them loses anything."""
        (first,) = self.translate([sentence], source, target)
        mask = masked(sentence, protected(sentence, source), source, target, every=False)
        candidates = self._translator.alternatives(mask.text, source, target, count)[1:]
        restored = ((candidate, mask.restore(candidate.text)) for candidate in candidates)
        return [first, *(replace(candidate, text=text) for candidate, text in restored if text)]

    def _candidates(
        self, texts: list[str], source: str, target: str, hint: str = ""
    ) -> list[Candidate]:
        """Translate the texts that have words; the others need no model."""
        words = [text for text in texts if _LETTER.search(text)]
        worded = iter(self._translator.translate(words, source, target, hint) if words else [])
        return [
            next(worded) if _LETTER.search(text) else Candidate(text, 0.0, 1.0) for text in texts
        ]
