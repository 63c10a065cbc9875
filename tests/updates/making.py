"""Releases as a maintainer makes them, with keys of the test's own."""

import hashlib
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tolmach import __version__
from tolmach.updates import release
from tolmach.updates.release import Release, ReleaseFile

NEWER, SAME, OLDER = "9.0.0", __version__, "0.0.9"
PAYLOAD = b"installer " * 1000


def public_pem(*keys: Ed25519PrivateKey) -> bytes:
    """Return the file of public keys that comes with a build."""
    form = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return b"".join(key.public_key().public_bytes(*form) for key in keys)


def described(version: str = NEWER, names: tuple[str, ...] = (), data_format: int = 1) -> Release:
    """Return a release whose files all have PAYLOAD."""
    names = names or (f"tolmach-{version}-linux.tar.xz", f"tolmach-{version}-setup.exe")
    digest = hashlib.sha256(PAYLOAD).hexdigest()
    files = tuple(ReleaseFile(name, len(PAYLOAD), digest) for name in names)
    return Release(version, "2027-03-01", data_format, files, "- Слышит лучше.")


def publish(folder: Path, key: Ed25519PrivateKey, edition: Release | None = None) -> Path:
    """Write a release's files, its description and signature; return the description."""
    edition = edition or described()
    folder.mkdir(parents=True, exist_ok=True)
    for file in edition.files:
        (folder / file.name).write_bytes(PAYLOAD)
    path = folder / f"tolmach-{edition.version}{release.ENDING}"
    return sign(path, release.write(edition), key)


def sign(path: Path, content: bytes, key: Ed25519PrivateKey) -> Path:
    """Write a description, whatever it says, with its signature."""
    path.write_bytes(content)
    path.with_name(f"{path.name}.sig").write_bytes(key.sign(content))
    return path
