"""No token may write a letter of a script that nobody asked for, and every text can be written."""

import base64
import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import tiny_models
from tolmach.engines.suppression import suppressed
from tolmach.language.scripts import COMMON, script_of

CYRILLIC = "".join(chr(code) for code in range(0x400, 0x530) if chr(code).isalpha())
LATIN = "".join(chr(code) for code in range(0x41, 0x250) if chr(code).isalpha())
SIGNS = " .,!?:;-–—…«»„“”\"'()[]%№§°0123456789\u0301ʼ€→♪🙂"
LETTERS = tiny_models._byte_letters()
BYTES = [LETTERS[byte] for byte in range(256)]
SCRIPTS = ["Cyrl", "Latn", "Geor", "Armn", "Grek", "Arab", "Hebr", "Hang", "Hani", "Thai"]


def spelled(data: bytes) -> str:
    return "".join(LETTERS[byte] for byte in data)


def forbidden(texts: Sequence[str | bytes], *scripts: str) -> list[bool]:
    """Tell of each token of a byte-level vocabulary whether it is suppressed."""
    tokens = [spelled(text.encode() if isinstance(text, str) else text) for text in texts]
    numbers = set(suppressed([*BYTES, *tokens], scripts))
    return [number in numbers for number in range(256, 256 + len(tokens))]


@pytest.mark.parametrize(
    (("token", "suppress")),
    [
        ("мир", False),
        (" мир", False),
        ("გ", True),
        (" გამარჯობა", True),
        ("ми გ", True),
        ("中", True),
        ("ক", True),
        ("hello", True),
        ("é", True),
        ("…", False),
        ("🙂", False),
        ("а\u0301", False),
        (b"\xd0", False),  # begins а Cyrillic letter
        (b" \xd1", False),
        (b"\xd0\xb0\xd1", False),
        (b"\xe1", True),  # Georgian, Ethiopic, Hangul: nothing for Cyrillic
        (b"\xe1\x83", True),
        (b" \xe1\x83", True),
        (b"\xd0\xb0\xe1\x83", True),
        (b"\x83", False),  # goes on with something that another token began
        (b"\x83\x92", False),
        (b"\x83\xe1", True),
        (b"\x92\xd0\xb0", False),
        (b"\x92\xe1\x83\x90", True),
        (b"\xe2\x80", False),  # dashes and quotes
        (b"\xe4\xb8", True),
        (b"\xf0\x9f\x99", False),
        (b"\xd8", True),
        (b"\xe0", True),
        (b"\xe3", True),  # signs, too, but Chinese ones: they have tokens of their own
        ("。", False),
    ],
)
def test_what_is_suppressed_for_cyrillic(token: str | bytes, suppress: bool) -> None:
    assert forbidden([token], "Cyrl") == [suppress]


def test_latin_is_written_where_it_is_asked_for() -> None:
    assert forbidden(["hello", "é", "ə", "გ", b"\xc3", b"\xe1"], "Cyrl", "Latn") == [
        *[False] * 3,
        True,
        False,
        True,
    ]
    assert forbidden(["გ", b"\xe1\x83", "мир"], "Geor") == [False, False, True]


def test_special_tokens_and_ids_stay() -> None:
    tokens = ["<|ka|>", "<|endoftext|>", *BYTES, spelled("გ".encode()), "<|0.02|>"]
    assert len(tokens) - 2 in suppressed(tokens, ["Cyrl"])
    assert not {0, 1, len(tokens) - 1} & set(suppressed(tokens, ["Cyrl"]))


def test_plain_vocabularies_are_read_letter_by_letter() -> None:
    tokens = ["а", " ә", "b", "გა", "1", "é", "▁", "", "<|ru|>"]
    assert suppressed(tokens, ["Cyrl"]) == [2, 3, 5]
    assert suppressed(tokens, ["Cyrl", "Latn"]) == [3]


def test_the_starter_pack_keeps_its_letters(starter: Path) -> None:
    tokens = json.loads((starter / "starter-recognizer" / "vocabulary.json").read_text("utf-8"))
    assert [tokens[number] for number in suppressed(tokens, ["Cyrl", "Latn"])] == []


@given(st.text(), st.sets(st.sampled_from(SCRIPTS)))
def test_a_whole_token_is_suppressed_for_its_letters_alone(text: str, scripts: set[str]) -> None:
    expected = any(script_of(character) not in (COMMON, *scripts) for character in text)
    assert forbidden([text], *scripts) == [expected]


