"""HTML: words and what people read in attributes; everything else letter for letter."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import changed, styled, texts, upper
from tolmach.formats.documents import hypertext
from tolmach.formats.documents.document import Document, Style, Unit


def opened(page: str) -> Document:
    return hypertext.opened(page.encode(), "с.html")


PAGE = """\
<!DOCTYPE html>
<html lang="ru">
<head><meta charset=utf-8><title>Моя &amp; страница</title>
<style>p > b { color: red }</style></head>
<body onload='go("раз")'>
<!-- заметка -->
<h1>Привет</h1>
<p class=x>Это <b>очень <a href="/?a=1&b" title="подсказка">важная</a></b>
   фраза.<br/>Вторая&nbsp;строка <code>x = "да"</code> здесь</P>
<img src=a.png alt='Кот'> <input placeholder="Имя">
<script>var a = "привет <b>мир</b>";</script>
<pre>не  трогать</pre><textarea>тоже</textarea>
<p translate="no">Tolmach</p><p class="a notranslate">нет</p>
<ul><li>Один<li>Два &lt;три&gt;</ul><p>12:30</p>
"""


def test_what_is_translated() -> None:
    document = opened(PAGE)
    assert texts(document) == [
        *("Моя & страница", "Привет"),
        'Это очень важная фраза.\nВторая\u00a0строка `x = "да"` здесь',
        *("подсказка", "Кот", "Имя", "тоже", "Один", "Два <три>"),
    ]
    assert styled(document.units[2]) == ["очень", "важная", '`x = "да"`']


def test_only_words_change() -> None:
    written = upper(opened(PAGE), "ba").decode()
    words = ["Моя", "страница", "Привет", "Это", "очень", "важная", "подсказка", "фраза", "Вторая"]
    words += ["строка", "здесь", "Кот", "Имя", "тоже", "Один", "Два", "три"]
    expected = re.sub(rf"\b({'|'.join(words)})\b", lambda word: word[0].upper(), PAGE)
    expected = expected.replace('lang="ru"', 'lang="ba"').replace("'Кот'", '"КОТ"')
    expected = expected.replace("'КОТ'", '"КОТ"')
    expected = expected.replace("<b>ОЧЕНЬ <a", "<b>ОЧЕНЬ</b> <b><a").replace("</b>\n   Ф", "</b> Ф")
    assert written == expected


def test_broken_markup_stays_broken() -> None:
    page = "<b>Раз<p>Два</b> <i>три<div></i>четыре</p><a name=x></a>пять &bad; < 3 </"
    document = opened(page)
    assert document.written([None] * len(document.units)) == page.encode()
    written = upper(document).decode()
    written = written.replace("&amp;BAD;", "&bad;").replace("&lt;", "<")
    assert "".join(written.split()).lower() == "".join(page.split()).lower()


def test_a_page_in_another_encoding_says_so() -> None:
    page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251"><p>Раз</p>'
    document = hypertext.opened(page.encode("cp1251"), "с.html")
    assert upper(document) == page.replace("Раз", "РАЗ").encode("cp1251")
    written = document.written([Unit("Бәр")])
    assert written.decode("utf-8-sig") == page.replace("windows-1251", "utf-8").replace(
        "Раз", "Бәр"
    )


def test_pictures_and_notes_keep_their_place_and_space() -> None:
    document = opened("<p>Раз <img src=a> два<sup><a href=#1>1</a></sup></p>")
    (unit,) = document.units
    assert unit.text == "Раз два"
    assert upper(document) == "<p>РАЗ <img src=a> ДВА<sup><a href=#1>1</a></sup></p>".encode()


def test_a_picture_after_the_words_keeps_its_space() -> None:
    for page in ("<p>Раз <img src=a></p>", "<p><img src=a> Раз</p>", "<p>Раз <b></b> <i></i></p>"):
        assert upper(opened(page)) == page.replace("Раз", "РАЗ").encode()


def test_attributes_of_what_is_kept() -> None:
    page = "<textarea placeholder=Имя>нет</textarea><p><code title=да><b title=нет></b></code> раз"
    page += "<b translate=no title=нет>нет</b></p>"
    assert texts(opened(page)) == ["Имя", "нет", "раз`нет`", "да"]


def test_what_people_read_outside_of_paragraphs() -> None:
    page = """<meta name=description content="Один"><meta name=author content=x>
    <input type=submit value="Два"><input type=checkbox value="да"><p>Три <svg><title>Четыре</title>
    <text>Пять <tspan>шесть</tspan></text><style>a{}</style><g>7</g></svg> конец</p>
    <template><p>Восемь</p></template><textarea>Девять &amp;\n\n  десять</textarea>
    <video><track label="Язык">Видео</video><b data-tooltip="Подсказка" data-x="id">Закрыть</b>
    <object translate=no><p title="нет">нет</p></object>"""
    document = opened(page)
    assert set(texts(document)) == {
        *("Один", "Два", "Три конец", "Четыре", "Пять", "шесть", "Восемь", "Девять &", "десять"),
        *("Язык", "Видео", "Подсказка", "Закрыть"),
    }
    assert document.remarks == ()
    written = upper(document).decode()
    words = "".join(page.casefold().split())
    assert "".join(written.casefold().split()) == words
    assert ">нет<" in written
    assert 'value="да"' in written


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("<pre>Один</pre><pre><code>два</code></pre>", "1: «Один»"),
        ("<script>f('Один', 'b');</script><style>a{content:\"Два\"}</style>", "2: «Один», «Два»"),
        ('<iframe srcdoc="<p>Один</p>"></iframe>', "1: «Один»"),
        ('<input value="Один"><input type=hidden value="два">', "1: «Один»"),
        ('<p data-x="Один" data-y="two" id="три">y</p>', "1: «Один»"),
        ('<p translate=no title="нет">нет</p><!-- нет -->', ""),
    ],
)
def test_words_that_are_not_translated_are_told(page: str, parts: str) -> None:
    remarks = opened(page).remarks
    assert [remark.params["parts"] for remark in remarks] == [parts] * bool(parts)


def test_xhtml_stays_well_formed() -> None:
    page = '<?xml version="1.0"?><html xmlns="x" xml:lang="ru" lang="ru"><p>Раз<br/>два &amp; три'
    page += "</p></html>"
    written = upper(hypertext.opened(page.encode(), "с.xhtml"), "cv").decode()
    assert written == page.replace("Раз", "РАЗ").replace("два", "ДВА").replace(
        "три", "ТРИ"
    ).replace("ru", "cv")


def test_a_translation_is_no_markup() -> None:
    document = opened('<p title="Раз">Два</p>')
    written = document.written([Unit("<b>&", (Style(0, 1, 0),) * 0), Unit('"><script>')])
    assert written in (
        b'<p title="&quot;&gt;&lt;script&gt;">&lt;b&gt;&amp;</p>',
        b'<p title="&lt;b&gt;&amp;">"&gt;&lt;script&gt;</p>',
    )


SNIPPETS = st.lists(
    st.sampled_from(
        [
            *("<p>", "</p>", "<b>", "</b>", "<i>", "</i>", "<a href='x'>", "</a>", "<br>"),
            *("<img alt=кот>", "<code>", "</code>", "слово", " ", "\n", "&amp;", "&nbsp;"),
            *("12", "<!-- c -->", "<div>", "ы", "<pre>", "</pre>", "<script>", "</script>"),
            *("<", "&", "</", "<!", "<![ы[", "<![if !x]>", "<![CDATA[", "]]>", "{}"),
        ]
    ),
    max_size=25,
).map("".join)


def test_links_whose_titles_become_the_same_keep_their_words() -> None:
    page = '<p><a title="Кот">Раз</a> и <a title="кот">два</a></p>'
    written = upper(opened(page)).decode()
    assert re.sub(r' title="[^"]+"', "", written) == "<p><a>РАЗ</a> И <a>ДВА</a></p>"


@given(SNIPPETS)
def test_nothing_changes_unless_it_is_told(page: str) -> None:
    document = opened(page)
    assert document.written([None] * len(document.units)) == page.encode()
    again = hypertext.opened(changed(document, str), "с.html")
    assert sorted("".join(text.split()) for text in texts(again)) == sorted(
        "".join(text.split()) for text in texts(document)
    )


def test_an_encoding_that_cannot_be_is_not_believed() -> None:
    for declared in ("utf-16", "нет", "rot13", "unicode_escape"):
        page = f"<meta charset={declared}><p title='\"Раз\"'>Два</p>"
        assert texts(hypertext.opened(page.encode(), "с.html")) == ['"Раз"', "Два"]
