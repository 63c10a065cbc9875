"""How the terms of a glossary get into the starter's translations, as a table.

    python -m tests.language.terms_report [folder of the shared data]

Twenty everyday words with the translation that a Bashkir would use, all sentences of FLORES-200
devtest that have one. chrF++ is against the reference, with the glossary and without.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from tolmach.language.sentences import sentences
from tolmach.packs import store
from tolmach.packs.selection import translators_for
from tolmach.pipeline.models import Models
from tolmach.pipeline.term_enforcement import with_terms
from tolmach.terms.glossary import Glossary, Term

TERMS = """
врач=табип больница=дауахана школа=мәктәп деревня=ауыл вода=һыу книга=китап река=йылға лес=урман
гора=тау дом=йорт город=ҡала ребёнок=бала учитель=уҡытыусы язык=тел день=көн год=йыл работа=эш
рука=ҡул глаз=күҙ дорога=юл
"""


def report(data: Path) -> None:
    """Print what became of each term that a sentence has."""
    folder = data / "text" / "eval" / "flores200-devtest"
    russian, bashkir = (
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        for name in ("rus_Cyrl", "bak_Cyrl")
    )
    pairs = (pair.split("=") for pair in TERMS.split())
    terms = [Term("ru", "ba", (source,), (target,)) for source, target in pairs]
    glossary = Glossary(terms, "ru", "ba")
    translator = Models().translator(translators_for(store.installed().packs, [("ru", "ba")]))
    chosen = [(r, b) for r, b in zip(russian, bashkir, strict=True) if glossary.hits(r)]
    fates: Counter[str] = Counter()
    plain, termed = [], []
    for line, _ in chosen:
        cut = sentences(line, "ru")
        firsts = translator.translate(cut, "ru", "ba")
        plain.append(" ".join(first.text for first in firsts))
        termed.append("")
        for text, first in zip(cut, firsts, strict=True):
            candidate, flags = with_terms(translator, glossary, text, first)
            termed[-1] = f"{termed[-1]} {candidate.text}".strip()
            lacking = len(glossary.missing(text, first.text))
            codes = Counter(flag.code for flag in flags)
            fates["by the model itself"] += len(glossary.hits(text)) - lacking
            fates["by force, told as a doubt"] += codes["term-forced"]
            fates["not at all, told as a doubt"] += codes["term-missed"]
            fates["in another wording"] += lacking - codes["term-forced"] - codes["term-missed"]
    total = fates.total()
    for fate, count in fates.most_common():
        sys.stdout.write(f"| {fate} | {count} | {count / total:.1%} |\n")
    references = [[reference for _, reference in chosen]]
    for name, texts in (("without", plain), ("with", termed)):
        score = CHRF(word_order=2).corpus_score(texts, references).score
        sys.stdout.write(f"{len(chosen)} sentences, chrF++ {name} the glossary: {score:.1f}\n")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    report(parser.parse_args().data)


if __name__ == "__main__":
    main()
