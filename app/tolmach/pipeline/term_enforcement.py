"""What a person's terms do to a translation: they are in it, or it is told that they are not.

The model goes first: often it knows the word and bends it as the sentence wants it. Then another
of its wordings that has the terms, then the term in place of a word that it left untranslated,
and only at last the term put in by force, as it stands in the glossary.
"""

from collections.abc import Sequence
from dataclasses import replace

from tolmach.core.translation import Candidate, Flag
from tolmach.engines.base import Translator
from tolmach.language.casing import upper
from tolmach.language.placeholders import marked
from tolmach.terms.glossary import Glossary, MissingTerm

_WORDINGS = 6
_WORSE = 0.7  # of the mean logarithm: half as likely, token by token


def with_terms(
    translator: Translator, glossary: Glossary, text: str, first: Candidate
) -> tuple[Candidate, tuple[Flag, ...]]:
    """Return a translation of a sentence with the terms that `first` lacks, and what to doubt.

    Raises what the translator raises.
    """
    missing = glossary.missing(text, first.text)
    if not missing:
        return first, ()
    pair = glossary.source, glossary.target
    for other in translator.alternatives(text, *pair, _WORDINGS)[1:]:
        if other.score >= first.score - _WORSE and not glossary.missing(text, other.text):
            return other, ()
    candidate, put_in = _corrected(glossary, text, first)
    lacking = glossary.missing(text, candidate.text)
    if lacking:
        forced = _forced(translator, glossary, text, missing)
        if len(still := glossary.missing(text, forced.text)) < len(lacking):
            candidate, put_in, lacking = forced, missing, still
    missed = [term.offers[0] for term in lacking]
    stands = dict.fromkeys(term.offers[0] for term in put_in if not _stays(term))
    return candidate, (
        *(Flag("term-missed", term) for term in missed),
        *(Flag("term-forced", term) for term in stands if term not in missed),
    )


def _corrected(
    glossary: Glossary, text: str, first: Candidate
) -> tuple[Candidate, list[MissingTerm]]:
    """Put terms in place of the words that were left untranslated; return also which."""
    candidate = first
    put_in: list[MissingTerm] = []
    while True:
        tried = {term.hit for term in put_in}
        untried = (term for term in glossary.missing(text, candidate.text) if term.hit not in tried)
        term = next((term for term in untried if term.corrected), None)
        if term is None:
            return candidate, put_in
        candidate = replace(candidate, text=term.corrected)
        put_in.append(term)


def _stays(missing: MissingTerm) -> bool:
    """Whether it is a name that stands there as it is anyway: no ending to doubt."""
    return any(term.is_verbatim() for term in missing.hit.terms)


def _forced(
    translator: Translator, glossary: Glossary, text: str, missing: Sequence[MissingTerm]
) -> Candidate:
    """Translate a text with what must be in the translation in place of the missing terms."""
    terms, begins = [], text[:1]
    for lack in reversed(missing):
        term = lack.offers[0]
        if text[lack.hit.start].isupper():
            term = term[:1].upper() + term[1:]
        text = text[: lack.hit.start] + marked(term) + text[lack.hit.end :]
        terms.append(term)
    (forced,) = translator.translate([text], glossary.source, glossary.target)
    target = forced.text
    for term in terms:
        target = target.replace(marked(term), term)
    if begins.isupper():
        target = upper(target[:1], glossary.target) + target[1:]  # the model saw no word there
    return replace(forced, text=target)
