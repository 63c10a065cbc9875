"""Small CTranslate2 models whose output is written into their weights. No torch, no training.

All weights of attention and feed-forward layers are zero but the few that a model needs, so what
the decoder says at a step depends on the position alone, or on what it attends to in the encoder.

Rule: of two neighbours (0 and 1, 2 and 3, ...) in a row of weights one is zero. Processors without
VNNI add up such pairs of 8-bit products in 16 bits, and cut off what does not fit.
"""

import io
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from ctranslate2.specs import TransformerSpec, WhisperSpec
from faster_whisper.tokenizer import _LANGUAGE_CODES
from sentencepiece import SentencePieceTrainer
from tokenizers import Tokenizer, decoders, models, pre_tokenizers

WIDTH = 128
LOUD = 30.0  # a logit that always wins
LANGUAGES = ("ru", "tt", "ba")
TEXT_TOKENS = (*"абвгдежзиклмнопрстуфхцчшы ", "<unk>", "")  # "" makes a model multilingual
SPECIALS = (
    "<|endoftext|>",
    "<|startoftranscript|>",
    *(f"<|{language}|>" for language in LANGUAGES),
    "<|translate|>",
    "<|transcribe|>",
    "<|startoflm|>",
    "<|startofprev|>",
    "<|nospeech|>",
    "<|notimestamps|>",
)
VOCABULARY = (*TEXT_TOKENS, *SPECIALS, *(f"<|{i * 0.02:.2f}|>" for i in range(1501)))
PROMPT_LENGTH = 4


def _zeros(*shape: int) -> np.ndarray:
    return np.zeros(shape, dtype=np.float32)


def _norm(spec: Any, width: int = WIDTH) -> None:
    spec.gamma, spec.beta = np.ones(width, dtype=np.float32), _zeros(width)


def _linear(spec: Any, out: int, into: int) -> None:
    spec.weight, spec.bias = _zeros(out, into), _zeros(out)


def _layer(spec: Any, decoder: bool, width: int = WIDTH) -> None:
    _norm(spec.self_attention.layer_norm, width)
    _linear(spec.self_attention.linear[0], 3 * width, width)
    _linear(spec.self_attention.linear[1], width, width)
    if decoder:
        _norm(spec.attention.layer_norm, width)
        _linear(spec.attention.linear[0], width, width)
        _linear(spec.attention.linear[1], 2 * width, width)
        _linear(spec.attention.linear[2], width, width)
    _norm(spec.ffn.layer_norm, width)
    _linear(spec.ffn.linear_0, 4 * width, width)
    _linear(spec.ffn.linear_1, width, 4 * width)


def whisper(
    folder: Path,
    says: Sequence[str] = "привет",
    short: Sequence[str] = (),
    endless: str = "",
    turn: int = 1500,
    language_logits: Mapping[str, float] | None = None,
    vocabulary: Sequence[str] = VOCABULARY,
) -> Path:
    """Write a Whisper folder that hears `says` in every sound.

    While the encoder's output has fewer than 2 * `turn` frames it hears `short` instead (as many
    tokens, all others), or the token `endless` without end. `language_logits` decide what
    detect_language finds. `says` and `short` are tokens of the vocabulary, here characters.
    """
    ids = {token: number for number, token in enumerate(vocabulary)}
    spec = WhisperSpec(1, 1, 1, 1)
    _encoder(spec.encoder, turn)
    decoder = spec.decoder
    decoder.embeddings.weight = _zeros(len(vocabulary), WIDTH)
    _norm(decoder.layer_norm)
    _layer(decoder.layer[0], decoder=True)
    positions, projection = _zeros(448, WIDTH), _zeros(len(vocabulary), WIDTH)
    for place, component in enumerate(range(2, WIDTH, 2)):  # after the prompt, one by one
        positions[PROMPT_LENGTH - 1 + place :, 2:] = np.eye(WIDTH)[component, 2:]
    for script in ((*says, "<|endoftext|>"), short):
        for place, token in enumerate(script):
            projection[ids[token], 2 + 2 * place] = LOUD
    positions[0, 1] = 1.0
    normed = WIDTH**0.5  # what the norm makes of a one
    for language, logit in (language_logits or {}).items():
        projection[ids[f"<|{language}|>"], 1] = logit / normed
    louder = dict.fromkeys(short, LOUD / 2) | ({endless: 10 * LOUD} if endless else {})
    if louder:  # while the encoder's first component is positive, else softer
        attention = decoder.layer[0].attention
        attention.linear[1].weight[WIDTH, 0] = 1.0  # value
        attention.linear[2].weight[0, 0] = 0.1
    for token, loudness in louder.items():
        projection[ids[token], 0] = loudness
    decoder.position_encodings.encodings = positions
    decoder.projection.weight = projection
    decoder.projection.bias = _zeros(len(vocabulary))
    spec.register_vocabulary(list(vocabulary))
    folder.mkdir(parents=True, exist_ok=True)
    spec.validate()
    spec.config.suppress_ids, spec.config.suppress_ids_begin = [], [ids["<|endoftext|>"]]
    spec.config.lang_ids = [ids[f"<|{language}|>"] for language in LANGUAGES]
    spec.config.alignment_heads = [[0, 0]]
    spec.save(str(folder))
    tokenizer().save(str(folder / "tokenizer.json"))
    return folder


