"""What a finished bundle holds: nothing that goes online, and the same files for the same commit.

python packaging/contents.py compare BUNDLE BUNDLE      1 when two builds of a commit differ
"""

import hashlib
import sys
import zipfile
from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

import parts

# Code that opens connections. What a bundle may have of it is the standard library's, which
# parsers of XML import at their top; who calls it is told in docs/privacy.md.
ONLINE_MODULES = (
    "aiohttp", "anyio", "asyncio", "av.datasets", "fsspec", "ftplib", "h11", "hf_xet", "httpcore*",
    "httpx*", "huggingface_hub", "imaplib", "nntplib", "poplib", "requests", "smtplib",
    "socketserver", "telnetlib", "urllib3", "webbrowser", "websockets", "wsgiref",
    "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebSockets",
)  # fmt: skip
ONLINE_FILES = ("*Qt*Network*", "*QtWeb*", "*/plugins/tls/*", "*/hf_xet/*", "*libcurl*")


class OnlineCodeError(Exception):
    """Something in the bundle could open a connection."""


def online(modules: Iterable[str], files: Iterable[str]) -> Iterator[str]:
    """Yield the names of what goes online."""
    for module in sorted(modules):
        if any(
            fnmatch(module, pattern) or fnmatch(module, f"{pattern}.*")
            for pattern in ONLINE_MODULES
        ):
            yield module
    for file in sorted(files):
        if any(fnmatch(file, pattern) for pattern in ONLINE_FILES):
            yield file


def check(program: Path) -> None:
    """Raise OnlineCodeError where a bundle, known by its program, holds code that goes online."""
    folder = program.parent
    files = (path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    if names := list(online(parts.module_names(program), files)):
        raise OnlineCodeError(f"{program}: goes online: {', '.join(names)}")


def hashes(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file, or where a link leads, by its path in the folder."""
    digests: dict[str, str] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            digests[name] = f"-> {path.readlink()}"
        elif path.is_file():
            with path.open("rb") as stream:
                digests[name] = hashlib.file_digest(stream, "sha256").hexdigest()
    return digests


def differences(first: dict[str, str], second: dict[str, str]) -> Iterator[str]:
    """Yield the paths at which two bundles differ."""
    for name in sorted(first.keys() | second.keys()):
        if first.get(name) != second.get(name):
            yield name


def sort_archive(path: Path) -> None:
    """Put the entries of a zip in the order of their names: PyInstaller's is not fixed."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, content in sorted(entries, key=lambda pair: pair[0].filename):
            archive.writestr(entry, content)


def size(folder: Path) -> int:
    """Return how many bytes the files of a folder have."""
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())


def main() -> int:
    """Compare two bundles; 1 when they differ, or one is not there."""
    if absent := [argument for argument in sys.argv[2:4] if not Path(argument).is_dir()]:
        sys.exit(f"no bundle: {', '.join(absent)}")
    names = list(differences(*(hashes(Path(argument)) for argument in sys.argv[2:4])))
    sys.stdout.writelines(f"differs: {name}\n" for name in names)
    return 1 if names else 0


if __name__ == "__main__":
    sys.exit(main())
