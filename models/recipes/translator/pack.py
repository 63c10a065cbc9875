"""The pack's manifest, and its folder's place. No torch here: measuring needs none."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from .pieces import TOKENS

LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "Trained by the Tolmach project on Russian-Bashkir sentence pairs compiled by AigizK "
    "(Bashinform news, translation memories, dictionary examples, proverbs, Tatoeba), "
    "interface translations of translatewiki.net (CC BY / GPL), Common Voice interface "
    "strings (MPL), open-source application strings, Tatoeba sentences (CC BY 2.0 FR) and "
    "phrases written for this recipe."
)
# Tatar is offered although it measures low: what is said in it shall not stand there without any
# translation, and the window says that these are starter models.
PAIRS = [["ru", "ba"], ["ba", "ru"], ["ru", "tt"], ["tt", "ru"]]


def _files(pack: Path) -> list[dict[str, Any]]:
    listed = []
    for path in sorted(pack.iterdir()):
        if path.name != "pack.json":
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            listed.append({"path": path.name, "size": len(content), "sha256": digest})
    return listed


def _calibration(pack: Path) -> dict[str, str]:
    """What `translator.calibrate` wrote of these weights; a new folder has nothing."""
    path = pack / "pack.json"
    options = json.loads(path.read_text("utf-8"))["options"] if path.is_file() else {}
    return {name: options[name] for name in ("calibration",) if name in options}


def write_pack_json(pack: Path, quality: list[dict[str, Any]]) -> None:
    """Describe the pack with what was measured of it."""
    size = sum(path.stat().st_size for path in pack.iterdir())
    described = {
        "format": 1,
        "id": "starter-ru-ba",
        "version": "2",
        "kind": "translator",
        "engine": "opus",
        "title": {
            "ru": "Пробный переводчик: русский, башкирский, немного татарский",
            "en": "Starter translator: Russian, Bashkir, a little Tatar",
        },
        "languages": {language: {"token": token} for language, token in TOKENS.items()},
        "pairs": PAIRS,
        "files": _files(pack),
        "memory_mb": 40 + size // 500_000,
        "licence": LICENCE,
        "attribution": ATTRIBUTION,
        "options": {
            "starter": True,
            "max_tokens": 96,
            "beam_size": 4,
            "on_request": "ru>tt tt>ru",  # hardly known: core/pack.py
        }
        | _calibration(pack),
        "quality": quality,
    }
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (pack / "pack.json").write_text(text + "\n", encoding="utf-8")


def swap(ready: Path, pack: Path) -> None:
    """Put a finished folder in the place of the old one."""
    pack.parent.mkdir(parents=True, exist_ok=True)
    old = pack.with_name(f".{pack.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if pack.exists():
        pack.rename(old)
    ready.rename(pack)
    shutil.rmtree(old, ignore_errors=True)
