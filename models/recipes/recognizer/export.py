"""Export of a checkpoint: Hugging Face's layout, then CTranslate2 with int8 weights."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

import tokenizers
import torch
import transformers
from ctranslate2.converters import TransformersConverter
from torch import Tensor

from . import alphabet, pack
from .network import Shape

_PREPROCESSOR = {
    "feature_extractor_type": "WhisperFeatureExtractor",
    "feature_size": 80,
    "sampling_rate": 16000,
    "hop_length": 160,
    "chunk_length": 30,
    "n_fft": 400,
    "n_samples": 480000,
    "nb_max_frames": 3000,
    "padding_value": 0.0,
}
# faster-whisper forbids the first token of " -" and of similar strings. With characters
# as tokens that would be the space, so such lone strings become the unknown token.
_LONE_SYMBOLS = r"^ [-'♩♪♫♬♭♮♯]$"


class _Converter(TransformersConverter):
    """CTranslate2's converter, with the plain tokenizer class."""

    def load_tokenizer(self, tokenizer_class: Any, model_name_or_path: str, **_: Any) -> Any:
        """Load tokenizer.json without guessing a class from the model's type."""
        path = Path(model_name_or_path) / "tokenizer.json"
        return transformers.PreTrainedTokenizerFast(tokenizer_file=str(path))


def build_tokenizer() -> tokenizers.Tokenizer:
    """Return the character tokenizer."""
    vocabulary = {token: alphabet.TOKEN_IDS[token] for token in alphabet.NAMED_TOKENS}
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.BPE(vocab=vocabulary, merges=[], unk_token=alphabet.UNKNOWN)
    )
    tokenizer.normalizer = tokenizers.normalizers.Replace(tokenizers.Regex(_LONE_SYMBOLS), "♪")
    tokenizer.decoder = tokenizers.decoders.Fuse()
    tokenizer.add_special_tokens(
        [tokenizers.AddedToken(t, special=True) for t in alphabet.SPECIAL_TOKENS]
    )
    return tokenizer


def _configuration(shape: Shape) -> transformers.WhisperConfig:
    return transformers.WhisperConfig(
        vocab_size=len(alphabet.VOCABULARY),
        num_mel_bins=80,
        d_model=shape.width,
        encoder_layers=shape.encoder_layers,
        decoder_layers=shape.decoder_layers,
        encoder_attention_heads=shape.heads,
        decoder_attention_heads=shape.heads,
        encoder_ffn_dim=shape.feed_forward,
        decoder_ffn_dim=shape.feed_forward,
        max_source_positions=shape.source_positions,
        max_target_positions=shape.target_positions,
        bos_token_id=alphabet.END,
        eos_token_id=alphabet.END,
        pad_token_id=alphabet.END,
        decoder_start_token_id=alphabet.START,
        suppress_tokens=None,
        begin_suppress_tokens=None,
    )


def _generation(shape: Shape) -> transformers.GenerationConfig:
    never = [alphabet.UNKNOWN, "", *alphabet.SPECIAL_TOKENS[1:]]
    last = shape.decoder_layers - 1
    return transformers.GenerationConfig(
        suppress_tokens=sorted(alphabet.TOKEN_IDS[token] for token in never),
        begin_suppress_tokens=[],
        lang_to_id={f"<|{n}|>": i for n, i in alphabet.LANGUAGE_IDS.items()},
        alignment_heads=[[last, head] for head in range(shape.heads)],
        decoder_start_token_id=alphabet.START,
        eos_token_id=alphabet.END,
        pad_token_id=alphabet.END,
    )


def build_model(
    weights: dict[str, Tensor], shape: Shape
) -> transformers.WhisperForConditionalGeneration:
    """Return Hugging Face's model with the trained weights."""
    model = transformers.WhisperForConditionalGeneration(_configuration(shape))
    state = {f"model.{n}": t for n, t in weights.items() if not n.startswith("ctc.")}
    missing, unexpected = model.load_state_dict(state, strict=False)
    missing = [n for n in missing if n not in _OWN]
    if missing or unexpected:
        raise ValueError(f"weights do not fit: {missing} {unexpected}")
    model.generation_config = _generation(shape)
    return model


# Set by the model itself: fixed positions, and the projection tied to the embeddings.
_OWN = {"model.encoder.embed_positions.weight", "proj_out.weight"}


def load_weights(checkpoint: Path, averaged: bool = True) -> tuple[dict[str, Tensor], Shape]:
    """Read the weights of a checkpoint."""
    state = torch.load(checkpoint, weights_only=True)
    kind = "average" if averaged else "masters"
    return state["optimiser"][kind], Shape(**state["shape"])


def export(checkpoint: Path, out: Path, averaged: bool = True) -> None:
    """Write the pack folder; each file is replaced in one step."""
    weights, shape = load_weights(checkpoint, averaged)
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "source", Path(name) / "target"
        model = build_model(weights, shape)
        model.save_pretrained(source)
        build_tokenizer().save(str(source / "tokenizer.json"))
        text = json.dumps(_PREPROCESSOR, indent=2) + "\n"
        (source / "preprocessor_config.json").write_text(text)
        files = ["tokenizer.json", "preprocessor_config.json"]
        _Converter(str(source), copy_files=files).convert(str(target), quantization="int8")
        _check(target)
        out.mkdir(parents=True, exist_ok=True)
        for path in sorted(target.iterdir()):
            temporary = out / f".{path.name}.new"
            shutil.copyfile(path, temporary)
            temporary.replace(out / path.name)
    pack.write(out, pack.read_quality(out))


def _check(folder: Path) -> None:
    """Make sure that no token number can lead CTranslate2 out of the vocabulary."""
    config = json.loads((folder / "config.json").read_text())
    size = len(json.loads((folder / "vocabulary.json").read_text()))
    if size != len(alphabet.VOCABULARY):
        raise ValueError(f"{size} tokens instead of {len(alphabet.VOCABULARY)}")
    for key in ("suppress_ids", "suppress_ids_begin", "lang_ids"):
        if not all(isinstance(i, int) and 0 <= i < size for i in config[key]):
            raise ValueError(f"config.json: {key} is wrong: {config[key]}")


def main() -> None:
    """Export by itself, while training goes on or after it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--last", action="store_true", help="last weights, not their average")
    options = parser.parse_args()
    export(options.work / "checkpoint.pt", options.out, not options.last)


if __name__ == "__main__":
    main()
