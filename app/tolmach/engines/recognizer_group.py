"""One recognizer over packs that hear different languages.

Rule: the language of an utterance is decided by one of them, the best at that, and whoever hears
this language best writes it down. The decision costs an encoded window more than a single pack.
"""

from collections.abc import Mapping
from dataclasses import replace

from tolmach.core.errors import UsageError
from tolmach.core.samples import Samples
from tolmach.engines.base import Recognition, RecognitionRequest, Recognizer

# Seconds of speech below which nobody else writes drafts: Whisper base takes half a second of
# Russian for a strange language 45 times in 100, 0.9 s 16 times (decision 38).
EARLY = 0.9


class RecognizerGroup:
    """A Recognizer."""

    def __init__(self, hearers: Mapping[str, Recognizer], identifier: Recognizer | None) -> None:
        """`hearers` are by language. Without an identifier one language may be asked for."""
        self._hearers = hearers
        self._identifier = identifier
        self.window = max(hearer.window for hearer in hearers.values())

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        """Have it written by who hears the language that is spoken; see base.Recognizer.

        Not yet, while there is too little to tell: then nothing is heard.
        """
        shares = self.identify(samples, request)
        code = max(shares, key=shares.__getitem__)
        is_early = request.draft and len(shares) > 1 and request.voiced < EARLY
        if is_early and self._hearers[code] is not self._identifier:
            return Recognition(request.prefix, code, shares[code], 0.0, 0.0)
        recognition = self._hearers[code].recognize(
            samples, replace(request, languages={code: 1.0})
        )
        return replace(recognition, confidence=shares[code])

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        """Ask the identifier; see base.Recognizer."""
        alone = len(request.languages) == 1
        if not set(request.languages) <= self._hearers.keys() or not (alone or self._identifier):
            raise UsageError("no-recognizer", languages=", ".join(request.languages), known="")
        if alone or not self._identifier:
            return dict.fromkeys(request.languages, 1.0)
        return self._identifier.identify(samples, request)
