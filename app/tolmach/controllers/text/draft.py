"""The text that was there when the window was closed: kept, and there again at the start.

Texts are the person's own: the file is theirs alone to clear, by clearing the text. One that a
newer version of the program wrote stays as it is, and nothing is kept in its place; one that cannot
be read is set aside, before a new one could take its place.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from tolmach.controllers.text.paragraphs import Paragraph
from tolmach.core import files
from tolmach.core.data_format import is_newer
from tolmach.core.errors import StorageError

log = logging.getLogger(__name__)

FORMAT = 1


def save(path: Path, paragraphs: Sequence[Paragraph]) -> None:
    """Keep a text and what was corrected in its translation; a blank text removes the file."""
    written = {str(n): paragraph.text for n, paragraph in enumerate(paragraphs) if paragraph.edited}
    lines = [paragraph.source for paragraph in paragraphs]
    try:
        check(path)
        if any(map(str.strip, (*lines, *written.values()))):
            stored = {"format": FORMAT, "lines": lines, "written": written}
            files.keep(path, json.dumps(stored, ensure_ascii=False).encode())
        else:
            path.unlink(missing_ok=True)
    except (StorageError, OSError) as error:
        log.warning("the draft could not be kept: %s", error)


def check(path: Path) -> None:
    """Raise StorageError "draft-newer" if a newer version of the program wrote the file."""
    if is_newer(path, FORMAT):
        raise StorageError("draft-newer", path=str(path))


def load(path: Path) -> tuple[list[str], dict[int, str]] | None:
    """Return the lines and the corrected paragraphs by number; None if there is no draft.

    Raises as `check` does, and StorageError "draft-damaged" with where the file now lies, or
    "not-readable" where it cannot even be moved.
    """
    check(path)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        lines = [_text(line) for line in stored["lines"]]
        written = {int(number): _text(text) for number, text in stored["written"].items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        log.warning("the draft cannot be read: %s", type(error).__name__)  # it may quote the text
        raise _set_aside(path) from error
    return lines, {number: text for number, text in written.items() if 0 <= number < len(lines)}


def _text(value: object) -> str:
    """Return a text that can be written again; raises ValueError, TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError
    value.encode()  # JSON can name halves of characters, UTF-8 cannot
    return value


def _set_aside(path: Path) -> StorageError:
    try:
        return StorageError("draft-damaged", path=str(files.set_aside(path)))
    except OSError:
        return StorageError("not-readable", path=str(path))
