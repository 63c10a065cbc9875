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
        *("т", "кот", "Большой", "задача", "пункт продолжение", "внутри\nпосле"),
        "цитата тут и дальше",
        *("Имя", "Цена", "раз | два", "три"),
        "блок",
        "<http://адрес.рф> и & и *звёзды* и тег",
        "Сноска тут",
    ]
    assert styled(document.units[1]) == ["жирный", "ссылка", "`код 1`", "", ""]


def test_only_words_change() -> None:
    written = upper(opened(TEXT)).decode()
    untouched = [
        "title: Не трогать",
        "http://a.b/c",
        "`код 1`",
        "код = 1",
        "    и это код",
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


EXTENSIONS = {  # the words of each: all else is syntax
    "# Один {#два .три}\n": ["Один"],
    "Один [два](x){target=_blank}\n{: .три}\n": ["Один два"],
    "[^а]: Один.\n[^б]: Два\n    и три.\n\n    Четыре.\n\nПять[^б]\n": [
        *("Один.", "Два и три.", "Четыре.", "Пять"),
    ],
    "[^1]: Слово\n": ["Слово"],
    "> [!NOTE]\n> Один.\n": ["Один."],
    "> [!TIP]- Один\n> два.\n": ["Один", "два."],
    "::: details Один\nДва.\n:::\n": ["Один", "Два."],
    ":::note[Один]{.a}\n\nДва.\n\n:::\n\n::: {.b #c}\nТри\n:::\n": ["Один", "Два.", "Три"],
    "!!! note\n\n    Один.\n\n    - два\n\nТри\n": ["Один.", "два", "Три"],
    '??? warning "Один"\n\tДва\n\n=== "Три"\n\n    Четыре\n': ["Один", "Два", "Три", "Четыре"],
    "Один\n: Два\n    три\n: Четыре\n\nПять\n\n:   Шесть\n": [
        *("Один", "Два три", "Четыре", "Пять", "Шесть"),
    ],
    "*[HTML]: Один\n": ["Один"],
    "[TOC]\n\n[[_TOC_]]\n\nимя\n": ["имя"],
    "Один $x = \\frac{a}{b}$ и \\(y_1\\), $$\nz\n$$\n": [
        "Один `$x = \\frac{a}{b}$` и `\\(y_1\\)`, `$$ z $$`"
    ],
    "От $5 до 10$ и 3$\n": ["От $5 до 10$ и 3$"],
    "[[Один]] и [[Два|три]], ![[четыре.png]]\n": ["Один и три,"],
    "Один ==два три== == ы\n": ["Один два три == ы"],
    "{% if a %}\nОдин {{ b|c }}\n{% endif %}\n": ["Один `{{ b|c }}`"],
    '{{< figure src="a.png" caption="Один" >}}\n': ["Один"],
    "Один {# два #} <%= x %>, :smile: и 12:30:45\n": ["Один `<%= x %>`, `:smile:` и 12:30:45"],
    "Один [@smith2004, p. 5]; [ы](х 'Два').\n": ["Один ; ы.", "Два"],
    "import Имя from 'x'\n\nОдин\n": ["Один"],
    '<details>\n<summary title="Один">Два</summary>\n\nТри\n': ["Один", "Два", "Три"],
    "+++\nx = 1\n+++\nОдин\n": ["Один"],
    "---\nx: 1\n...\nОдин\n": ["Один"],
}


@pytest.mark.parametrize("source", EXTENSIONS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_the_signs_of_extensions_are_no_words(source: str, newline: str) -> None:
    document = opened(source.replace("\n", newline))
    assert texts(document) == EXTENSIONS[source]
    assert document.remarks == ()
    written = upper(document).decode()
    written = written.replace("[[Один|", "[[")  # the name of a page, then its words
    assert written.casefold().split() == source.casefold().split()


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("---\ntitle: Добрый день\nlayout: post\n---\n", "1: «Добрый день»"),
        ('[Один][a]\n\n[a]: b "Два"\n', "1: «Два»"),
        ("Пусть $x = \\text{если}$\n", "1: «$x = \\text{если}$»"),
        ("> <p>\n> Один\n> </p>\n", "1: «> Один >»"),
        ("<pre>Один</pre>\n", "1: «Один»"),
        ("-\tОдин\n\n\t\tдва\n\t три\tчетыре\n", ""),
    ],
)
def test_words_that_are_not_translated_are_told(source: str, parts: str) -> None:
    remarks = opened(source).remarks
    assert [remark.params["parts"] for remark in remarks] == [parts] * bool(parts)


def test_brackets_with_words_are_no_formula() -> None:
    assert texts(opened("Один \\(два\\) \\[три\\]\n")) == ["Один (два) [три]"]


def test_titles_in_quotes_end_where_they_did() -> None:
    for source in ('!!! note "слово"\n', '[ы](х "слово")\n', '{{< a caption="слово" >}}\n'):
        document = opened(source)
        changes = [Unit('а "б" в') if unit.text == "слово" else None for unit in document.units]
        again = opened(document.written(changes).decode())
        assert "а ”б” в" in texts(again)
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
