"""The shape of a text: what stands before the words of a line is no part of any sentence."""

import re

# Spaces, then signs of quotation, headings and lists: "> ", "## ", "- ", "• ", "☐ ", "[x] ",
# "1. ", "2.3) ", "(4) ", "а) ", "IV. "; each with the space after it, several in a row.
_BEFORE = re.compile(
    r"\s*(?:(?:>|#{1,6}|[-–—*+•·▪◦‣●○■□☐☑✓✔➤►]|\[[ xXхХ]\]"
    r"|[(\[]?\d{1,3}(?:\.\d{1,3})*[.)\]]|[(\[]?[^\W\d_][)\]]"
    r"|[IVXLC]{1,6}[.)])\s+)*"
)
_LETTER = re.compile(r"[^\W\d_]")


def unmarked(line: str) -> tuple[str, str]:
    """Cut a line into what stands before its words and the words; joined they are the line.

    A line without letters is words alone, but for the spaces before it.
    """
    before = _BEFORE.match(line)
    at = before.end() if before and _LETTER.search(line, before.end()) else 0
    at = at or len(line) - len(line.lstrip())
    return line[:at], line[at:]
