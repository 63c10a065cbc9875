"""A rotating log file in the person's folder, warnings to the terminal. Never what was said.

Rule: an exception is logged by its type and by where it happened. Its message may quote a text.
"""

import logging
import traceback
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from tolmach.core import paths

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


def outline(error: BaseException) -> str:
    """Return the types of an exception and its causes, and where they happened; no message."""
    return "".join(_outline(error))


def _outline(error: BaseException) -> Iterator[str]:
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield from _outline(cause)
    yield from traceback.format_tb(error.__traceback__)
    number = f" {error.errno}" if isinstance(error, OSError) else ""
    yield f"{type(error).__name__}{number}\n"


class _Discreet(logging.Formatter):
    """Writes exceptions as `outline` does."""

    def formatException(  # noqa: N802 - the library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        return outline(ei[1]).rstrip() if ei[1] else ""


class _SharedFile(RotatingFileHandler):
    """The window and the command line write the same file, which is the person's alone."""

    def _open(self) -> TextIOWrapper:
        paths.own_file(Path(self.baseFilename))
        return super()._open()

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        """Begin a new file; Windows allows it only once nobody else has this one open."""
        with suppress(PermissionError):
            super().doRollover()


def start(verbose: bool = False) -> None:
    """Send records to the log file and warnings (or everything) to the terminal.

    A folder that cannot be written costs the file, not the program.
    """
    logging.raiseExceptions = False  # or what a full disk keeps from the file is printed in full
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
    terminal.setFormatter(_Discreet("%(levelname)s: %(message)s"))
    handlers: list[logging.Handler] = [terminal]
    try:
        paths.own_folder(paths.home())
        paths.own_folder(paths.logs())
        file = _SharedFile(
            paths.logs() / "tolmach.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        pass
    else:
        file.setFormatter(_Discreet(_FORMAT))
        handlers.append(file)
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=handlers)
