"""The text that was there when the window was closed: kept, and there again at the start.

Texts are the person's own: the file is theirs alone to clear, by clearing the text. One that a
newer version of the program wrote stays as it is, and nothing is kept in its place.
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

    Raises as `check` does.
    """
    check(path)
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        lines = [str(line) for line in stored["lines"]]
        written = {int(number): str(text) for number, text in stored["written"].items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        log.warning("the draft cannot be read: %s", type(error).__name__)  # it may quote the text
        return None
    return lines, {number: text for number, text in written.items() if 0 <= number < len(lines)}