def _encoder(spec: Any, turn: int) -> None:
    spec.conv1.weight, spec.conv1.bias = _zeros(WIDTH, 80, 3), _zeros(WIDTH)
    spec.conv2.weight, spec.conv2.bias = _zeros(WIDTH, WIDTH, 3), _zeros(WIDTH)
    encodings = _zeros(1500, WIDTH)
    encodings[:turn, 0] = 1.0
    encodings[turn:, 0] = -1.0
    spec.position_encodings.encodings = encodings
    _norm(spec.layer_norm)
    _layer(spec.layer[0], decoder=False)


def tokenizer() -> Tokenizer:
    """Return a tokenizer of single characters, with the special tokens Whisper has."""
    characters = Tokenizer(
        models.WordLevel({t: i for i, t in enumerate(VOCABULARY)}, unk_token="<unk>")
    )
    characters.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    characters.decoder = decoders.Fuse()
    characters.add_special_tokens([*SPECIALS])
    return characters


def whisper_of_true_vocabulary(folder: Path, ranks: Sequence[bytes]) -> Path:
    """Write a Whisper folder with OpenAI's vocabulary that hears «Привет, мир» in Tatar."""
    letters = _byte_letters()
    text = ["".join(letters[byte] for byte in token) for token in ranks]
    languages = [f"<|{code}|>" for code in _LANGUAGE_CODES if code != "yue"]
    rest = [token for token in SPECIALS[2:] if token[2:-2] not in LANGUAGES]
    specials = [*SPECIALS[:2], *languages, *rest]
    vocabulary = [*text, *specials, *(f"<|{i * 0.02:.2f}|>" for i in range(1501))]
    pieces = [letters[byte] for byte in "Привет, мир".encode()]
    whisper(folder, pieces, language_logits={"ru": 1, "tt": 2}, vocabulary=vocabulary)
    tokens = Tokenizer(models.BPE({token: i for i, token in enumerate(text)}, []))
    tokens.decoder = decoders.ByteLevel()
    tokens.add_special_tokens(specials)
    tokens.save(str(folder / "tokenizer.json"))
    return folder


def _byte_letters() -> dict[int, str]:
    """Return the visible letter that byte-level BPE writes for each byte (OpenAI's GPT-2)."""
    visible = [*range(33, 127), *range(161, 173), *range(174, 256)]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {
        byte: chr(256 + place) for place, byte in enumerate(hidden)
    }


ALPHABET = "абвгдежзийклмнопрстуфхцчшщъыьэюяёДН"
ECHO_PLACES = 300
TRANSLATOR_SIGNS = ("<unk>", "<s>", "</s>", "<2ba>", "<2ru>")


@cache
def pieces(signs: tuple[str, ...] = TRANSLATOR_SIGNS[3:]) -> bytes:
    """Return a SentencePiece model of single characters that knows some signs as pieces."""
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter([ALPHABET, *ALPHABET, ". , ! ?"]),
        model_writer=model,
        model_type="char",
        character_coverage=1.0,
        user_defined_symbols=list(signs),
        minloglevel=2,
        hard_vocab_limit=False,
    )
    return model.getvalue()


def echo_translator(folder: Path, add_source_eos: bool, prefixed: bool = False) -> Path:
    """Write a CTranslate2 translator that says what it was sent, token by token.

    Step n of the decoder attends to place n of the source and repeats the token there, so the
    output shows exactly which tokens an engine sends. With `prefixed` it is place n - 1: the
    first step is for a target prefix. Sources of at most ECHO_PLACES tokens.
    """
    vocabulary = [*TRANSLATOR_SIGNS, "▁", *ALPHABET, *".,!?"]
    width = len(vocabulary) + ECHO_PLACES
    words, place = slice(0, len(vocabulary)), slice(len(vocabulary), width)
    token = np.eye(width, dtype=np.float32)[words]
    spec = TransformerSpec.from_config(1, 1)
    positions = _zeros(512, width)
    positions[:ECHO_PLACES, place] = np.eye(ECHO_PLACES)
    spec.encoder.position_encodings.encodings = positions
    spec.decoder.position_encodings.encodings = np.roll(positions, int(prefixed), axis=0)
    for side in (spec.encoder, spec.decoder):
        side.scale_embeddings = False
        _norm(side.layer_norm, width)
        _layer(side.layer[0], decoder=side is spec.decoder, width=width)
    spec.encoder.embeddings[0].weight = token
    spec.decoder.embeddings.weight = np.zeros_like(token)
    attention = spec.decoder.layer[0].attention
    attention.linear[0].weight[place, place] = LOUD * np.eye(ECHO_PLACES)  # query: my place
    attention.linear[1].weight[place, place] = np.eye(ECHO_PLACES)  # keys: their places
    attention.linear[1].weight[width:][words, words] = np.eye(len(vocabulary))  # values: tokens
    attention.linear[2].weight[words, words] = np.eye(len(vocabulary))
    spec.decoder.projection.weight = LOUD * token
    spec.decoder.projection.bias = _zeros(len(vocabulary))
    spec.decoder.projection.bias[: len(TRANSLATOR_SIGNS)] = -1.0  # the runner-up is a letter
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    spec.config.add_source_eos = add_source_eos
    spec.config.decoder_start_token = "</s>"
    folder.mkdir(parents=True, exist_ok=True)
    spec.validate()
    spec.save(str(folder))
    return folder
