"""Build the bundle for Linux and everything that is made of it: `make package-linux`.

PyInstaller's folder, its libraries stripped, looked at from outside (elf.py, contents.py), tried
by its own self-test, and only then packed: .deb, .rpm, .tar.xz; each once with Whisper base, once
with the starter models alone. What lies in build/packages has passed everything.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

REPOSITORY = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(REPOSITORY / "app"), str(REPOSITORY / "packaging")]

import contents  # noqa: E402
import elf  # noqa: E402
import notices  # noqa: E402
import packers  # noqa: E402
import parts  # noqa: E402
import sbom  # noqa: E402

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
STARTER = "_internal/tolmach/data/models/starter"


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done and how long it took."""
    begun = monotonic()
    sys.stdout.write(f"package: {name}\n")
    sys.stdout.flush()
    yield
    sys.stdout.write(f"package: {name}: {monotonic() - begun:.0f} s\n")


def run(*command: str | Path, **variables: str) -> None:
    """Run a program; raises CalledProcessError."""
    subprocess.run([str(word) for word in command], check=True, env={**os.environ, **variables})


def commit_time() -> str:
    """Return the time of the commit in seconds: every file of the same commit gets it."""
    command = ["git", "-C", str(REPOSITORY), "log", "-1", "--format=%ct"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def build() -> None:
    """Have PyInstaller make the folder."""
    shutil.rmtree(BUNDLE, ignore_errors=True)
    work = BUILD / "work"
    run(
        sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        REPOSITORY / "packaging" / "tolmach.spec", "--distpath", BUILD, "--workpath", work,
        PYTHONHASHSEED="0",
    )  # fmt: skip


def strip() -> None:
    """Take the symbols out that only a debugger reads; a file that this breaks stays as it was.

    Where a wheel's libraries were patched, the tool misplaces their segments, and nobody could
    load them any more.
    """
    for file in elf.scan(BUNDLE):
        stripped = file.path.with_name(f"{file.path.name}.stripped")
        run("strip", "--strip-unneeded", "-o", stripped, file.path)
        after = elf.read(stripped)
        if after and after.aligned and "libs" not in file.path.parent.suffix:
            shutil.copymode(file.path, stripped)
            stripped.replace(file.path)
        else:
            stripped.unlink()


def describe() -> None:
    """Say in the bundle what is in it: licences, the offer of sources, the parts list."""
    rows = parts.parts(PROGRAM, BUILD / "work" / "tolmach")
    notices.write(BUNDLE, rows)
    sbom.write(BUNDLE / "sbom.cdx.json", rows, int(os.environ["SOURCE_DATE_EPOCH"]))


def look() -> None:
    """Read what was built: what it asks of a computer, and whether anything in it goes online."""
    for name in PROMISED:  # PyInstaller takes what this computer has, without a word of the rest
        if not (BUNDLE / "_internal" / name).exists():
            sys.exit(f"{name} is missing: packaging/debian-packages.txt says what to install")
    run(sys.executable, REPOSITORY / "packaging" / "linux" / "elf.py", BUNDLE)
    contents.check(PROGRAM)


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
    os.environ.setdefault("SOURCE_DATE_EPOCH", commit_time())
    with step("bundle"):
        build()
    with step("strip"):
        strip()
    with step("licences and parts list"):
        describe()
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
            try_out()
        pack("tolmach")
    tell()


def tell() -> None:
    """Print the sizes."""
    for path in (BUNDLE, BUNDLE / STARTER, *sorted(PACKAGES.glob("*"))):
        size = contents.size(path) if path.is_dir() else path.stat().st_size
        sys.stdout.write(
            f"package: {size / contents.MIB:7.1f} MiB  {path.relative_to(REPOSITORY)}\n"
        )


def pack(name: str, kinds: Sequence[str] = ("tar", "deb", "rpm")) -> None:
    """Make the packages of the bundle as it is now."""
    for kind in kinds:
        with step(f"{name}, {kind}"):
            packers.PACKERS[kind](name, BUNDLE, PACKAGES)


if __name__ == "__main__":
    main()
