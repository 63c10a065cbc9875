"""Build the bundle for Linux and everything that is made of it: `make package-linux`.

PyInstaller's folder, with a numpy of our own (plain_numpy.py), its libraries made smaller
(slim.py), looked at from outside (elf.py, contents.py), tried by its own self-test, and only then
packed: .deb, .rpm, .tar.xz; each once with Whisper base, once with the starter models alone. What
lies in build/packages has passed everything.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(REPOSITORY / "app"), str(REPOSITORY / "packaging")]

import contents  # noqa: E402
import notices  # noqa: E402
import packers  # noqa: E402
import parts  # noqa: E402
import plain_numpy  # noqa: E402
import sbom  # noqa: E402
import slim  # noqa: E402
from steps import commit_time, say, step  # noqa: E402

from tolmach.packs import builtin  # noqa: E402

BUILD = REPOSITORY / "build" / "linux"
BUNDLE = BUILD / "tolmach"
PROGRAM = BUNDLE / "tolmach"
PACKAGES = REPOSITORY / "build" / "packages"
PROMISED = (
    "libportaudio.so.2", "libxcb-cursor.so.0", "libxcb-icccm.so.4", "libxcb-image.so.0",
    "libxcb-keysyms.so.1", "libxcb-randr.so.0", "libxcb-render-util.so.0", "libxcb-shape.so.0",
    "libxcb-xkb.so.1", "libxkbcommon-x11.so.0", "libdbus-1.so.3",
)  # fmt: skip
MODELS = "_internal/tolmach/data/models"
STARTER = f"{MODELS}/starter"
MB = 1_000_000
MOST_BYTES = 300 * MB  # without models


def run(*command: str | Path, **variables: str) -> None:
    """Run a program; raises CalledProcessError."""
    subprocess.run([str(word) for word in command], check=True, env={**os.environ, **variables})


def build(numpy: Path) -> None:
    """Have PyInstaller make the folder, with the numpy of a folder."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    work = BUILD / "work"
    run(
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        REPOSITORY / "packaging" / "tolmach.spec", "--distpath", BUILD, "--workpath", work,
        PYTHONHASHSEED="0", PYTHONPATH=str(numpy),
    )  # fmt: skip


def describe(rows: Sequence[parts.Part]) -> None:
    """Say in the bundle what is in it: licences, the offer of sources, the parts list."""
    notices.write(BUNDLE, rows)
    sbom.write(BUNDLE / "sbom.cdx.json", rows, commit_time())


def look() -> None:
    """Read what was built: what it asks of a computer, and whether anything in it goes online."""
    for name in PROMISED:  # PyInstaller takes what this computer has, without a word of the rest
        if not (BUNDLE / "_internal" / name).exists():
            sys.exit(f"{name} is missing: packaging/debian-packages.txt says what to install")
    run(sys.executable, REPOSITORY / "packaging" / "linux" / "elf.py", BUNDLE)
    contents.check(PROGRAM)
    size = contents.size(BUNDLE) - contents.size(BUNDLE / MODELS)
    if size > MOST_BYTES:
        sys.exit(f"{size / MB:.1f} MB without models: more than docs/packages.md promises")


def try_out() -> None:
    """Run the bundle's own self-test as somebody who has nothing."""
    with tempfile.TemporaryDirectory(prefix="толмач ") as home:
        bare = {"PATH": "/usr/bin:/bin", "HOME": home, "LANG": "C.UTF-8"}
        subprocess.run([str(PROGRAM), "self-test"], check=True, env=bare, cwd=home)


def add_whisper() -> None:
    """Put Whisper base beside the starter packs, as the program would make it."""
    builtin.make(BUNDLE / STARTER, lambda size, total: None)
    for path in (BUNDLE / STARTER).rglob("*"):  # a person's packs are theirs alone, these are not
        path.chmod(0o755 if path.is_dir() else 0o644)


def main() -> None:
    """Build, look, try, pack."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--bundle-only", action="store_true", help="pack nothing")
    arguments = parser.parse_args()
    commit_time()  # PyInstaller asks for it, too
    with step("numpy without OpenBLAS"):
        numpy = plain_numpy.build(BUILD)
    with step("bundle"):
        build(numpy)
    with step("smaller libraries"):
        slim.slim(BUNDLE / "_internal")
    with step("licences and parts list"):
        rows = parts.parts(PROGRAM, BUILD / "work" / "tolmach", slim.SILENCED)
        describe(rows)
    with step("what it needs and holds"):
        look()
    with step("self-test"):
        try_out()
    if not arguments.bundle_only:
        PACKAGES.mkdir(parents=True, exist_ok=True)
        for pattern in ("*.deb", "*.rpm", "*.tar.xz"):
            for package in PACKAGES.glob(pattern):
                package.unlink()
        pack("tolmach-small")
        with step("Whisper base"):
            add_whisper()
            describe([*rows, parts.WHISPER])
            try_out()
        pack("tolmach")
    tell()


def tell() -> None:
    """Print the sizes."""
    for path in (BUNDLE, BUNDLE / MODELS, *sorted(PACKAGES.glob("*"))):
        size = contents.size(path) if path.is_dir() else path.stat().st_size
        say(f"{size / MB:7.1f} MB  {path.relative_to(REPOSITORY)}")


def pack(name: str, kinds: Sequence[str] = ("tar", "deb", "rpm")) -> None:
    """Make the packages of the bundle as it is now."""
    for kind in kinds:
        with step(f"{name}, {kind}"):
            packers.PACKERS[kind](name, BUNDLE, PACKAGES)


if __name__ == "__main__":
    main()
