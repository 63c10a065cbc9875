"""Texts into translations: each sentence once, with the person's terms, and with what to doubt.

Rule: what a person once translated is taken as it is; everything else is a model's and is judged.
Where that is only a trial, no confidence leaves this module: a low one is a doubt.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from tolmach.core.errors import StorageError, UsageError
from tolmach.core.pack import Pack
from tolmach.core.translation import LOW, UNKNOWN, Candidate, Flag, Sentence, Translation
from tolmach.engines.base import Translator
from tolmach.language.layout import pieces
from tolmach.language.orthography.repair import repair
from tolmach.language.placeholders import lost
from tolmach.language.sentences import places, sentences
from tolmach.pipeline.term_enforcement import with_terms
from tolmach.quality.translation_doubts import doubts
from tolmach.quality.trial import is_trial
from tolmach.terms.current import CurrentTerms
from tolmach.terms.glossary import Glossary
from tolmach.terms.memory import Memory, MemoryEntry

log = logging.getLogger(__name__)

_MOST = 1000  # sentences kept
_HOTWORDS = 32
_OWN = "memory"  # origin of an entry whose origin nobody wrote down
_NUMBER = re.compile(r"[\d\W]+")


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence translated."""

    text: str
    confidence: float = UNKNOWN
    doubts: tuple[Flag, ...] = ()
    origin: str = ""
    trial: bool = False


