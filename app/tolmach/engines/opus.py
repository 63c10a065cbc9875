"""Marian models in CTranslate2's format: OPUS-MT and our own starter translator.

A folder holds model.bin, vocabularies, config.json, source.spm and target.spm; without target.spm
source.spm serves both sides. A model for several target languages wants the target's token before
the source pieces (">>ba<<", "<2ba>"); the pack's `languages` name it. Options: `beam_size`,
`max_tokens` (pieces that the model takes at once).
"""

from collections.abc import Sequence
from functools import partial

from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import PairDecoder
from tolmach.engines.pieces import load_pieces
from tolmach.engines.translation import check_pair, decoding, load_translator
from tolmach.quality.calibration import calibrations


class OpusTranslator:
    """A Translator."""

    def __init__(self, pack: Pack, threads: int) -> None:
        """Load the pack's model; raises ModelError."""
        folder = pack.folder
        self.pairs: tuple[Pair, ...] = pack.pairs
        self._tokens = pack.languages
        self._source = load_pieces(folder / "source.spm", pack.id)
        own = (folder / "target.spm").is_file()
        self._target = load_pieces(folder / "target.spm", pack.id) if own else self._source
        # Converted from Marian, CTranslate2 adds the end itself; converted from Hugging Face, not.
        with loading("config.json", pack.id):
            adds_end = bool(read_json(folder / "config.json", pack.id).get("add_source_eos"))
        self._end = [] if adds_end else ["</s>"]
        with loading("pack.json", pack.id):
            self._beam = int(pack.options.get("beam_size", 2))
            self._most = int(pack.options.get("max_tokens", 200))
            self._calibrations = calibrations(pack.options)
        self._translator = load_translator(folder, pack, threads)

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
            partial(self._marked, target),
            self._target.decode,
            lambda sentence: len(self._source.encode(sentence)) <= self._most,
            partial(decoding, self._beam),
            self._calibrations.get((source, target)),
            hint=self._target.encode(earlier, out_type=str),
        )

    def _marked(self, target: str, sentences: list[str]) -> list[list[str]]:
        """Return the tokens that the model wants for these sentences."""
        token = self._tokens.get(target)
        begin = [token] if token else []
        return [
            [*begin, *pieces, *self._end] for pieces in self._source.encode(sentences, out_type=str)
        ]
