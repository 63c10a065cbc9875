"""What a person chose, kept as JSON. A setting is one field here; unknown fields are kept out.

A damaged file is set aside under another name, never overwritten and never fatal. One of a newer
version of the program stays as it is: the defaults hold, and nothing is saved.
"""

import json
import logging
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from tolmach.core import files
from tolmach.core.data_format import is_newer
from tolmach.core.errors import StorageError

log = logging.getLogger(__name__)

FORMAT = 1  # goes up when an older program would misread the file; a new field is no such reason
_FORMER_NAMES = {"left": "left_language", "right": "right_language"}


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings with their defaults."""

    left_language: str = "ru"  # of the conversation
    right_language: str = "ba"
    speaker: str = "auto"  # who speaks: "auto", "left" or "right"
    microphone: str = ""  # name of the device, "" is the system's
    recognizer: str = ""  # pack id, "" is the best one installed
    interface: str = ""  # interface language, "" is the system's
    theme: str = "system"  # "system", "light" or "dark"
    font: str = "own"  # "own", which comes with the program, or "system"
    geometry: str = ""  # the window's size and place, as Qt writes it, base64
    beam: int = 0  # of the final text: 1 is faster, 5 more exact, 0 is what the model's maker says
    strict: bool = False  # what was shown while somebody spoke never changes, though it be wrong
    ahead: bool = False  # translate what is still being said
    text_source: str = "ru"  # languages of the text screen
    text_target: str = "ba"
    on_request: bool = False  # offer also the pairs that the starter hardly knows
    project: str = ""  # whose terms and memory hold besides the general ones, "" for no project

    @property
    def sides(self) -> tuple[str, str]:
        """The languages of the conversation, the one on the left first."""
        return self.left_language, self.right_language

    def other_side(self, language: str) -> str:
        """Return what a language is translated into, "" if both sides speak it."""
        return next((side for side in self.sides if side != language), "")


def load(path: Path) -> Settings:
    """Read settings; what is missing or of the wrong type gets its default."""
    if is_newer(path, FORMAT):
        return Settings()
    try:
        raw = dict(json.loads(path.read_text(encoding="utf-8")).items())
        json.dumps(raw, ensure_ascii=False).encode()  # halves of characters cannot be saved again
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, AttributeError, RecursionError):
        try:
            log.warning("settings are unreadable, kept aside as %s", files.set_aside(path))
        except OSError:
            log.warning("settings are unreadable and cannot be set aside: %s", path)
        return Settings()
    raw = {_FORMER_NAMES.get(name, name): value for name, value in raw.items()}
    valid = {
        field.name: raw[field.name]
        for field in fields(Settings)
        if type(raw.get(field.name)) is type(field.default)  # isinstance: true is a number
    }
    return Settings(**valid)


def save(settings: Settings, path: Path) -> None:
    """Write settings whole or not at all; raises as `check` does, or "not-writable"."""
    check(path)
    content = {"format": FORMAT, **asdict(settings)}
    files.keep(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def check(path: Path) -> None:
    """Raise StorageError "settings-newer" if a newer version of the program wrote the file."""
    if is_newer(path, FORMAT):
        raise StorageError("settings-newer", path=str(path))
