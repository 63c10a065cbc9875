"""The shape of a text: what stands between lines and columns, and before the words of a line.

None of it is part of any sentence. Rule: what is cut here is joined again letter for letter, line
breaks of every system included.
"""

import re

# Spaces, then signs of quotation, headings and lists: "> ", "## ", "- ", "• ", "☐ ", "[x] ",
# "1. ", "2.3) ", "(4) ", "а) ", "IV. "; each with the space after it, several in a row.
_BEFORE = re.compile(
    r"\s*(?:(?:>|#{1,6}|[-–—*+•·▪◦‣●○■□☐☑✓✔➤►]|\[[ xXхХ]\]"
    r"|[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]]|[(\[]?[^\W\d_][)\]]"
    r"|[IVXLC]{1,6}[.)])\s+)*"
)
_BREAK = re.compile("(\r\n|[\n\r\v\f\x85\u2028\u2029])")
_COLUMN = re.compile("(\t+)")
_LETTER = re.compile(r"[^\W\d_]")
# What models take for a word: byte order marks, zero-width spaces, directions.
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def pieces(text: str) -> list[tuple[str, str]]:
    """Cut a text into (what stands before words, the words); joined they are the text."""
    parts, lead = [], ""
    for i, line in enumerate(_BREAK.split(text)):
        if i % 2:
            lead += line
            continue
        marks, rest = unmarked(line)
        lead += marks
        for j, cell in enumerate(_COLUMN.split(rest)):
            if j % 2:
                lead += cell
            elif cell:
                parts.append((lead, cell))
                lead = ""
    return [*parts, (lead, "")]


def unmarked(line: str) -> tuple[str, str]:
    """Cut a line into what stands before its words and the words; joined they are the line.

    A line without letters is words alone, but for the spaces before it.
    """
    lead = _BEFORE.match(line)
    at = lead.end() if lead and _LETTER.search(line, lead.end()) else 0
    at = at or len(line) - len(line.lstrip())
    return line[:at], line[at:]


def visible(text: str) -> str:
    """Return a text without signs that nobody sees."""
    return _INVISIBLE.sub("", text)
