"""NLLB models in CTranslate2's format: one model, many languages, a token for each.

The source is [source token] + pieces + </s>, the target begins with the target's token (docs/
guides/transformers.md of CTranslate2). Tokens come from the pack's `languages` alone: fine-tunes
borrow other languages' tokens. Options: `beam_size`, `max_tokens`, and `legacy` for fine-tunes
trained with the source token after </s> (transformers' `legacy_behaviour`).
"""

from functools import partial

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import PairDecoder
from tolmach.engines.translation import DecodingTranslator, decoding, load_pieces, load_translator
from tolmach.quality.calibration import calibrations

_PIECES = ("sentencepiece.bpe.model", "sentencepiece.model")
_END = "</s>"


def load_nllb(pack: Pack, threads: int) -> DecodingTranslator:
    """Load the pack's model; raises ModelError."""
    name = next((name for name in _PIECES if (pack.folder / name).is_file()), _PIECES[0])
    pieces = load_pieces(pack.folder / name, pack.id)
    with loading("pack.json", pack.id):
        legacy = bool(pack.options.get("legacy", False))
        beam = int(pack.options.get("beam_size", 2))
        most = int(pack.options.get("max_tokens", 200))
        curves = calibrations(pack.options)
    loaded = load_translator(pack.folder, pack, threads)

    def decoder(source: str, target: str) -> PairDecoder:
        first, prefix = _token(pack, source), _token(pack, target)
        before, after = ([], [_END, first]) if legacy else ([first], [_END])
        return PairDecoder(
            loaded.model,
            encode=lambda sentences: [
                [*before, *tokens, *after] for tokens in pieces.encode(sentences, out_type=str)
            ],
            encode_target=lambda text: list(pieces.encode(text, out_type=str)),
            decode=pieces.decode,
            fits=lambda sentence: len(pieces.encode(sentence)) <= most,
            options=partial(decoding, beam),
            calibration=curves.get((source, target)),
            prefix=(prefix,),
            vocabulary=loaded.vocabulary,
        )

    return DecodingTranslator(pack.pairs, decoder)


def _token(pack: Pack, language: str) -> str:
    if language not in pack.languages:
        raise UsageError("language-not-in-pack", language=language, pack=pack.id)
    return pack.languages[language]
