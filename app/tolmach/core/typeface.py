"""The font that comes with the program, as files: Noto Sans (decision 21).

The package that holds it is found by its metadata and never imported.
"""

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

PACKAGE = "fontpkg-noto-sans"
FAMILY = "Noto Sans"
SCRIPTS = frozenset(("Cyrl", "Latn"))  # ISO 15924: of the scripts we know, those it can write


def files() -> list[Path]:
    """Return its font files; none where the package is not installed."""
    try:
        package = distribution(PACKAGE)
    except PackageNotFoundError:
        return []
    paths = (Path(str(package.locate_file(file))) for file in package.files or ())
    return [path for path in paths if path.suffix == ".ttf" and path.is_file()]
