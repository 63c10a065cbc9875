"""Whisper folders of the true shapes with random weights that say a fixed word at each position.

They cost what real weights cost, and how much they say is set by the limits alone: the end of text
never comes. What the attention and feed-forward layers compute is multiplied by zero, so only the
position reaches the output. A position also attends to its moment of the sound, five a second, so
words have plausible times. The text means nothing: figures of these models are times, not errors.
"""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import WhisperSpec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

from tests.live.streams import shared
from tolmach.core.pack import Pack

TOKENS_PER_SECOND = 5
LANGUAGES = {code: f"<|{code}|>" for code in ("ru", "tt", "ba")}
LOGIT = 30.0  # one that always wins
SURE = {"ru": 12.0, "tt": 8.0, "ba": 8.0}  # logits: what these models take every sound for
POSITIONS = 448
FRAMES = 1500
FRAMES_PER_TOKEN = 50 // TOKENS_PER_SECOND
BEFORE_TEXT = 3  # positions: the fourth token of the prompt asks for the first word
TIMES = 32  # frequencies that tell a moment; two components of the width each
SHARP = 6.0  # how much clearer than its neighbours a position's own moment is
_SPECIALS = ("<|endoftext|>", "<|startoftranscript|>")
_AFTER_LANGUAGES = (
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
_WORD = re.compile(" [а-яё]{2,4}")


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of a Whisper, and OpenAI's (layer, head) pairs that tell the times of its words."""

    name: str
    layers: int  # of the encoder, and as many of the decoder
    width: int
    heads: int
    aligning: tuple[tuple[int, int], ...]


BASE = Shape("base", 6, 512, 8, ((3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)))
SMALL = Shape(
    "small",
    12,
    768,
    12,
    ((5, 3), (5, 9), (8, 0), (8, 4), (8, 7), (8, 8), (9, 0), (9, 7), (9, 9), (10, 5)),
)


def pack(folder: Path, shape: Shape, context: str) -> Pack:
    """Return a pack of the weights in this folder, with the option `context`."""
    return Pack(
        id=f"random-{shape.name}-{context}",
        version="1",
        kind="recognizer",
        engine="whisper",
        folder=folder,
        title={"ru": shape.name},
        languages=LANGUAGES,
        options={"context": context, "tokens_per_second": TOKENS_PER_SECOND},
    )


def write(folder: Path, shape: Shape) -> Path:
    """Write a model of this shape in 8-bit weights, with OpenAI's vocabulary."""
    ranks = _ranks()
    letters = _byte_letters()
    text = ["".join(letters[byte] for byte in token) for token in ranks]
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES if code != "yue"]
    specials = [*_SPECIALS, *languages, *_AFTER_LANGUAGES]
    vocabulary = [*text, *specials, *(f"<|{i * 0.02:.2f}|>" for i in range(1501))]
    ids = {token: number for number, token in enumerate(vocabulary)}
    spec = WhisperSpec(shape.layers, shape.heads, shape.layers, shape.heads)
    _fill(spec, shape, len(vocabulary), np.random.default_rng(0))
    _script(spec, shape, _words(ranks), {code: ids[token] for code, token in LANGUAGES.items()})
    spec.register_vocabulary(vocabulary)
    spec.config.suppress_ids = []
    spec.config.suppress_ids_begin = [ids["<|endoftext|>"]]
    spec.config.lang_ids = [ids[token] for token in languages]
    spec.config.alignment_heads = [list(pair) for pair in shape.aligning]
    spec.validate()
    spec.optimize(quantization="int8")
    folder.mkdir(parents=True, exist_ok=True)
    spec.save(str(folder))
    _tokenizer(ranks, text, specials).save(str(folder / "tokenizer.json"))
    (folder / "preprocessor_config.json").write_text(json.dumps({"feature_size": 80}))
    return folder


def _fill(spec: Any, shape: Shape, size: int, random: np.random.Generator) -> None:
    """Give every weight its shape: random where it costs time, zero where it would be heard."""
    width = shape.width
    encoder, decoder = spec.encoder, spec.decoder
    encoder.conv1.weight, encoder.conv1.bias = _zeros(width, 80, 3), _zeros(width)
    encoder.conv2.weight, encoder.conv2.bias = _zeros(width, width, 3), _zeros(width)
    decoder.embeddings.weight = _zeros(size, width)
    for side in (encoder, decoder):
        _norm(side.layer_norm, width)
        for layer in side.layer:
            _layer(layer, side is decoder, width, random)


def _layer(spec: Any, decoder: bool, width: int, random: np.random.Generator) -> None:
    _norm(spec.self_attention.layer_norm, width)
    _linear(spec.self_attention.linear[0], _random(random, 3 * width, width))
    _linear(spec.self_attention.linear[1], _zeros(width, width))
    if decoder:
        _norm(spec.attention.layer_norm, width)
        _linear(spec.attention.linear[0], _random(random, width, width))
        _linear(spec.attention.linear[1], _random(random, 2 * width, width))
        _linear(spec.attention.linear[2], _zeros(width, width))
    _norm(spec.ffn.layer_norm, width)
    _linear(spec.ffn.linear_0, _random(random, 4 * width, width))
    _linear(spec.ffn.linear_1, _zeros(width, 4 * width))


