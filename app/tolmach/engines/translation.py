"""A Translator over one CTranslate2 model whose tokens its engine knows, and its loading."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tolmach.core.errors import ModelError, UsageError
from tolmach.core.model_files import check_tokens, read_vocabulary, require_files
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import Options, PairDecoder


class DecodingTranslator:
    """A Translator."""

    def __init__(self, pairs: tuple[Pair, ...], decoder: Callable[[str, str], PairDecoder]) -> None:
        """`decoder` is called with the languages of a pair; it may raise UsageError."""
        self.pairs = pairs
        self._decoder = decoder

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises UsageError and EngineError."""
        return self.decoder(source, target).translate(sentences, earlier)

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. Raises as `translate` does."""
        return self.decoder(source, target).alternatives(sentence, count)

    def knows(self, sign: str, source: str, target: str) -> bool:
        """Whether the model has tokens for a sign of a sentence; raises UsageError."""
        return self.decoder(source, target).knows(sign)

    def decoder(self, source: str, target: str) -> PairDecoder:
        """Return the decoder of a pair; raises UsageError "no-route" for one of no direct way."""
        if (source, target) not in self.pairs:
            reachable = ", ".join(to for begin, to in self.pairs if begin == source)
            raise UsageError("no-route", source=source, target=target, reachable=reachable)
        return self._decoder(source, target)


class LoadedModel(NamedTuple):
    """A ctranslate2.Translator and the tokens that it reads."""

    model: Any
    vocabulary: frozenset[str]


def load_translator(folder: Path, pack: Pack, threads: int) -> LoadedModel:
    """Return the model of a folder; raises ModelError.

    The language tokens of the pack must be in its source vocabulary.
    """
    from ctranslate2 import Translator

    require_files(folder, ["model.bin"], pack.id)
    vocabulary = read_vocabulary(folder, ["shared_vocabulary", "source_vocabulary"], pack.id)
    check_tokens(pack.languages.values(), vocabulary, pack.id)
    with loading("model.bin", pack.id):
        model = Translator(str(folder), device="cpu", compute_type="auto", intra_threads=threads)
    return LoadedModel(model, frozenset(vocabulary))


def load_pieces(path: Path, pack: str) -> Any:
    """Return the SentencePieceProcessor of a model file; raises ModelError."""
    from sentencepiece import SentencePieceProcessor

    require_files(path.parent, [path.name], pack)
    model = path.read_bytes()  # the native code cannot open every Windows path
    if not model:  # the processor would take it for "none given"
        raise ModelError("model-damaged", file=path.name, pack=pack)
    with loading(path.name, pack):
        return SentencePieceProcessor(model_proto=model)


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
