"""Pack the Windows bundle: installers and portable zips, each with Whisper base and without it.

    python packaging/windows/packages.py        as build.ps1 does on Windows, untried

Into build/packages, where the packages for Linux lie, too.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(REPOSITORY / "app"), str(REPOSITORY / "packaging")]

from steps import commit_time  # noqa: E402

from tolmach import __version__  # noqa: E402
from tolmach.core import paths  # noqa: E402
from tolmach.packs import builtin  # noqa: E402

BUILD = REPOSITORY / "build" / "windows"
BUNDLE = BUILD / "dist" / "tolmach"
FULL = BUILD / "full" / "tolmach"
ICON = BUILD / "tolmach.ico"
PACKAGES = REPOSITORY / "build" / "packages"
INSTALLER = Path(__file__).resolve().parent / "installer"
STARTER = Path("_internal", "tolmach", "data", "models", "starter")
SMALL = "tolmach-small"
WHOLE = "tolmach"
SIGN = os.environ.get("TOLMACH_SIGN", "")  # a command that signs the file it is given, for Windows


def main() -> None:
    """Pack both folders."""
    add_whisper()
    pack()


def sign(file: Path) -> None:
    """Have the maintainer's command sign a program, where there is one."""
    if SIGN:
        subprocess.run([*shlex.split(SIGN), str(file)], check=True)


def add_whisper() -> None:
    """Make a second folder with Whisper base in it; what is equal takes no room twice."""
    shutil.rmtree(FULL, ignore_errors=True)
    shutil.copytree(BUNDLE, FULL, copy_function=os.link)
    pack = builtin.make(BUILD / "whisper", lambda size, total: None)
    target = FULL / STARTER / pack.folder.name
    shutil.copytree(pack.folder, target, copy_function=os.link)


def pack() -> tuple[Path, Path, Path]:
    """Write the zips and the installers of both folders.

    Returns the installers with Whisper and without it, and the zip without it.
    """
    for old in present():
        old.unlink()
    PACKAGES.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(max_workers=2) as pool:
        jobs = [pool.submit(installer, WHOLE, FULL), pool.submit(installer, SMALL, BUNDLE)]
        jobs += [pool.submit(portable, WHOLE, FULL), pool.submit(portable, SMALL, BUNDLE)]
        whole, small, _, archive = [job.result() for job in jobs]
    return whole, small, archive


def make_quick(folder: Path, version: str) -> Path:
    """Write an installer that is only tried: it is not packed tightly."""
    return installer(SMALL, folder, version, BUILD / "trial", "-DQUICK")


def portable(name: str, folder: Path) -> Path:
    """Zip a folder with the marker that keeps a person's data beside the program."""
    epoch = time.gmtime(commit_time())[:6]
    target = PACKAGES / f"{name}-{__version__}-portable.zip"
    contents = {
        f"Tolmach/{file.relative_to(folder).as_posix()}": file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }
    contents[f"Tolmach/{paths.PORTABLE_MARKER}"] = f"{paths.PORTABLE_TEXT}\r\n".encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, content in contents.items():
            entry = zipfile.ZipInfo(path, epoch)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target


def installer(
    name: str, folder: Path, version: str = __version__, where: Path = PACKAGES, *more: str
) -> Path:
    """Have makensis write an installer of a folder and return it."""
    target = where / f"{name}-{version}-setup.exe"
    entries = BUILD / f"{target.stem}.nsh"
    lines = [f'  !insertmacro ${{doing}} "{path.name}"\n' for path in sorted(folder.iterdir())]
    entries.write_text("!macro Entries doing\n" + "".join(lines) + "!macroend\n", encoding="utf-8")
    numbers = [*re.findall(r"\d+", version)[:3], "0", "0", "0"][:4]
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    definitions = {
        "VERSION": version,
        "NUMBERS": ".".join(numbers),
        "BUNDLE": folder,
        "ENTRIES": entries,
        "ICON": ICON,
        "SIDE": BUILD / "side.bmp",
        "KILOBYTES": size // 1024,
        "OUTPUT": target,
        "SOURCE": INSTALLER,
    }
    if SIGN:
        definitions["SIGN"] = SIGN
    defined = [f"-D{key}={value}" for key, value in definitions.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *defined, *more]
    subprocess.run([*command, str(INSTALLER / "tolmach.nsi")], check=True)
    return target


def present() -> list[Path]:
    """Return the packages for Windows that lie in build/packages."""
    return sorted([*PACKAGES.glob("*.exe"), *PACKAGES.glob("*.zip")])


if __name__ == "__main__":
    main()
