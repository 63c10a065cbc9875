"""pytest's Qt plugin, where Qt can be loaded; elsewhere tests that need Qt skip and say why.

A minimal Linux lacks system libraries that PySide6 needs. pytest-qt would end the whole run there,
so pyproject.toml blocks it and loads this module in its place.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

pytest_plugins: list[str] = []

_NEEDED = "libgl1 libegl1 libglib2.0-0 libfontconfig1 libdbus-1-3 libxkbcommon-x11-0"


class _NoQt:
    """Makes an import of Qt skip the module, or the test, that wanted it."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Skip for a part of Qt; other finders know everything else."""
        if name.startswith("PySide6."):
            pytest.skip(self._reason, allow_module_level=True)
        return None


try:
    from PySide6 import QtWidgets  # noqa: F401 - whether it can be loaded
except ImportError as error:
    for _name in [name for name in sys.modules if name.startswith("PySide6.")]:
        del sys.modules[_name]
    sys.meta_path.insert(0, _NoQt(f"Qt cannot be loaded: {error} (apt install {_NEEDED})"))
else:
    pytest_plugins.append("pytestqt.plugin")
