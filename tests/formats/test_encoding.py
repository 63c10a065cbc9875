"""Texts in whatever encoding: read as what they are, written back byte for byte."""

import random
from pathlib import Path

import pytest

from tolmach.core.errors import StorageError
from tolmach.formats.documents.opening import open_document
from tolmach.formats.encoding import OLD, bytes_of, detected, legible, text_of
from tolmach.formats.terms.delimited import read_terms
from tolmach.messages.table import sentence

RUSSIAN = (
    "Добрый день.",
    "Как ваши дела?",
    "Где находится больница?",
    "— Спасибо за помощь! — сказал он.",
    "МЧС ПРЕДУПРЕЖДАЕТ",
    "Приём с 9:00 до 18:00, кабинет №5",
)
UKRAINIAN = ("Добрий день, як ваші справи?", "Її сім'я мешкає в Києві.")


@pytest.mark.parametrize("encoding", OLD)
@pytest.mark.parametrize("text", [*RUSSIAN, *UKRAINIAN])
def test_old_encodings_are_told_by_their_letters(encoding: str, text: str) -> None:
    data = text.encode(encoding, "replace")
    read, name = detected(data)
    assert read == data.decode(encoding)
    assert bytes_of(read, name) == (data, name)  # Mac and CP866 have the same capitals


@pytest.mark.parametrize("language", ["ru", "tt", "uk"])
def test_sentences_of_people(shared: Path, language: str) -> None:
    """Pairs of sentences; letters that an encoding lacks are left out, as people had to."""
    lines = (shared / "text" / "mono" / f"{language}.txt").read_text(encoding="utf-8").splitlines()
    chance = random.Random(1)
    for encoding in OLD:
        texts = ["\n".join(chance.sample(lines, 2)) for _ in range(100)]
        samples = [text.encode(encoding, "ignore") for text in texts]
        wrong = sum(detected(data)[0] != data.decode(encoding) for data in samples)
        assert wrong <= 2, encoding  # of a hundred


BAD = "Добрый день.\nКак ваши дела?\nСпасибо.".encode()


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (BAD[:-2], "3"),  # a download that ended inside a letter
        (BAD.replace("ваши".encode(), b"\xff\xa0" + "ваши".encode()), "2"),
        (b"\xa0" + BAD + b"\xd0", "1, 3"),
    ],
)
def test_some_bad_bytes_do_not_make_another_encoding(data: bytes, lines: str) -> None:
    text, encoding, (remark,) = text_of(data, "a.txt")
    assert encoding == "utf-8"
    assert (remark.code, remark.params) == ("document-bytes", {"name": "a.txt", "lines": lines})
    assert lines in sentence(remark.code, remark.params, "ru")
    assert bytes_of(text, encoding) == (data, "utf-8")
    assert "Как ваши дела?" in legible(text).replace("\ufffd", "")
    legible(text).encode()  # the worker takes nothing that is no text


def test_many_lines_are_not_all_listed() -> None:
    data = b"\n".join(["да, это длинная строка".encode() + b"\xff"] * 9)
    assert text_of(data, "a.txt").remarks[0].params["lines"] == "1, 2, 3, 4, 5, …"


def test_good_text_needs_no_remark() -> None:
    for data in (BAD, BAD.decode().encode("cp1251"), "\ufeffда".encode("utf-16-le"), b"plain"):
        assert text_of(data, "a.txt").remarks == ()


def test_a_guess_is_told() -> None:
    (remark,) = text_of(BAD.decode().encode("koi8_r"), "a.txt").remarks
    assert (remark.code, remark.params["encoding"]) == ("document-guessed", "KOI8-R")


@pytest.mark.parametrize(
    "text", ["дата;25 °C", "Price: 5 €, see § 3", "© 2024 Company", "Cost • low", "± 5 µm", "№ 5"]
)
def test_some_signs_speak_for_no_rare_encoding(text: str) -> None:
    data = text.encode("cp1251")
    assert detected(data) == (text, "cp1251")
    assert text_of(data, "a.txt").remarks == ()


def test_a_byte_that_code_page_1251_does_not_have() -> None:
    data = ("Встреча состоится в пятницу.\n" * 50).encode("cp1251") + b"\x98"
    text, encoding, (remark,) = text_of(data, "a.txt")
    assert (encoding, remark.code) == ("cp1251", "document-bytes")
    assert text.startswith("Встреча состоится")
    assert bytes_of(text, encoding)[0] == data


def test_letters_that_come_late() -> None:
    text = "p { color: red }\n" * 3000 + "Где находится больница?"
    assert detected(text.encode("koi8_r"))[0] == text


def test_a_mark_decides_though_a_byte_is_bad() -> None:
    data = b"\xef\xbb\xbfHello \xff world"
    text, encoding, (remark,) = text_of(data, "a.txt")
    assert (encoding, remark.code) == ("utf-8-sig", "document-bytes")
    assert bytes_of(text, encoding)[0] == data


def test_utf_16_that_was_cut_off() -> None:
    data = ("Где находится больница? " * 9).encode("utf-16") + b"\x31"
    text, encoding, (remark,) = text_of(data, "a.txt")
    assert (encoding, remark.code) == ("utf-16", "document-bytes")
    assert text.startswith("Где находится больница?")


def test_what_a_document_declares_is_no_guess() -> None:
    assert text_of(BAD.decode().encode("koi8_r"), "a.html", "koi8-r").remarks == ()


def printable(count: int) -> bytes:
    chance = random.Random(1)
    return bytes(chance.choice(range(32, 256)) for _ in range(count))


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)),
        random.Random(1).randbytes(1000),
        printable(3000),
        b"\xff\xfe" + printable(3000),
    ],
)
def test_what_is_no_text(data: bytes) -> None:
    with pytest.raises(StorageError) as caught:
        text_of(data, "a.txt")
    assert caught.value.code == "document-encoding"


def test_a_document_keeps_its_bad_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.srt"
    path.write_bytes(b"1\n00:00:01,000 --> 00:00:02,000\n" + BAD.replace(b"\n", b"\xff\n", 1))
    document = open_document(path)
    assert [remark.code for remark in document.remarks] == ["document-bytes"]
    assert document.written([None] * len(document.units)) == path.read_bytes()
    assert all("\ufffd" not in unit.text for unit in document.units)


def test_a_catalogue_keeps_its_bad_bytes(tmp_path: Path) -> None:
    path = tmp_path / "a.po"
    path.write_bytes(b"# \xff\n" + 'msgid "Добрый день, как дела?"\nmsgstr ""\n'.encode())
    document = open_document(path)
    (unit,) = document.units
    assert b"# \xff\n" in document.written([unit], "ba")


def test_a_glossary_in_any_encoding() -> None:
    table = "Русский;Украинский\nболезнь;хвороба\nврач;терапевт\n"
    for encoding in ("utf-8", *OLD):
        terms = read_terms(table.encode(encoding), "a.csv")
        assert [term.target for term in terms] == [("хвороба",), ("терапевт",)]
    (damaged, _) = read_terms(table.encode().replace("хвороба".encode(), b"\xd0"), "a.csv")
    assert damaged.target == ("\ufffd",)
