"""Marian models in CTranslate2's format: OPUS-MT and our own starter translator.

A folder holds model.bin, vocabularies, config.json, source.spm and target.spm; without target.spm
source.spm serves both sides. A model for several target languages wants the target's token before
the source pieces (">>ba<<", "<2ba>"); the pack's `languages` name it. Options: `beam_size`,
`max_tokens` (pieces that the model takes at once).
"""

from functools import partial

from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack
from tolmach.engines.native import loading
from tolmach.engines.pair_decoder import PairDecoder
from tolmach.engines.translation import DecodingTranslator, decoding, load_pieces, load_translator
from tolmach.quality.calibration import calibrations


def load_opus(pack: Pack, threads: int) -> DecodingTranslator:
    """Load the pack's model; raises ModelError."""
    folder = pack.folder
    source_pieces = load_pieces(folder / "source.spm", pack.id)
    own = (folder / "target.spm").is_file()
    target_pieces = load_pieces(folder / "target.spm", pack.id) if own else source_pieces
    # Converted from Marian, CTranslate2 adds the end itself; converted from Hugging Face, not.
    with loading("config.json", pack.id):
        adds_end = bool(read_json(folder / "config.json", pack.id).get("add_source_eos"))
    end = [] if adds_end else ["</s>"]
    with loading("pack.json", pack.id):
        beam = int(pack.options.get("beam_size", 2))
        most = int(pack.options.get("max_tokens", 200))
        curves = calibrations(pack.options)
    loaded = load_translator(folder, pack, threads)

    def decoder(source: str, target: str) -> PairDecoder:
        begin = [token] if (token := pack.languages.get(target)) else []
        return PairDecoder(
            loaded.model,
            encode=lambda sentences: [
                [*begin, *pieces, *end] for pieces in source_pieces.encode(sentences, out_type=str)
            ],
            encode_target=lambda text: list(target_pieces.encode(text, out_type=str)),
            decode=target_pieces.decode,
            fits=lambda sentence: len(source_pieces.encode(sentence)) <= most,
            options=partial(decoding, beam),
            calibration=curves.get((source, target)),
            vocabulary=loaded.vocabulary,
        )

    return DecodingTranslator(pack.pairs, decoder)
