"""Subtitles: everything but the words of cues stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import changed, styled, texts, upper
from tolmach.formats.documents import subtitles
from tolmach.formats.documents.document import Document, Style, Unit

SRT = """\
1
00:00:01,000 --> 00:00:02,500
<i>Привет,
мир</i> и все остальные!

2
00:00:03,000 --> 00:00:04,000
{\\an8}- Да.
- Нет.

3
00:00:05,000 --> 00:00:06,000

4
00:00:07,000 --> 00:00:08,000
Конец
"""
VTT = """\
WEBVTT - Заголовок
Kind: captions

STYLE
::cue { color: red }

NOTE Эту заметку
не переводить

вступление
00:01.000 --> 00:02.000 align:start position:10%
<v Мария>Том &amp; Джерри <c.red>бегут</c> <00:01.500>быстро

00:03.000 --> 00:04.000
Конец"""


def srt(text: str) -> Document:
    return subtitles.opened(text.encode(), "ф.srt")


def vtt(text: str) -> Document:
    return subtitles.opened(text.encode(), "ф.vtt")


def test_cues_of_srt() -> None:
    document = srt(SRT)
    assert texts(document) == ["Привет, мир и все остальные!", "Да.", "Нет.", "Конец"]
    assert styled(document.units[0]) == ["Привет, мир"]
    assert document.units[0].context == "00:00:01,000 --> 00:00:02,500"
    assert upper(document).decode() == SRT.replace(
        "<i>Привет,\nмир</i> и все остальные!", "<i>ПРИВЕТ, МИР</i> И ВСЕ ОСТАЛЬНЫЕ!"
    ).replace("Да", "ДА").replace("Нет", "НЕТ").replace("Конец", "КОНЕЦ")


def test_cues_of_vtt() -> None:
    document = vtt(VTT)
    assert texts(document) == ["Том & Джерри бегут быстро", "Конец"]
    assert upper(document).decode() == VTT.replace("Том &amp; Джерри", "ТОМ &amp; ДЖЕРРИ").replace(
        "бегут", "БЕГУТ"
    ).replace("быстро", "БЫСТРО").replace("Конец", "КОНЕЦ")


def test_line_ends_and_marks_stay() -> None:
    data = SRT.replace("\n", "\r\n").encode("utf-8-sig")
    document = subtitles.opened(data, "ф.srt")
    written = document.written([Unit("а" * 30 + " " + "б" * 30), None, None, None])
    assert written.startswith(b"\xef\xbb\xbf1\r\n")
    assert ("а" * 30 + "\r\n" + "б" * 30).encode() in written


def test_cues_without_a_blank_line_between_them() -> None:
    document = srt("1\n00:00:01,0 --> 00:00:02,0\nРаз\n2\n00:00:03,0 --> 00:00:04,0\nДва")
    assert texts(document) == ["Раз", "Два"]
    assert upper(document).decode().splitlines()[2:4] == ["РАЗ", "2"]


def test_what_a_translation_must_not_do_to_a_cue() -> None:
    document = vtt("WEBVTT\n\n00:01.000 --> 00:02.000\nРаз\n")
    written = document.written([Unit("Бер\n\n<b> --> ике", (Style(0, 3, 0),) * 0)]).decode()
    assert written.splitlines()[3:] == ["Бер ", "&lt;b&gt; --&gt; ике"]


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("коротко и ясно", 2, ["коротко и ясно"]),
        ("слово " * 9 + "слово", 2, ["слово слово слово слово слово"] * 2),
        ("слово " * 9 + "слово", 1, ["слово " * 9 + "слово"]),
        ("слово " * 7 + "слово " + "ы" * 50, 3, ["слово " * 6 + "слово", "слово", "ы" * 50]),
        ("слово " * 20 + "слово", 2, ["слово " * 10 + "слово", "слово " * 9 + "слово"]),
    ],
)
def test_lines_are_few_short_and_even(text: str, most: int, lines: list[str]) -> None:
    assert subtitles.balanced(text, most).split("\n") == lines


WORDS = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)


@given(st.lists(st.lists(WORDS, min_size=1, max_size=4).map(" ".join), max_size=5))
def test_nothing_changes_unless_it_is_told(cues: list[str]) -> None:
    text = "WEBVTT\n\n" + "".join(f"00:01.000 --> 00:02.000 line:0\n{cue}\n\n" for cue in cues)
    document = vtt(text)
    assert document.written([None] * len(document.units)) == text.encode()
    again = vtt(changed(document, str).decode())
    assert [unit.text.split() for unit in again.units] == [
        unit.text.split() for unit in document.units
    ]
