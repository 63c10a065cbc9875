"""Styles moved to a translation: exactly where it can be known, and never lost."""

from hypothesis import given
from hypothesis import strategies as st

from tests.formats.documents.making import styled
from tolmach.core.translation import Sentence, Translation
from tolmach.formats.documents.document import Style, Unit
from tolmach.formats.documents.styling import restyled

SOURCE = "Это очень важная фраза. Вот ссылка на сайт 2024."
TARGET = "Был бик мөһим фраза. Бына сайтҡа һылтанма 2024."
SENTENCES = (Sentence(0, 23, 0, 20), Sentence(24, 48, 21, 47))
WORDS = {
    "очень": "бик",
    "важная": "Мөһим.",
    "ссылка": "Һылтанма",
    "сайт": "сайт",
    "Вот ссылка": "Бына ссылка",
}


def moved(*styles: Style, source: str = SOURCE, target: str = TARGET) -> Unit:
    return restyled(
        Unit(source, styles, "где"),
        Translation(target, SENTENCES if source == SOURCE else ()),
        lambda parts: [WORDS.get(part, part) for part in parts],
    )


def test_a_text_without_styles_needs_nothing() -> None:
    assert moved() == Unit(TARGET, (), "где")


def test_whole_sentences_move_exactly() -> None:
    assert styled(moved(Style(0, 23, 0))) == ["Был бик мөһим фраза."]
    assert styled(moved(Style(24, 47, 0))) == ["Бына сайтҡа һылтанма 2024"]
    assert moved(Style(0, 48, 0)).styles == (Style(0, 47, 0),)
    assert styled(moved(Style(0, 23, 0), Style(24, 48, 1))) == [TARGET[:20], TARGET[21:]]


def test_what_both_texts_have_moves_exactly() -> None:
    assert styled(moved(Style(43, 47, 0))) == ["2024"]
    assert styled(moved(Style(17, 22, 0))) == ["фраза"]


def test_words_are_looked_for_by_their_own_translation() -> None:
    assert styled(moved(Style(4, 9, 0), Style(10, 16, 1))) == ["бик", "мөһим"]
    unit = moved(Style(28, 34, 3), Style(38, 42, 4))
    assert styled(unit) == ["сайтҡа", "һылтанма"]
    assert [style.key for style in unit.styles] == [4, 3]


def test_what_is_not_found_takes_the_words_at_its_place() -> None:
    unit = moved(Style(6, 12, 0), source="Белая ворона летит", target="Аҡ ҡарға оса")
    assert styled(unit) == ["ҡарға"]


def test_quotation_marks_go_with_their_words() -> None:
    unit = moved(Style(5, 13, 0), source="Сага «ссылка» вышла", target="«Һылтанма» сыҡты")
    assert styled(unit) == ["«Һылтанма»"]


def test_a_style_over_a_sentence_and_a_half_is_in_both() -> None:
    assert styled(moved(Style(17, 34, 0))) == ["фраза. Бына сайтҡа"]


def test_places_stay_at_edges_and_after_their_words() -> None:
    unit = moved(*(Style(at, at, key) for key, at in enumerate((0, 22, 23, 24, 47, 48))))
    assert [style.start for style in unit.styles] == [0, 19, 20, 21, 46, 47]
    unit = moved(Style(10, 16, 0), Style(16, 16, 1))
    assert styled(unit) == ["мөһим", ""]
    assert unit.styles[1].start == unit.styles[0].end


def test_code_is_where_it_is_or_a_place() -> None:
    source, target = "Введите `код` здесь", "Бында `код` яҙығыҙ"
    assert styled(moved(Style(8, 13, 0), source=source, target=target)) == ["`код`"]
    (style,) = moved(Style(8, 13, 0), source=source, target="Бында яҙығыҙ").styles
    assert style.start == style.end


def test_more_styles_than_words_share_them() -> None:
    unit = moved(
        Style(0, 3, 0), Style(4, 9, 1), Style(10, 16, 2), source="Это очень важная", target="мөһим"
    )
    assert sorted(style.key for style in unit.styles) == [0, 1, 2]
    assert all(style.start < style.end for style in unit.styles)


TEXTS = st.lists(st.sampled_from(["слово", "ы", "12", "`к`", "«", "»", ".", "-", "\n"]), max_size=9)


@given(TEXTS.map(" ".join), TEXTS.map(" ".join), st.lists(st.integers(0, 60), max_size=12))
def test_no_style_is_lost_and_none_overlap(source: str, target: str, cuts: list[int]) -> None:
    cuts = sorted(min(cut, len(source)) for cut in cuts)
    pairs = zip(cuts[::2], cuts[1::2], strict=False)
    styles = [Style(*pair, key) for key, pair in enumerate(pairs)]
    styles = [
        style
        for style in styles
        if style.start == style.end or source[style.start : style.end].strip()
    ]
    unit = restyled(
        Unit(source, tuple(styles)), Translation(target), lambda parts: [p[::-1] for p in parts]
    )
    assert {style.key for style in unit.styles} == {style.key for style in styles}
    at = 0
    for style in unit.styles:
        assert at <= style.start <= style.end <= len(target)
        at = style.end
    places = [style.key for style in unit.styles if style.start == style.end and styles]
    marked = {style.key for style in styles if style.start == style.end}
    assert [key for key in places if key in marked] == sorted(marked)
