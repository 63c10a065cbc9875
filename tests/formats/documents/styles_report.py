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

from tests.candidates import whole
from tolmach.core.translation import Sentence, Translation
from tolmach.engines import table
from tolmach.formats.documents.document import Style, Unit
from tolmach.formats.documents.placing import WORD, Placing, Range, StyledPart
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
    alone: str
    expected: Range


def stems(text: str) -> list[str]:
    return [word.lower()[:STEM] for word in WORD.findall(text)]


def chances(pairs: Sequence[Pair]) -> Chances:
    """Return how probable each word is as the translation of another: IBM model 1."""
    likely: Chances = defaultdict(lambda: defaultdict(lambda: 1e-3))
    for _ in range(ROUNDS):
        counts: Chances = defaultdict(lambda: defaultdict(float))
        for source, target in pairs:
            for translation in target:
                shares = [(word, likely[word][translation]) for word in (*source, "")]
                whole = sum(share for _, share in shares)
                for word, share in shares:
                    counts[word][translation] += share / whole
        likely = defaultdict(lambda: defaultdict(lambda: 1e-9))
        for word, row in counts.items():
            whole = sum(row.values())
            likely[word] |= defaultdict(lambda: 1e-9, {to: n / whole for to, n in row.items()})
    return likely


def agreed(
    source: list[str], target: list[str], forward: Chances, backward: Chances
) -> dict[int, int]:
    """Return which words both directions take for each other's translation."""
    out = {}
    for at, word in enumerate(source):
        if len(word) < 3 or not target:
            continue
        best = max(range(len(target)), key=lambda place: forward[word][target[place]])
        back = max(range(len(source)), key=lambda place: backward[target[best]][source[place]])
        if back == at and forward[word][target[best]] > 0.05:
            out[at] = best
    return out


def cases(
    texts: Sequence[str], targets: Sequence[str], links: Sequence[dict[int, int]]
) -> list[Span]:
    """Return spans whose translation is known: (text, target, span, expected)."""
    chance = random.Random(1)
    spans: list[Span] = []
    for text, target, links_of_words in zip(texts, targets, links, strict=True):
        words, translated = (
            [word.span() for word in WORD.finditer(side)] for side in (text, target)
        )
        for length in (1, 2, 3):
            starts = [
                at
                for at in range(len(words) - length + 1)
                if all(place in links_of_words for place in range(at, at + length))
                and text[words[at][0]].isalpha()
            ]
            chance.shuffle(starts)
            for at in starts[:2]:
                to = sorted(links_of_words[place] for place in range(at, at + length))
                if to[-1] - to[0] == length - 1:
                    span = (words[at][0], words[at + length - 1][1])
                    expected = (translated[to[0]][0], translated[to[-1]][1])
                    spans.append((text, target, span, expected))
    return spans


def overlap(first: Range, second: Range) -> float:
    """Return what two ranges share of both together."""
    both = min(first[1], second[1]) - max(first[0], second[0])
    return max(0, both) / (max(first[1], second[1]) - min(first[0], second[0]))


def aligned(case: Case) -> tuple[float, Range]:
    """The other way: rapidfuzz's partial alignment, snapped to words."""
    alignment = fuzz.partial_ratio_alignment(case.alone.lower(), case.target.lower())
    if alignment is None:
        return 0.0, (0, 0)
    words = [
        word.span()
        for word in WORD.finditer(case.target)
        if min(word.end(), alignment.dest_end) - max(word.start(), alignment.dest_start)
        > len(word[0]) / 2
    ]
    return (alignment.score, (words[0][0], words[-1][1])) if words else (0.0, (0, 0))


def by_likeness(case: Case) -> tuple[float, Range]:
    return similar(case.alone, _part(case), Placing(case.text, case.target, {}))


def at_place(case: Case) -> Range:
    """The last resort alone: no translation of the span is like anything."""
    return _restyled(case, "\u0000")


