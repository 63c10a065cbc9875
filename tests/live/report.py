"""The table of `make bench-live` and its verdict. Pure."""

import math
from collections.abc import Mapping, Sequence

from tests.live.measures import Figures, percentile

LABELS = {
    "ours": "Tolmach",
    "ours, stock weights": "Tolmach, full windows for finals",
    "plain": "(a) faster-whisper an utterance",
    "agreement": "(b) LocalAgreement over 30 s",
    "blocks": "(c) blocks of 5 s",
}
FINAL_GOAL, FIRST_WORD_GOAL = 0.35, 0.5
_COLUMNS = (
    ("first word", "p50"),
    ("", "p95"),
    ("final", "p50"),
    ("", "p95"),
    ("translated", "p50"),
    ("", "p95"),
    ("churn", ""),
    ("amended", ""),
    ("CER", ""),
    ("CPU", "s/s"),
    ("memory", "MB"),
    ("behind", "s"),
    ("no word", "turns"),
    ("no final", "runs"),
    ("short", "right"),
)
_FIRST, _WIDTH = 34, 9

Listeners = Mapping[str, Figures]


def table(listeners: Listeners, *, meaning: bool) -> str:
    """Return a row of figures for each listener; `meaning`: whether the texts mean anything."""
    first = next(iter(listeners.values()))
    heads = [
        " " * _FIRST + "".join(f"{column[line]:>{_WIDTH + 2}}" for column in _COLUMNS)
        for line in (0, 1)
    ]
    rows = [
        f"{LABELS[name]:<{_FIRST}}"
        + "".join(f"{cell:>{_WIDTH + 2}}" for cell in _cells(figures, meaning))
        for name, figures in listeners.items()
    ]
    counted = (
        f"{first.turns} turns in {first.runs} runs, {first.short} of them short answers, "
        f"{first.speech:.0f} s of speech"
    )
    return "\n".join([counted, *(head.rstrip() for head in heads), *rows])


def _cells(figures: Figures, meaning: bool) -> list[str]:
    times = (figures.first_word, figures.final, figures.translation)
    return [
        *(seconds(percentile(values, share)) for values in times for share in (50, 95)),
        f"{figures.churn:.2f}" if meaning else "-",
        f"{figures.amendments:.2f}" if meaning else "-",
        f"{100 * figures.cer:.1f}%" if meaning else "-",
        f"{figures.cpu_per_second:.2f}",
        f"{figures.memory:.0f}",
        f"{figures.behind:.1f}",
        str(figures.wordless),
        str(figures.unfinished),
        f"{figures.short_right}/{figures.short}" if meaning else "-",
    ]


def seconds(value: float) -> str:
    """Return a time for the table, "-" for none."""
    return "-" if math.isnan(value) else f"{value:.2f}"


def ratios(listeners: Listeners) -> dict[str, float]:
    """Return how we compare, by the name of the comparison; only what was measured."""
    program, plain, agreement = (listeners.get(name) for name in ("ours", "plain", "agreement"))
    comparisons: dict[str, float] = {}
    if program and plain:
        final = percentile(program.final, 95)
        comparisons["final p95 / (a)"] = final / percentile(plain.final, 95)
        comparisons["final p95 / (a) told the language"] = final / percentile(plain.final_told, 95)
    if program and agreement:
        agreement_seconds = percentile(agreement.first_word, 50)
        comparisons["first word p50 / (b)"] = percentile(program.first_word, 50) / agreement_seconds
    return comparisons


def verdict(sets: Mapping[str, Listeners]) -> Sequence[str]:
    """Return whether each part of the goal is met, in words."""
    base, starter = ratios(sets.get("base", {})), sets.get("starter", {})
    parts = [
        ("final p95 on base shape / (a)", base.get("final p95 / (a)"), FINAL_GOAL),
        ("first word p50 on base shape / (b)", base.get("first word p50 / (b)"), FIRST_WORD_GOAL),
    ]
    lines = [f"{name}: {_met(value, most)}" for name, value, most in parts]
    met = [None if value is None else value <= most for _, value, most in parts]
    if "ours" in starter and "plain" in starter:
        own_cer, plain_cer = starter["ours"].cer, starter["plain"].cer
        lines.append(f"CER on starter: {100 * own_cer:.1f}%, (a) {100 * plain_cer:.1f}%")
        met.append(own_cer <= plain_cer)
    else:
        lines.append("CER on starter: not measured in this run")
        met.append(None)
    unheard = [
        f"{own.wordless} turns without a word, {own.unfinished} runs without a final: {name}"
        for name, listeners in sets.items()
        if (own := listeners.get("ours")) and (own.wordless or own.unfinished)
    ]
    missed, complete = False in met, None not in met
    conclusion = (
        "goal missed" if missed else "goal met" if complete else "goal not measured in full"
    )
    return [*lines, *unheard, conclusion]


def _met(value: float | None, most: float) -> str:
    if value is None:
        return "not measured in this run"
    return f"{value:.2f} ({'at most' if value <= most else 'more than'} {most})"
