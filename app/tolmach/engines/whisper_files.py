"""A Whisper with less in it than its files have, where CTranslate2 would load them whole.

What is not needed is left out of files that are there for as long as loading takes. A model that
only encodes, where the encoder has threads of its own, needs no layer of the decoder but the first,
which must be there, and one token: of Whisper base 27 MB of 75 stay. One that writes needs the
tokens that its languages are written with; see whisper_tokens.py.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

import numpy as np

from tolmach.core import allocation, paths
from tolmach.core.errors import ModelError
from tolmach.core.leftovers import is_abandoned, prefix_of_ours
from tolmach.core.model_files import read_json, read_vocabulary
from tolmach.core.weights import Array, Variable, Weights, blocks, read
from tolmach.core.whisper_folder import ID_LISTS
from tolmach.core.windows import COMPUTE_TYPE

_LAYERS, _FIRST_LAYER = "decoder/layer_", "decoder/layer_0/"
_OF_TOKENS = ("decoder/embeddings/", "decoder/projection/")  # a row for each, or one for all
Change: TypeAlias = Callable[[str, Variable], Variable | None]  # None: it is left out
_PREFIX = "whisper-loading-"
_FILES = ("model.bin", "config.json", "vocabulary.json")
_FORGOTTEN = 3600  # seconds; whoever made such a folder was killed meanwhile


def load(folder: Path, threads: int) -> Any:
    """Load a ctranslate2.models.Whisper; raises what CTranslate2 raises."""
    from ctranslate2.models import Whisper

    return Whisper(str(folder), device="cpu", compute_type=COMPUTE_TYPE, intra_threads=threads)


def load_encoder(folder: Path, threads: int) -> Any:
    """Load a ctranslate2.models.Whisper that encodes as the whole one does; raises what that does.

    The whole model where its files have a layout that we do not read, or where none can be written.
    """
    try:
        with encoder_alone(folder) as smaller:
            return load(smaller, threads)
    except (ModelError, OSError):
        return load(folder, threads)


@contextmanager
def with_tokens(folder: Path, ids: Sequence[int]) -> Iterator[Path]:
    """Make a folder of a model that can write these tokens alone, which it numbers anew.

    They must be in their order: CTranslate2 takes what lies between two ids for parts of a prompt.
    Raises ModelError for a layout that we do not read, OSError where nothing can be written.
    """
    tokens = read_vocabulary(folder, ["vocabulary"], folder.name)
    config = read_json(folder / "config.json", folder.name)
    numbers = {old: new for new, old in enumerate(ids)}
    for name in ID_LISTS:
        if config.get(name):
            config[name] = [numbers[old] for old in config[name] if old in numbers]
    others = (token for old, token in enumerate(tokens) if old not in numbers)
    # CTranslate2 counts the names to know whether a model has languages.
    names = [*(tokens[old] for old in ids), *others]
    rows = np.array(ids)

    def chosen(name: str, variable: Variable) -> Variable:
        if not _has_rows(name, variable):
            return variable
        if variable.shape[0] != len(tokens):
            raise ModelError("model-damaged", file="model.bin", pack=folder.name)
        return _rows(variable, len(ids), lambda whole: whole[rows])

    with _changed(folder, chosen, config, names) as smaller:
        yield smaller


@contextmanager
def encoder_alone(folder: Path) -> Iterator[Path]:
    """Make a folder of a model that can only encode; raises as `with_tokens` does."""
    names = read_vocabulary(folder, ["vocabulary"], folder.name)[:1]
    config = read_json(folder / "config.json", folder.name)

    def chosen(name: str, variable: Variable) -> Variable | None:
        if name.startswith(_LAYERS) and not name.startswith(_FIRST_LAYER):
            return None
        if not _has_rows(name, variable):
            return variable
        return _rows(variable, 1, lambda whole: whole[:1])

    with _changed(folder, chosen, config, names) as smaller:
        yield smaller


@contextmanager
def _changed(folder: Path, change: Change, config: object, names: Sequence[str]) -> Iterator[Path]:
    """Make a folder of changed weights with this config.json and vocabulary, in our own folder.

    Files that CTranslate2 is given as bytes it keeps beside what it makes of them.
    """
    if paths.is_portable():
        raise OSError("to write so much on a stick takes longer than it saves")
    home = paths.home()
    paths.own_folder(home)
    _remove_forgotten(home)
    with TemporaryDirectory(
        prefix=prefix_of_ours(_PREFIX), dir=home, ignore_cleanup_errors=True
    ) as name:
        smaller = Path(name)
        with (
            (folder / "model.bin").open("rb") as source,
            (smaller / "model.bin").open("wb") as file,
        ):
            for block in blocks(_smaller(read(source, folder.name), change)):
                file.write(block)
        (smaller / "config.json").write_text(json.dumps(config))
        (smaller / "vocabulary.json").write_text(json.dumps(names))
        allocation.return_free_blocks()
        yield smaller


def _remove_forgotten(home: Path) -> None:
    for folder in home.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody was quicker, or has something of his own there
            if is_abandoned(folder, _PREFIX, _FORGOTTEN):
                for name in _FILES:
                    (folder / name).unlink(missing_ok=True)
                folder.rmdir()


def _smaller(weights: Weights, change: Change) -> Weights:
    changed = {name: change(name, variable) for name, variable in weights.variables.items()}
    variables = {name: variable for name, variable in changed.items() if variable is not None}
    aliases = {alias: name for alias, name in weights.aliases.items() if name in variables}
    return replace(weights, variables=variables, aliases=aliases)


def _has_rows(name: str, variable: Variable) -> bool:
    """Whether this has a row for each token."""
    return name.startswith(_OF_TOKENS) and variable.shape[:1] not in ((), (1,))


def _rows(variable: Variable, count: int, choose: Callable[[Array], Array]) -> Variable:
    shape = (count, *variable.shape[1:])
    return replace(variable, shape=shape, array=lambda: choose(variable.array()))
