"""SentencePiece models, loaded from bytes: its native code cannot open every Windows path."""

from pathlib import Path
from typing import Any

from tolmach.core.errors import ModelError
from tolmach.core.model_files import require_files
from tolmach.engines.native import loading


def load_pieces(path: Path, pack: str) -> Any:
    """Return the SentencePieceProcessor of a model file; raises ModelError."""
    from sentencepiece import SentencePieceProcessor

    require_files(path.parent, [path.name], pack)
    model = path.read_bytes()
    if not model:  # the processor would take it for "none given"
        raise ModelError("model-damaged", file=path.name, pack=pack)
    with loading(path.name, pack):
        return SentencePieceProcessor(model_proto=model)
