"""Which file names a pack may hold: the same on every system, and never leading out of its folder.

A name that is harmless here can be a device, a stream or another file on Windows, and packs
travel between computers. So every name is held to the rules of all of them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

from tolmach.core.errors import PackError

_LONGEST = 200  # characters; Windows without long paths allows 260 with the folder before them
_RESERVED = re.compile(
    r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])\s*(\..*)?", re.I
)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}  # control, bidi, surrogate, unassigned ...


def visible(text: str) -> bool:
    """Whether a text holds no control, bidi, NUL or other character that deceives the eye."""
    return not any(unicodedata.category(character) in _INVISIBLE for character in text)


def _any_part(test: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda name: any(test(part) for part in name.split("/"))


FORBIDDEN: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("name-invisible", lambda name: not visible(name)),
    ("name-backslash", lambda name: "\\" in name),
    ("name-absolute", lambda name: name.startswith("/") or name[1:2] == ":"),
    ("name-parent", _any_part(lambda part: part == "..")),
    ("name-empty", _any_part(lambda part: part in ("", "."))),
    ("name-character", lambda name: any(character in ':*?"<>|' for character in name)),
    ("name-edge", _any_part(lambda part: part.endswith((".", " ")) or part.startswith(" "))),
    ("name-reserved", _any_part(lambda part: _RESERVED.fullmatch(part) is not None)),
    ("name-long", lambda name: len(name) > _LONGEST),
)


def check(name: str) -> None:
    """Raise PackError with a "name-…" code unless this is a harmless relative path with "/"."""
    for code, forbids in FORBIDDEN:
        if forbids(name):
            raise PackError(code, name=readable(name))


def check_all(names: Iterable[str]) -> None:
    """Check each name; raises PackError "name-twice" where a file system may see two as one."""
    folded_names: set[str] = set()
    for name in names:
        check(name)
        folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
        if folded in folded_names:
            raise PackError("name-twice", name=readable(name))
        folded_names.add(folded)


def readable(text: str) -> str:
    """Return a text from an untrusted file so that it can be shown: what hides is spelled out."""
    spelled = "".join(c if visible(c) else f"\\u{ord(c):04x}" for c in text)
    return spelled if len(spelled) <= 80 else spelled[:79] + "…"
