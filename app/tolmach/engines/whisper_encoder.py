"""A Whisper that can only encode: the second model where the encoder has threads of its own.

CTranslate2 loads models whole. What encoding does not need is left out of the files that it
reads: the decoder's layers but the first, which must be there, and the vocabulary but for a token.
Of Whisper base 27 MB of 75 stay.
"""

import json
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tolmach.core import paths
from tolmach.core.errors import ModelError
from tolmach.core.model_files import read_vocabulary
from tolmach.core.weights import Variable, Weights, blocks, read
from tolmach.core.windows import COMPUTE_TYPE

_LAYERS, _FIRST_LAYER = "decoder/layer_", "decoder/layer_0/"
_OF_TOKENS = ("decoder/embeddings/", "decoder/projection/")


def load_encoder(folder: Path, threads: int) -> Any:
    """Load a ctranslate2.models.Whisper that encodes as the whole one does; raises what that does.

    The whole model where its files have a layout that we do not read, or where none can be written.
    """
    try:
        paths.own_folder(paths.home())
        # Files that it is given as bytes CTranslate2 keeps beside what it makes of them.
        with TemporaryDirectory(
            prefix="encoder-", dir=paths.home(), ignore_cleanup_errors=True
        ) as encoder:
            for name, content in encoder_files(folder).items():
                Path(encoder, name).write_bytes(content)
            return load(Path(encoder), threads)
    except (ModelError, OSError):
        return load(folder, threads)


def load(folder: Path, threads: int) -> Any:
    """Load a ctranslate2.models.Whisper; raises what CTranslate2 raises."""
    from ctranslate2.models import Whisper

    return Whisper(str(folder), device="cpu", compute_type=COMPUTE_TYPE, intra_threads=threads)


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