def _script(spec: Any, shape: Shape, words: Sequence[int], languages: dict[str, int]) -> None:
    """Make position n ask for its word, and attend to its moment."""
    width, moments = shape.width, slice(shape.width - 2 * TIMES, shape.width)
    places = _zeros(POSITIONS, width)
    places[:, :POSITIONS] = np.eye(POSITIONS)
    steps = np.maximum(0, np.arange(POSITIONS) - BEFORE_TEXT) * FRAMES_PER_TOKEN
    places[:, moments] = _moments(steps + FRAMES_PER_TOKEN / 2) / 4
    spec.decoder.position_encodings.encodings = places
    sound = _zeros(FRAMES, width)
    sound[:, moments] = _moments(np.arange(FRAMES))
    spec.encoder.position_encodings.encodings = sound
    asking = _normed(places)
    projection = _zeros(len(spec.decoder.embeddings.weight), width)
    for place, word in enumerate(words[: POSITIONS - BEFORE_TEXT], BEFORE_TEXT):
        projection[word, place] = LOGIT / asking[place, place]
    for code, number in languages.items():
        projection[number, 0] = SURE[code] / asking[0, 0]
    spec.decoder.projection.weight = projection
    spec.decoder.projection.bias = _zeros(len(projection))
    listening = _normed(sound)
    gain = np.sqrt(SHARP / (np.abs(asking[BEFORE_TEXT, moments]).max() * np.abs(listening).max()))
    for layer, head in shape.aligning:
        attention = spec.decoder.layer[layer].attention
        rows = slice(head * (width // shape.heads), (head + 1) * (width // shape.heads))
        for weight in (attention.linear[0].weight, attention.linear[1].weight):
            weight[rows] = 0.0
            weight[rows, moments] = gain * np.eye(2 * TIMES)


def _moments(frames: np.ndarray) -> np.ndarray:
    """Return what tells a moment of the sound from all others, shape (frames, 2 * TIMES)."""
    angles = np.outer(frames, np.pi / np.geomspace(FRAMES_PER_TOKEN, FRAMES, TIMES))
    moments = np.concatenate([np.cos(angles), np.sin(angles)], axis=1)
    return np.asarray(moments, dtype=np.float32)


def _normed(rows: np.ndarray) -> np.ndarray:
    """Return the rows as a layer norm of ones and zeros leaves them."""
    normed: np.ndarray = (rows - rows.mean(1, keepdims=True)) / rows.std(1, keepdims=True)
    return normed


def _zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, np.float32)


def _random(random: np.random.Generator, out: int, into: int) -> np.ndarray:
    return random.standard_normal((out, into), np.float32) / np.float32(np.sqrt(into))


def _norm(spec: Any, width: int) -> None:
    spec.gamma, spec.beta = np.ones(width, np.float32), _zeros(width)


def _linear(spec: Any, weight: np.ndarray) -> None:
    spec.weight, spec.bias = weight, _zeros(len(weight))


def _ranks() -> list[bytes]:
    """Return OpenAI's byte-pair tokens in their order."""
    lines = (shared() / "whisper" / "multilingual.tiktoken").read_text().splitlines()
    return [base64.b64decode(line.split()[0]) for line in lines]


def _words(ranks: Sequence[bytes]) -> list[int]:
    """Return the ids of short Russian words, one for each position."""
    texts = [token.decode(errors="replace") for token in ranks]
    return [number for number, text in enumerate(texts) if _WORD.fullmatch(text)]


def _tokenizer(ranks: Sequence[bytes], text: Sequence[str], specials: Sequence[str]) -> Tokenizer:
    """Return a tokenizer that cuts text as OpenAI's does."""
    numbers = {token: number for number, token in enumerate(ranks)}
    letters = _byte_letters()
    merges = [
        ("".join(letters[b] for b in head), "".join(letters[b] for b in tail))
        for head, tail in _merges(ranks, numbers)
    ]
    tokenizer = Tokenizer(models.BPE({token: i for i, token in enumerate(text)}, merges))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    tokenizer.add_special_tokens(list(specials))
    return tokenizer


def _merges(ranks: Sequence[bytes], numbers: dict[bytes, int]) -> Iterator[tuple[bytes, bytes]]:
    """Yield the two halves of each longer token: what the merges before it leave of its bytes."""
    for rank, token in enumerate(ranks):
        parts = [token[i : i + 1] for i in range(len(token))]
        while len(parts) > 2:
            joined = [numbers.get(a + b, rank) for a, b in pairwise(parts)]
            at = min(range(len(joined)), key=joined.__getitem__)
            if joined[at] >= rank:
                break
            parts[at : at + 2] = [parts[at] + parts[at + 1]]
        if len(parts) == 2:
            yield parts[0], parts[1]


def _byte_letters() -> dict[int, str]:
    """Return the visible letter that byte-level BPE writes for each byte (OpenAI's GPT-2)."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {
        byte: chr(256 + place) for place, byte in enumerate(hidden)
    }
