"""One recognizer over packs that know different languages."""

from collections.abc import Sequence

from tolmach.core.errors import UsageError
from tolmach.core.samples import Samples
from tolmach.engines.base import Ask, Recognition, Recognizer


class SeveralRecognizers:
    """A Recognizer. It cannot detect a language among those of different packs."""

    def __init__(self, recognizers: Sequence[tuple[frozenset[str], Recognizer]]) -> None:
        """`recognizers` come with the languages they know."""
        self._recognizers = recognizers
        self.window = max(recognizer.window for _, recognizer in recognizers)

    def recognize(self, samples: Samples, ask: Ask) -> Recognition:
        """Ask the first one that knows all these languages; see base.Recognizer."""
        for known, recognizer in self._recognizers:
            if set(ask.languages) <= known:
                return recognizer.recognize(samples, ask)
        raise UsageError("no-recognizer", languages=", ".join(ask.languages), known="")
