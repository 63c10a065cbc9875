"""The text that was there when the window was closed: kept, and there again at the start.

Texts are the person's own: the file is theirs alone to clear, by clearing the text.
"""

import json
import logging
from collections.abc import Sequence
from pathlib import Path

from tolmach.controllers.text.paragraphs import Paragraph
from tolmach.core import files
from tolmach.core.errors import StorageError

log = logging.getLogger(__name__)


def save(path: Path, paragraphs: Sequence[Paragraph]) -> None:
    """Keep a text and what was corrected in its translation; a blank text removes the file."""
    written = {str(n): paragraph.text for n, paragraph in enumerate(paragraphs) if paragraph.edited}
    lines = [paragraph.source for paragraph in paragraphs]
    try:
        if any(map(str.strip, (*lines, *written.values()))):
            stored = {"lines": lines, "written": written}
            files.keep(path, json.dumps(stored, ensure_ascii=False).encode())
        else:
            path.unlink(missing_ok=True)
    except (StorageError, OSError) as error:
        log.warning("the draft could not be kept: %s", error)


def load(path: Path) -> tuple[list[str], dict[int, str]] | None:
    """Return the lines and the corrected paragraphs by number; None if there is no draft."""
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
