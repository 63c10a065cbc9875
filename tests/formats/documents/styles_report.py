"""How often a styled word finds its place in a translation, as tables.

    python -m tests.formats.documents.styles_report [folder of the shared data]

Sentences of FLORES are translated by the starter translator. What a word became there is told by
word alignments of our own (IBM model 1 over stems, trained on the ru-ba pairs and on these
sentences, both directions agreeing), which know nothing of the ways that are measured. Spans are of
one to three words; of two and three only those whose translation stands together.
"""

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from tolmach.engines import table
from tolmach.formats.documents.document import Style, Unit
from tolmach.formats.documents.placing import WORD, Part, Placing, Range
from tolmach.formats.documents.styling import SIMILAR, restyled, similar
from tolmach.packs import manifest

STARTER = Path("models/starter/starter-ru-ba")
SENTENCES = 600
STEM = 5
ROUNDS = 5

Pair = tuple[list[str], list[str]]
Chances = dict[str, dict[str, float]]
Span = tuple[str, str, Range, Range]  # text, its translation, a place in it, and where that is


@dataclass(frozen=True, slots=True)
class Case:
    """A span of a sentence, its own translation, and where it should be."""

    text: str
    target: str
    span: Range
    said: str
    expected: Range


def stems(text: str) -> list[str]:
    return [it.lower()[:STEM] for it in WORD.findall(text)]


def chances(pairs: Sequence[Pair]) -> Chances:
    """Return how probable each word is as the translation of another: IBM model 1."""
    known: Chances = defaultdict(lambda: defaultdict(lambda: 1e-3))
    for _ in range(ROUNDS):
        counts: Chances = defaultdict(lambda: defaultdict(float))
        for source, target in pairs:
            for there in target:
                given = [(here, known[here][there]) for here in (*source, "")]
                whole = sum(it for _, it in given)
                for here, it in given:
                    counts[here][there] += it / whole
        known = defaultdict(lambda: defaultdict(lambda: 1e-9))
        for here, row in counts.items():
            whole = sum(row.values())
            known[here] |= defaultdict(lambda: 1e-9, {to: it / whole for to, it in row.items()})
    return known


def agreed(source: list[str], target: list[str], there: Chances, here: Chances) -> dict[int, int]:
    """Return which words both directions take for each other's translation."""
    out = {}
    for at, word in enumerate(source):
        if len(word) < 3 or not target:
            continue
        best = max(range(len(target)), key=lambda it: there[word][target[it]])
        back = max(range(len(source)), key=lambda it: here[target[best]][source[it]])
        if back == at and there[word][target[best]] > 0.05:
            out[at] = best
    return out


def cases(
    texts: Sequence[str], targets: Sequence[str], links: Sequence[dict[int, int]]
) -> list[Span]:
    """Return spans whose translation is known: (text, target, span, expected)."""
    chosen = random.Random(1)
    found = []
    for text, target, known in zip(texts, targets, links, strict=True):
        here, there = ([it.span() for it in WORD.finditer(side)] for side in (text, target))
        for length in (1, 2, 3):
            starts = [
                at
                for at in range(len(here) - length + 1)
                if all(at + it in known for it in range(length)) and text[here[at][0]].isalpha()
            ]
            chosen.shuffle(starts)
            for at in starts[:2]:
                to = sorted(known[at + it] for it in range(length))
                if to[-1] - to[0] == length - 1:
                    span = (here[at][0], here[at + length - 1][1])
                    found.append((text, target, span, (there[to[0]][0], there[to[-1]][1])))
    return found


def overlap(one: Range, other: Range) -> float:
    """Return what two ranges share of both together."""
    both = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, both) / (max(one[1], other[1]) - min(one[0], other[0]))


def aligned(case: Case) -> tuple[float, Range]:
    """The other way: rapidfuzz's partial alignment, snapped to words."""
    found = fuzz.partial_ratio_alignment(case.said.lower(), case.target.lower())
    if found is None:
        return 0.0, (0, 0)
    words = [
        it.span()
        for it in WORD.finditer(case.target)
        if min(it.end(), found.dest_end) - max(it.start(), found.dest_start) > len(it[0]) / 2
    ]
    return (found.score, (words[0][0], words[-1][1])) if words else (0.0, (0, 0))


