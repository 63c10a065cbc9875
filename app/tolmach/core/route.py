"""From one language to another over the pairs that installed packs can translate."""

from collections import deque
from collections.abc import Collection

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pair


def route(pairs: Collection[Pair], source: str, target: str) -> tuple[Pair, ...]:
    """Return the shortest chain of language pairs from source to target; () if they are the same.

    Among chains of equal length the one whose pairs come first in `pairs` wins, so the order of
    packs decides. Raises UsageError "no-route"; its parameter `reachable` lists the languages
    that can be reached from the source, so that the window can offer them.
    """
    arrived: dict[str, tuple[Pair, ...]] = {source: ()}
    waiting = deque([source])
    while waiting and target not in arrived:
        here = waiting.popleft()
        for pair in pairs:
            if pair[0] == here and pair[1] not in arrived:
                arrived[pair[1]] = (*arrived[here], pair)
                waiting.append(pair[1])
    if target not in arrived:
        reachable = ", ".join(sorted(set(arrived) - {source}))
        raise UsageError("no-route", source=source, target=target, reachable=reachable)
    return arrived[target]
