"""Argos Translate packages (`.argosmodel`), installed as a folder: no argostranslate needed.

A folder holds metadata.json, model/ (CTranslate2) and sentencepiece.model or bpe.model. For a
sentence the output is that of argostranslate 1.11, which tests/engines/test_argos.py compares.
Where it differs on purpose: sentences are split by our own rules (its splitters are models of
their own, mostly downloaded), blank first lines are kept, the target prefix is taken out of every
sentence rather than the first, and what exceeds the model's limit is cut instead of lost.
"""

from collections.abc import Sequence

from tolmach.core.calibration import calibrations
from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack, Pair
from tolmach.engines.alternatives import Wording, candidates, wordings
from tolmach.engines.argos_tokens import load_tokens
from tolmach.core.translation import Candidate
from tolmach.engines.native import loading, running
from tolmach.engines.translation import HINT_BIAS, check_pair, cut_lines, load_translator

_MOST = 250  # tokens at once; CTranslate2's decoder stops at 256
_DECODING = {
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
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[str]:
        """Translate each text; see base.Translator. Raises UsageError and EngineError."""
        check_pair(self.pairs, source, target)
        hint = self._tokens.encode(earlier) if earlier else []
        return [
            "\n".join(self._line(parts, hint) for parts in cut_lines(text, self._fits, source))
            for text in texts
        ]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. Raises as `translate` does."""
        check_pair(self.pairs, source, target)
        prefix = [self._prefix] if self._prefix else []

        def decode_all(parts: list[str], count: int) -> list[list[Wording]]:
            tokens = [self._tokens.encode(part) for part in parts]
            return wordings(self._translator, tokens, prefix, count, **_DECODING)

        def write(tokens: list[str]) -> str:
            return self._tokens.decode(tokens).removeprefix(" ")

        calibration = self._calibrations.get((source, target))
        return candidates(text, count, self._fits, decode_all, write, calibration)

    def _fits(self, sentence: str) -> bool:
        return len(self._tokens.encode(sentence)) <= _MOST

    def _line(self, sentences: list[str], hint: list[str]) -> str:
        """Translate the sentences of a line; its tokens are joined before they become text."""
        if not sentences:
            return ""
        hinted = bool(hint) and len(sentences) == 1
        begin = [*([self._prefix] if self._prefix else []), *(hint if hinted else [])]
        with running("translation-failed"):
            results = self._translator.translate_batch(
                [self._tokens.encode(sentence) for sentence in sentences],
                [begin] * len(sentences) if begin else None,
                prefix_bias_beta=HINT_BIAS if hinted else 0.0,
                **_DECODING,
            )
        prefix = 1 if self._prefix else 0
        tokens = [token for result in results for token in result.hypotheses[0][prefix:]]
        return self._tokens.decode(tokens).removeprefix(" ")
