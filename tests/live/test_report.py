"""The verdict says what was measured, and nothing of what was not."""

from tests.live import report
from tests.live.measures import Figures


def figures(final: float, first: float, errors: int = 0) -> Figures:
    return Figures(
        first_word=[first], final=[final], final_told=[final / 2], errors=errors, characters=100
    )


def sets(final: float = 0.3, first: float = 0.4, errors: int = 5) -> dict[str, dict[str, Figures]]:
    peers = {"plain": figures(1.0, 2.0, 5), "agreement": figures(1.5, 1.0)}
    return {
        "starter": {"ours": figures(1, 1, errors), **peers},
        "base": {"ours": figures(final, first), **peers},
    }


def test_the_goal_is_met_when_all_its_parts_are() -> None:
    assert report.verdict(sets())[-1] == "goal met"


def test_one_part_too_slow_or_too_wrong_misses_it() -> None:
    assert report.verdict(sets(final=0.36))[-1] == "goal missed"
    assert report.verdict(sets(first=0.51))[-1] == "goal missed"
    assert report.verdict(sets(errors=6))[-1] == "goal missed"


def test_what_was_not_measured_is_not_met() -> None:
    without = sets()
    del without["base"]["agreement"]
    lines = report.verdict(without)
    assert "first word p50 on base shape / (b): not measured in this run" in lines
    assert lines[-1] == "goal not measured in full"
    assert report.verdict({})[-1] == "goal not measured in full"


def test_ratios_compare_with_the_peer_of_the_goal() -> None:
    assert report.ratios(sets()["base"]) == {
        "final p95 / (a)": 0.3,
        "final p95 / (a) told the language": 0.6,
        "first word p50 / (b)": 0.4,
    }


def test_texts_without_meaning_have_no_error_rate() -> None:
    with_meaning = report.table(sets()["base"], meaning=True)
    assert "5.0%" in with_meaning
    assert "%" not in report.table(sets()["base"], meaning=False)


def test_short_answers_are_counted_in_the_table() -> None:
    listeners = {"ours": Figures(turns=9, runs=8, short=4, short_right=3)}
    table = report.table(listeners, meaning=True)
    assert "9 turns in 8 runs, 4 of them short answers" in table
    assert table.splitlines()[-1].endswith("3/4")
