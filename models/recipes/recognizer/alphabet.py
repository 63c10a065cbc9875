"""Characters, special tokens and text normalisation of the recogniser."""

from __future__ import annotations

import re

LANGUAGES: tuple[str, ...] = ("ru", "tt", "ba")

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
TATAR = "әөүҗңһ"
BASHKIR = "ҙҫҡғ"
LETTERS = RUSSIAN + TATAR + BASHKIR
PUNCTUATION = ".,?!-–—:;«»\"'()…"
DIGITS = "0123456789"
UNKNOWN = "<unk>"
CHARACTERS: tuple[str, ...] = tuple(" " + LETTERS + LETTERS.upper() + PUNCTUATION + DIGITS)

TIMESTAMPS = 1501
TEXT_TOKENS: tuple[str, ...] = (*CHARACTERS, UNKNOWN, "")
SPECIAL_TOKENS: tuple[str, ...] = (
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
NAMED_TOKENS: tuple[str, ...] = TEXT_TOKENS + SPECIAL_TOKENS
VOCABULARY: tuple[str, ...] = NAMED_TOKENS + tuple(
    f"<|{index * 0.02:.2f}|>" for index in range(TIMESTAMPS)
)
TOKEN_IDS: dict[str, int] = {token: index for index, token in enumerate(VOCABULARY)}

END = TOKEN_IDS["<|endoftext|>"]
START = TOKEN_IDS["<|startoftranscript|>"]
TRANSCRIBE = TOKEN_IDS["<|transcribe|>"]
PREVIOUS = TOKEN_IDS["<|startofprev|>"]
NO_SPEECH = TOKEN_IDS["<|nospeech|>"]
NO_TIMESTAMPS = TOKEN_IDS["<|notimestamps|>"]
FIRST_TIMESTAMP = TOKEN_IDS["<|0.00|>"]
LANGUAGE_IDS: dict[str, int] = {name: TOKEN_IDS[f"<|{name}|>"] for name in LANGUAGES}

# Connectionist temporal classification: blank, space, lower-case letters.
CTC_CHARACTERS = " " + LETTERS
CTC_CLASSES = 1 + len(CTC_CHARACTERS)
_CTC_IDS: dict[str, int] = {char: index + 1 for index, char in enumerate(CTC_CHARACTERS)}

_NOT_WORD = re.compile(rf"[^{LETTERS}0-9]+")


def encode(text: str) -> list[int]:
    """Turn text into token numbers; the text must hold vocabulary characters only."""
    return [TOKEN_IDS[char] for char in text]


def decode(tokens: list[int]) -> str:
    """Turn token numbers into text; special tokens are left out."""
    limit = len(CHARACTERS)
    return "".join(CHARACTERS[token] for token in tokens if token < limit)


def timestamp(seconds: float) -> int:
    """Return the timestamp token nearest to a time."""
    return FIRST_TIMESTAMP + min(TIMESTAMPS - 1, max(0, round(seconds / 0.02)))


def normalise(text: str) -> str:
    """Lower-case, drop punctuation, join words by single spaces (ё and й are kept)."""
    return _NOT_WORD.sub(" ", text.lower()).strip()


def encode_ctc(text: str) -> list[int]:
    """Turn text into classes of the auxiliary CTC head."""
    return [_CTC_IDS[char] for char in normalise(text) if char in _CTC_IDS]


def decode_ctc(classes: list[int]) -> str:
    """Greedy CTC decoding: merge repeats, drop blanks."""
    merged = [c for i, c in enumerate(classes) if c and (i == 0 or classes[i - 1] != c)]
    return "".join(CTC_CHARACTERS[c - 1] for c in merged).strip()
