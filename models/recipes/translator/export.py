"""Export to CTranslate2: int8 weights, vocabulary and the piece model."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec

from .network import Shape
from .pieces import load

Weights = dict[str, np.ndarray]


def _linear(spec: Any, weights: Weights, name: str) -> None:
    spec.weight, spec.bias = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _norm(spec: Any, weights: Weights, name: str) -> None:
    spec.gamma, spec.beta = weights[f"{name}.weight"], weights[f"{name}.bias"]


def _layer(spec: Any, weights: Weights, name: str, decoder: bool) -> None:
    _norm(spec.self_attention.layer_norm, weights, f"{name}.self_norm")
    _linear(spec.self_attention.linear[0], weights, f"{name}.self_attention.first")
    _linear(spec.self_attention.linear[1], weights, f"{name}.self_attention.last")
    if decoder:
        _norm(spec.attention.layer_norm, weights, f"{name}.cross_norm")
        for place, part in enumerate(("first", "memory", "last")):
            _linear(spec.attention.linear[place], weights, f"{name}.cross_attention.{part}")
    _norm(spec.ffn.layer_norm, weights, f"{name}.ffn_norm")
    _linear(spec.ffn.linear_0, weights, f"{name}.up")
    _linear(spec.ffn.linear_1, weights, f"{name}.down")


def build_spec(shape: Shape, weights: Weights, vocabulary: list[str]) -> Any:
    """The network as CTranslate2 describes it."""
    spec = transformer_spec.TransformerSpec.from_config(
        (shape.encoder_layers, shape.decoder_layers),
        shape.heads,
        pre_norm=True,
        activation=common_spec.Activation.RELU,
    )
    sides = ((spec.encoder, "encoder", False), (spec.decoder, "decoder", True))
    for side, name, decoder in sides:
        embeddings = side.embeddings if decoder else side.embeddings[0]
        embeddings.weight = weights["pieces.weight"]
        side.scale_embeddings = True
        _norm(side.layer_norm, weights, f"{name}_norm")
        for place, layer in enumerate(side.layer):
            _layer(layer, weights, f"{name}.{place}", decoder)
    spec.decoder.projection.weight = weights["pieces.weight"]
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    config = spec.config
    config.unk_token, config.bos_token, config.eos_token = vocabulary[:3]
    config.decoder_start_token = config.bos_token
    config.add_source_bos, config.add_source_eos = False, True
    return spec


def save_model(
    names: list[str],
    tensors: list[torch.Tensor],
    shape: Shape,
    pieces: Path,
    out: Path,
    quantization: str = "int8",
) -> None:
    """Write model.bin, config.json, the vocabulary and source.spm to an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    # Copies: the quantization of CTranslate2 works in place.
    weights = {
        name: tensor.float().numpy().copy() for name, tensor in zip(names, tensors, strict=True)
    }
    processor = load(pieces)
    vocabulary = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    spec = build_spec(shape, weights, vocabulary)
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(out))
    shutil.copyfile(pieces, out / "source.spm")
