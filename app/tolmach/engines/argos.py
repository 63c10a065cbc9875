"""Argos Translate packages (`.argosmodel`), installed as a folder: no argostranslate needed.

A folder holds metadata.json, model/ (CTranslate2) and sentencepiece.model or bpe.model. For a
sentence the output is that of argostranslate 1.11, which tests/engines/test_argos.py compares.
Where it differs on purpose: sentences are split by our own rules (its splitters are models of
their own, mostly downloaded), blank first lines are kept, the target prefix is taken out of every
sentence rather than the first, and what exceeds the model's limit is cut instead of lost.
"""

from collections.abc import Sequence

from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.alternatives import candidates
from tolmach.engines.argos_tokens import load_tokens
from tolmach.engines.native import loading
from tolmach.engines.translation import check_pair, cut_lines, load_translator
from tolmach.engines.wordings import Voice, Wording, wordings
from tolmach.quality.calibration import calibrations

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
    ) -> list[Candidate]:
        """Translate each text; see base.Translator. Raises UsageError and EngineError."""
        voice = self._voice(source, target, earlier)
        return [self._text(cut_lines(text, self._fits, source), voice) for text in texts]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        """Return translations that differ; see base.Translator. Raises as `translate` does."""
        return candidates(text, source, count, self._fits, self._voice(source, target))

    def _voice(self, source: str, target: str, earlier: str = "") -> Voice:
        check_pair(self.pairs, source, target)
        prefix = (self._prefix,) if self._prefix else ()
        hint = self._tokens.encode(earlier) if earlier else ()

        def decode(parts: list[str], count: int) -> list[list[Wording]]:
            tokens = [self._tokens.encode(part) for part in parts]
            return wordings(self._translator, tokens, prefix, count, hint, **_DECODING)

        def write(tokens: list[str]) -> str:
            return self._tokens.decode(tokens).removeprefix(" ")

        return Voice(decode, write, self._calibrations.get((source, target)))

    def _fits(self, sentence: str) -> bool:
        return len(self._tokens.encode(sentence)) <= _MOST

    def _text(self, lines: list[list[str]], voice: Voice) -> Candidate:
        """Translate the sentences of each line; its tokens are joined before they become text."""
        said = [[found[0] for found in voice.decode(line, 1)] if line else [] for line in lines]
        tokens = ([token for wording in line for token in wording.tokens] for line in said)
        text = "\n".join(voice.write(line) if line else "" for line in tokens)
        return voice.judge(text, [wording for line in said for wording in line])
