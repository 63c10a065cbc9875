"""Lines of subtitles: as long as a viewer can read, as even as the words allow."""

from hypothesis import given
from hypothesis import strategies as st

from tolmach.formats.subtitle_lines import LINE_LETTERS, even, filled, letters

WORDS = st.lists(st.text("абвё\u0301", max_size=12), max_size=30)


def test_an_accent_takes_no_room() -> None:
    stressed = "о\u0301" * LINE_LETTERS
    assert letters(stressed) == LINE_LETTERS
    assert filled([stressed, "да"]) == [stressed, "да"]


def test_a_long_word_has_a_line_of_its_own() -> None:
    assert filled(["да", "и" * 50, "нет"]) == ["да", "и" * 50, "нет"]


@given(WORDS)
def test_no_word_is_lost_and_no_line_too_long(words: list[str]) -> None:
    lines = filled(words)
    assert " ".join(lines) == " ".join(words)
    assert all(letters(line) <= LINE_LETTERS for line in lines)


@given(WORDS)
def test_even_lines_are_no_more_than_full_ones(words: list[str]) -> None:
    full, lines = filled(words), even(words, len(filled(words)))
    assert " ".join(lines) == " ".join(words)
    assert len(lines) <= len(full)
    assert max(map(letters, lines), default=0) <= max(map(letters, full), default=0)
