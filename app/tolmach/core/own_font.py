"""Noto Sans, which comes with the program as the wheel `fontpkg-noto-sans` (decision 23).

Its files are found by the package's metadata; its code is never imported.
"""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

FAMILY = "Noto Sans"
PACKAGE = "fontpkg-noto-sans"
SCRIPTS = frozenset(("Cyrl", "Latn"))  # of our languages; it draws every letter of these


def files() -> list[Path]:
    """Return its files, none where the package is missing."""
    try:
        listed = distribution(PACKAGE).files or []
    except PackageNotFoundError:
        return []
    paths = (Path(str(file.locate())) for file in listed if file.suffix == ".ttf")
    return [path for path in paths if path.is_file()]
