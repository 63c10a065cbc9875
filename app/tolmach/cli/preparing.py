"""Makes the recognizers that are installed with the program before a command needs them."""

import sys
from collections.abc import Sequence

from tolmach.cli.screen import show_progress
from tolmach.core import paths
from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.packs import builtin, importer, store


def installed() -> tuple[Pack, ...]:
    """Return the packs on this computer, Whisper among them where it can be had.

    Where it cannot, one line says why, and the others do the work.
    """
    importer.forget_leftovers(paths.user_packs())
    if due := builtin.due(store.installed().packs, paths.user_packs()):
        try:
            make(due)
        except AppError as error:
            print(sentence(error.code, error.params), file=sys.stderr)
    return store.installed().packs


def make(names: Sequence[str] = builtin.IDS) -> list[Pack]:
    """Make the packs, showing on a terminal how far it is; raises AppError as `builtin.make`."""
    try:
        return builtin.make_all(names, paths.user_packs(), _show)
    finally:
        show_progress()


def _show(size: int, total: int) -> None:
    percent = str(100 * size // total)
    show_progress(translate("cli", "Готовлю распознавание речи: {percent} %", percent=percent))
