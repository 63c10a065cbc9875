"""NLLB models in CTranslate2's format: one model, many languages, a token for each.

The source is [source token] + pieces + </s>, the target begins with the target's token (docs/
guides/transformers.md of CTranslate2). Tokens come from the pack's `languages` alone: fine-tunes
borrow other languages' tokens. Options: `beam_size`, `max_tokens`, and `legacy` for fine-tunes
trained with the source token after </s> (transformers' `legacy_behaviour`).
"""

from collections.abc import Sequence
from functools import partial

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import PairDecoder
from tolmach.engines.pieces import load_pieces
from tolmach.engines.translation import check_pair, decoding, load_translator
from tolmach.quality.calibration import calibrations

_PIECES = ("sentencepiece.bpe.model", "sentencepiece.model")
_END = "</s>"


class NllbTranslator:
    """A Translator."""

    def __init__(self, pack: Pack, threads: int) -> None:
        """Load the pack's model; raises ModelError."""
        self.pairs: tuple[Pair, ...] = pack.pairs
        self._pack = pack
        name = next((name for name in _PIECES if (pack.folder / name).is_file()), _PIECES[0])
        self._pieces = load_pieces(pack.folder / name, pack.id)
        with loading("pack.json", pack.id):
            self._legacy = bool(pack.options.get("legacy", False))
            self._beam = int(pack.options.get("beam_size", 2))
            self._most = int(pack.options.get("max_tokens", 200))
            self._calibrations = calibrations(pack.options)
        self._translator = load_translator(pack.folder, pack, threads)

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        """Translate each sentence; see base.Translator. Raises UsageError and EngineError."""
        return self._decoder(source, target, earlier).translate(sentences)

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. Raises as `translate` does."""
        return self._decoder(source, target).alternatives(sentence, count)

    def _decoder(self, source: str, target: str, earlier: str = "") -> PairDecoder:
        check_pair(self.pairs, source, target)
        return PairDecoder(
            self._translator,
            partial(self._marked, self._token(source)),
            self._pieces.decode,
            lambda sentence: len(self._pieces.encode(sentence)) <= self._most,
            partial(decoding, self._beam),
            self._calibrations.get((source, target)),
            prefix=(self._token(target),),
            hint=self._pieces.encode(earlier, out_type=str),
        )

    def _token(self, language: str) -> str:
        if language not in self._pack.languages:
            raise UsageError("language-not-in-pack", language=language, pack=self._pack.id)
        return self._pack.languages[language]

    def _marked(self, source: str, sentences: list[str]) -> list[list[str]]:
        """Return the tokens that the model wants for these sentences; `source` is a token."""
        cut = self._pieces.encode(sentences, out_type=str)
        return [
            [*pieces, _END, source] if self._legacy else [source, *pieces, _END] for pieces in cut
        ]
