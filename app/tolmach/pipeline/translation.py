"""Texts into translations: each sentence once, with the person's terms, and with what to doubt.

This is where a text is cut into sentences and put together again, and the only place: translators
are given sentences. Rule: what a person once translated is taken as it is; everything else is a
model's and is judged. Where that is only a trial, no confidence leaves this module: a low one is a
doubt.
"""

import logging
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, partial
from typing import TypeAlias

from tolmach.core.errors import StorageError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import (
    LOW,
    UNKNOWN,
    Candidate,
    Flag,
    Sentence,
    Translation,
    assembled,
    together,
)
from tolmach.engines.alternatives import combined
from tolmach.engines.base import Translator
from tolmach.language.layout import pieces, unmarked
from tolmach.language.orthography.repair import repair
from tolmach.language.placeholders import missing_spans
from tolmach.language.sentences import places, sentences
from tolmach.pipeline.term_enforcement import with_terms
from tolmach.quality.translation_doubts import doubts
from tolmach.quality.trial import is_trial
from tolmach.terms.current import CurrentTerms
from tolmach.terms.glossary import Glossary
from tolmach.terms.memory import Memory, MemoryEntry

Span: TypeAlias = tuple[int, int]

log = logging.getLogger(__name__)

_MOST = 1000  # sentences kept
_HOTWORDS = 32
_OWN = "memory"  # origin of an entry whose origin nobody wrote down
_NUMBER = re.compile(r"[\d\W]+")


