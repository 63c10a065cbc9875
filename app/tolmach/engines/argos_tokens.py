"""Text to tokens and back, as the two kinds of Argos packages want it.

`sentencepiece.model` is plain SentencePiece. `bpe.model` is a list of merges in subword-nmt's
format over words cut by the Moses rules (sacremoses), a continued word marked by "@@".
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from tolmach.core.errors import ModelError
from tolmach.engines.native import loading
from tolmach.engines.translation import load_pieces

_END = "</w>"  # subword-nmt's mark at the end of a word


@dataclass(frozen=True, slots=True)
class Tokens:
    """The two directions of a tokenizer."""

    encode: Callable[[str], list[str]]
    decode: Callable[[list[str]], str]


def load_tokens(folder: Path, pack: str, languages: tuple[str, str]) -> Tokens:
    """Return the tokenizer of a package from one language to another; raises ModelError."""
    if (folder / "bpe.model").is_file() and not (folder / "sentencepiece.model").is_file():
        return _moses_bpe(folder / "bpe.model", pack, languages)
    pieces = load_pieces(folder / "sentencepiece.model", pack)
    return Tokens(
        lambda text: list(pieces.encode(text, out_type=str)),
        # Argos: some models leave their space mark, or an underscore for it, in the text.
        lambda tokens: str(pieces.decode(tokens)).replace("▁", " ").replace("_", " "),
    )


def _moses_bpe(path: Path, pack: str, languages: tuple[str, str]) -> Tokens:
    from sacremoses import MosesDetokenizer, MosesPunctNormalizer, MosesTokenizer

    source, target = languages
    normalizer, tokenizer = MosesPunctNormalizer(source), MosesTokenizer(source)
    detokenizer = MosesDetokenizer(target)
    cut = lru_cache(maxsize=10_000)(_load_bpe(path, pack))

    def encode(text: str) -> list[str]:
        words = tokenizer.tokenize(normalizer.normalize(text))
        return [piece for word in words for piece in cut(word)]

    def decode(tokens: list[str]) -> str:
        return str(detokenizer.detokenize(" ".join(tokens).replace("@@ ", "").split(" ")))

    return Tokens(encode, decode)


def _load_bpe(path: Path, pack: str) -> Callable[[str], list[str]]:
    """Return a function that cuts a word by the merges in a file, the first ones first."""
    with loading(path.name, pack):
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    version = lines.pop(0).split()[-1] if lines[0].startswith("#version:") else "0.1"
    # In 0.1 the mark of the end is a symbol of its own, in 0.2 a part of the last letter.
    apart = version == "0.1"
    ranks: dict[tuple[str, ...], int] = {}
    for rank, line in enumerate(lines):
        ranks.setdefault(tuple(line.strip("\r\n ").split(" ")), rank)
    if version not in ("0.1", "0.2") or any(len(merge) != 2 for merge in ranks):
        raise ModelError("model-damaged", file=path.name, pack=pack)
    return lambda word: _cut(word, ranks, apart)


def _cut(word: str, ranks: dict[tuple[str, ...], int], apart: bool) -> list[str]:
    symbols = [*word, _END] if apart else [*word[:-1], word[-1] + _END]
    while len(symbols) > 1:
        merge = min(pairwise(symbols), key=lambda pair: ranks.get(pair, 1e9))
        if merge not in ranks:
            break
        symbols = _merged(symbols, merge)
    symbols[-1] = symbols[-1].removesuffix(_END)
    if not symbols[-1]:
        symbols.pop()
    return [*(symbol + "@@" for symbol in symbols[:-1]), symbols[-1]]


def _merged(symbols: list[str], merge: tuple[str, ...]) -> list[str]:
    """Join every neighbouring pair that equals `merge`, from the left."""
    joined: list[str] = []
    for symbol in symbols:
        if joined and (joined[-1], symbol) == merge:
            joined[-1] += symbol
        else:
            joined.append(symbol)
    return joined
