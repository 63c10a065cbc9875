"""A Translator around another one: what must not be translated comes through all the same.

A sentence is translated up to three times, as long as something of it is lost: with stand-ins for
what models spoil, with stand-ins for all that must stay, and at last in the parts between. What
the model has no token for must stay, too. Rule: whatever the model makes of a sentence, its
numbers, links, signs and names are in the translation.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from tolmach.core.translation import Candidate, together
from tolmach.engines.base import Translator
from tolmach.language.accelerators import accelerator, with_accelerator
from tolmach.language.placeholders import Span, is_foreign, protected, with_strangers
from tolmach.language.stand_ins import around_spans, masked

_LETTER = re.compile(r"[^\W\d_]")

# Whether a model has tokens for a sign, in sentences from one language into another.
Knows: TypeAlias = Callable[[str, str, str], bool]


@dataclass(frozen=True, slots=True)
class SignedSentence:
    """A sentence without the signs at its ends and the one that names a key."""

    before: str
    words: str
    after: str
    accelerator: str = ""

    def signed(self, translation: str) -> str:
        """Return a translation with the signs."""
        if self.accelerator:
            translation = with_accelerator(translation, self.accelerator)
        return f"{self.before}{translation}{self.after}"


class ProtectingTranslator:
    """A Translator."""

    def __init__(self, translator: Translator, knows: Knows = lambda *_: True) -> None:
        """`knows` is asked about signs; without it the model has tokens for all of them."""
        self.pairs = translator.pairs
        self._translator = translator
        self._knows = knows
        self._strangers: dict[tuple[str, str, str], bool] = {}  # signs asked about

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises what the translator raises."""
        bare = [self._without_signs(sentence, source, target) for sentence in sentences]
        candidates = self._whole([sentence.words for sentence in bare], source, target, earlier)
        return [
            replace(candidate, text=sentence.signed(candidate.text))
            for sentence, candidate in zip(bare, candidates, strict=True)
        ]

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. None of them loses anything."""
        bare = self._without_signs(sentence, source, target)
        (first,) = self._whole([bare.words], source, target)
        spans = self._spans(bare.words, source, target)
        mask = masked(bare.words, spans, source, target, every=False)
        candidates = self._translator.alternatives(mask.text, source, target, count)[1:]
        restored = ((candidate, mask.restore(candidate.text)) for candidate in candidates)
        others = (replace(candidate, text=text) for candidate, text in restored if text)
        return [
            replace(candidate, text=bare.signed(candidate.text)) for candidate in (first, *others)
        ]

    def _whole(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Return a translation of each sentence that has lost nothing."""
        spans = [self._spans(sentence, source, target) for sentence in sentences]
        whole: dict[int, Candidate] = {}
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

    def _without_signs(self, sentence: str, source: str, target: str) -> SignedSentence:
        """Take off the signs at the ends of a sentence, and the one that names a key."""
        start, end = 0, len(sentence)
        signs = [span for span in self._spans(sentence, source, target) if _is_bare(span)]
        for span in signs:
            if not sentence[start : span.start].strip():
                start = span.end
        for span in reversed(signs):
            if start < span.end and not sentence[span.end : end].strip():
                end = span.start
        words = sentence[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        before, after = sentence[:start], sentence[start + len(words) :]
        at = accelerator(words)
        if at < 0:
            return SignedSentence(before, words, after)
        return SignedSentence(before, words[:at] + words[at + 1 :], after, words[at])

    def _spans(self, sentence: str, source: str, target: str) -> list[Span]:
        """Return what of a sentence must come through as it is."""

        def is_stranger(sign: str) -> bool:
            key = sign, source, target
            if key not in self._strangers:
                self._strangers[key] = is_foreign(sign, source) and not self._knows(*key)
            return self._strangers[key]

        return with_strangers(sentence, protected(sentence, source), is_stranger)

    def _candidates(
        self, texts: list[str], source: str, target: str, hint: str = ""
    ) -> list[Candidate]:
        """Translate the texts that have words; the others need no model."""
        words = [text for text in texts if _LETTER.search(text)]
        worded = iter(self._translator.translate(words, source, target, hint) if words else [])
        return [
            next(worded) if _LETTER.search(text) else Candidate(text, 0.0, 1.0) for text in texts
        ]


def _is_bare(span: Span) -> bool:
    """Whether a span is nothing but signs: a picture, an arrow, a bullet."""
    return span.kind == "mark" and not any(map(str.isalnum, span.text))
