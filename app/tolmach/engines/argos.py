"""Argos Translate packages (`.argosmodel`), installed as a folder: no argostranslate needed.

A folder holds metadata.json, model/ (CTranslate2) and sentencepiece.model or bpe.model. For a
sentence the output is that of argostranslate 1.11, which tests/engines/test_argos.py compares.
Where it differs on purpose: it is given sentences (the library's splitters are models of their own,
mostly downloaded), the target prefix is taken out of every one of them rather than the first, and
what exceeds the model's limit is cut instead of lost.
"""

from collections.abc import Sequence

from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.argos_tokens import load_tokens
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import PairDecoder
from tolmach.engines.translation import Options, check_pair, load_translator
from tolmach.quality.calibration import calibrations

_MOST = 250  # tokens at once; CTranslate2's decoder stops at 256
_DECODING: Options = {
    "replace_unknowns": True,
    "max_batch_size": 32,
    "batch_type": "tokens",
    "beam_size": 4,
    "length_penalty": 0.2,
}


class ArgosTranslator:
    """A Translator."""

    def __init__(self, pack: Pack, threads: int) -> None:
        """Load the package; raises ModelError."""
        self.pairs: tuple[Pair, ...] = pack.pairs
        with loading("metadata.json", pack.id):
            metadata = read_json(pack.folder / "metadata.json", pack.id)
            self._prefix = str(metadata.get("target_prefix") or "")
            languages = str(metadata["from_code"]), str(metadata["to_code"])
        with loading("pack.json", pack.id):
            self._calibrations = calibrations(pack.options)
        self._tokens = load_tokens(pack.folder, pack.id, languages)
        self._translator = load_translator(pack.folder / "model", pack, threads)

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
        encode = self._tokens.encode
        return PairDecoder(
            self._translator,
            lambda sentences: list(map(encode, sentences)),
            self._tokens.decode,
            lambda sentence: len(encode(sentence)) <= _MOST,
            lambda source: _DECODING,
            self._calibrations.get((source, target)),
            prefix=(self._prefix,) if self._prefix else (),
            hint=encode(earlier) if earlier else (),
        )
