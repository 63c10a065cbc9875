"""What a person's terms do to a translation: they are in it, or it is told that they are not.

The model goes first: often it knows the word and bends it as the sentence wants it. Then another
of its wordings that has the terms, then the term in place of a word that it left untranslated,
and only at last the term put in by force, as it stands in the glossary.
"""

from collections.abc import Sequence

from tolmach.core.glossary import Glossary, Missing
from tolmach.core.placeholders import held
from tolmach.core.translation import Candidate
from tolmach.core.translation_doubts import Flag
from tolmach.engines.base import Translator

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
        (forced,) = translator.translate([_forced(text, missing)], *pair)
        if len(glossary.missing(text, forced.text)) < len(left):
            done, put = forced, [one.offers[0] for one in missing if not _stays(one)]
            left = glossary.missing(text, done.text)
    flags = [Flag("term-missed", one.offers[0]) for one in left]
    lacking = {flag.detail for flag in flags}
    flags += [Flag("term-forced", term) for term in dict.fromkeys(put) if term not in lacking]
    return done, tuple(flags)


def _corrected(glossary: Glossary, text: str, first: Candidate) -> tuple[Candidate, list[str]]:
    """Put terms in place of the words that were left untranslated; return also which."""
    done = first
    put: list[str] = []
    while True:
        found = (one for one in glossary.missing(text, done.text) if one.corrected)
        one = next(found, None)
        if one is None or one.offers[0] in put:
            return done, put
        done = Candidate(one.corrected, done.score, done.confidence)
        put.append(one.offers[0])


def _stays(missing: Missing) -> bool:
    """Whether it is a name that stands there as it is anyway: no ending to doubt."""
    return any(term.kept() for term in missing.hit.terms)


def _forced(text: str, missing: Sequence[Missing]) -> str:
    """Return the text with what must be in the translation in place of the missing terms."""
    for one in sorted(missing, key=lambda one: one.hit.start, reverse=True):
        term = one.offers[0]
        if text[one.hit.start].isupper():
            term = term[:1].upper() + term[1:]
        text = text[: one.hit.start] + held(term) + text[one.hit.end :]
    return text
