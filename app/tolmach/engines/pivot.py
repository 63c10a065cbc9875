"""A translator made of translators: from one language to another over as few pairs as possible."""

from collections.abc import Callable, Mapping, Sequence

from tolmach.core.pack import Pair
from tolmach.core.route import route
from tolmach.core.translation import UNKNOWN, Candidate
from tolmach.engines.base import Translator


class PivotTranslator:
    """A Translator whose `pairs` are the direct ones; longer routes are found when asked for."""

    def __init__(self, legs: Mapping[Pair, Callable[[], Translator]]) -> None:
        """Use `legs[pair]()` for a pair; it is called each time, so it should remember."""
        self.pairs: tuple[Pair, ...] = tuple(legs)
        self._legs = legs

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate over the shortest route; raises UsageError "no-route" and what legs raise."""
        pairs = route(self.pairs, source, target)
        candidates = [_untouched(sentence, pairs) for sentence in sentences]
        for pair in pairs:
            hint = earlier if pair[1] == target else ""
            texts = [candidate.text for candidate in candidates]
            translations = self._legs[pair]().translate(texts, *pair, hint)
            candidates = list(map(_chained, candidates, translations))
        return candidates

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return the wordings of the last leg; each leg's doubt counts. Raises as `translate`."""
        pairs = route(self.pairs, source, target)
        candidates = [_untouched(sentence, pairs)]
        for pair in pairs:
            leg = candidates[0]
            most = count if pair == pairs[-1] else 1
            wordings = self._legs[pair]().alternatives(leg.text, *pair, most)
            candidates = [_chained(leg, wording) for wording in wordings]
        return candidates


def _untouched(text: str, pairs: Sequence[Pair]) -> Candidate:
    return Candidate(text, 0.0, 1.0 if pairs else UNKNOWN)


def _chained(leg: Candidate, wording: Candidate) -> Candidate:
    """Return what both legs together think of the text, unless one of them cannot say."""
    sure = leg.confidence, wording.confidence
    confidence = UNKNOWN if UNKNOWN in sure else sure[0] * sure[1]
    return Candidate(wording.text, min(leg.score, wording.score), confidence)
