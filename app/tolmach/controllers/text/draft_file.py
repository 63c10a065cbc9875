"""Which file holds the draft of this window: two windows never write the same one.

A lock beside the file says that a window has it; one of a process that is gone counts for nothing.
"""

import logging
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QLockFile

from tolmach.core import files, paths

log = logging.getLogger(__name__)

_MOST = 20  # windows that have a draft of their own


class DraftFile:
    """The draft that a window has taken for itself, until `release`.

    One that somebody left behind comes before an empty place, so that no text is forgotten.
    """

    def __init__(self, first: Path) -> None:
        """`first` is the file of an only window; the others are numbered after it."""
        places = list(islice(files.numbered(first), _MOST))
        self.path, self._lock = first, QLockFile(_lock_name(first))
        try:
            paths.own_folder(first.parent)
        except OSError as error:
            log.warning("the draft has no folder: %s", error)
            return
        for path in sorted(places, key=lambda place: not place.exists()):
            lock = QLockFile(_lock_name(path))
            lock.setStaleLockTime(0)  # however old, it holds as long as its process lives
            if lock.tryLock(0):
                self.path, self._lock = path, lock
                return

    def release(self) -> None:
        """Let another window have it."""
        self._lock.unlock()


def _lock_name(path: Path) -> str:
    return str(path.with_name(f"{path.name}.lock"))
