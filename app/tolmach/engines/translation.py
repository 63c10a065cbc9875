"""What the CTranslate2 translators share: loading, their pairs, and the options of decoding."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeAlias

from tolmach.core.errors import UsageError
from tolmach.core.model_files import check_tokens, read_vocabulary, require_files
from tolmach.core.pack import Pack, Pair
from tolmach.engines.native import loading

Options: TypeAlias = dict[str, bool | int | float | str]  # of `translate_batch`


def load_translator(folder: Path, pack: Pack, threads: int) -> Any:
    """Return the ctranslate2.Translator of a folder; raises ModelError.

    The language tokens of the pack must be in its source vocabulary.
    """
    from ctranslate2 import Translator

    require_files(folder, ["model.bin"], pack.id)
    vocabulary = read_vocabulary(folder, ["shared_vocabulary", "source_vocabulary"], pack.id)
    check_tokens(pack.languages.values(), vocabulary, pack.id)
    with loading("model.bin", pack.id):
        return Translator(str(folder), device="cpu", compute_type="auto", intra_threads=threads)


def check_pair(pairs: Sequence[Pair], source: str, target: str) -> None:
    """Raise UsageError "no-route" unless this pair is translated directly."""
    if (source, target) not in pairs:
        reachable = ", ".join(to for begin, to in pairs if begin == source)
        raise UsageError("no-route", source=source, target=target, reachable=reachable)


def decoding(beam: int, source: list[list[str]]) -> Options:
    """Return the options of `translate_batch` for these lists of tokens.

    A decoder that finds no end is stopped at twice the longest source.
    """
    return {
        "beam_size": beam,
        "max_batch_size": 2048,
        "batch_type": "tokens",
        "max_decoding_length": min(500, 32 + 2 * max(map(len, source))),  # of 512 positions
        "disable_unk": True,
    }
