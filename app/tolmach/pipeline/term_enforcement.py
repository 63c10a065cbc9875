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
from tolmach.terms.glossary import Glossary, Missing

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
    done, put = _corrected(glossary, text, first)
    left = glossary.missing(text, done.text)
    if left:
        forced = _forced(translator, glossary, text, missing)
        if len(glossary.missing(text, forced.text)) < len(left):
            done, put = forced, missing
            left = glossary.missing(text, done.text)
    flags = [Flag("term-missed", one.offers[0]) for one in left]
    lacking = {flag.detail for flag in flags}
    stands = dict.fromkeys(one.offers[0] for one in put if not _stays(one))
    flags += [Flag("term-forced", term) for term in stands if term not in lacking]
    return done, tuple(flags)


def _corrected(glossary: Glossary, text: str, first: Candidate) -> tuple[Candidate, list[Missing]]:
    """Put terms in place of the words that were left untranslated; return also which."""
    done = first
    put: list[Missing] = []
    while True:
        tried = {one.hit for one in put}
        found = (it for it in glossary.missing(text, done.text) if it.hit not in tried)
        one = next((it for it in found if it.corrected), None)
        if one is None:
            return done, put
        done = replace(done, text=one.corrected)
        put.append(one)


def _stays(missing: Missing) -> bool:
    """Whether it is a name that stands there as it is anyway: no ending to doubt."""
    return any(term.is_verbatim() for term in missing.hit.terms)


def _forced(
    translator: Translator, glossary: Glossary, text: str, missing: Sequence[Missing]
) -> Candidate:
    """Translate a text with what must be in the translation in place of the missing terms."""
    terms, begins = [], text[:1]
    for one in reversed(missing):
        term = one.offers[0]
        if text[one.hit.start].isupper():
            term = term[:1].upper() + term[1:]
        text = text[: one.hit.start] + marked(term) + text[one.hit.end :]
        terms.append(term)
    (forced,) = translator.translate([text], glossary.source, glossary.target)
    done = forced.text
    for term in terms:
        done = done.replace(marked(term), term)
    if begins.isupper():
        done = upper(done[:1], glossary.target) + done[1:]  # the model saw no word there
    return replace(forced, text=done)
