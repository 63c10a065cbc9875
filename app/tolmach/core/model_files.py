"""The JSON and vocabulary files that lie beside weights, read with errors a person understands."""

import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from tolmach.core.errors import ModelError

LARGEST = 64 * 1024 * 1024  # bytes; the vocabulary of a model for 200 languages takes five


def require_files(folder: Path, names: Sequence[str], pack: str) -> None:
    """Raise ModelError "model-file-missing" for the first of these that is no file."""
    for name in names:
        if not (folder / name).is_file():
            raise ModelError("model-file-missing", file=name, pack=pack)


def read_json(path: Path, pack: str) -> Any:
    """Return the content of a JSON file; raises ModelError."""
    try:
        return json.loads(_content(path, pack))
    except (ValueError, RecursionError) as error:  # no JSON, no UTF-8, nested too deeply
        raise ModelError("model-damaged", file=path.name, pack=pack) from error


def _content(path: Path, pack: str) -> bytes:
    """Return the bytes of a file that is a file, and no larger than such files are."""
    require_files(path.parent, [path.name], pack)
    if path.stat().st_size > LARGEST:
        raise ModelError("model-damaged", file=path.name, pack=pack)
    return path.read_bytes()


def read_vocabulary(folder: Path, stems: Sequence[str], pack: str) -> list[str]:
    """Return the tokens by id from the first of `stems` found as .json or .txt.

    The formats are CTranslate2's: a JSON list, or one token a line. Raises ModelError.
    """
    candidates = [folder / f"{stem}{ending}" for stem in stems for ending in (".json", ".txt")]
    path = next((path for path in candidates if path.is_file()), candidates[0])
    if path.suffix == ".txt":
        text = _content(path, pack).decode("utf-8", "replace").replace("\r\n", "\n")
        return text.removesuffix("\n").split("\n")
    tokens = read_json(path, pack)
    if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
        raise ModelError("model-damaged", file=path.name, pack=pack)
    return tokens


def check_tokens(needed: Collection[str], vocabulary: Collection[str], pack: str) -> None:
    """Raise ModelError "model-token-missing" for the first needed token that is unknown.

    CTranslate2 would take it for <unk> and answer nonsense without an error.
    """
    tokens = set(vocabulary)
    for token in needed:
        if token not in tokens:
            raise ModelError("model-token-missing", token=token, pack=pack)
