"""The programs of `packaging/`, which are no package: loaded as their build loads them."""

import sys
from importlib import import_module
from types import ModuleType

from tests.conftest import REPOSITORY

PACKAGING = REPOSITORY / "packaging"
FOLDERS = (PACKAGING, PACKAGING / "linux", PACKAGING / "windows")


def tool(name: str) -> ModuleType:
    """Return one of the modules that the builds share, by its name."""
    path = list(sys.path)
    sys.path[:0] = [str(folder) for folder in FOLDERS]
    try:
        return import_module(name)
    finally:
        sys.path[:] = path
