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
from tolmach.language.capitals import plain_case
from tolmach.language.layout import pieces, unmarked, visible
from tolmach.language.orthography.repair import repair
from tolmach.language.placeholders import missing_spans
from tolmach.language.sentences import places
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
_NUMBER = re.compile(r"\W*\d[\d\W]*")


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
        glossary, _ = self._teach(source, target)
        example = repair("Да, 1. Нет?", source)
        self._cut(example, source, target)
        _judged(example, Candidate(example, 0.0), (), glossary, trial=False)

    def hotwords(self, source: str, target: str) -> list[str]:
        """Return the person's terms in the source language that a recognizer should know."""
        return self._teach(source, target)[0].hotwords(_HOTWORDS)

    def whole(self, text: str, source: str, target: str) -> Translation:
        """Return the translation of a text, its lines and their marks kept. Raises AppError."""
        lines = text.strip()
        entry = self._teach(source, target)[1].exact(lines) if "\n" in lines else None
        if entry is not None:
            return _remembered(lines, entry.target, entry, text.index(lines))
        spans, cut = self._cut(text, source, target)
        return assembled(text, spans, self._sentences(cut, source, target))

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return ways to say a text: first what `whole` says, then those with all terms.

        Raises AppError.
        """
        first = self.whole(text, source, target).text
        model = self._model(source, target)
        spans, cut = self._cut(text, source, target)
        wordings = [
            model.alternatives(_right(sentence, source), source, target, count) for sentence in cut
        ]
        candidates = combined(wordings, partial(_joined, text, spans), count)
        if self._is_trial(source, target):
            candidates = [replace(candidate, confidence=UNKNOWN) for candidate in candidates]
        others = [candidate for candidate in candidates if candidate.text != first]
        glossary, _ = self._teach(source, target)
        others.sort(key=lambda candidate: len(glossary.missing(text, candidate.text)))
        same = (candidate for candidate in candidates if candidate.text == first)
        return [next(same, Candidate(first, 0.0)), *others][:count]

    def unfinished(self, committed: str, tail: str, source: str, target: str) -> Translation:
        """Return the translation so far of what is still being said. Raises AppError.

        Without a tail only of the sentences that are complete; what follows the last of them may
        be the beginning of one. Of its sentences nothing is told but whether it is a trial.
        """
        spans, cut = self._cut(committed, source, target)
        last = spans[-1][0] if spans else 0
        complete = spans[:-1]
        end = last if tail else max((end for _, end in complete), default=0)
        sentences = self._sentences(cut[:-1], source, target)
        text = assembled(committed[:end], complete, sentences).text
        if tail:
            text += self._draft(f"{committed[last:]} {tail}", (source, target, len(complete)))
        trial = bool(text) and self._is_trial(source, target)
        return Translation(text, (Sentence(0, len(committed), 0, len(text), trial=trial),))

    def forget(self) -> None:
        """The utterance is over."""
        self._translations.clear()
        self._earlier = None

    def _draft(self, text: str, key: tuple[str, str, int]) -> str:
        """Translate the end of what is being said: languages, and which sentence is the last.

        Its words should stay near to what was made of its beginning.
        """
        text = _right(text, key[0])
        spans, cut = self._cut(text, *key[:2])
        earlier = self._earlier[1] if self._earlier and self._earlier[0] == key else ""
        hint = earlier if len(cut) == 1 else ""
        candidates = self._model(*key[:2]).translate(cut, *key[:2], hint)
        self._earlier = (key, candidates[-1].text)
        return _joined(text, spans, candidates).text

    def _cut(self, text: str, source: str, target: str) -> tuple[list[Span], list[str]]:
        """Return where the sentences of a text are, and which; its layout is between them.

        A line or column that somebody translated as a whole is one sentence.
        """
        _, memory = self._teach(source, target)
        spans, at = [], 0
        for before, words in pieces(text):
            at += len(before)
            line = words.rstrip()
            for start, end in [(0, len(line))] if memory.exact(line) else places(words, source):
                mark, _ = unmarked(words[start:end])
                spans.append((at + start + len(mark), at + end))
            at += len(words)
        return spans, [text[start:end] for start, end in spans]

    def _sentences(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """Return the translation of each sentence; what was translated before is not again."""
        glossary, memory = self._teach(source, target)
        if len(self._translations) + len(texts) > _MOST:
            self._translations.clear()
        new = []
        for text in dict.fromkeys(texts):
            if (text, source, target) in self._translations:
                continue
            if entry := memory.exact(" ".join(text.split())):
                lines = " ".join(filter(None, map(str.strip, entry.target.splitlines())))
                self._translations[text, source, target] = _remembered(text, lines, entry)
            else:
                new.append(text)
        for text, translation in zip(new, self._translated(new, glossary), strict=True):
            self._translations[text, source, target] = translation
        return [self._translations[text, source, target] for text in texts]

    def _translated(self, texts: list[str], glossary: Glossary) -> list[Translation]:
        """Have a model translate sentences; put in the terms and judge the result."""
        if not texts:
            return []
        pair = glossary.source, glossary.target
        model = self._model(*pair)
        trial = self._is_trial(*pair)
        right = [_right(text, glossary.source) for text in texts]
        translations = []
        for text, words, first in zip(texts, right, model.translate(right, *pair), strict=True):
            candidate, missing = with_terms(model, glossary, words, first)
            judgement = _judged(words, candidate, missing, glossary, trial=trial)
            sentence = Sentence(0, len(text), 0, len(candidate.text), *judgement, trial=trial)
            translations.append(Translation(candidate.text, (sentence,)))
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


def _joined(text: str, spans: Sequence[Span], sentences: Sequence[Candidate]) -> Candidate:
    translations = [Translation(sentence.text) for sentence in sentences]
    return together(assembled(text, spans, translations).text, sentences)


def _right(sentence: str, language: str) -> str:
    """Return a sentence as models are to see it: in one line, in the letters of its language."""
    return repair(" ".join(visible(sentence).split()), language)


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
    source, translation = plain_case(text, pair[0]).text, plain_case(candidate.text, pair[1]).text
    flags = doubts(source, translation, *pair)
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
