"""Argos Translate packages (`.argosmodel`), installed as a folder: no argostranslate needed.

A folder holds metadata.json, model/ (CTranslate2) and sentencepiece.model or bpe.model. For a
sentence the output is that of argostranslate 1.11, which tests/engines/test_argos.py compares.
Where it differs on purpose: it is given sentences (the library's splitters are models of their own,
mostly downloaded), the target prefix is taken out of every one of them rather than the first, and
what exceeds the model's limit is cut instead of lost.
"""

from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack
from tolmach.engines.argos_tokens import load_tokens
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import Options, PairDecoder
from tolmach.engines.translation import DecodingTranslator, load_translator
from tolmach.quality.calibration import calibrations

_MOST = 250  # tokens at once; CTranslate2's decoder stops at 256
_DECODING: Options = {
    "replace_unknowns": True,
    "max_batch_size": 32,
    "batch_type": "tokens",
    "beam_size": 4,
    "length_penalty": 0.2,
}


def load_argos(pack: Pack, threads: int) -> DecodingTranslator:
    """Load the package; raises ModelError."""
    with loading("metadata.json", pack.id):
        metadata = read_json(pack.folder / "metadata.json", pack.id)
        prefix = str(metadata.get("target_prefix") or "")
        languages = str(metadata["from_code"]), str(metadata["to_code"])
    with loading("pack.json", pack.id):
        curves = calibrations(pack.options)
    tokens = load_tokens(pack.folder, pack.id, languages)
    loaded = load_translator(pack.folder / "model", pack, threads)

    def decoder(source: str, target: str) -> PairDecoder:
        return PairDecoder(
            loaded.model,
            encode=lambda sentences: list(map(tokens.encode, sentences)),
            encode_target=tokens.encode,
            decode=tokens.decode,
            fits=lambda sentence: len(tokens.encode(sentence)) <= _MOST,
            options=lambda source: _DECODING,
            calibration=curves.get((source, target)),
            prefix=(prefix,) if prefix else (),
            vocabulary=loaded.vocabulary,
        )

    return DecodingTranslator(pack.pairs, decoder)
