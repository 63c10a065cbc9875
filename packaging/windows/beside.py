"""What PyInstaller does not find on Windows by itself; `tolmach.spec` asks here.

Rule: imports.py is the judge. What is missing shows there, not on a person's computer.
"""

import re
import sys
from pathlib import Path
from sysconfig import get_path

from PyInstaller.utils.win32.versioninfo import (
    FixedFileInfo,
    StringFileInfo,
    StringStruct,
    StringTable,
    VarFileInfo,
    VarStruct,
    VSVersionInfo,
)

Entry = tuple[str, str, str]

REPOSITORY = Path(__file__).resolve().parents[2]
ICON = REPOSITORY / "build" / "windows" / "tolmach.ico"
# Microsoft's C++ runtime: the wheel `msvc-runtime` puts it beside python.exe. A clean Windows has
# none of it.
RUNTIME = (
    "msvcp140.dll",
    "msvcp140_1.dll",
    "msvcp140_2.dll",
    "vcruntime140.dll",
    "vcruntime140_1.dll",
)
PROGRAM, CONSOLE = "Tolmach", "tolmach-console"
RUSSIAN, UNICODE = 0x0419, 0x04B0


def completed(entries: list[Entry]) -> list[Entry]:
    """Return PyInstaller's entries with the DLLs that its analysis does not find, or finds twice.

    A `<package>.libs` folder comes whole: its package finds its DLLs there by itself, and they
    must not depend on which other package was loaded before. Of the C++ runtime one version alone
    comes, the newest: Windows gives every package the copy that was loaded first.
    """
    others = [entry for entry in entries if Path(entry[0]).name.lower() not in RUNTIME]
    present = {entry[0].replace("/", "\\").lower() for entry in others}
    packages = {name.split("\\")[0] for name in present}
    additions = [(name, str(Path(sys.prefix) / name), "BINARY") for name in RUNTIME]
    for folder in Path(get_path("platlib")).glob("*.libs"):
        if folder.name.removesuffix(".libs").lower() in packages:
            files = sorted(folder.glob("*.dll"))
            additions += [(f"{folder.name}\\{file.name}", str(file), "BINARY") for file in files]
    return others + [entry for entry in additions if entry[0].lower() not in present]


def version_info(version: str, name: str) -> VSVersionInfo:
    """Return what Windows shows as an executable's properties."""
    numbers = tuple(int(part) for part in re.findall(r"\d+", version)[:3])
    numbers += (0,) * (4 - len(numbers))
    strings = {
        "CompanyName": "Tolmach",
        "FileDescription": "Толмач",
        "FileVersion": version,
        "InternalName": name,
        "LegalCopyright": "Apache-2.0",
        "OriginalFilename": name,
        "ProductName": "Толмач",
        "ProductVersion": version,
    }
    table = StringTable(
        f"{RUSSIAN:04x}{UNICODE:04x}", [StringStruct(*pair) for pair in strings.items()]
    )
    return VSVersionInfo(
        ffi=FixedFileInfo(filevers=numbers, prodvers=numbers),
        kids=[
            StringFileInfo([table]),
            VarFileInfo([VarStruct("Translation", [RUSSIAN, UNICODE])]),
        ],
    )
