"""A person's own terms: found in any of their forms, demanded of a translation, told to engines.

A `Glossary` is the terms of one pair and one project, ready to be looked up. Words are taken from
a sentence one after another and followed down a tree of stems, so that a look-up costs what the
sentence is long, not what the glossary is: ten thousand terms cost no more than ten.

Rule: a term is found, never guessed. Of terms that overlap the longest counts; a word joined with
a hyphen to others is another word, unless all of them are names; what a link, the name of a file or
a field of a template is made of are no words.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from tolmach.language.placeholders import protected
from tolmach.language.stemming import WORD, fold, keys, matches

_SEALED = ("mark", "link", "file")  # no words: to change them would break them
_BETWEEN = re.compile(r"\s+")
_PART = re.compile(r"[^-\u2010\u2011]+")


@dataclass(frozen=True, slots=True)
class Term:
    """What a term is called in two languages; a term is good in both directions.

    The first form of a side is the one to use; the others count as well: synonyms, and forms that
    no rule of the language makes ("мотт", "меттан").
    """

    source_language: str  # BCP 47
    target_language: str
    source: tuple[str, ...]
    target: tuple[str, ...]  # its first form among those of `source`: not to be translated
    project: str = ""  # where it holds, "" everywhere
    note: str = ""

    def turned(self) -> "Term":
        """Return the same term for the other direction."""
        return replace(
            self,
            source_language=self.target_language,
            target_language=self.source_language,
            source=self.target,
            target=self.source,
        )

    def is_verbatim(self) -> bool:
        """Whether the term stays as it is in a translation."""
        return self.target[0] in self.source


@dataclass(frozen=True, slots=True)
class TermMatch:
    """A term in a text; several terms where one word has several translations."""

    start: int
    end: int
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class MissingTerm:
    """A term of the source that its translation lacks, and what to do about it."""

    hit: TermMatch  # in the source
    offers: tuple[str, ...]  # what the translation should have said, the preferred first
    corrected: str  # the translation with the term replaced where it was left untranslated, or ""


@dataclass(slots=True)
class _Node:
    """The terms whose words lead here, and the words that lead on, as written and by keys."""

    terms: list[Term] = field(default_factory=list)
    words: dict[str, "_Node"] = field(default_factory=dict)
    keyed: dict[str, list["_Node"]] = field(default_factory=dict)

    def child(self, word: str, language: str) -> "_Node":
        """Return where a word leads, made if need be."""
        if word not in self.words:
            self.words[word] = child = _Node()
            for key in keys(word, language):
                self.keyed.setdefault(key, []).append(child)
        return self.words[word]


@dataclass(frozen=True, slots=True)
class _FoldedWord:
    start: int
    end: int
    folded: str
    after_space: bool  # nothing but white space stands before it, as inside a term


class Glossary:
    """The terms from one language into another, general ones and those of a project."""

    def __init__(self, terms: Iterable[Term], source: str, target: str, project: str = "") -> None:
        """Take the terms of this pair, in either direction; others are left out."""
        self.source, self.target = source, target
        self.terms = tuple(
            turned
            for term in terms
            for turned in (term, term.turned())
            if (turned.source_language, turned.target_language) == (source, target)
            and turned.project in ("", project)
        )
        self._root = _tree(((form, term) for term in self.terms for form in term.source), source)

    def hits(self, text: str) -> list[TermMatch]:
        """Return the terms of a text in their order, without overlaps."""
        return _outside(_matches_in(self._root, text, self.source), text) if self.terms else []

    def hotwords(self, most: int) -> list[str]:
        """Return what a recognizer should listen for: the project's own first, newest first."""
        newest = self.terms[::-1]
        ordered = [*(t for t in newest if t.project), *(t for t in newest if not t.project)]
        return list(islice(dict.fromkeys(term.source[0] for term in ordered), most))

    def missing(self, text: str, translation: str) -> list[MissingTerm]:
        """Return the terms of a text that its translation does not have in any form."""
        return [
            MissingTerm(hit, offers, _corrected(hit, translation, self.source, offers[0]))
            for hit in self.hits(text)
            if not _has(translation, hit.terms, self.target)
            for offers in [tuple(dict.fromkeys(term.target[0] for term in hit.terms))]
        ]


