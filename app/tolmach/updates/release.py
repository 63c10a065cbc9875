"""The description of a release: which version, which files with size and hash, what is new.

    {"format": 1, "product": "tolmach", "version": "1.2.0", "date": "2027-03-01", "data_format": 1,
     "files": [{"name": "tolmach-1.2.0-setup.exe", "size": 100000000, "sha256": "…"}],
     "notes": "…"}                what CHANGELOG.md has of this version

Rule: whoever reads one has checked its signature over the very bytes before (signature.py). Even so
a name in it is a plain name, and every number has its range.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from tolmach import __version__
from tolmach.core.data_format import DATA_FORMAT
from tolmach.core.errors import UpdateError

FORMAT = 1
PRODUCT = "tolmach"
ENDING = ".release.json"
LARGEST = 256 * 1024  # bytes of a description
MOST_FILES = 64
LARGEST_FILE = 4_000_000_000
_VERSION = r"(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})"
_NAME = r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,127}"
_DATE = r"\d{4}-\d{2}-\d{2}"
_SHA256 = r"[0-9a-f]{64}"


@dataclass(frozen=True, slots=True)
class ReleaseFile:
    """One file that people install; `name` is without folders."""

    name: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Release:
    """One version as it is published."""

    version: str
    date: str  # 2027-03-01
    data_format: int  # of what it writes: core/data_format.py
    files: tuple[ReleaseFile, ...]
    notes: str = ""

    @property
    def judgement(self) -> str:
        """The code of what a person is told who would install this over the program that runs."""
        running, described = numbers(__version__), numbers(self.version)
        if described == running:
            return "update-same"
        if described > running:
            return "update-newer"
        return "update-older" if self.data_format >= DATA_FORMAT else "update-older-data"

    def file(self, name: str) -> ReleaseFile | None:
        """Return the file with this name."""
        return next((file for file in self.files if file.name == name), None)


def numbers(version: str) -> tuple[int, ...]:
    """Return a version as what is compared: three numbers and nothing else, so 1.10.0 > 1.9.0.

    Raises ValueError for what is no such version.
    """
    match = re.fullmatch(_VERSION, version, re.ASCII)
    if match is None:
        raise ValueError(version)
    return tuple(map(int, match.groups()))


def parse(content: bytes, name: str) -> Release:
    """Return the release of a description whose signature has been checked.

    `name` is its file's, for errors. Raises UpdateError "update-other-program",
    "update-format" for one made for newer programs, "update-description-wrong".
    """
    try:
        raw = dict(json.loads(content).items())
        if raw.get("product") != PRODUCT:
            raise UpdateError("update-other-program", name=name)
        if raw["format"] != FORMAT:
            raise UpdateError("update-format", name=name)
        return _release(raw)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise UpdateError("update-description-wrong", name=name) from error


def write(release: Release) -> bytes:
    """Return the bytes to be signed; raises ValueError for what `parse` would refuse."""
    raw = {"format": FORMAT, "product": PRODUCT, **asdict(release)}
    _release(raw | {"files": list(raw["files"])})
    content = json.dumps(raw, ensure_ascii=False, indent=1).encode() + b"\n"
    if len(content) > LARGEST:
        raise ValueError("the description is too long")
    return content


def _release(raw: Mapping[str, Any]) -> Release:
    files = tuple(map(_file, _typed(raw["files"], list)))
    names = {file.name.lower() for file in files}
    if not 0 < len(files) <= MOST_FILES or len(names) < len(files):
        raise ValueError("files")
    numbers(_typed(raw["version"], str))
    return Release(
        version=raw["version"],
        date=_matching(raw["date"], _DATE),
        data_format=_number(raw["data_format"], 10_000),
        files=files,
        notes=_typed(raw["notes"], str),
    )


def _file(raw: Mapping[str, Any]) -> ReleaseFile:
    name = _matching(raw["name"], _NAME)
    if name.endswith(ENDING):
        raise ValueError("a description describes no description")
    size = _number(raw["size"], LARGEST_FILE)
    return ReleaseFile(name, size, _matching(raw["sha256"], _SHA256))


def _typed(value: Any, kind: type) -> Any:
    if type(value) is not kind:
        raise ValueError(kind.__name__)
    return value


def _number(value: Any, largest: int) -> int:
    number: int = _typed(value, int)
    if not 0 < number <= largest:
        raise ValueError("number")
    return number


def _matching(value: Any, pattern: str) -> str:
    text: str = _typed(value, str)
    if re.fullmatch(pattern, text, re.ASCII) is None:
        raise ValueError(pattern)
    return text
