"""Which window rule is the cheapest that hears as well as the full window.

What is compared was measured side by side: each piece of sound in each window that some rule gives
it. A rule is then arithmetic, the second try of what the guards distrust included. Rule: a length
of sound counts as much as another one. "Да" is as much to lose as a sentence, and has few letters.

Of unconfirmed words the first second is left out, and no length gets the full window: they are
guessed there in any window, shown when they are believed, and heard again at once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil

from rapidfuzz.distance import Levenshtein

from tolmach.core.windows import (
    ALWAYS_FULL,
    DRAFT,
    FINAL,
    FRAMES,
    FULL,
    WindowRule,
    WindowSize,
)
from tolmach.quality.error_rates import character_error_rate

LENGTHS = (1.0, 2.5, 5.0, 10.0, 20.0, 28.0)  # seconds at most: classes of pieces
_LEAST, _SLACK = (5.0, 8.0, 10.0, 15.0), (0.5, 1.5, 2.5, 4.0)
_SHORT = (0.0, *LENGTHS[:3])
_WORSE = 0.003  # of the error rate: no more than that above the full window's
_UNIDENTIFIED = 0.01  # of the pieces: so many more may be taken for another language


@dataclass(frozen=True, slots=True)
class Decoding:
    """What a recognizer made of a piece in one window, without a second try."""

    text: str  # normalised
    doubtful: bool  # by the guards: a loop, an invention
    identified: bool  # the language, among all that the pack knows
    cost: float  # CPU seconds


@dataclass(frozen=True, slots=True)
class DecodedExcerpt:
    """A piece of sound, what is said in it, and what it becomes by the size of the window."""

    sound: int  # feature frames
    reference: str  # normalised
    decodings: Mapping[WindowSize, Decoding]

    @property
    def length(self) -> float:
        """Its class."""
        return next((most for most in LENGTHS if self.sound <= most * FRAMES), LENGTHS[-1])


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """What a rule comes to on all pieces."""

    rule: WindowRule
    rates: Mapping[float, float]  # CER by class of length, 1.0 for an error a letter
    doubted: int  # pieces at the first try
    unidentified: int  # pieces whose language was taken for another
    cost: float  # CPU seconds a piece
    count: int  # of the pieces

    @property
    def rate(self) -> float:
        """The mean of the classes in which something is said."""
        return sum(self.rates.values()) / max(1, len(self.rates))


def candidates(name: str, *present: WindowRule, completed: bool) -> list[WindowRule]:
    """Return the rules that are tried for FINAL or DRAFT, these among them; the full one first.

    `completed`: whether the pack knows silence, which may follow.
    """
    shorts = _SHORT if name == FINAL else _SHORT[:1]
    swept = [WindowRule(*numbers) for numbers in product(_LEAST, _SLACK, shorts)]
    followed = [replace(rule, completed=FULL) for rule in swept] if completed else []
    return list(dict.fromkeys((ALWAYS_FULL, *present, *swept, *followed)))


def outcomes(
    name: str, rules: Iterable[WindowRule], measured: Sequence[DecodedExcerpt]
) -> dict[WindowRule, RuleOutcome]:
    """Return what each rule for FINAL or DRAFT comes to; a final is tried twice, a draft once."""
    final = name == FINAL
    compared = [piece for piece in measured if final or piece.length > LENGTHS[0]]
    return {rule: outcome(rule, compared, retried=final) for rule in rules}


def outcome(rule: WindowRule, pieces: Sequence[DecodedExcerpt], *, retried: bool) -> RuleOutcome:
    """Return what a rule comes to; `retried`: what is doubted is heard in the full window, too."""
    pairs: dict[float, list[tuple[str, str]]] = {}
    doubted = unidentified = 0
    cost = 0.0
    for piece in pieces:
        size, full = rule.size(piece.sound), ALWAYS_FULL.size(piece.sound)
        first = last = piece.decodings[size]
        if first.doubtful and retried and size < full and not size.completed:
            last = piece.decodings[full]
            cost += last.cost
        cost += first.cost
        doubted += first.doubtful
        unidentified += not first.identified
        pairs.setdefault(piece.length, []).append((piece.reference, last.text))
    rates = {
        length: character_error_rate(pairs[length]).value
        for length in sorted(pairs)
        if any(reference for reference, _ in pairs[length])
    }
    return RuleOutcome(rule, rates, doubted, unidentified, cost / len(pieces), len(pieces))


def cheapest(name: str, results: Mapping[WindowRule, RuleOutcome]) -> RuleOutcome:
    """Return the cheapest for FINAL or DRAFT that is as good as the full window.

    Unconfirmed words must be soon: they get the full window only where all others loop.
    """
    full = results[ALWAYS_FULL]
    fit = [result for result in results.values() if is_as_good(result, full)]
    if name == DRAFT and fit == [full]:
        calm = [r for r in results.values() if r is not full and r.doubted <= full.doubted]
        return min(calm, key=lambda result: result.rate, default=full)
    return min(fit, key=lambda result: result.cost)


def is_as_good(result: RuleOutcome, full: RuleOutcome) -> bool:
    """Whether a rule hears as well as the full window does."""
    return (
        result.rate <= full.rate + _WORSE
        and result.doubted <= full.doubted
        and result.unidentified <= full.unidentified + ceil(_UNIDENTIFIED * full.count)
    )


def beginning(text: str, decoded: str) -> str:
    """Return the first words of a text, those that are nearest to what was decoded of the sound.

    Both are normalised. Where sound was cut nobody wrote down what is said until there.
    """
    words = text.split()
    beginnings = [" ".join(words[:count]) for count in range(len(words) + 1)]
    return min(beginnings, key=lambda first: Levenshtein.distance(first, decoded))
