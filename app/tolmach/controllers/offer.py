"""What the packs on this computer can do, as the composition root found it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tolmach.core.pack import Pack, Pair
from tolmach.core.settings import Settings

NeedsButtons: TypeAlias = Callable[[Settings], bool]
MissingRoutes: TypeAlias = Callable[[Settings], Sequence[Pair]]


@dataclass(frozen=True, slots=True)
class Offer:
    """Asked by the window; both functions answer at once."""

    languages: tuple[str, ...]  # that the installed packs understand or translate
    recognizers: tuple[Pack, ...]  # in order of preference
    needs_buttons: NeedsButtons  # whether the two languages cannot be told apart
    missing_routes: MissingRoutes  # directions of the conversation that nothing translates

    @property
    def starter(self) -> bool:
        """Whether only the model that comes with the program is installed."""
        return all(pack.starter for pack in self.recognizers)