class TextTranslator:
    """A translator with the memory of what it was asked, and with what its person taught it."""

    def __init__(
        self,
        translator: Translator | None,
        terms: CurrentTerms | None = None,
        project: str = "",
        packs: Sequence[Pack] = (),
    ) -> None:
        """`terms` and `project` tell which terms hold; `packs` are those of the translator."""
        self._translator = translator
        self._packs = packs
        self._terms = terms
        self._project = project
        self._translations: dict[tuple[str, str, str], Translation] = {}  # of single sentences
        self._earlier: tuple[tuple[str, str, int], str] | None = None  # of which sentence, and it
        self._taught: dict[Pair, tuple[Glossary, Memory]] = {}  # what made `_translations`

    def prepare(self, source: str, target: str) -> None:
        """Read the rules and the terms of these languages now, not when a sentence waits."""
        glossary, memory = self._teach(source, target)
        example = repair("Да, 1. Нет?", source)
        _spans(example, source, memory)
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
            return _remembered(lines, entry.target, entry, text.index(lines))
        spans = _spans(text, source, memory)
        translations = self._sentences([text[start:end] for start, end in spans], source, target)
        return assembled(text, spans, translations)

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return ways to say a text: first what `whole` says, then those with all terms.

        Raises AppError.
        """
        first = self.whole(text, source, target).text
        glossary, memory = self._teach(source, target)
        spans = _spans(text, source, memory)
        candidates = combined(
            [self._wordings(text[a:b], source, target, count) for a, b in spans],
            partial(_joined, text, spans),
            count,
        )
        if self._is_trial(source, target):
            candidates = [replace(candidate, confidence=UNKNOWN) for candidate in candidates]
        others = [candidate for candidate in candidates if candidate.text != first]
        others.sort(key=lambda candidate: len(glossary.missing(text, candidate.text)))
        same = (candidate for candidate in candidates if candidate.text == first)
        return [next(same, Candidate(first, 0.0)), *others][:count]

    def unfinished(self, committed: str, tail: str, source: str, target: str) -> Translation:
        """Return the translation so far of what is still being said. Raises AppError.

        Without a tail only of the sentences that are complete; what follows the last of them may
        be the beginning of one. Of its sentences nothing is told but whether it is a trial.
        """
        *complete, rest = sentences(committed, source) or [""]
        texts = [sentence.text for sentence in self._sentences(complete, source, target)]
        if tail:
            key = (source, target, len(complete))
            earlier = self._earlier[1] if self._earlier and self._earlier[0] == key else ""
            draft = self._draft(f"{rest} {tail}".strip(), source, target, earlier)
            self._earlier = (key, draft)
            texts.append(draft)
        text = " ".join(texts)
        trial = bool(texts) and self._is_trial(source, target)
        return Translation(text, (Sentence(0, len(committed), 0, len(text), trial=trial),))

    def forget(self) -> None:
        """The utterance is over."""
        self._translations.clear()
        self._earlier = None

    def _draft(self, text: str, source: str, target: str, earlier: str) -> str:
        """Translate the end of what is being said, near to its `earlier` translation."""
        cut = [_unmarked(sentence, source) for sentence in sentences(text, source)]
        hint = earlier.removeprefix(cut[0][0]) if len(cut) == 1 else ""
        words = [sentence for _, sentence in cut]
        candidates = self._model(source, target).translate(words, source, target, hint)
        pairs = zip(cut, candidates, strict=True)
        return " ".join(marks + candidate.text for (marks, _), candidate in pairs)

    def _wordings(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return what a model says for a sentence, terms or not."""
        marks, words = _unmarked(sentence, source)
        candidates = self._model(source, target).alternatives(words, source, target, count)
        return [replace(candidate, text=marks + candidate.text) for candidate in candidates]

    def _sentences(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """Return the translation of each sentence; what was translated before is not again."""
        glossary, memory = self._teach(source, target)
        if len(self._translations) + len(texts) > _MOST:
            self._translations.clear()
        lacking = [
            text
            for text in dict.fromkeys(texts)
            if (text, source, target) not in self._translations
        ]
        entries = {text: memory.exact(_one_line(text)) for text in lacking}
        new = [text for text, entry in entries.items() if entry is None]
        translations = dict(zip(new, self._translated(new, glossary), strict=True))
        for text, entry in entries.items():
            if entry:
                lines = " ".join(filter(None, map(str.strip, entry.target.splitlines())))
                translations[text] = _remembered(text, lines, entry)
        for text, translation in translations.items():
            self._translations[text, source, target] = translation
        return [self._translations[text, source, target] for text in texts]

    def _translated(self, texts: list[str], glossary: Glossary) -> list[Translation]:
        """Have a model translate sentences; put in the terms and judge the result."""
        if not texts:
            return []
        pair = glossary.source, glossary.target
        model = self._model(*pair)
        trial = self._is_trial(*pair)
        cut = [_unmarked(text, glossary.source) for text in texts]
        firsts = model.translate([words for _, words in cut], *pair)
        translations = []
        for text, (marks, words), first in zip(texts, cut, firsts, strict=True):
            candidate, missing = with_terms(model, glossary, words, first)
            confidence, flags = _judged(words, candidate, missing, glossary, trial=trial)
            target = marks + candidate.text
            sentence = Sentence(0, len(text), 0, len(target), confidence, flags, trial=trial)
            translations.append(Translation(target, (sentence,)))
        return translations

    def _model(self, source: str, target: str) -> Translator:
        if self._translator is None:
            raise UsageError("no-route", source=source, target=target, reachable="")
        return self._translator

    def _is_trial(self, source: str, target: str) -> bool:
        return bool(self._packs) and is_trial(self._packs, source, target)

    def _teach(self, source: str, target: str) -> tuple[Glossary, Memory]:
        """Return the terms that hold; what was translated under other terms is forgotten.

        A file that cannot be read keeps nobody from translating: the window tells of it.
        """
        if self._terms is None:
            current = _nothing(source, target)
        else:
            key = (source, target, self._project)
            try:
                current = self._terms.glossary(*key), self._terms.memory(*key)
            except StorageError as error:
                log.info("terms stay as they were known before: %s", error)
                current = self._terms.glossary(*key), self._terms.memory(*key)
        if self._taught.get((source, target)) != current:
            self._taught[source, target] = current
            self._translations.clear()
        return current


@cache
def _nothing(source: str, target: str) -> tuple[Glossary, Memory]:
    return Glossary((), source, target), Memory((), source, target)


def _spans(text: str, language: str, memory: Memory) -> list[Span]:
    """Return where the sentences of a text are; its layout is between them.

    A line or column that somebody translated as a whole is one sentence.
    """
    spans, at = [], 0
    for before, words in pieces(text):
        at += len(before)
        line = words.rstrip()
        cut = [(0, len(line))] if memory.exact(line) else places(words, language)
        spans += [(at + start, at + end) for start, end in cut]
        at += len(words)
    return spans


def _joined(text: str, spans: Sequence[Span], sentences: Sequence[Candidate]) -> Candidate:
    translations = [Translation(sentence.text) for sentence in sentences]
    return together(assembled(text, spans, translations).text, sentences)


def _unmarked(sentence: str, language: str) -> tuple[str, str]:
    """Return the mark of a list or of speech that a sentence begins with, and what a model gets."""
    return unmarked(repair(_one_line(sentence), language))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _remembered(source: str, target: str, entry: MemoryEntry, start: int = 0) -> Translation:
    """Return what a person made of a text that begins at `start` of a longer one."""
    span = (start, start + len(source), 0, len(target))
    return Translation(target, (Sentence(*span, 1.0, (), entry.origin or _OWN),))


def _judged(
    text: str, candidate: Candidate, missing: tuple[Flag, ...], glossary: Glossary, *, trial: bool
) -> tuple[float, tuple[Flag, ...]]:
    """Return the confidence in a model's translation of a sentence and all that is to be doubted.

    `missing` are the doubts about terms.
    """
    pair = glossary.source, glossary.target
    flags = doubts(text, candidate.text, *pair)
    # Numbers may be said in words; `doubts` knows that. What is a term is to be translated.
    spans = [
        span for span in missing_spans(text, candidate.text, *pair) if not _NUMBER.fullmatch(span)
    ]
    losses = (Flag("kept-lost", span) for span in spans if not glossary.hits(span))
    flags = (*flags, *losses, *missing)
    if not trial:
        return candidate.confidence, flags
    unsure = (Flag("unsure"),) if UNKNOWN < candidate.confidence < LOW else ()
    return UNKNOWN, (*flags, *unsure)
