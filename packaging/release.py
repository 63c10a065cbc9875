"""Make a release of the packages in build/packages: `make release`.

Into build/release: every package, the description that the program checks, SHA256SUMS, the notes of
this version out of CHANGELOG.md, and a signature for what needs one. The private key is the file
that TOLMACH_SIGNING_KEY names; it never lies in the repository. What is not as it should be is said
at the end, and the exit code is 1: such a release is for looking at and not for people.
"""

import getpass
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "app"))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402
from cryptography.hazmat.primitives.serialization import load_pem_private_key  # noqa: E402

from tolmach import __version__  # noqa: E402
from tolmach.core.data_format import DATA_FORMAT  # noqa: E402
from tolmach.core.errors import UpdateError  # noqa: E402
from tolmach.updates import installation, release, signature, verification  # noqa: E402
from tolmach.updates.release import Release, ReleaseFile  # noqa: E402

PACKAGES = REPOSITORY / "build" / "packages"
TARGET = REPOSITORY / "build" / "release"
CHANGES = REPOSITORY / "CHANGELOG.md"
VARIABLE = "TOLMACH_SIGNING_KEY"
LATEST = f"latest{release.ENDING}"  # the same description, at an address that stays
SUMS = "SHA256SUMS"
_BLOCK = 1 << 20


def main(packages: Path = PACKAGES, target: Path = TARGET, changes: Path = CHANGES) -> int:
    """Make it and return the exit code."""
    problems: list[str] = []
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    files = _packages(packages, problems)
    if not files:
        return _tell(problems)
    for path in files:
        _link(path, target / path.name)
    notes = _notes(changes.read_text(encoding="utf-8"), problems)
    (target / f"tolmach-{__version__}.notes.md").write_text(f"{notes}\n", encoding="utf-8")
    described = tuple(ReleaseFile(p.name, p.stat().st_size, _digest(p)) for p in files)
    today = datetime.now(UTC).date().isoformat()
    content = release.write(Release(__version__, today, DATA_FORMAT, described, notes))
    description = target / f"tolmach-{__version__}{release.ENDING}"
    description.write_bytes(content)
    (target / LATEST).write_bytes(content)
    names = sorted(path for path in target.iterdir())
    sums = "".join(f"{_digest(path)}  {path.name}\n" for path in names)
    (target / SUMS).write_bytes(sums.encode())
    _sign([description, target / LATEST, target / SUMS], problems)
    for path in sorted(target.iterdir()):
        sys.stdout.write(f"release: {path.stat().st_size / 1e6:8.1f} MB  {path.name}\n")
    return _tell(problems)


def _packages(folder: Path, problems: list[str]) -> list[Path]:
    """Return the packages of this version; what else lies there is a problem."""
    paths = sorted(path for path in folder.glob("*") if path.is_file())
    version = re.compile(rf"(?<![\d.]){re.escape(__version__)}(?!\.?\d)")
    files = [path for path in paths if version.search(path.name)]
    others = [path.name for path in paths if path not in files]
    problems += [f"{name} is not of version {__version__}" for name in others]
    if not files:
        problems.append(f"{folder} has no package: make package-linux package-windows")
        return []
    for ending in installation.ENDINGS:
        if not any(path.name.endswith(ending) for path in files):
            problems.append(f"no {ending} among the packages")
    return files


def _notes(changes: str, problems: list[str]) -> str:
    """Return what the changes say of this version, without the heading."""
    heading = re.compile(r"^## ([\w.]+)[^\n]*\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    sections = dict(heading.findall(changes))
    if __version__ not in sections:
        problems.append(f"CHANGELOG.md has no section {__version__}: what is unreleased stands in")
    return str(sections.get(__version__, sections.get("Unreleased", ""))).strip()


def _sign(paths: Sequence[Path], problems: list[str]) -> None:
    """Write a signature beside each file, and check them as the program will."""
    key = _private_key(problems)
    if key is None:
        return
    for path in paths:
        path.with_name(path.name + signature.ENDING).write_bytes(key.sign(path.read_bytes()))
    try:
        verification.read(paths[0])
    except UpdateError as error:
        problems.append(
            f"the program would refuse this signature ({error.code}): resources/update-key.pub is "
            "missing or belongs to another key"
        )


def _private_key(problems: list[str]) -> Ed25519PrivateKey | None:
    place = os.environ.get(VARIABLE, "")
    if not place:
        problems.append(f"nothing is signed: {VARIABLE} names no key (docs/releases.md)")
        return None
    try:
        content = Path(place).read_bytes()
        secret = getpass.getpass("passphrase: ") if b"ENCRYPTED" in content else ""
        key = load_pem_private_key(content, secret.encode() or None)
    except (OSError, ValueError, TypeError) as error:
        problems.append(f"nothing is signed: {place} cannot be read ({error})")
        return None
    if not isinstance(key, Ed25519PrivateKey):
        problems.append(f"nothing is signed: {place} is no ed25519 key")
        return None
    return key


def _link(source: Path, target: Path) -> None:
    """Have the file in both places, once on the disk where that is possible."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copyfile(source, target)


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _tell(problems: Sequence[str]) -> int:
    for problem in problems:
        sys.stderr.write(f"release: NOT READY: {problem}\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
