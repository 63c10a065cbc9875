"""Translating what grows: each sentence of an utterance once, however often it is asked for."""

from tolmach.core.errors import UsageError
from tolmach.core.layout import pieces
from tolmach.core.orthography import repair
from tolmach.core.sentences import sentences
from tolmach.engines.base import Translator

_MOST = 64  # sentences kept: an utterance has fewer


class Translating:
    """A translator with the memory of one utterance."""

    def __init__(self, translator: Translator | None) -> None:
        self._translator = translator
        self._known: dict[tuple[str, str, str], str] = {}
        self._earlier: tuple[tuple[str, str, int], str] | None = None  # of which sentence, and it

    def whole(self, text: str, source: str, target: str) -> str:
        """Return the translation of a text, sentence by sentence. Raises AppError."""
        return "".join(
            before
            + " ".join(self._sentence(one, source, target) for one in sentences(words, source))
            for before, words in pieces(text)
        )

    def unfinished(self, committed: str, tail: str, source: str, target: str) -> str:
        """Return the translation so far of what is still being said. Raises AppError.

        Without a tail only of the sentences that are complete; what follows the last of them may
        be the beginning of one.
        """
        done = sentences(committed, source)
        rest = done.pop() if done else ""
        said = [self._sentence(one, source, target) for one in done]
        if tail:
            sentence = (source, target, len(done))
            known = self._earlier
            earlier = known[1] if known and known[0] == sentence else ""
            text = self._translate(f"{rest} {tail}".strip(), source, target, earlier)
            self._earlier = (sentence, text)
            said.append(text)
        return " ".join(said)

    def forget(self) -> None:
        """The utterance is over."""
        self._known.clear()
        self._earlier = None

    def _sentence(self, text: str, source: str, target: str) -> str:
        key = (text, source, target)
        if key not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[key] = self._translate(text, source, target, "")
        return self._known[key]

    def _translate(self, text: str, source: str, target: str, earlier: str) -> str:
        if self._translator is None:
            raise UsageError("no-route", source=source, target=target, reachable="")
        right = repair(text, source)
        (translation,) = self._translator.translate([right], source, target, earlier)
        return translation
