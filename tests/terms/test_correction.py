"""What a person makes of a translation, sentence by sentence."""

from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.translation import UNKNOWN, Flag, Sentence
from tolmach.terms.correction import CORRECTION, corrected, doubts_about

PAIR = ("ru", "ba")
TEXT = "Давно болит? Примите 2 таблетки."
MEANING = "Күптән ауыртамы? Дарыу эсегеҙ."
LOST = Flag("number-lost", "2")
BEFORE = (
    Sentence(0, 12, 0, 16, 0.8, origin="ours.tmx"),
    Sentence(13, 32, 17, 30, 0.4, (LOST,)),
)


def test_only_the_changed_sentence_is_a_correction() -> None:
    better = "Күптән ауыртамы? Ике төймә эсегеҙ."
    first, second = corrected(TEXT, better, PAIR, BEFORE, (TEXT, MEANING))
    assert (first.origin, first.confidence) == ("ours.tmx", 0.8)
    assert (second.origin, second.confidence, second.doubts) == (CORRECTION, UNKNOWN, ())
    assert better[second.begin : second.until] == "Ике төймә эсегеҙ."
    assert TEXT[second.start : second.end] == "Примите 2 таблетки."


def test_a_correction_that_keeps_the_loss_is_still_doubted() -> None:
    worse = "Күптән ауыртамы? Төймә эсегеҙ."
    _, second = corrected(TEXT, worse, PAIR, BEFORE, (TEXT, MEANING))
    assert second.doubts == (LOST,)


def test_what_nobody_marked_stays_the_models() -> None:
    better = "Күптән ауыртамы? Ике төймә эсегеҙ."
    first, second = corrected(TEXT, better, PAIR, (), (TEXT, MEANING))
    assert (first.origin, second.origin) == ("", CORRECTION)


def test_nothing_is_paired_by_guessing() -> None:
    [whole] = corrected(TEXT, "Ике төймә эсегеҙме?", PAIR, BEFORE, (TEXT, MEANING))
    doubts = (Flag("sentence-lost"),)
    assert whole == Sentence(0, len(TEXT), 0, 19, doubts=doubts, origin=CORRECTION)


def test_doubts_of_a_longer_text_are_told_once() -> None:
    assert doubts_about(TEXT, MEANING, PAIR) == (LOST,)
    twice = "Примите 2 таблетки. Примите 2 таблетки."
    assert doubts_about(twice, "Дарыу эсегеҙ. Дарыу эсегеҙ.", PAIR) == (LOST,)


@given(st.text(max_size=60), st.text(max_size=60))
def test_spans_lie_inside_the_texts_in_order(text: str, translation: str) -> None:
    sentences = corrected(text, translation, PAIR, (), ("", ""))
    begins = [0, *(sentence.until for sentence in sentences)]
    for sentence, before in zip(sentences, begins, strict=False):
        assert 0 <= sentence.start <= sentence.end <= len(text)
        assert before <= sentence.begin <= sentence.until <= len(translation)
