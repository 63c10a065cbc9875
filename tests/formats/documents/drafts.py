"""Documents put together by hypothesis from pieces as people write them: all kinds of a format.

In a piece § stands for words.
"""

from collections.abc import Sequence
from functools import partial

from hypothesis import strategies as st

from tests.formats.documents.making import docx, run

WORDS = (
    *("Добрый день.", "Мы живём в городе. Пойдём домой!", "Уфа", "Имя", "Он сказал: «Да»", "ООО"),
    *(
        "5 < 6 & 7",
        "Цена 1 250,50 ₽ за 2,5 кг",
        "12.05.2024",
        "https://example.org/a_b",
        "  слева  тут  ",
    ),
    *(
        "Привет, {name}! Осталось %d.",
        "снег — дождь",
        "A*b",
        "Да/Нет",
        "снег ❄ и 👍",
        "хо\u00adрошо",
    ),
)
MARKDOWN = (
    *(
        "# §\n",
        "## § {#id .class}\n\n",
        "§\n===\n\n",
        "§ **§** §\n\n",
        "§\n§\n\n",
        "- §\n",
        "1. §\n",
    ),
    *(
        "- [ ] §\n- [x] §\n",
        "> §\n> §\n\n",
        "> [!NOTE]\n> §\n\n",
        "::: tip §\n§\n:::\n\n",
        "---\n\n",
    ),
    *('!!! note "§"\n\n    §\n\n    §\n\n', "§[^1]\n\n[^1]: §\n\n    §\n\n", "§\n: §\n: §\n\n"),
    *(
        "| § | § |\n|:--|--:|\n| § | `x` |\n\n",
        "```py\n# §\n```\n\n",
        "    §\n\n",
        "$$\nx^2\n$$\n\n",
    ),
    *(
        "§ $a_1 + b$ §\n\n",
        "[[Имя|§]] ==§==\n\n",
        "[§](http://x.y 'т') ![§](a.png)\n\n",
        "\\*§\\*\n\n",
    ),
    *(
        "{% if a %}\n§\n{% endif %}\n\n",
        '{{< fig caption="§" >}}\n\n',
        "§ {{ x }} §\n\n",
        "<b>§</b> §\n\n",
    ),
    *("<details>\n<summary>§</summary>\n\n§\n\n</details>\n\n", "[§][a]\n\n[a]: http://x.y\n\n"),
    *(
        "§  \n§\\\n§\n\n",
        "<!-- § -->\n\n",
        "*[HTML]: §\n\n",
        "\t§\n\n",
        "* § `§` §\n",
        "~~§~~ _§_\n\n",
    ),
)
HTML = (
    *(
        "<p>§</p>\n",
        "<P class=x>§ <b>§</b>§<br>§</P>",
        "<ul><li>§<li>§</ul>",
        "<img src=a alt='§'>",
    ),
    *('<input type="submit" value="§">', "<textarea>§\n§</textarea>", "<pre>§</pre>", "<!-- § -->"),
    *(
        "<svg><title>§</title><text>§</text></svg>",
        "<template><p>§</p></template>",
        "&nbsp;&mdash;",
    ),
    *(
        "<script>var s = '§';</script>",
        "<style>p{content:'§'}</style>",
        '<a title="§" href=x>§</a> ',
    ),
    *(
        "<p translate=no>§</p>",
        "<select><option value=1>§</select>",
        "<td abbr='§'>§<td>",
        "</div>",
    ),
    *('<meta name="description" content="§">', "<video><track label=§1>§</video>", "<div>§<p>§"),
    *("<p>§ <code>§</code> <sup><a href=#1>[1]</a></sup></p>", "<noscript>§</noscript>", "§\n\n§"),
    *('<iframe srcdoc="<p>§</p>"></iframe>', "<details><summary>§</summary>§</details>", "<b>§<i>"),
)
CSV = (
    *('§;§;"§"', '§;"§; §";1 250,50', '"§ ""§""";§;=A1+1', '§;"§\n§";', '2;"§" сказал;§', '3;"§;'),
    *(
        '4;§ 5" экран;',
        ";;",
        "",
        '"§";"";"§"',
        " § ;§;12.05.2024",
        "+ §;-§;@§",
        '"";"""";§',
        "§,§|§;\t§",
    ),
)
LINES = ("§", "  §", "- §", "§\t§", "", "12:30", "1. §", "§ §", "***", "\f§", "§ ")
ENTRIES = (
    *(
        'msgid "§"\nmsgstr ""\n\n',
        '#: a.c:1\nmsgid "§"\nmsgstr "§"\n\n',
        '#, fuzzy\nmsgid "§"\nmsgstr ""\n\n',
    ),
    *(
        'msgctxt "§"\nmsgid "§"\nmsgid_plural "§"\nmsgstr[0] ""\nmsgstr[1] ""\n\n',
        '#~ msgid "§"\n#~ msgstr ""\n\n',
    ),
    'msgid ""\n"§"\n"§\\n"\nmsgstr ""\n\n',
)
CUES = (
    "1\n00:00:01,000 --> 00:00:02,500\n§\n\n",
    "00:00:01.000 --> 00:00:02.500 line:0\n<v Имя>§</v>\n§\n\n",
    "2\n00:01:01,000 --> 00:01:02,500\n- §\n- §\n\n",
    "3\n00:02:01,000 --> 00:02:02,500\n{\\an8}<i>§</i>\n\n",
)
_FIELD = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
PARAGRAPHS = (
    *(
        "<w:p>§</w:p>",
        "<w:p>§<w:r><w:tab/></w:r>§</w:p>",
        "<w:p><w:hyperlink>§</w:hyperlink>§</w:p>",
    ),
    *("<w:p><w:ins>§</w:ins><w:del><w:r><w:delText>да</w:delText></w:r></w:del>§</w:p>", "<w:p/>"),
    "<w:p><w:moveFrom>§</w:moveFrom></w:p><w:p><w:moveTo>§</w:moveTo></w:p>",
    "<w:tbl><w:tr><w:tc><w:p>§</w:p></w:tc><w:tc><w:p>§</w:p></w:tc></w:tr></w:tbl>",
    "<w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='да' w:value='1'/></w:dropDownList>"
    "</w:sdtPr><w:sdtContent><w:p>§</w:p></w:sdtContent></w:sdt>",
    f"<w:p>§{_FIELD.format('begin')}<w:r><w:instrText> FORMTEXT </w:instrText></w:r>"
    f"{_FIELD.format('separate')}§{_FIELD.format('end')}</w:p>",
    "<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:txbxContent><w:p>§</w:p>"
    "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent><w:p>§</w:p></w:txbxContent>"
    "</mc:Fallback></mc:AlternateContent></w:r>§</w:p>",
    "<w:p><w:r><w:ruby><w:rt><w:r><w:t>а</w:t></w:r></w:rt><w:rubyBase>§</w:rubyBase></w:ruby></w:r></w:p>",
)