@given(st.characters(), st.integers(1, 3))
def test_the_beginning_of_an_allowed_letter_is_allowed(character: str, length: int) -> None:
    if script_of(character) in SCRIPTS:
        assert forbidden([character.encode()[:length]], script_of(character)) == [False]


@given(st.binary(max_size=6), st.sets(st.sampled_from(SCRIPTS)))
def test_any_bytes_are_judged(token: bytes, scripts: set[str]) -> None:
    everything = ["Latn", "Cyrl", "Geor", *scripts]
    fewer, more = forbidden([token], *scripts), forbidden([token], *everything)
    assert fewer >= more  # what more scripts forbid, fewer forbid, too


# The true vocabulary ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def ranks(shared: Path) -> dict[bytes, int]:
    path = shared / "whisper" / "multilingual.tiktoken"
    if not path.is_file():
        pytest.skip("OpenAI's vocabulary is not here")
    pairs = (line.split() for line in path.read_text().splitlines() if line)
    return {base64.b64decode(token): int(rank) for token, rank in pairs}


@pytest.fixture(scope="module")
def allowed(ranks: dict[bytes, int]) -> dict[str, set[bytes]]:
    """Return the tokens that may be written, by how many scripts are allowed."""
    tokens = list(ranks)
    vocabulary = [spelled(token) for token in tokens]
    return {
        name: set(tokens) - {tokens[number] for number in suppressed(vocabulary, scripts)}
        for name, scripts in (("Cyrl", ["Cyrl"]), ("Cyrl+Latn", ["Cyrl", "Latn"]))
    }


def encode(text: str, ranks: dict[bytes, int]) -> list[bytes]:
    """Merge bytes by rank, as tiktoken does. (Without its division into words: longer tokens.)"""
    parts = [bytes([byte]) for byte in text.encode()]
    while True:
        pairs = [
            (ranks[parts[i] + parts[i + 1]], i)
            for i in range(len(parts) - 1)
            if parts[i] + parts[i + 1] in ranks
        ]
        if not pairs:
            return parts
        _, i = min(pairs)
        parts[i : i + 2] = [parts[i] + parts[i + 1]]


@given(text=st.text(CYRILLIC + SIGNS, max_size=40))
def test_any_cyrillic_text_can_be_written(
    text: str, ranks: dict[bytes, int], allowed: dict[str, set[bytes]]
) -> None:
    assert set(encode(text, ranks)) <= allowed["Cyrl"]


@given(text=st.text(CYRILLIC + LATIN + SIGNS, max_size=40))
def test_any_text_with_latin_names_can_be_written(
    text: str, ranks: dict[bytes, int], allowed: dict[str, set[bytes]]
) -> None:
    assert set(encode(text, ranks)) <= allowed["Cyrl+Latn"]


@pytest.mark.parametrize("language", ["ru", "tt"])
def test_real_sentences_can_be_written(
    language: str, shared: Path, ranks: dict[bytes, int], allowed: dict[str, set[bytes]]
) -> None:
    lines = (shared / "text" / "mono" / f"{language}.txt").read_text("utf-8").splitlines()
    for line in lines[:: max(1, len(lines) // 300)]:
        assert set(encode(line, ranks)) <= allowed["Cyrl+Latn"], line


def test_no_way_of_spelling_leads_to_a_georgian_letter(allowed: dict[str, set[bytes]]) -> None:
    """Every Georgian letter of today begins with the byte E1, in whatever token that stands."""
    for code in (*range(0x10A0, 0x1100), *range(0x1C90, 0x1CC0)):
        assert chr(code).encode()[0] == 0xE1
    assert [token for token in allowed["Cyrl+Latn"] if 0xE1 in token] == []


@given(text=st.text("აბგდევზთიკლმნოპჟრსტუფქღყშჩცძწჭხჯჰ", min_size=1), cuts=st.data())
def test_georgian_cut_into_any_tokens_needs_a_suppressed_one(
    text: str, cuts: st.DataObject, allowed: dict[str, set[bytes]]
) -> None:
    data, parts = ("мир " + text).encode(), []
    while data:
        length = cuts.draw(st.integers(1, min(len(data), 12)))
        parts.append(data[:length])
        data = data[length:]
    assert not set(parts) <= allowed["Cyrl+Latn"]


@pytest.mark.parametrize("other", "한中กहאΩ")
def test_letters_of_other_scripts_cannot_be_written(
    other: str, allowed: dict[str, set[bytes]]
) -> None:
    first = other.encode()[0]
    assert [token for token in allowed["Cyrl+Latn"] if first in token] == []
