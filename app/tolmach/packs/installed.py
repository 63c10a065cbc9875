"""What the installed packs can do with the settings of the moment, answered from memory."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tolmach.core.errors import AppError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.settings import Settings
from tolmach.language.registry import languages
from tolmach.packs.selection import hearers_for, translatable, translators_for
from tolmach.quality.recognizers import tells_apart
from tolmach.quality.trial import is_trial, offered


@dataclass(frozen=True)
class InstalledPacks:
    """What the pack folders hold; `packs` in order of preference."""

    packs: tuple[Pack, ...] = ()
    broken: tuple[tuple[Path, AppError], ...] = ()  # folder, what is wrong with it

    @cached_property
    def recognizers(self) -> tuple[Pack, ...]:
        """In order of preference."""
        return tuple(pack for pack in self.packs if pack.kind == "recognizer")

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """That the recognizers understand."""
        return tuple(dict.fromkeys(code for pack in self.recognizers for code in pack.languages))

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """That anybody is offered, each translated in one step."""
        return _pairs(self._usual)

    @cached_property
    def pairs_on_request(self) -> tuple[Pair, ...]:
        """Those that the packs hardly know, besides."""
        usual = set(self.pairs)
        return tuple(pair for pair in _pairs(self.packs) if pair not in usual)

    @property
    def starter(self) -> bool:
        """Whether only the model that comes with the program is installed."""
        return all(pack.starter for pack in self.recognizers)

    def offered(self, settings: Settings) -> tuple[Pack, ...]:
        """Return the packs with the pairs that the person may use."""
        return self.packs if settings.on_request else self._usual

    def text_languages(self, settings: Settings) -> tuple[str, ...]:
        """Return the languages that texts can be translated from or into, in the usual order."""
        pairs = self.pairs + (self.pairs_on_request if settings.on_request else ())
        able = dict.fromkeys(code for pair in pairs for code in pair)
        usual = [entry.code for entry in languages() if entry.code in able]
        return tuple(dict.fromkeys((*usual, *able)))

    def text_translators(self, settings: Settings) -> tuple[Pack, ...]:
        """Return what translates a text, () for none needed; raises as `translators_for` does."""
        pair = settings.text_source, settings.text_target
        return translators_for(self.offered(settings), (pair,))

    def is_trial(self, settings: Settings) -> bool:
        """Whether a text would get a translation, and only a trial: see quality/trial.py."""
        packs, pair = self.offered(settings), (settings.text_source, settings.text_target)
        return translatable(packs, *pair) and is_trial(packs, *pair)

    def needs_buttons(self, settings: Settings) -> bool:
        """Whether people must say who speaks, because no recognizer here can hear it."""
        try:
            chosen = hearers_for(self.packs, settings.sides, settings.recognizer)
        except UsageError:
            return False
        return not tells_apart(tuple(chosen.values()), settings.sides)

    def missing_routes(self, settings: Settings) -> tuple[Pair, ...]:
        """Return the directions of the conversation that nothing translates."""
        packs, sides = self.offered(settings), settings.sides
        return tuple(pair for pair in (sides, sides[::-1]) if not translatable(packs, *pair))

    @cached_property
    def _usual(self) -> tuple[Pack, ...]:
        return offered(self.packs, on_request=False)


def _pairs(packs: tuple[Pack, ...]) -> tuple[Pair, ...]:
    return tuple(dict.fromkeys(pair for pack in packs for pair in pack.pairs))
