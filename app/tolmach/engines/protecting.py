"""A Translator around another one: keeps the shape of a text and what must not be translated.

A sentence is translated up to three times, as long as something of it is lost: with stand-ins for
what models spoil, with stand-ins for all that must stay, and at last in the parts between. Rule:
whatever the model makes of a text, its numbers, links and names are in the translation.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tolmach.core.translation import Candidate, together
from tolmach.engines.base import Translator
from tolmach.language.layout import pieces, unmarked
from tolmach.language.placeholders import protected
from tolmach.language.sentences import sentences
from tolmach.language.stand_ins import between, masked

_LETTER = re.compile(r"[^\W\d_]")


class ProtectingTranslator:
    """A Translator."""

    def __init__(self, translator: Translator) -> None:
        self.pairs = translator.pairs
        self._translator = translator

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each text; see base.Translator. Raises what the translator raises."""
        cut = [[(before, sentences(rest, source)) for before, rest in pieces(t)] for t in texts]
        batch = [one for text in cut for _, found in text for one in found]
        hint = earlier.removeprefix(cut[0][0][0]) if len(batch) == 1 else ""
        done = iter(self._sentences(batch, source, target, hint))
        return [_text([(before, [next(done) for _ in found]) for before, found in t]) for t in cut]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. None of them loses anything."""
        (first,) = self.translate([text], source, target)
        before, rest = unmarked(text)
        mask = masked(rest, protected(rest, source), source, target, every=False)
        others = self._translator.alternatives(mask.text, source, target, count)[1:]
        restored = ((one, mask.restore(one.text)) for one in others)
        return [first, *(replace(one, text=before + said) for one, said in restored if said)]

    def _sentences(self, batch: list[str], source: str, target: str, hint: str) -> list[Candidate]:
        spans = [protected(sentence, source) for sentence in batch]
        done: dict[int, Candidate] = {}
        left = list(range(len(batch)))
        for every in (False, True):
            masks = {i: masked(batch[i], spans[i], source, target, every) for i in left}
            hint = masks[0].hint(hint) if hint and not every else ""
            said = self._ask([mask.text for mask in masks.values()], source, target, hint)
            for (i, mask), translation in zip(masks.items(), said, strict=True):
                restored = mask.restore(translation.text)
                if restored is not None:
                    done[i] = replace(translation, text=restored)
            left = [i for i, mask in masks.items() if i not in done and mask.kept]
        parts = {
            i: between(sentence, spans[i], source, target)
            for i, sentence in enumerate(batch)
            if i not in done
        }
        words = [word for part in parts.values() for word in part.words]
        translations = iter(self._ask(words, source, target))
        for i, part in parts.items():
            said = [next(translations) for _ in part.words]
            done[i] = together(part.joined(one.text for one in said), said)
        return [done[i] for i in range(len(batch))]

    def _ask(self, texts: list[str], source: str, target: str, hint: str = "") -> list[Candidate]:
        """Translate the texts that have words; the others need no model."""
        words = [text for text in texts if _LETTER.search(text)]
        done = iter(self._translator.translate(words, source, target, hint) if words else [])
        return [next(done) if _LETTER.search(text) else Candidate(text, 0.0, 1.0) for text in texts]


def _text(cut: list[tuple[str, list[Candidate]]]) -> Candidate:
    """Put pieces together, each of what stands before its words and of its sentences."""
    said = [before + " ".join(one.text for one in found) for before, found in cut]
    return together("".join(said), (one for _, found in cut for one in found))
