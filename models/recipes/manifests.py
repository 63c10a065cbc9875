"""Manifests of the packs that are made on the spot: what a recipe made is stated in them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def state(data: bytes, name: str, manifest: Path) -> None:
    """Say in a pack's manifest that a file of this name holds these bytes."""
    content = json.loads(manifest.read_bytes())
    entry = {"path": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    names = [file["path"] for file in content["files"]]
    place = names.index(name) if name in names else len(names)
    content["files"][place : place + 1] = [entry]
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    manifest.write_text(text, encoding="utf-8")
