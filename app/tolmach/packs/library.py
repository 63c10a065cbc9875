"""The model library: which packs are installed now, kept in memory while the program runs.

A pack may come or go in this window, by `tolmach packs add` in a terminal or with a folder copied
by hand. Rule: asking for `installed` never reads the disk. `refresh` does: it compares names, times
and sizes of the manifests, 0.1 ms for two packs, and reads them only when these differ, 2 ms each.
"""

from collections.abc import Sequence
from pathlib import Path

from tolmach.core import paths
from tolmach.packs import builtin, importer, store
from tolmach.packs.installed import InstalledPacks


class ModelLibrary:
    """May be asked on any thread, is refreshed on one."""

    def __init__(self, folders: Sequence[Path] | None = None) -> None:
        """Packs are added to the first of the folders: the person's, where none are named."""
        usual = paths.user_packs(), paths.bundled_packs()
        self._folders = usual if folders is None else tuple(folders)
        if self._folders:
            importer.forget_leftovers(self._folders[0])
        self._stamp = store.stamp(self._folders)  # before reading: what changes now is seen later
        self.installed: InstalledPacks = store.installed(self._folders)

    def refresh(self) -> None:
        """Have another `installed` if a pack was added, removed or replaced."""
        stamp = store.stamp(self._folders)
        if stamp != self._stamp:
            self._stamp, self.installed = stamp, store.installed(self._folders)

    @property
    def due(self) -> bool:
        """Whether a recognizer that comes with the program is to be made; looks at the disk."""
        return bool(builtin.due(self.installed.packs, self._folders[0]))

    def make_due(self, progress: store.Progress) -> None:
        """Make what is due, which takes a while, on any thread; raises as `builtin.make` does."""
        due = builtin.due(self.installed.packs, self._folders[0])
        builtin.make_all(due, self._folders[0], progress)
