"""What the packs on this computer can do, as the composition root found it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from tolmach.core.pack import Pack, Pair
from tolmach.core.settings import Settings
from tolmach.language.registry import languages

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
    on_request: tuple[Pair, ...] = ()  # those they hardly know, besides
    is_trial: Callable[[Settings], bool] = lambda _: False  # between the languages of texts
    prepare: Prepare | None = None  # makes a pack that is due: takes a while, may raise AppError

    @property
    def starter(self) -> bool:
        """Whether only the model that comes with the program is installed."""
        return all(pack.starter for pack in self.recognizers)

    def offered(self, settings: Settings) -> tuple[Pair, ...]:
        """Return the pairs that the person may use, each in one step."""
        return self.pairs + (self.on_request if settings.on_request else ())

    def written(self, settings: Settings) -> tuple[str, ...]:
        """Return the languages that texts can be translated from or into, in the usual order."""
        able = dict.fromkeys(code for pair in self.offered(settings) for code in pair)
        known = [entry.code for entry in languages() if entry.code in able]
        return tuple(dict.fromkeys((*known, *able)))