def together(case: Case) -> Range:
    return _restyled(case, case.alone)


def _part(case: Case) -> StyledPart:
    return StyledPart(0, *case.span, Sentence(0, len(case.text), 0, len(case.target)))


def _restyled(case: Case, alone: str) -> Range:
    unit = Unit(case.text, (Style(*case.span, 0),))
    style = restyled(unit, Translation(case.target), lambda parts: [alone] * len(parts)).styles[0]
    return style.start, style.end


def rows(spans: Sequence[Case]) -> Iterator[tuple[object, ...]]:
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
            *_band(spans, by_likeness, low),
            *_band(spans, aligned, low),
        )


def _band(
    spans: Sequence[Case], way: Callable[[Case], tuple[float, Range]], low: int
) -> tuple[str, int, str, str]:
    inside = [
        (case, at)
        for case in spans
        for score, at in [way(case)]
        if low <= score < low + 10 + (low == 90)
    ]
    return (
        f"{low}–{low + 10}",
        len(inside),
        percent([overlap(at, case.expected) for case, at in inside]),
        percent([overlap(at_place(case), case.expected) for case, _ in inside]),
    )


def percent(shares: Sequence[float]) -> str:
    """Return how many are right to the letter, and how many touch what they should."""
    if not shares:
        return "–"
    right, touching = (
        100 * sum(share > least for share in shares) / len(shares) for least in (0.99, 0)
    )
    return f"{right:.0f} / {touching:.0f}"


def measured(data: Path) -> Iterator[tuple[str, list[Case]]]:
    """Return the spans in the translations of the starter and of people."""
    lines = (data / "text/train/ru-ba.tsv").read_text(encoding="utf-8").splitlines()
    pairs = [(stems(a), stems(b)) for line in lines for a, b, *_ in [line.split("\t")]]
    folder = data / "text/eval/flores200-devtest"
    texts, people = (
        (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()[:SENTENCES]
        for name in ("rus_Cyrl", "bak_Cyrl")
    )
    translator = table.translators([manifest.read(STARTER)], lambda pack: table.protecting(pack, 1))
    machine = [whole(translator, text, "ru", "ba") for text in texts]
    pairs += [
        (stems(a), stems(b)) for side in (people, machine) for a, b in zip(texts, side, strict=True)
    ]
    pairs = [pair for pair in pairs if all(0 < len(side) <= 40 for side in pair)]
    forward, backward = chances(pairs), chances([(b, a) for a, b in pairs])
    for title, targets in (
        ("the starter's translation", machine),
        ("a person's translation", people),
    ):
        links = [
            agreed(stems(a), stems(b), forward, backward)
            for a, b in zip(texts, targets, strict=True)
        ]
        raw = cases(texts, targets, links)
        spans = [whole(translator, text[a:b], "ru", "ba") for text, _, (a, b), _ in raw]
        parts = zip(raw, spans, strict=True)
        yield title, [Case(*place[:3], span, place[3]) for place, span in parts]


def report(data: Path) -> None:
    for title, spans in measured(data):
        same = [case for case in spans if case.text[slice(*case.span)] in case.target]
        others = [case for case in spans if case not in same]
        sys.stdout.write(f"\n{title}: {len(spans)} spans, {len(same)} of them the same in both\n\n")
        for row in rows(others):
            sys.stdout.write("| " + " | ".join(map(str, row)) + " |\n")
        sure = [case for case in others if by_likeness(case)[0] >= SIMILAR]
        sys.stdout.write(
            f"\nfound by likeness (≥ {SIMILAR:.0f}): {len(sure)} of the {len(others)} others\n"
        )
        for name, way in (("place alone", at_place), ("all together", together)):
            for kind, some in (("all", spans), ("not the same", others)):
                shares = [overlap(way(case), case.expected) for case in some]
                sys.stdout.write(f"{name}, {kind}: {percent(shares)}\n")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=Path("../shared/data"))
    report(parser.parse_args().data)
