"""Markdown: words change, markup stays and nothing becomes markup."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.formats.documents.making import changed, styled, texts, upper
from tolmach.formats.documents import markdown
from tolmach.formats.documents.document import Document, Style, Unit

TEXT = """\
---
title: Не трогать
---
# Привет *мир* #

Это **жирный** и [ссылка](http://a.b/c "т") и `код 1`, конец
второй строки, ![кот](a.png) и[^1] ещё.

Большой
=======

- [ ] задача
- пункт
  продолжение
  1. внутри\x20\x20
     после

> цитата тут
> и дальше

| Имя | Цена |
|:----|-----:|
| раз \\| два | [три] |
| 12 | 7 |

```py
код = 1
```

    и это код

<div>
блок
</div>

[три]: http://x.y
<http://адрес.рф> и &amp; и \\*звёзды\\* и <b>тег</b>

---

[^1]: Сноска *тут*
"""


def opened(text: str) -> Document:
    return markdown.opened(text.encode(), "т.md")


def test_what_is_translated() -> None:
    document = opened(TEXT)
    assert texts(document) == [
        "Привет мир",
        "Это жирный и ссылка и `код 1`, конец второй строки, и ещё.",
        *("кот", "Большой", "задача", "пункт продолжение", "внутри\nпосле", "цитата тут и дальше"),
        *("Имя", "Цена", "раз | два", "три"),
        "<http://адрес.рф> и & и *звёзды* и тег",
        ": Сноска тут",
    ]
    assert styled(document.units[1]) == ["жирный", "ссылка", "`код 1`", "", ""]


def test_only_words_change() -> None:
    written = upper(opened(TEXT)).decode()
    untouched = [
        "title: Не трогать",
        "http://a.b/c",
        '"т"',
        "`код 1`",
        "код = 1",
        "    и это код",
        "блок",
    ]
    untouched += [
        "[три]: http://x.y",
        "<http://адрес.рф>",
        "<b>",
        "</b>",
        "a.png",
        "&amp;",
        "<div>",
        "</div>",
    ]
    expected = TEXT.upper().replace("[ТРИ] |", "[ТРИ][три] |").replace("И &AMP; И", "И & И")
    for part in untouched:
        expected = expected.replace(part.upper(), part)
    assert written == expected.replace("&amp; И \\*", "& И \\*").replace("```PY", "```py")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_stay(newline: str) -> None:
    text = TEXT.replace("\n", newline)
    document = opened(text)
    assert document.written([None] * len(document.units)) == text.encode()
    assert upper(document).decode().count(newline) == TEXT.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        *(
            "1. раз",
            "- раз",
            "# раз",
            "> раз",
            "+ раз",
            "раз *два* три",
            "a_b_c ы",
            "`ы` ы",
            "[ы](ы)",
        ),
        *(
            "<b>ы",
            "&amp; ы",
            "ы | ы",
            "~~ы~~",
            "![ы](ы)",
            "\\ы \\* ы",
            "ы\n===",
            "=== ы",
            "1) ы",
            "* ы",
        ),
        *(
            "[ы]: ы",
            "http://ы.рф ы",
            "    ы",
            "ы  \nы",
            "| а | б |\n|---|---|",
            "ы #",
            "*** ы",
            "---\nы",
        ),
    ],
)
@pytest.mark.parametrize(
    "block", ["слово\n", "# слово\n", "- слово\n", "> слово\n", "|а|\n|-|\n|слово|"]
)
def test_a_translation_is_no_markup(text: str, block: str) -> None:
    document = opened(block)
    *others, _ = document.units
    data = document.written([*[None] * len(others), Unit(text)])
    again = opened(data.decode())
    expected = text if block[0] in "с->" else text.replace("\n", " ")
    assert again.units[-1].text.split() == expected.replace("слово", "").split()
    assert again.units[-1].styles == ()
    assert len(again.units) == len(document.units)


def test_emphasis_is_read_wherever_it_went() -> None:
    document = opened("Это _очень_ **важное** слово\n")
    for styles, source in (
        ((Style(0, 3, 1), Style(4, 6, 0)), "**Был** *_ик*"),
        ((Style(0, 1, 0),), "<em>Б</em>ыл"),
        ((Style(1, 2, 1),), "Б**ы**л"),
    ):
        written = document.written([Unit("Был бик «мөһим» һүҙ", styles)]).decode()
        (unit,) = opened(written).units
        assert (unit.text, len(unit.styles)) == ("Был бик «мөһим» һүҙ", len(styles))
        places = [[(style.start, style.end) for style in side] for side in (unit.styles, styles)]
        assert places[0] == places[1]
        del source


def test_long_paragraphs_are_broken_as_they_were() -> None:
    document = opened("> слово слово слово\n> слово слово\n")
    written = document.written([Unit("бер ике өс дүрт биш - алты ете 1. һигеҙ")]).decode()
    assert all(line.startswith("> ") and len(line) <= 30 for line in written.splitlines())
    assert texts(opened(written)) == ["бер ике өс дүрт биш - алты ете 1. һигеҙ"]


PARTS = st.lists(
    st.sampled_from(
        [
            *("слово", " ", "\n", "\n\n", "*", "**", "_", "`", "[", "](ы)", "]", "![", "# "),
            *("- ", "1. ", "> ", "|", "|-|-|\n", "~~", "\\", "<b>", "</b>", "&amp;", "    "),
            *("  \n", "```\n", "<!--", "---\n", "[^1]", "ы.", "12", "http://a.b"),
            *("<http://a.b>", "\t", "[ы]: ы\n", "[ ] "),
        ]
    ),
    max_size=20,
).map("".join)


@given(PARTS)
def test_nothing_changes_unless_it_is_told(text: str) -> None:
    document = opened(text)
    assert document.written([None] * len(document.units)) == text.encode()


@given(PARTS)
@example("слово  \n<b>  \nслово</b>")
def test_what_is_written_is_read_as_it_was_meant(text: str) -> None:
    document = opened(text)
    again = opened(changed(document, str).decode())
    read, written = (
        [text.replace("`", "'").split() for text in texts(side)] for side in (again, document)
    )
    assert read == written
