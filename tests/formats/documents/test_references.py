"""References to characters of any length."""

import pytest

from tests.formats.documents.making import texts
from tolmach.formats.documents import hypertext, markdown, subtitles
from tolmach.formats.documents.references import harmless, unescaped

LONG = "&#" + "9" * 5000 + ";"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Том &amp; Джерри", "Том & Джерри"),
        ("&#171;а&#xBB;", "«а»"),
        (f"а {LONG} &lt;", f"а {LONG} <"),
        ("&#x" + "f" * 5000 + ";", "&#x" + "f" * 5000 + ";"),
        (LONG * 3, LONG * 3),
        ("", ""),
    ],
)
def test_what_is_no_character_stays(text: str, read: str) -> None:
    assert unescaped(text) == read
    assert len(harmless(text)) == len(text)


def test_documents_with_such_a_reference_are_opened() -> None:
    page = f'<p title="слово {LONG}">Да {LONG} нет</p>'.encode()
    assert any("нет" in text for text in texts(hypertext.opened(page, "ф.html")))
    caption = f"WEBVTT\n\n00:01.000 --> 00:02.000\nДа {LONG} нет\n".encode()
    assert texts(subtitles.opened(caption, "ф.vtt")) == [f"Да {LONG} нет"]
    assert "нет" in texts(markdown.opened(f"Да {LONG} нет\n".encode(), "ф.md"))[0]
