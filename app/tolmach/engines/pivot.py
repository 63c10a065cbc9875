"""A translator made of translators: from one language to another over as few pairs as possible."""

from collections.abc import Callable, Mapping, Sequence

from tolmach.core.pack import Pair
from tolmach.core.route import route
from tolmach.engines.base import Translator


class PivotTranslator:
    """A Translator whose `pairs` are the direct ones; longer routes are found when asked for."""

    def __init__(self, legs: Mapping[Pair, Callable[[], Translator]]) -> None:
        """Use `legs[pair]()` for a pair; it is called each time, so it should remember."""
        self.pairs: tuple[Pair, ...] = tuple(legs)
        self._legs = legs

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[str]:
        """Translate over the shortest route; raises UsageError "no-route" and what legs raise."""
        done = list(texts)
        for pair in route(self.pairs, source, target):
            hint = earlier if pair[1] == target else ""
            done = self._legs[pair]().translate(done, *pair, hint)
        return done
