"""Copies of a person's database, one a day, and the way back to them.

They lie in `backups` beside it and are thinned as Anki thins its own: the last of each of twelve
days, ten weeks and nine months that have any.
"""

import logging
import sqlite3
from collections.abc import Callable, Hashable, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from tolmach.core import files, paths
from tolmach.core.errors import StorageError, UsageError

log = logging.getLogger(__name__)

FOLDER = "backups"
DAYS, WEEKS, MONTHS = 12, 10, 9


class Backups:
    """The copies of one database."""

    def __init__(self, path: Path) -> None:
        """`path` is the database, which need not exist."""
        self._path = path
        self._folder = path.parent / FOLDER

    def dates(self) -> list[date]:
        """Return the days that have a copy, the oldest first."""
        days = []
        for path in self._folder.glob(f"{self._path.stem} *{self._path.suffix}"):
            try:
                days.append(date.fromisoformat(path.stem.removeprefix(f"{self._path.stem} ")))
            except ValueError:
                continue  # a person's own
        return sorted(days)

    def back_up(self, database: sqlite3.Connection, today: date) -> None:
        """Copy the open database unless this day has a copy or there is nothing in it.

        A failure keeps nobody from working.
        """
        copy = self._copy(today)
        try:
            if copy.exists() or not self._path.exists() or not self._path.stat().st_size:
                return
            paths.own_folder(self._folder)
            unfinished = copy.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)  # of a day on which the computer was switched off
            with closing(sqlite3.connect(unfinished)) as target:
                database.backup(target)
            paths.own_file(unfinished)
            unfinished.replace(copy)
            dates = self.dates()
            for day in set(dates) - spared(dates):
                self._copy(day).unlink()
        except (OSError, sqlite3.Error) as error:
            log.warning("%s has no copy of today: %s", self._path.name, type(error).__name__)

    def restore(self, day: date | None = None) -> date:
        """Put the copy of a day, or the last one, in place of the database, which is set aside.

        Return its day. Raises UsageError "backup-missing" and StorageError.
        """
        dates = self.dates()
        if not dates or (day and day not in dates):
            listed = ", ".join(map(str, dates)) or "–"
            raise UsageError("backup-missing", name=self._path.name, known=listed)
        chosen = day or dates[-1]
        data = files.read(self._copy(chosen))
        if self._path.exists():
            try:
                files.set_aside(self._path)
            except OSError as error:
                raise StorageError("not-writable", path=str(self._path.parent)) from error
        files.keep(self._path, data)
        return chosen

    def _copy(self, day: date) -> Path:
        return self._folder / f"{self._path.stem} {day}{self._path.suffix}"


def spared(dates: Sequence[date]) -> set[date]:
    """Return the days whose copies stay."""

    def last_of_each(period: Callable[[date], Hashable], count: int) -> list[date]:
        last = {period(day): day for day in sorted(dates)}
        return sorted(last.values())[-count:]

    return {
        *last_of_each(lambda day: day, DAYS),
        *last_of_each(lambda day: day.isocalendar()[:2], WEEKS),
        *last_of_each(lambda day: (day.year, day.month), MONTHS),
    }
