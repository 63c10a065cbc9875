"""A Translator around another one that knows some languages in one of their scripts only.

A text in another script is transliterated before the model and its answer after it: Uzbek and
Crimean Tatar in Cyrillic through a Latin-only model. Rule: a language is answered in the script
in which it was last written here; before anybody wrote in it, in the registry's first one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator
from tolmach.language.registry import language
from tolmach.language.transliteration import possible, script_in, transliterate


class TransliteratingTranslator:
    """A Translator."""

    def __init__(self, translator: Translator, scripts: Mapping[str, str]) -> None:
        """Use a translator; `scripts` maps a language to the one script that the model knows."""
        self.pairs = translator.pairs
        self._translator = translator
        self._scripts = {code: script for code, script in scripts.items() if possible(code, script)}
        self._written: dict[str, str] = {}

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises what the translator raises."""
        self._notice(" ".join(sentences), source)
        readable = [self._for_model(sentence, source) for sentence in sentences]
        hint = self._for_model(earlier, target)
        candidates = self._translator.translate(readable, source, target, hint)
        return [self._for_person(candidate, target) for candidate in candidates]

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations of a sentence; see base.Translator."""
        self._notice(sentence, source)
        readable = self._for_model(sentence, source)
        candidates = self._translator.alternatives(readable, source, target, count)
        return [self._for_person(candidate, target) for candidate in candidates]

    def _notice(self, text: str, source: str) -> None:
        """Remember in which script people write a language here."""
        if source in self._scripts and (script := script_in(text, language(source).scripts)):
            self._written[source] = script

    def _for_model(self, text: str, code: str) -> str:
        script = self._scripts.get(code)
        return transliterate(text, code, script) if script else text

    def _for_person(self, candidate: Candidate, code: str) -> Candidate:
        """Return a translation in the script that people write the language in here."""
        if code not in self._scripts:
            return candidate
        script = self._written.get(code, language(code).script)
        return replace(candidate, text=transliterate(candidate.text, code, script))
