"""The pack's description, pack.json."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from .alphabet import LANGUAGES

FILES = (
    "model.bin",
    "config.json",
    "vocabulary.json",
    "tokenizer.json",
    "preprocessor_config.json",
)
MEMORY_MB = 150
MAX_SECONDS = 25
_ATTRIBUTION = (
    "Trained by the Tolmach project. Sentences: the Russian-Bashkir parallel corpus of "
    "AigizK, translatewiki.net, interface translations of free applications, Common Voice "
    "sentences and interface translations (CC0), phrases of the recipe itself (CC0). "
    "All speech was synthesised with espeak-ng."
)


def _entry(path: Path) -> dict[str, Any]:
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return {"path": path.name, "size": len(content), "sha256": digest}


def read_quality(folder: Path) -> list[dict[str, Any]]:
    """Return the quality list of an existing pack.json."""
    path = folder / "pack.json"
    if not path.exists():
        return []
    quality: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["quality"]
    return quality


def write(folder: Path, quality: list[dict[str, Any]]) -> None:
    """Write pack.json for the files in the folder."""
    description = {
        "format": 1,
        "id": "starter-recognizer",
        "version": "1",
        "kind": "recognizer",
        "engine": "whisper",
        "title": {
            "ru": "Пробный распознаватель: русский, татарский, башкирский",
            "en": "Starter recognizer: Russian, Tatar, Bashkir",
        },
        "languages": {language: {"token": f"<|{language}|>"} for language in LANGUAGES},
        "files": [_entry(folder / name) for name in FILES],
        "memory_mb": MEMORY_MB,
        "licence": "CC-BY-SA-4.0",
        "attribution": _ATTRIBUTION,
        "options": {
            "context": "dynamic",
            "max_seconds": MAX_SECONDS,
            "previous_tokens": 0,  # it was trained with texts that had nothing to do with the next
            "window_seconds": 3,
            "tokens_per_second": 50,  # characters: fast speech has over 25 a second
            "starter": True,
        },
        "quality": quality,
    }
    text = json.dumps(description, ensure_ascii=False, indent=2) + "\n"
    temporary = folder / ".pack.json.new"
    temporary.write_text(text, encoding="utf-8")
    temporary.replace(folder / "pack.json")