class TextTranslator:
    """A translator with the memory of what it was asked, and with what its person taught it."""

    def __init__(
        self,
        translator: Translator | None,
        known: CurrentTerms | None = None,
        project: str = "",
        packs: Sequence[Pack] = (),
    ) -> None:
        """`known` and `project` tell which terms hold; `packs` are those of the translator."""
        self._translator = translator
        self._packs = packs
        self._known = known
        self._project = project
        self._done: dict[tuple[str, str, str], _Said] = {}
        self._earlier: tuple[tuple[str, str, int], str] | None = None  # of which sentence, and it
        self._taught: dict[tuple[str, str], tuple[Glossary, Memory]] = {}  # what made `_done`

    def prepare(self, source: str, target: str) -> None:
        """Read the rules and the terms of these languages now, not when a sentence waits."""
        glossary, memory = self._teach(source, target)
        example = repair("Да, 1. Нет?", source)
        _cut(example, source, memory)
        _judged(example, Candidate(example, 0.0), (), glossary, trial=False)

    def hotwords(self, source: str, target: str) -> list[str]:
        """Return the person's terms in the source language that a recognizer should know."""
        return self._teach(source, target)[0].hotwords(_HOTWORDS)

    def whole(self, text: str, source: str, target: str) -> Translation:
        """Return the translation of a text, its lines and their marks kept. Raises AppError."""
        _, memory = self._teach(source, target)
        lines = text.strip()
        entry = memory.exact(lines) if "\n" in lines else None
        if entry is not None:
            start = text.index(lines)
            spans = (start, start + len(lines), 0, len(entry.target))
            return Translation(entry.target, (Sentence(*spans, 1.0, (), entry.origin or _OWN),))
        cut = _cut(text, source, memory)
        wanted = [" ".join(text[a:b].split()) for _, found in cut for a, b in found]
        said = iter(self._sentences(wanted, source, target))
        return _put_together(cut, [next(said) for _ in wanted])

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return ways to say a sentence: first what `whole` says, then those with all terms.

        Raises AppError.
        """
        first = self.whole(text, source, target).text
        found = self._model(source, target).alternatives(
            repair(text, source), source, target, count
        )
        glossary, _ = self._teach(source, target)
        if self._is_trial(source, target):
            found = [replace(one, confidence=UNKNOWN) for one in found]
        others = [one for one in found if one.text != first]
        others.sort(key=lambda one: len(glossary.missing(text, one.text)))
        same = next((one for one in found if one.text == first), Candidate(first, 0.0))
        return [same, *others][:count]

    def unfinished(self, committed: str, tail: str, source: str, target: str) -> Translation:
        """Return the translation so far of what is still being said. Raises AppError.

        Without a tail only of the sentences that are complete; what follows the last of them may
        be the beginning of one. Of its sentences nothing is told but whether it is a trial.
        """
        done = sentences(committed, source)
        rest = done.pop() if done else ""
        said = [one.text for one in self._sentences(done, source, target)]
        if tail:
            sentence = (source, target, len(done))
            known = self._earlier
            earlier = known[1] if known and known[0] == sentence else ""
            right = repair(f"{rest} {tail}".strip(), source)
            (found,) = self._model(source, target).translate([right], source, target, earlier)
            self._earlier = (sentence, found.text)
            said.append(found.text)
        text = " ".join(said)
        trial = bool(said) and self._is_trial(source, target)
        return Translation(text, (Sentence(0, len(committed), 0, len(text), trial=trial),))

    def forget(self) -> None:
        """The utterance is over."""
        self._done.clear()
        self._earlier = None

    def _sentences(self, texts: Sequence[str], source: str, target: str) -> list[_Said]:
        glossary, memory = self._teach(source, target)
        if len(self._done) + len(texts) > _MOST:
            self._done.clear()
        known = {text: self._done.get((text, source, target)) for text in texts}
        for text in (text for text, said in known.items() if said is None):
            entry = memory.exact(text)
            known[text] = _remembered(entry) if entry else None
        new = [text for text, said in known.items() if said is None]
        known |= dict(zip(new, self._translated(new, glossary), strict=True))
        found = {text: said for text, said in known.items() if said is not None}
        self._done |= {(text, source, target): said for text, said in found.items()}
        return [found[text] for text in texts]

    def _translated(self, texts: list[str], glossary: Glossary) -> list[_Said]:
        if not texts:
            return []
        pair = glossary.source, glossary.target
        model = self._model(*pair)
        right = [repair(text, glossary.source) for text in texts]
        first = model.translate(right, *pair)
        trial = self._is_trial(*pair)
        return [
            _judged(text, *with_terms(model, glossary, text, one), glossary, trial=trial)
            for text, one in zip(right, first, strict=True)
        ]

    def _model(self, source: str, target: str) -> Translator:
        if self._translator is None:
            raise UsageError("no-route", source=source, target=target, reachable="")
        return self._translator

    def _is_trial(self, source: str, target: str) -> bool:
        return bool(self._packs) and is_trial(self._packs, source, target)

    def _teach(self, source: str, target: str) -> tuple[Glossary, Memory]:
        """Return what holds now; what was translated under other terms is forgotten.

        A file that cannot be read keeps nobody from translating: the window tells of it.
        """
        if self._known is None:
            now = _nothing(source, target)
        else:
            key = (source, target, self._project)
            try:
                now = self._known.glossary(*key), self._known.memory(*key)
            except StorageError as error:
                log.info("terms stay as they were known before: %s", error)
                now = self._known.glossary(*key), self._known.memory(*key)
        if self._taught.get((source, target)) != now:
            self._taught[source, target] = now
            self._done.clear()
        return now


@cache
def _nothing(source: str, target: str) -> tuple[Glossary, Memory]:
    return Glossary((), source, target), Memory((), source, target)


def _cut(text: str, language: str, memory: Memory) -> list[tuple[str, list[tuple[int, int]]]]:
    """Return what stands before the words of each line or column, and where its sentences are.

    Words that somebody translated as a whole are one sentence.
    """
    found, at = [], 0
    for before, words in pieces(text):
        at += len(before)
        known = memory.exact(words.rstrip())
        spans = [(0, len(words.rstrip()))] if known else places(words, language)
        found.append((before, [(at + start, at + end) for start, end in spans]))
        at += len(words)
    return found


def _put_together(
    cut: Sequence[tuple[str, list[tuple[int, int]]]], said: Sequence[_Said]
) -> Translation:
    left = iter(said)
    text, found = "", []
    for before, spans in cut:
        text += before
        for place, (start, end) in enumerate(spans):
            one = next(left)
            begin = len(text) + bool(place)
            text += " " * bool(place) + one.text
            judged = (one.confidence, one.doubts, one.origin, one.trial)
            found.append(Sentence(start, end, begin, len(text), *judged))
    return Translation(text, tuple(found))


def _remembered(entry: MemoryEntry) -> _Said:
    """Return what a person made of a sentence: in one line, as the sentence is."""
    lines = " ".join(filter(None, map(str.strip, entry.target.splitlines())))
    return _Said(lines, 1.0, (), entry.origin or _OWN)


def _judged(
    text: str, found: Candidate, missing: tuple[Flag, ...], glossary: Glossary, *, trial: bool
) -> _Said:
    """Return a model's translation with everything that is to be doubted about it."""
    pair = glossary.source, glossary.target
    flags = doubts(text, found.text, *pair)
    # Numbers may be said in words; `doubts` knows that. What is a term is to be translated.
    gone = [span for span in lost(text, found.text, *pair) if not _NUMBER.fullmatch(span)]
    kept = tuple(Flag("kept-lost", span) for span in gone if not glossary.hits(span))
    told = (*flags, *kept, *missing)
    if not trial:
        return _Said(found.text, found.confidence, told)
    unsure = (Flag("unsure"),) if UNKNOWN < found.confidence < LOW else ()
    return _Said(found.text, UNKNOWN, (*told, *unsure), trial=True)
