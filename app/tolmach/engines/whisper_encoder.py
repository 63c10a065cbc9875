"""A Whisper that can only encode: the second model where the encoder has threads of its own.

CTranslate2 loads models whole. What encoding does not need is left out of the files that it is
given: the decoder's layers but the first, which must be there, and the vocabulary but for a token.
Of Whisper base 27 MB of 75 stay.
"""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from tolmach.core.errors import ModelError
from tolmach.core.model_files import read_vocabulary
from tolmach.core.weights import Variable, Weights, blocks, read
from tolmach.core.windows import COMPUTE_TYPE

_LAYERS, _FIRST_LAYER = "decoder/layer_", "decoder/layer_0/"
_OF_TOKENS = ("decoder/embeddings/", "decoder/projection/")


def load_encoder(folder: Path, threads: int) -> Any:
    """Load a ctranslate2.models.Whisper that encodes as the whole one does; raises what that does.

    Files in a layout that we do not read are loaded whole.
    """
    from ctranslate2.models import Whisper

    try:
        files = encoder_files(folder)
    except ModelError:
        files = None
    return Whisper(
        str(folder), device="cpu", compute_type=COMPUTE_TYPE, intra_threads=threads, files=files
    )


def encoder_files(folder: Path) -> dict[str, bytes]:
    """Return the files of the model without what only decoding needs; raises ModelError."""
    vocabulary = read_vocabulary(folder, ["vocabulary"], folder.name)
    with (folder / "model.bin").open("rb") as file:
        weights = _encoder(read(file, folder.name), len(vocabulary))
        return {
            "model.bin": b"".join(blocks(weights)),
            "config.json": (folder / "config.json").read_bytes(),
            "vocabulary.json": json.dumps(vocabulary[:1]).encode(),
        }


def _encoder(weights: Weights, tokens: int) -> Weights:
    variables = {
        name: _first_row(variable) if _is_of_tokens(name, variable, tokens) else variable
        for name, variable in weights.variables.items()
        if not name.startswith(_LAYERS) or name.startswith(_FIRST_LAYER)
    }
    aliases = {alias: name for alias, name in weights.aliases.items() if name in variables}
    return replace(weights, variables=variables, aliases=aliases)


def _is_of_tokens(name: str, variable: Variable, tokens: int) -> bool:
    """Whether this has a row for each token; scales may also be one for all."""
    return name.startswith(_OF_TOKENS) and variable.shape[:1] == (tokens,)


def _first_row(variable: Variable) -> Variable:
    return replace(variable, shape=(1, *variable.shape[1:]), array=lambda: variable.array()[:1])
