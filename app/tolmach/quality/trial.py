"""Which translations are only a trial: so likely wrong that nobody may take one for the meaning.

The one rule: the quality that was measured of a pair decides (`quality` of its pack's manifest). A
trial is marked wherever it is shown or written, no confidence is told of it, and it is never to be
spoken. A starter pack that nobody measured is a trial, too; another pack without figures is not:
nothing is known of it, and it was chosen by the person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tolmach.core.pack import Pack, Pair
from tolmach.core.route import route

FLOOR = 40.0  # chrF++ on FLORES-200; below it fewer than half of everyday sentences come through
_METRIC = "chrF++"
_COMMON = "FLORES"  # of the same difficulty for all pairs, so it counts where it was measured


def is_trial(packs: Sequence[Pack], source: str, target: str) -> bool:
    """Whether a step of the way that these packs translate is a trial; raises as `route` does."""
    able: dict[Pair, Pack] = {}
    for pack in packs:
        for pair in pack.pairs:
            able.setdefault(pair, pack)
    return any(_is_trial(able[step], step) for step in route(able, source, target))


def offered(packs: Iterable[Pack], *, on_request: bool) -> tuple[Pack, ...]:
    """Return the packs without the pairs that are offered on request alone, unless there was one.

    A pair that another pack translates without a request is that pack's then.
    """
    if on_request:
        return tuple(packs)
    return tuple(
        replace(pack, pairs=tuple(pair for pair in pack.pairs if pair not in pack.on_request))
        for pack in packs
    )


def _is_trial(pack: Pack, pair: Pair) -> bool:
    measured = [q for q in pack.quality if q.subject == ">".join(pair) and q.metric == _METRIC]
    common = [q for q in measured if q.on.startswith(_COMMON)] or measured
    if not common:
        return pack.starter
    return min(quality.value for quality in common) < FLOOR
