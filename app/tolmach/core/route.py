"""From one language to another over the pairs that installed packs can translate."""

from collections import deque
from collections.abc import Collection

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pair


def route(
    pairs: Collection[Pair], source: str, target: str, on_request: Collection[Pair] = ()
) -> tuple[Pair, ...]:
    """Return the shortest chain of language pairs from source to target; () if they are the same.

    Among chains of equal length the one whose pairs come first in `pairs` wins, so the order of
    packs decides. Raises UsageError "no-route"; its parameter `reachable` lists the languages
    that can be reached from the source, so that the window can offer them. Where the pairs
    `on_request` would help, which nobody asked for, it is "no-route-on-request".
    """
    arrived = _arrived(pairs, source, target)
    if target in arrived:
        return arrived[target]
    helped = target in _arrived((*pairs, *on_request), source, target)
    reachable = ", ".join(sorted(set(arrived) - {source}))
    code = "no-route-on-request" if helped else "no-route"
    raise UsageError(code, source=source, target=target, reachable=reachable)


def _arrived(pairs: Collection[Pair], source: str, target: str) -> dict[str, tuple[Pair, ...]]:
    """Return the shortest chain to each language, up to the target."""
    arrived: dict[str, tuple[Pair, ...]] = {source: ()}
    waiting = deque([source])
    while waiting and target not in arrived:
        language = waiting.popleft()
        for pair in pairs:
            if pair[0] == language and pair[1] not in arrived:
                arrived[pair[1]] = (*arrived[language], pair)
                waiting.append(pair[1])
    return arrived
