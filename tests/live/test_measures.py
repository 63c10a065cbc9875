"""The measures, on captions whose figures can be counted by hand."""

import pytest

from tests.live.measures import (
    CaptionState,
    Figures,
    Replay,
    final_of,
    final_texts,
    first_word,
    normal,
    percentile,
    revised_words,
    runs_of,
)
from tests.live.streams import Turn

ONE = Turn("Где у вас болит?", "ru", 1.0, 3.0)
TWO = Turn("Баш ауырта.", "ba", 3.2, 4.0)  # an interruption: no pause before it
THREE = Turn("Давно?", "ru", 6.0, 7.0)


def state(
    at: float, text: str, *, row: int = 0, end: float = 0.0, final: bool = False
) -> CaptionState:
    return CaptionState(at, row, 0.8, end or at, text, final)


def test_turns_without_a_pause_are_one_run() -> None:
    assert runs_of([ONE, TWO, THREE], 0.5) == [(1.0, 4.0), (6.0, 7.0)]
    assert runs_of([ONE, TWO, THREE], 0.0) == [(1.0, 3.0), (3.2, 4.0), (6.0, 7.0)]


def test_who_speaks_into_another_is_one_run_that_ends_with_the_longer() -> None:
    inside = Turn("Да", "ba", 1.5, 2.0)
    assert runs_of([ONE, inside], 0.0) == [(1.0, 3.0)]


def test_the_first_word_is_seen_when_a_text_is_not_empty() -> None:
    states = [state(1.5, ""), state(1.9, "Где"), state(2.4, "Где у")]
    assert first_word(ONE, states) == 1.9


def test_a_text_of_sound_before_the_turn_is_not_of_the_turn() -> None:
    before = CaptionState(1.1, 0, 0.0, 0.9, "эхо", final=True)
    assert first_word(ONE, [before]) is None
    assert first_word(ONE, [before, state(2.0, "Где", row=1)]) == 2.0


def test_in_a_row_with_another_turn_only_a_further_word_counts() -> None:
    states = [
        state(3.1, "Где у вас болит", end=3.1),
        state(3.6, "Где у вас болит", end=3.6),  # nothing of the second turn yet
        state(4.1, "Где у вас болит? Баш", end=4.1),
    ]
    assert first_word(TWO, states) == 4.1


def test_a_run_is_final_with_the_last_of_its_texts() -> None:
    states = [
        CaptionState(3.0, 0, 0.8, 2.5, "Где у вас", final=True),
        CaptionState(4.9, 1, 2.5, 4.5, "болит? Баш ауырта", final=True),
        CaptionState(8.0, 2, 5.8, 7.5, "Давно?", final=True),
    ]
    last = final_of((1.0, 4.0), states)
    assert last is not None
    assert last.at == 4.9
    assert final_of((9.0, 9.5), states) is None


def test_unconfirmed_text_is_never_final() -> None:
    assert final_texts([state(2.0, "Где"), state(3.0, "Где у")]) == []


@pytest.mark.parametrize(
    ("texts", "revised"),
    [
        (["Где", "Где у", "Где у вас"], 0),
        (["Где", "Здесь"], 1),  # changed
        (["Где у вас", "Где вас"], 1),  # one taken away: the others only move
        (["Где у", "", "Где у"], 2),  # gone, then back
        (["болит", "болит?"], 1),  # what is displayed changes
    ],
)
def test_words_that_change_or_go_are_revised(texts: list[str], revised: int) -> None:
    assert revised_words([state(float(at), text) for at, text in enumerate(texts)]) == revised


def test_rows_revise_only_themselves() -> None:
    assert revised_words([state(1.0, "да"), state(2.0, "нет", row=1)]) == 0


def test_signs_and_case_are_not_errors() -> None:
    assert normal("  «Баш» – ауырта…  Ёлка!") == "баш ауырта ёлка"


def test_cutting_elsewhere_is_no_error() -> None:
    states = (
        CaptionState(2.0, 0, 0.8, 2.0, "Где у", final=True),
        CaptionState(5.0, 1, 2.0, 4.5, "вас болит? Баш ауырта", final=True),
    )
    figures = Figures()
    figures.add([ONE, TWO], Replay(states))
    assert figures.cer == 0.0


def test_replays_are_added_up() -> None:
    states = (
        state(1.5, "Кто у нас"),
        state(1.6, "Где у нас"),
        CaptionState(4.5, 0, 0.8, 4.5, "Где у вас болит Баш ауырта", final=True, detecting=0.2),
    )
    figures = Figures()
    figures.add([ONE, TWO, THREE], Replay(states, {0: 4.8}, 1.9, 0.3, 260.0))
    figures.add([ONE], Replay((), cpu=1.0))
    assert figures.first_word == pytest.approx([0.5, 1.3])
    assert figures.final == pytest.approx([0.5])
    assert figures.final_told == pytest.approx([0.3])
    assert figures.translation == pytest.approx([0.3])
    assert (figures.turns, figures.wordless) == (4, 2)
    assert (figures.runs, figures.unfinished) == (3, 2)
    assert (figures.churn, figures.amendments) == pytest.approx((1 / 6, 1 / 6))
    assert figures.cer == pytest.approx((len(" давно") + len("где у вас болит")) / 47)
    assert figures.cpu_per_second == pytest.approx(2.9 / 5.8)
    assert (figures.behind, figures.memory) == (0.3, 260.0)


def test_no_values_have_no_percentile() -> None:
    assert percentile([], 95) != percentile([], 95)  # not a number
    assert percentile([1.0, 2.0, 3.0], 50) == 2.0


def test_a_short_answer_is_right_when_its_final_text_says_it_and_nothing_else() -> None:
    brief = Turn("Не знаю.", "ru", 5.0, 5.9)
    assert brief.short
    assert not ONE.short
    for text, right in (("не знаю", 1), ("Незнайка", 0), ("Не знаю, не знаю", 0)):
        figures = Figures()
        states = (CaptionState(7.0, 1, 4.8, 6.2, text, final=True),)
        figures.add([ONE, brief], Replay(states))
        assert (figures.short, figures.short_right) == (1, right)
