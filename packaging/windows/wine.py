"""Run Windows programs under wine in a prefix of our own, build/windows/prefix.

Rule: nothing but wine's own folders gets the stand-ins of what wine lacks; a bundle that works here
because of one would not start on Windows, so none may lie in it (imports.py looks).
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import interpreter
from steps import say

PREFIX = interpreter.BUILD / "prefix"
WINE = "/usr/bin/wine"
SYSTEM = PREFIX / "drive_c" / "windows" / "system32"
PERSON = "Мария"
READING = 10  # seconds in which the last output arrives
HOME = PREFIX / "drive_c" / "users" / PERSON
PYTHON = interpreter.ROOT / "python.exe"


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the variables of a program under wine."""
    return {
        **{name: os.environ[name] for name in ("PATH", "HOME", "DISPLAY") if name in os.environ},
        "LANG": "C.UTF-8",
        "USER": PERSON,  # wine's user folder has this name
        "WINEPREFIX": str(PREFIX),
        "WINEARCH": "win64",
        "WINEDEBUG": "-all",
        # The real ucrtbase.dll: numpy needs crealf of it. No offers to download .NET or a browser.
        "WINEDLLOVERRIDES": "ucrtbase=n,b;mscoree,mshtml=",
        "KMP_AFFINITY": "disabled",  # libiomp5md asks for NUMA nodes, wine 8 does not know
        **(more or {}),
    }


def prepare() -> None:
    """Make the prefix, once, with what wine lacks."""
    if not Path(WINE).is_file():
        sys.exit("wine: not installed (apt install wine wine64)")
    if not (SYSTEM / "kernel32.dll").is_file():
        say("wine's folder in build/windows/prefix")
        shutil.rmtree(PREFIX, ignore_errors=True)
        PREFIX.mkdir(parents=True)
        result = run(["wineboot", "--init"], seconds=300)
        if result.returncode or not (SYSTEM / "kernel32.dll").is_file():
            sys.exit(f"wine: no prefix could be made\n{result.stdout}{result.stderr}")
        run(["winecfg", "/v", "win10"])  # wine 8 calls itself Windows 7, and the program wants 10
        stop()
    for shim in interpreter.SHIMS.iterdir():
        shutil.copyfile(shim, SYSTEM / shim.name)


def run(
    command: Sequence[str | Path],
    more: Mapping[str, str] | None = None,
    *,
    seconds: float = 600,
    folder: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a Windows program to its end and return what it wrote.

    Its input is empty and its output a pipe: wine 8 has no console to give to Python.
    """
    return subprocess.run(
        [WINE, *map(str, command)],
        env=environment(more),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=seconds,
        check=False,
    )


@contextmanager
def started(
    command: Sequence[str | Path],
    output: Path,
    more: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a Windows program; what it writes goes into a file, through a pipe."""
    with (
        output.open("wb") as file,
        subprocess.Popen(
            [WINE, *map(str, command)],
            env=environment(more),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as process,
        subprocess.Popen(["cat"], stdin=process.stdout, stdout=file) as reader,
    ):
        try:
            yield process
        finally:
            process.kill()
            with suppress(subprocess.TimeoutExpired):
                reader.wait(READING)
            reader.kill()  # a program of wine's own that was started meanwhile has its end, too


def stop() -> None:
    """End every program in the prefix and wait until it is quiet."""
    for option in ("-k", "-w"):
        subprocess.run(["/usr/bin/wineserver", option], env=environment(), check=False)


def wait(seconds: float = 120) -> None:
    """Wait until every program in the prefix has ended by itself."""
    subprocess.run(["/usr/bin/wineserver", "-w"], env=environment(), timeout=seconds, check=True)


def windows(path: Path) -> str:
    """Return what a Windows program calls a path: drive Z is the root, C a folder of the prefix."""
    drive, inside = "Z:", Path("/")
    if path.is_relative_to(PREFIX / "drive_c"):
        drive, inside = "C:", PREFIX / "drive_c"
    return drive + "\\" + "\\".join(path.relative_to(inside).parts)
