"""Tokens that a recognizer must not write, because they spell letters of other scripts.

A Whisper that is unsure drifts into other languages; with these tokens suppressed a Tatar
transcript cannot contain a Georgian letter. Works on both kinds of vocabulary: plain characters,
and byte-level BPE (OpenAI's), where one letter may be spread over several tokens. There the first
bytes of a letter decide: a token that ends in them is suppressed if none of the letters and usual
signs that they can begin is allowed. Bytes that go on with a letter cannot be judged alone.
"""

from collections.abc import Collection, Sequence

from tolmach.language.scripts import COMMON, lie_between, script_of

_LEAST = (0, 0, 0x80, 0x800, 0x10000)  # code point that takes so many bytes in UTF-8
_FURTHER = bytes(range(0x80, 0xC0))  # in UTF-8 no character begins with one of these
# Signs that texts of every script contain: accents, dashes, quotes, №, arrows, notes, emoji.
_SIGNS = ((0x00A0, 0x00BF), (0x02B0, 0x036F), (0x2000, 0x2BFF), (0x1F000, 0x1FAFF))


def suppressed(tokens: Sequence[str], scripts: Collection[str]) -> list[int]:
    """Return the ids of the tokens that write letters of a script outside `scripts` (ISO 15924).

    `tokens` is the vocabulary by id, as in vocabulary.json. Special tokens `<|…|>` are kept.
    """
    byte_level = is_byte_level(tokens)
    bytes_of = str.maketrans({letter: chr(byte) for letter, byte in _byte_letters().items()})
    allowed = {COMMON, *scripts}
    return [
        number
        for number, token in enumerate(tokens)
        if not (token.startswith("<|") and token.endswith("|>"))
        and (
            _foreign_bytes(token.translate(bytes_of).encode("latin-1", "replace"), allowed)
            if byte_level
            else _foreign(token, allowed)
        )
    ]


def is_byte_level(tokens: Sequence[str]) -> bool:
    """Whether a vocabulary spells bytes, not characters."""
    return _byte_letters().keys() <= set(tokens)


def _foreign(text: str, allowed: Collection[str]) -> bool:
    return any(script_of(character) not in allowed for character in text)


def _foreign_bytes(token: bytes, allowed: Collection[str]) -> bool:
    """Whether the token has or begins a letter that is not allowed."""
    own = token.lstrip(_FURTHER)  # what another token began
    begun = _begun(own)
    whole = own[: len(own) - len(begun)].decode("utf-8", "ignore")
    return _foreign(whole, allowed) or (bool(begun) and not _can_be_allowed(begun, allowed))


def _begun(token: bytes) -> bytes:
    """Return the bytes at the token's end that begin a character and do not finish it."""
    for length in (1, 2, 3):
        if token[-length : -length + 1 or None] >= b"\xc0":
            return token[-length:] if length < _length(token[-length]) else b""
    return b""


def _length(first: int) -> int:
    """Return how many bytes a character takes in UTF-8 that begins with this one."""
    return 1 if first < 0xC0 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4


def _can_be_allowed(begun: bytes, allowed: Collection[str]) -> bool:
    length = _length(begun[0])
    missing = length - len(begun)
    bits = begun[0] & 0xFF >> length + 1
    for byte in begun[1:]:
        bits = bits << 6 | byte & 0x3F
    first = max(bits << 6 * missing, _LEAST[length])
    last = bits + 1 << 6 * missing
    return lie_between(allowed, first, last - 1) or any(
        begin < last and first <= end for begin, end in _SIGNS
    )


def _byte_letters() -> dict[str, int]:
    """Return which byte each visible letter of a byte-level vocabulary stands for (GPT-2's)."""
    visible = [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)]
    hidden = [byte for byte in range(0x100) if byte not in visible]
    return {chr(byte): byte for byte in visible} | {
        chr(0x100 + place): byte for place, byte in enumerate(hidden)
    }