def _filled(pieces: Sequence[str]) -> st.SearchStrategy[str]:
    """Return texts of some pieces, each § replaced by words."""
    drawn = st.lists(st.sampled_from(pieces), min_size=1, max_size=8).map("".join)
    words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8)
    return st.tuples(drawn, words).map(lambda pair: _replaced(*pair))


def _replaced(text: str, words: Sequence[str]) -> str:
    first, *others = text.split("§")
    return first + "".join(
        words[number % len(words)] + other for number, other in enumerate(others)
    )


def _encoded(text: str, newline: str, encoding: str) -> bytes:
    return text.replace("\n", newline).encode(encoding)


def _texts(texts: st.SearchStrategy[str]) -> st.SearchStrategy[bytes]:
    newlines = st.sampled_from(("\n", "\r\n"))
    encodings = st.sampled_from(("utf-8", "utf-8-sig", "utf-16"))
    return st.builds(_encoded, texts, newlines, encodings)


def _lined(pieces: Sequence[str]) -> st.SearchStrategy[str]:
    return _filled([f"{piece}\n" for piece in pieces])


def _headed(texts: st.SearchStrategy[str], *heads: str) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(heads), texts).map("".join)


def _packaged(body: str) -> bytes:
    return docx(body, {"header1": f"<w:p>{run('Шапка')}</w:p>"})


_RUN = "<w:r><w:t xml:space='preserve'>{}</w:t></w:r>"
_runs = _filled([piece.replace("§", _RUN.format("§")) for piece in PARAGRAPHS])
_PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
DRAFTS: dict[str, st.SearchStrategy[bytes]] = {
    "md": _texts(_headed(_filled(MARKDOWN), "", "---\ntitle: Имя\n---\n", "+++\nx = 1\n+++\n")),
    "html": _texts(_filled(HTML)),
    "csv": _texts(_headed(_lined(CSV), "", "sep=;\n", "имя;цена;x\n")),
    "tsv": _texts(_lined([piece.replace(";", "\t") for piece in CSV])),
    "txt": _texts(_lined(LINES)),
    "srt": _texts(_filled(CUES)),
    "vtt": _texts(_headed(_filled(CUES), "WEBVTT\n\n")),
    "po": _headed(_filled(ENTRIES), _PO).map(partial(_encoded, newline="\n", encoding="utf-8")),
    "docx": _runs.map(lambda body: body.replace("&", "&amp;").replace("5 < 6", "5")).map(_packaged),
}