def _tree(forms: Iterable[tuple[str, Term]], language: str) -> _Node:
    root = _Node()
    for form, term in forms:
        node = root
        for word in _words(form, language):
            node = node.child(word.folded, language)
        if node is not root and term not in node.terms:
            node.terms.append(term)
    return root


def _words(text: str, language: str) -> list[_FoldedWord]:
    words: list[_FoldedWord] = []
    for match in WORD.finditer(text):
        joined = bool(words) and _BETWEEN.fullmatch(text, words[-1].end, match.start()) is not None
        words.append(_FoldedWord(match.start(), match.end(), fold(match[0], language), joined))
    return words


def _matches_in(root: _Node, text: str, language: str) -> Iterator[TermMatch]:
    words = _words(text, language)
    at = 0
    while at < len(words):
        last, terms = _longest(root, words, at, language)
        if terms:
            yield TermMatch(words[at].start, words[last].end, terms)
            at = last + 1
        else:
            yield from _names(root, text, words[at], language)
            at += 1


def _longest(
    root: _Node, words: Sequence[_FoldedWord], first: int, language: str
) -> tuple[int, tuple[Term, ...]]:
    """Return the last word of the longest term that begins here, and the terms; else ()."""
    best: tuple[int, tuple[Term, ...]] = (first, ())
    nodes, at = [root], first
    while nodes and at < len(words) and (at == first or words[at].after_space):
        reached = [
            (length, child)
            for node in nodes
            for key, length in matches(words[at].folded, language, node.keyed)
            for child in node.keyed[key]
        ]
        # "банки" are forms of "банк" and "банка"; but "аталарға" is of "аталар", not of "ата".
        longest = max((length for length, node in reached if node.terms), default=0)
        ended = [t for length, node in reached if length == longest for t in node.terms]
        if ended:
            best = (at, tuple(t for t in ended if t.project) or tuple(ended))
        nodes = [node for _, node in reached if node.keyed]
        at += 1
    return best


def _names(root: _Node, text: str, word: _FoldedWord, language: str) -> Iterator[TermMatch]:
    """Yield the terms among names that hyphens join, as in "Мәскәү-Ҡазан"."""
    parts = list(_PART.finditer(text, word.start, word.end))
    if len(parts) < 2 or not all(part[0][0].isupper() for part in parts):
        return
    for part in parts:
        alone = _FoldedWord(part.start(), part.end(), fold(part[0], language), False)
        if terms := _longest(root, [alone], 0, language)[1]:
            yield TermMatch(part.start(), part.end(), terms)


def _has(translation: str, terms: Sequence[Term], language: str) -> bool:
    """Whether one of the terms stands in the translation, in any form or exactly as written."""
    forms = [(form, term) for term in terms for form in term.target]
    if next(_matches_in(_tree(forms, language), translation, language), None):
        return True
    return any(not WORD.search(form) and form in translation for form, _ in forms)  # "№"


def _corrected(hit: TermMatch, translation: str, source: str, target: str) -> str:
    """Return the translation with the target in place of the term that was left untranslated."""
    tree = _tree(((form, term) for term in hit.terms for form in term.source), source)
    untranslated = _outside(_matches_in(tree, translation, source), translation)
    text = translation
    for match in reversed(untranslated):
        term = target[:1].upper() + target[1:] if text[match.start].isupper() else target
        text = text[: match.start] + term + text[match.end :]
    return text if untranslated else ""


def _outside(matches: Iterable[TermMatch], text: str) -> list[TermMatch]:
    """Return the matches that are words of the text."""
    every = list(matches)
    sealed = [span for span in protected(text) if span.kind in _SEALED] if every else []
    return [
        match
        for match in every
        if not any(span.start < match.end and match.start < span.end for span in sealed)
    ]
