"""Make a new pair of keys for releases: `make signing-key`. docs/releases.md says how to keep it.

The private key goes into the file that TOLMACH_SIGNING_KEY names, which must not be there yet, with
a passphrase if one is typed; the public one is added to resources/update-key.pub, to be committed.
"""

import getpass
import os
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

REPOSITORY = Path(__file__).resolve().parent.parent
VARIABLE = "TOLMACH_SIGNING_KEY"
PUBLIC = REPOSITORY / "resources" / "update-key.pub"


def main(public: Path = PUBLIC) -> int:
    """Make the pair and return the exit code."""
    place = os.environ.get(VARIABLE, "")
    path = Path(place).absolute()
    if not place or path.is_relative_to(REPOSITORY):
        return _refuse(f"{VARIABLE} must name a file outside the repository")
    key = Ed25519PrivateKey.generate()
    form = (Encoding.PEM, PrivateFormat.PKCS8, _encryption())
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _refuse(f"{path} is there already; a key that has signed is never overwritten")
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(*form))
    with public.open("ab") as file:
        form = (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        file.write(key.public_key().public_bytes(*form))
    sys.stdout.write(f"private key: {path}: keep it, and a copy elsewhere\n")
    sys.stdout.write(f"public key: added to {public}: commit it\n")
    return 0


def _encryption() -> KeySerializationEncryption:
    if not sys.stdin.isatty():
        return NoEncryption()
    secret = getpass.getpass("passphrase, empty for none: ")
    if secret != getpass.getpass("the same once more: "):
        sys.exit("signing-key: these were two passphrases; nothing was made")
    return BestAvailableEncryption(secret.encode()) if secret else NoEncryption()


def _refuse(reason: str) -> int:
    sys.stderr.write(f"signing-key: {reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
