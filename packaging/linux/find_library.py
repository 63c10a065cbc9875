"""In a bundle for Linux, before anything else: the bundle's own libraries are found by their names.

`ctypes.util.find_library` asks ldconfig and the compiler, which know the system's libraries alone;
sounddevice looks for PortAudio with it.
"""

import ctypes.util
import sys
from pathlib import Path

_system = ctypes.util.find_library


def _in_bundle(name: str) -> str | None:
    files = sorted(Path(sys._MEIPASS).glob(f"lib{name}.so*"))
    return str(files[0]) if files else _system(name)


ctypes.util.find_library = _in_bundle
