"""LocalAgreement: what two hypotheses agree on is committed and never changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.transcript import Word
from tolmach.pipeline.stabilizer import Stabilizer


def words(text: str, seconds: float = 0.5) -> list[Word]:
    """Return words of equal length, as a recognizer writes them."""
    parts = text.split()
    return [
        Word((" " if place else "") + part, place * seconds, (place + 1) * seconds)
        for place, part in enumerate(parts)
    ]


def after(*hypotheses: str) -> Stabilizer:
    stabilizer = Stabilizer()
    for hypothesis in hypotheses:
        stabilizer.take(words(hypothesis))
    return stabilizer


def test_what_was_heard_once_is_unconfirmed() -> None:
    stabilizer = after("у меня болит")
    assert (stabilizer.committed, stabilizer.tail) == ("", "у меня")


def test_half_a_word_is_not_shown() -> None:
    assert after("рад зноко").tail == "рад"
    assert after("рад знакомству", "рад знакомству").tail == "знакомству"


def believed(*shares: float) -> list[Word]:
    """Return words that the recognizer believes so much."""
    texts = (" ".join(["рад знакомству и вам", "здесь"])).split()
    return [
        Word((" " if place else "") + text, probability=share)
        for place, (text, share) in enumerate(zip(texts, shares, strict=False))
    ]


def test_what_is_hardly_believed_is_not_shown_nor_what_follows() -> None:
    stabilizer = Stabilizer()
    stabilizer.take(believed(0.9, 0.1, 0.9, 0.9))
    assert stabilizer.tail == "рад"
    stabilizer.take(believed(0.1, 0.1, 0.9, 0.9, 0.9))
    assert (stabilizer.committed, stabilizer.tail) == ("рад знакомству и вам", "")
    stabilizer = Stabilizer()
    stabilizer.take(believed(0.9, 0.1, 0.1), commit=False)
    stabilizer.take(believed(0.1, 0.1, 0.1), commit=False)
    assert stabilizer.tail == "рад знакомству и"  # heard twice


def test_in_a_pause_all_words_are_shown() -> None:
    stabilizer = Stabilizer()
    stabilizer.take(believed(0.1, 0.1), pause=True)
    assert stabilizer.tail == "рад знакомству"


def test_the_first_word_of_all_is_shown_though_it_is_believed_less() -> None:
    for shares, tail in (((0.5,), "рад"), ((0.1,), ""), ((0.5, 0.5, 0.5), "рад"), ((0.1, 0.9), "")):
        stabilizer = Stabilizer()
        stabilizer.take(believed(*shares))
        assert stabilizer.tail == tail
    stabilizer = after("рад знакомству и", "рад знакомству и")
    stabilizer.take([*words("рад знакомству"), Word(" вам", probability=0.9)])
    assert (stabilizer.committed, stabilizer.tail) == ("рад знакомству", "")


def test_in_a_pause_the_last_word_is_whole() -> None:
    stabilizer = Stabilizer()
    stabilizer.take(words("рад знакомству."), pause=True)
    assert (stabilizer.committed, stabilizer.tail) == ("", "рад знакомству")


def test_what_was_heard_twice_is_committed_but_for_the_last_word() -> None:
    stabilizer = after("у меня бол", "у меня болит голова")
    assert (stabilizer.committed, stabilizer.tail) == ("у меня", "болит")


def test_the_last_word_waits_even_if_it_was_heard_twice() -> None:
    stabilizer = after("у меня болит", "у меня болит")
    assert (stabilizer.committed, stabilizer.tail) == ("у меня", "болит")


def test_case_may_differ_and_the_newer_one_is_taken() -> None:
    assert after("Айбулат хажин сказал", "айбулат Хажин сказал что").committed == (
        "айбулат Хажин сказал"
    )


def test_a_mark_must_be_heard_twice_as_well() -> None:
    assert after("да. Тине ай", "да, тине айбулат", "да, тине айбулат хажин").committed == (
        "да, тине айбулат"
    )


def test_a_number_is_settled_by_a_word_that_is_none() -> None:
    assert after("мне 25 000", "мне 25 000").committed == "мне"
    assert after("мне 25 000 рублей", "мне 25 000 рублей дай").committed == "мне 25 000 рублей"


def test_a_number_is_not_shown_before_it_was_heard_twice() -> None:
    assert after("мне 25 рублей").tail == "мне"
    assert after("мне 25 рублей дай").tail == "мне 25 рублей"
    assert after("мне 25 000").tail == "мне"
    assert after("мне 25", "мне 25").tail == "25"


def test_the_mark_that_ends_every_hypothesis_is_not_shown() -> None:
    assert after("Где болит?", "Где болит?").tail == "болит"


def test_nothing_is_committed_while_the_language_is_unknown() -> None:
    stabilizer = Stabilizer()
    for _ in range(3):
        stabilizer.take(words("у меня болит голова"), commit=False)
    assert (stabilizer.committed, stabilizer.tail) == ("", "у меня болит голова")


def test_a_hypothesis_that_forgets_what_was_said_is_left_out() -> None:
    stabilizer = after("у меня бол", "у меня болит голова")
    assert not stabilizer.take(words("а у меня не болит"))
    assert (stabilizer.committed, stabilizer.tail) == ("у меня", "болит")


def test_a_mark_that_comes_later_does_not_stop_the_words() -> None:
    stabilizer = after("доктор у меня бо", "доктор у меня болит")
    assert stabilizer.committed == "доктор у меня"
    stabilizer.take(words("доктор у меня, болит голова"))
    stabilizer.take(words("доктор у меня, болит голова сильно"))
    assert stabilizer.committed == "доктор у меня болит голова"


def test_the_final_text_begins_with_what_was_committed() -> None:
    stabilizer = after("у меня бол", "у меня болит голова")
    assert stabilizer.finish("у меня болела голова") == "у меня болела голова"
    assert stabilizer.finish("у менять бы") == "у меня ть бы"
    assert stabilizer.finish("") == "у меня"


def test_sound_before_the_last_half_second_of_committed_words_is_let_go() -> None:
    stabilizer = after("раз два три четыре пять", "раз два три четыре пять шесть")
    assert stabilizer.committed == "раз два три четыре пять"
    stabilizer.cut()
    assert stabilizer.start == 2 * 16_000
    assert (stabilizer.previous, stabilizer.prefix) == ("раз два три четыре", "пять")
    assert stabilizer.committed == "раз два три четыре пять"
    assert stabilizer.end == 2.5


def test_words_of_the_whole_utterance_are_taken_for_the_window() -> None:
    stabilizer = Stabilizer()
    spoken = tuple(Word(f" {part}", i, i + 1) for i, part in enumerate("абвгд"))
    for _ in range(2):
        stabilizer.take(spoken)
    stabilizer.cut()
    assert stabilizer.previous == "а б в"
    assert stabilizer.in_window((*spoken, Word(" е"))) == (*spoken[3:], Word(" е"))
    assert stabilizer.in_window((Word(" я"), *spoken[1:])) == ()
    assert stabilizer.in_window(spoken[:2]) == ()


def test_without_times_nothing_is_cut() -> None:
    stabilizer = Stabilizer()
    for _ in range(2):
        stabilizer.take([Word("раз"), Word(" два"), Word(" три")])
    stabilizer.cut()
    assert (stabilizer.start, stabilizer.prefix) == (0, "раз два")


def test_the_first_word_of_a_window_is_written_as_the_model_does_it() -> None:
    stabilizer = Stabilizer()
    for _ in range(2):
        stabilizer.take([Word(f" {part}", i, i + 1) for i, part in enumerate("абвгд")])
    stabilizer.cut()
    assert (stabilizer.previous, stabilizer.prefix) == ("а б в", " г")


texts = st.lists(st.sampled_from(["а", "б", "в", "5", "г."]), max_size=8)


@pytest.mark.parametrize("cutting", [False, True])
@given(hypotheses=st.lists(texts, max_size=8), final=texts)
def test_committed_text_never_changes(
    cutting: bool, hypotheses: list[list[str]], final: list[str]
) -> None:
    """Whatever comes, as long as the recognizer begins with what was said."""
    stabilizer = Stabilizer()
    before = ""
    for hypothesis in hypotheses:
        prefix = stabilizer.prefix.split()
        stabilizer.take(words(" ".join([*prefix, *hypothesis])))
        assert stabilizer.committed.startswith(before)
        before = stabilizer.committed
        if cutting:
            stabilizer.cut()
            assert stabilizer.committed == before
    whole = stabilizer.finish(" ".join([*stabilizer.prefix.split(), *final]))
    assert whole.startswith(before)
