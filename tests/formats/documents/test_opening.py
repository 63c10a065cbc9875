"""Opening by name: formats, limits, errors, names for translations."""

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from tests.formats.documents.making import changed, docx, run, texts
from tolmach.core.errors import StorageError, UsageError
from tolmach.formats.documents import opening
from tolmach.formats.documents.document import Document, has_words
from tolmach.formats.documents.opening import open_document, translated_name
from tolmach.formats.suffixes import suffixes

CONTENTS = {
    "csv": "имя,цена\nСтол,12\n".encode(),
    "docx": docx(f"<w:p>{run('Раз')}</w:p>"),
    "dotx": docx(f"<w:p>{run('Раз')}</w:p>"),
    "htm": b"<p>\xd0\xb0\xd0\xb1",
    "html": "<p>Раз".encode(),
    "markdown": "# Раз\n".encode(),
    "md": "# Раз\n".encode(),
    "po": 'msgid ""\nmsgstr ""\n\nmsgid "Раз"\nmsgstr ""\n'.encode(),
    "srt": "1\n00:00:01,000 --> 00:00:02,000\nРаз\n".encode(),
    "tsv": "имя\tцена\n".encode(),
    "txt": "Раз\n".encode("cp1251"),
    "vtt": "WEBVTT\n\n00:01.000 --> 00:02.000\nРаз\n".encode(),
    "xhtml": "<p>Раз</p>".encode(),
    "ass": "[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,,,0,0,0,,Раз\n".encode(),
    "ssa": "[Events]\nDialogue: Marked=0,0:00:01.00,0:00:02.00,,,0,0,0,,Раз\n".encode(),
    "sbv": "0:00:01.000,0:00:02.000\nРаз\n".encode(),
    "sub": "{25}{50}Раз\n".encode(),
    "lrc": "[00:01.00]Раз\n".encode(),
    "ttml": "<tt><body><div><p begin='1s'>Раз</p></div></body></tt>".encode(),
    "dfxp": "<tt><body><div><p begin='1s'>Раз</p></div></body></tt>".encode(),
    "smi": "<SAMI><BODY><SYNC Start=1000><P>Раз</BODY></SAMI>".encode(),
}


def test_these_are_the_formats() -> None:
    assert suffixes("document") == tuple(sorted(CONTENTS))


@pytest.mark.parametrize("kind", CONTENTS)
def test_every_format_opens_from_a_cyrillic_path(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "Мои документы"
    folder.mkdir()
    path = folder / f"мой договор.{kind.upper()}"
    path.write_bytes(CONTENTS[kind])
    document = open_document(path)
    assert document.units
    assert document.written([None] * len(document.units)) == CONTENTS[kind]
    path.write_bytes(changed(document, lambda text: text + " ҡ", "ba"))
    if kind != "po":  # whose messages are translated now
        again = texts(open_document(path))
        assert again == [text + " ҡ" for text in texts(document)]


@pytest.mark.parametrize("kind", CONTENTS)
@pytest.mark.parametrize(
    "data", [b"", b"\x00\x01\x02\xff", b"PK\x03\x04", "\ud800".encode("utf-8", "surrogatepass")]
)
def test_any_bytes_are_opened_or_refused_with_a_reason(
    kind: str, data: bytes, tmp_path: Path
) -> None:
    path = tmp_path / f"что-то.{kind}"
    path.write_bytes(data)
    try:
        document = open_document(path)
    except StorageError as error:
        refused = error.code
    else:
        refused = ""
        assert document.written([None] * len(document.units)) == data
    assert refused.startswith("document-") or not refused


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "длинный.txt"
    path.write_text("раз\nдва\nтри\n", encoding="utf-8")
    monkeypatch.setattr(opening, "MOST", 2)
    with pytest.raises(StorageError, match="document-too-many"):
        open_document(path)
    monkeypatch.setattr(opening, "LARGEST", 10)
    with pytest.raises(StorageError, match="document-too-big"):
        open_document(path)


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="unknown-format"):
        open_document(tmp_path / "книга.pdf")
    with pytest.raises(StorageError, match="file-missing"):
        open_document(tmp_path / "нет.txt")
    (tmp_path / "папка.txt").mkdir()
    with pytest.raises(StorageError, match="file-is-folder"):
        open_document(tmp_path / "папка.txt")
    old = tmp_path / "старый.doc"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))
    with pytest.raises(StorageError, match="document-old-word"):
        open_document(old)


def test_columns_are_for_tables(tmp_path: Path) -> None:
    path = tmp_path / "т.csv"
    path.write_text("имя;цвет\nСтол;белый\n", encoding="utf-8")
    assert texts(open_document(path, ["цвет"])) == ["цвет", "белый"]


def test_the_name_of_a_translation_is_free(tmp_path: Path) -> None:
    path = tmp_path / "мой договор.v2.docx"
    assert translated_name(path, "ba").name == "мой договор.v2.ba.docx"
    for number in ("", " (2)"):
        (tmp_path / f"мой договор.v2.ba{number}.docx").touch()
    assert translated_name(path, "ba").name == "мой договор.v2.ba (3).docx"


def test_every_unit_needs_a_translation_or_none() -> None:
    document = Document((), b"", lambda texts, language: b"")
    with pytest.raises(ValueError, match="zip"):
        document.written([None])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12:30", False),
        ("http://a.b/в", False),
        ("%s", False),
        ("да", True),
        ("№ 5 а", True),
        ("", False),
    ],
)
def test_what_has_words(text: str, expected: bool) -> None:
    assert has_words(text) is expected


def test_a_start_does_without_the_libraries_of_formats() -> None:
    import_module("PySide6.QtWidgets")  # skips where Qt cannot be loaded
    code = (
        "import sys, tolmach.cli.main, tolmach.ui.application;"
        "sys.exit(' '.join({'lxml', 'markdown_it', 'polib'} & sys.modules.keys()) or 0)"
    )
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (process.stderr.strip(), process.returncode) == ("", 0)
