"""Is this folder a CTranslate2 Whisper model that is safe to load? Reads JSON, no weights.

Rule: both `packs` (when a model is added) and `engines` (before it is loaded) ask here. What is
refused here would not be an exception inside CTranslate2 but the death of the process, and a
missing tokenizer.json would send faster-whisper online for one.
"""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from tolmach.core.errors import ModelError
from tolmach.core.model_files import (
    check_tokens,
    read_json,
    read_vocabulary,
    require_files,
)

REQUIRED = ("model.bin", "config.json", "tokenizer.json")
PROMPT = ("<|startoftranscript|>", "<|transcribe|>", "<|notimestamps|>", "<|endoftext|>")
ID_LISTS = ("lang_ids", "suppress_ids", "suppress_ids_begin")
_MOST_HEADS = 64  # the largest Whisper has 32 layers of 20 heads


def check_whisper_folder(folder: Path, pack: str, languages: Collection[str] = ()) -> list[str]:
    """Return the vocabulary, tokens by id, of a Whisper model that may be loaded.

    `pack` names it in the errors; `languages` are the language tokens that it must know. Raises
    ModelError: "model-file-missing", "model-damaged", "model-token-missing",
    "model-config-broken".
    """
    if not folder.is_absolute():
        raise ValueError("a model's folder must be absolute: faster-whisper downloads other names")
    require_files(folder, REQUIRED, pack)
    tokens = read_vocabulary(folder, ["vocabulary"], pack)
    check_tokens((*PROMPT, *languages), tokens, pack)
    _check_tokenizer(folder / "tokenizer.json", pack)
    wrong = _wrong_entry(read_json(folder / "config.json", pack), len(tokens))
    if wrong:
        raise ModelError("model-config-broken", entry=wrong, pack=pack)
    return tokens


def _check_tokenizer(path: Path, pack: str) -> None:
    """Refuse what the `tokenizers` library does not survive; it does the other checks itself."""
    content = read_json(path, pack)
    model = content.get("model") if isinstance(content, Mapping) else None
    # WORKAROUND(tokenizers 0.23): with such a prefix a merge list can abort the process.
    if not isinstance(model, Mapping) or model.get("continuing_subword_prefix"):
        raise ModelError("model-damaged", file=path.name, pack=pack)


def _wrong_entry(config: Any, size: int) -> str:
    """Return the name of the first entry that would make CTranslate2 read outside its memory."""
    if not isinstance(config, Mapping):
        return "{}"
    for name in ID_LISTS:
        ids = config.get(name, "missing")  # null is how converters write "none"
        if ids is not None and not (isinstance(ids, list) and all(_within(i, size) for i in ids)):
            return name
    heads = config.get("alignment_heads")
    if heads is not None and not (isinstance(heads, list) and all(map(_is_head, heads))):
        return "alignment_heads"
    return ""


def _within(number: Any, end: int) -> bool:
    return type(number) is int and 0 <= number < end  # not isinstance: True is an int too


def _is_head(pair: Any) -> bool:
    """Whether this is [layer, head]."""
    return isinstance(pair, list) and len(pair) == 2 and all(_within(n, _MOST_HEADS) for n in pair)
