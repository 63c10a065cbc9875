"""What the packs on this computer can do, as the composition root found it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tolmach.core.language import languages
from tolmach.core.pack import Pack, Pair
from tolmach.core.settings import Settings

NeedsButtons: TypeAlias = Callable[[Settings], bool]
MissingRoutes: TypeAlias = Callable[[Settings], Sequence[Pair]]
Progress: TypeAlias = Callable[[int, int], None]  # bytes so far, bytes in all; may raise Cancelled
Prepare: TypeAlias = Callable[[Progress], "Offer"]


@dataclass(frozen=True, slots=True)
class Offer:
    """Asked by the window; its questions are answered at once."""

    languages: tuple[str, ...]  # that the installed packs understand or translate
    recognizers: tuple[Pack, ...]  # in order of preference
    needs_buttons: NeedsButtons  # whether the two languages cannot be told apart
    missing_routes: MissingRoutes  # directions of the conversation that nothing translates
    pairs: tuple[Pair, ...] = ()  # that the installed packs translate, each in one step
    prepare: Prepare | None = None  # makes a pack that is due: takes a while, may raise AppError

    @property
    def starter(self) -> bool:
        """Whether only the model that comes with the program is installed."""
        return all(pack.starter for pack in self.recognizers)

    @property
    def written(self) -> tuple[str, ...]:
        """The languages of texts that can be translated, those of the registry in its order."""
        able = dict.fromkeys(code for pair in self.pairs for code in pair)
        known = [entry.code for entry in languages() if entry.code in able]
        return tuple(dict.fromkeys((*known, *able)))
