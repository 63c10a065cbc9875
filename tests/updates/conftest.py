"""A program with a key, and the key to sign for it."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.updates.making import public_pem
from tolmach.core import paths


@pytest.fixture(scope="session")
def key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.generate()


@pytest.fixture(autouse=True)
def build(key: Ed25519PrivateKey, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the program that public key; returns its file."""
    path = tmp_path / "update-key.pub"
    path.write_bytes(public_pem(key))
    monkeypatch.setattr(paths, "update_key", lambda: path)
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    return tmp_path / "Флешка №1"
