"""Lines of subtitles: 42 letters, as broadcasters have it; few, and of about the same length."""

import unicodedata
from collections.abc import Sequence

LINE_LETTERS = 42


def letters(text: str) -> int:
    """Return how many letters wide a text is: an accent stands above its letter."""
    return sum(not unicodedata.combining(sign) for sign in text)


def filled(words: Sequence[str], width: int = LINE_LETTERS) -> list[str]:
    """Return lines of at most `width` letters, each as full as can be; a longer word has its own.

    Joined by spaces they are the words joined by spaces.
    """
    lines: list[str] = []
    free = 0  # letters that the last line can still take
    for word in words:
        needed = 1 + letters(word)
        if lines and needed <= free:
            lines[-1] += f" {word}"
            free -= needed
        else:
            lines.append(word)
            free = width + 1 - needed
    return lines


def even(words: Sequence[str], most: int) -> list[str]:
    """Return at most `most` lines of which the longest is as short as can be."""
    lengths = [letters(word) for word in words]
    whole = sum(lengths) + len(lengths)
    widths = range(max([whole // (most + 1), *lengths]), whole + 1)
    return next(lines for width in widths if len(lines := filled(words, width)) <= most)
