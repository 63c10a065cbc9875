"""Whether the authors of the program signed these bytes: ed25519, by `cryptography`.

The public keys come with the program, in `resources/update-key.pub`: PEM, more than one while keys
are changed. A signature is its 64 bytes in a file of its own, as OpenSSL writes them. Rule: nothing
of signed content is looked at before `check` has returned. `cryptography` is imported here alone,
and only when somebody updates: it is large.
"""

import logging
import re
from typing import TYPE_CHECKING

from tolmach.core import paths
from tolmach.core.errors import UpdateError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

log = logging.getLogger(__name__)

ENDING = ".sig"
LENGTH = 64  # bytes
_KEY = re.compile(rb"-----BEGIN PUBLIC KEY-----.*?-----END PUBLIC KEY-----\n?", re.DOTALL)


def has_key() -> bool:
    """Whether this build can check anything; says nothing of the key's soundness."""
    return paths.update_key().is_file()


def check(content: bytes, signature: bytes, name: str) -> None:
    """Return if one of our keys made this signature of exactly these bytes; `name` is for errors.

    Raises UpdateError "update-no-key" where the program has no key, "update-forged".
    """
    from cryptography.exceptions import InvalidSignature

    for key in _public_keys() if len(signature) == LENGTH else ():
        try:
            key.verify(signature, content)
        except InvalidSignature:
            continue
        return
    raise UpdateError("update-forged", name=name)


def _public_keys() -> "list[Ed25519PublicKey]":
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    try:
        blocks = _KEY.findall(paths.update_key().read_bytes())
        keys = [load_pem_public_key(block) for block in blocks]
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        log.info("no key to check updates with: %s", type(error).__name__)
        raise UpdateError("update-no-key") from error
    sound = [key for key in keys if isinstance(key, Ed25519PublicKey)]
    if not sound:
        raise UpdateError("update-no-key")
    return sound
