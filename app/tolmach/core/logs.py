"""A rotating log file in the person's folder, warnings to the terminal. Never what was said."""

import logging
from contextlib import suppress
from logging.handlers import RotatingFileHandler

from tolmach.core import paths

_FORMAT = "%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"


class _SharedFile(RotatingFileHandler):
    """The window and the command line write the same file."""

    def doRollover(self) -> None:  # noqa: N802 - the library's name
        """Begin a new file; Windows allows it only once nobody else has this one open."""
        with suppress(PermissionError):
            super().doRollover()


def start(verbose: bool = False) -> None:
    """Send records to the log file and warnings (or everything) to the terminal.

    A folder that cannot be written costs the file, not the program.
    """
    terminal = logging.StreamHandler()
    terminal.setLevel(logging.DEBUG if verbose else logging.WARNING)
    terminal.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handlers: list[logging.Handler] = [terminal]
    try:
        paths.logs().mkdir(parents=True, exist_ok=True)
        file = _SharedFile(
            paths.logs() / "tolmach.log", maxBytes=1_000_000, backupCount=3, encoding="utf-8"
        )
    except OSError:
        pass
    else:
        file.setFormatter(logging.Formatter(_FORMAT))
        handlers.append(file)
    logging.basicConfig(level=logging.DEBUG if verbose else logging.INFO, handlers=handlers)