def ours(case: Case) -> tuple[float, Range]:
    return similar(case.said, _part(case), Placing(case.text, case.target, {}))


def at_place(case: Case) -> Range:
    """The last resort alone: no translation of the span is like anything."""
    return _restyled(case, "\u0000")


def together(case: Case) -> Range:
    return _restyled(case, case.said)


def _part(case: Case) -> Part:
    return Part(0, *case.span, (0, len(case.text), 0, len(case.target)))


def _restyled(case: Case, said: str) -> Range:
    unit = Unit(case.text, (Style(*case.span, 0),))
    style = restyled(unit, [], case.target, lambda parts: [said] * len(parts)).styles[0]
    return style.start, style.end


def rows(found: Sequence[Case]) -> Iterator[tuple[object, ...]]:
    yield (
        "score",
        "spans",
        "words, ours",
        "place",
        "score of the alignment",
        "spans",
        "words, alignment",
        "place",
    )
    yield ("---",) * 8
    for low in range(20, 100, 10):
        yield (
            *_band(found, ours, low),
            *_band(found, aligned, low),
        )


def _band(
    found: Sequence[Case], way: Callable[[Case], tuple[float, Range]], low: int
) -> tuple[str, int, str, str]:
    inside = [
        (it, at) for it in found for score, at in [way(it)] if low <= score < low + 10 + (low == 90)
    ]
    return (
        f"{low}–{low + 10}",
        len(inside),
        percent([overlap(at, it.expected) for it, at in inside]),
        percent([overlap(at_place(it), it.expected) for it, _ in inside]),
    )


def percent(shares: Sequence[float]) -> str:
    """Return how many are right to the letter, and how many touch what they should."""
    if not shares:
        return "–"
    right, touching = (100 * sum(it > least for it in shares) / len(shares) for least in (0.99, 0))
    return f"{right:.0f} / {touching:.0f}"


def measured(data: Path) -> Iterator[tuple[str, list[Case]]]:
    """Return the spans in the translations of the starter and of people."""
    lines = (data / "text/train/ru-ba.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [(stems(it[0]), stems(it[1])) for line in lines for it in [line.split("\t")]]
    folder = data / "text/eval/flores200-devtest"
    texts, people = (
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()[:SENTENCES]
        for name in ("rus_Cyrl", "bak_Cyrl")
    )
    translator = table.translators([manifest.read(STARTER)], lambda pack: table.protecting(pack, 1))
    machine = [candidate.text for candidate in translator.translate(texts, "ru", "ba")]
    pairs += [
        (stems(a), stems(b)) for side in (people, machine) for a, b in zip(texts, side, strict=True)
    ]
    pairs = [it for it in pairs if 0 < len(it[0]) <= 40 and 0 < len(it[1]) <= 40]
    there, here = chances(pairs), chances([(b, a) for a, b in pairs])
    for title, targets in (
        ("the starter's translation", machine),
        ("a person's translation", people),
    ):
        links = [
            agreed(stems(a), stems(b), there, here) for a, b in zip(texts, targets, strict=True)
        ]
        raw = cases(texts, targets, links)
        spans = translator.translate([text[a:b] for text, _, (a, b), _ in raw], "ru", "ba")
        parts = zip(raw, spans, strict=True)
        yield title, [Case(*known[:3], span.text, known[3]) for known, span in parts]


def report(data: Path) -> None:
    for title, found in measured(data):
        same = [it for it in found if it.text[slice(*it.span)] in it.target]
        left = [it for it in found if it not in same]
        sys.stdout.write(f"\n{title}: {len(found)} spans, {len(same)} of them the same in both\n\n")
        for row in rows(left):
            sys.stdout.write("| " + " | ".join(map(str, row)) + " |\n")
        sure = [it for it in left if ours(it)[0] >= SIMILAR]
        sys.stdout.write(
            f"\nfound by likeness (≥ {SIMILAR:.0f}): {len(sure)} of the {len(left)} others\n"
        )
        for name, way in (("place alone", at_place), ("all together", together)):
            for kind, some in (("all", found), ("not the same", left)):
                shares = [overlap(way(it), it.expected) for it in some]
                sys.stdout.write(f"{name}, {kind}: {percent(shares)}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    report(parser.parse_args().data)
