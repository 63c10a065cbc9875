"""The sign in a menu's words that says which key chooses them: "&Файл", "С_охранить".

It stands inside a word, so that no model knows the word. An underscore further in is
a name's: "имя_файла". Rule: it is taken out before, and stands
once before the first letter of the translation.
"""

import re

# One sign in a text, before a letter, in words that are no code: "R&D", "my_var".
_SIGN = re.compile(
    r"(?<![\w&_])(?:[^\W\d_A-Za-z]*(?=&)|[^\W\d_A-Za-z]{0,2}(?=_))([&_])(?=[^\W\d_])(?![A-Za-z]+\b)"
)
_LETTER = re.compile(r"[^\W\d_]")


def accelerator(text: str) -> int:
    """Return where the sign stands; -1 for a text without one, or with more than one such sign."""
    match = _SIGN.search(text)
    if match is None or text.count(match[1]) > 1:
        return -1
    is_inside = match.start() < match.start(1)
    return -1 if is_inside and text[match.end()].isupper() else match.start(1)


def with_accelerator(text: str, sign: str) -> str:
    """Return the text with the sign before its first letter; at its end where it has none."""
    match = _LETTER.search(text)
    at = match.start() if match else len(text)
    return f"{text[:at]}{sign}{text[at:]}"
