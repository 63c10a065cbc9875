"""Places of a source that are written anew; all between them stays letter for letter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tolmach.formats.documents.document import Unit


@dataclass(frozen=True, slots=True)
class Place:
    """What is translated of source[start:end]."""

    start: int
    end: int
    unit: Unit
    written: Callable[[Unit], str]  # returns the source of a translation
    in_tag: bool = False  # an attribute or a picture's description: words around it carry its tag

    def moved(self, by: int) -> "Place":
        """Return the place in a source that has so many characters before this one."""
        return replace(self, start=self.start + by, end=self.end + by)


def rewritten(source: str, places: Iterable[Place], units: Iterable[Unit | None]) -> str:
    """Return the source with translations in their places; None leaves one as it was."""
    pieces, at = [], 0
    for place, unit in zip(places, units, strict=True):
        if unit is not None:
            pieces += [source[at : place.start], place.written(unit)]
            at = place.end
    return "".join(pieces) + source[at:]


def rewritten_with_tags(
    source: str,
    read: Callable[[str], list[Place]],
    places: list[Place],
    units: Sequence[Unit | None],
) -> str:
    """Return the source with translations; `read` finds the places, which are these.

    What is in tags comes first, because the words around a tag are written with a copy of it. Where
    that would change what is read around it, it is left as it was.
    """
    pairs = list(zip(places, units, strict=True))
    page = rewritten(source, places, (unit if place.in_tag else None for place, unit in pairs))
    words = _words(read(page))
    if [place.unit for place in words] != [place.unit for place in _words(places)]:
        page, words = source, _words(places)
    return rewritten(page, words, (unit for place, unit in pairs if not place.in_tag))


def _words(places: Iterable[Place]) -> list[Place]:
    return [place for place in places if not place.in_tag]
