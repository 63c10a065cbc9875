"""Export to a pack: CTranslate2 int8 weights, the piece model and pack.json."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import torch
from ctranslate2.specs import common_spec, transformer_spec

from .network import Shape
from .pieces import TOKENS, load

Weights = dict[str, np.ndarray]
LICENCE = "CC-BY-SA-4.0"
ATTRIBUTION = (
    "Trained by the Tolmach project on Russian-Bashkir sentence pairs compiled by AigizK "
    "(Bashinform news, translation memories, dictionary examples, proverbs, Tatoeba), "
    "interface translations of translatewiki.net (CC BY / GPL), Common Voice interface "
    "strings (MPL), open-source application strings, Tatoeba sentences (CC BY 2.0 FR) and "
    "phrases written for this recipe."
)
ALL_PAIRS = [["ru", "ba"], ["ba", "ru"], ["ru", "tt"], ["tt", "ru"]]
# A Tatar pair is offered only where it measures at least this much on real sentences.
OFFERED_FROM = 20.0


def _linear(spec: Any, weights: Weights, *names: str) -> None:
    spec.weight = np.concatenate([weights[f"{name}.weight"] for name in names])
    spec.bias = np.concatenate([weights[f"{name}.bias"] for name in names])


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
        (shape.encoder_layers, shape.decoder_layers), shape.heads,
        pre_norm=True, activation=common_spec.Activation.RELU,
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
    names: list[str], tensors: list[torch.Tensor], shape: Shape, pieces: Path, out: Path,
    quantization: str = "int8",
) -> None:
    """Write model.bin, config.json, the vocabulary and source.spm to an empty folder."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    # Copies: the quantization of CTranslate2 works in place.
    weights = {name: tensor.float().numpy().copy() for name, tensor in zip(names, tensors)}
    processor = load(pieces)
    vocabulary = [processor.id_to_piece(i) for i in range(processor.get_piece_size())]
    spec = build_spec(shape, weights, vocabulary)
    spec.validate()
    spec.optimize(quantization=quantization)
    spec.save(str(out))
    shutil.copyfile(pieces, out / "source.spm")


def _files(pack: Path) -> list[dict[str, Any]]:
    listed = []
    for path in sorted(pack.iterdir()):
        if path.name != "pack.json":
            content = path.read_bytes()
            digest = hashlib.sha256(content).hexdigest()
            listed.append({"path": path.name, "size": len(content), "sha256": digest})
    return listed


def write_pack_json(pack: Path, quality: list[dict[str, Any]]) -> None:
    """Describe the pack; Tatar is offered only where it was measured and is good enough."""
    good = [q["pair"] for q in quality if q.get("gate") and q["value"] >= OFFERED_FROM]
    pairs = [pair for pair in ALL_PAIRS if "tt" not in pair or pair in good]
    size = sum(path.stat().st_size for path in pack.iterdir())
    described = {
        "format": 1, "id": "starter-ru-ba", "version": "1", "kind": "translator",
        "engine": "opus",
        "title": {"ru": "Стартовый переводчик: русский, башкирский, татарский",
                  "en": "Starter translator: Russian, Bashkir, Tatar"},
        "languages": {language: {"token": token} for language, token in TOKENS.items()},
        "pairs": pairs, "files": _files(pack), "memory_mb": 40 + size // 500_000,
        "licence": LICENCE, "attribution": ATTRIBUTION,
        "options": {"starter": True, "max_tokens": 96, "beam_size": 4},
        "quality": [{k: v for k, v in q.items() if k != "gate"} for q in quality],
    }
    text = json.dumps(described, ensure_ascii=False, indent=2)
    (pack / "pack.json").write_text(text + "\n", encoding="utf-8")


def swap(ready: Path, pack: Path) -> None:
    """Put a finished folder in the place of the old one."""
    pack.parent.mkdir(parents=True, exist_ok=True)
    old = pack.with_name(f".{pack.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if pack.exists():
        pack.rename(old)
    ready.rename(pack)
    shutil.rmtree(old, ignore_errors=True)
