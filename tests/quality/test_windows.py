"""The cheapest rule that hears as well as the full window: arithmetic on what was measured."""

from dataclasses import replace

import pytest

from tolmach.core.windows import ALWAYS_FULL, DRAFT, DYNAMIC, FINAL, STOCK, WindowRule, WindowSize
from tolmach.quality.windows import (
    LENGTHS,
    DecodedExcerpt,
    Decoding,
    RuleOutcome,
    beginning,
    candidates,
    cheapest,
    is_as_good,
    outcome,
    outcomes,
)

RULE = WindowRule(10, 0)
FULL_WINDOW, TEN_SECONDS = WindowSize(3000, completed=False), WindowSize(1000, completed=False)
COMPLETED = WindowSize(1000, completed=True)
GOOD = Decoding("раз два", doubtful=False, identified=True, cost=1.0)
LOOP = replace(GOOD, text="раз раз раз", doubtful=True, cost=0.25)


def piece(sound: int, full: Decoding = GOOD, short: Decoding = GOOD) -> DecodedExcerpt:
    """Return a piece that the full window and one of ten seconds heard."""
    decodings = {FULL_WINDOW: full, TEN_SECONDS: short, COMPLETED: short}
    return DecodedExcerpt(sound, "раз два", decodings)


def result(
    rate: float,
    cost: float,
    doubted: int = 0,
    unidentified: int = 0,
    rule: WindowRule | None = None,
) -> RuleOutcome:
    rule = rule or WindowRule(cost, rate)
    return RuleOutcome(rule, {1.0: rate}, doubted, unidentified, cost, count=101)


def chosen(name: str, *results: RuleOutcome) -> RuleOutcome:
    return cheapest(name, {result.rule: result for result in results})


def test_each_length_counts_as_much_as_another() -> None:
    wrong = replace(GOOD, text="")
    rows = [piece(90, short=wrong), *[piece(240)] * 9]
    measured = outcome(RULE, rows, retried=True)
    assert measured.rates == {1.0: 1.0, 2.5: 0.0}
    assert measured.rate == 0.5


def test_a_length_at_which_nothing_is_said_yet_has_no_rate() -> None:
    silent = replace(piece(90), reference="")
    assert outcome(RULE, [silent, piece(240)], retried=True).rates == {2.5: 0.0}
    assert outcome(RULE, [silent], retried=True).rate == 0.0


def test_a_piece_belongs_to_the_first_length_that_holds_it() -> None:
    assert [piece(sound).length for sound in (100, 101, 2800, 2900)] == [1.0, 2.5, 28.0, 28.0]


def test_what_is_doubted_costs_a_second_try_and_is_put_right() -> None:
    measured = outcome(RULE, [piece(90, short=LOOP), piece(90)], retried=True)
    assert (measured.rate, measured.doubted, measured.cost) == (0.0, 1, (0.25 + 1.0 + 1.0) / 2)


def test_nothing_of_unconfirmed_words_is_tried_again() -> None:
    measured = outcome(RULE, [piece(90, short=LOOP)], retried=False)
    assert (measured.doubted, measured.cost) == (1, 0.25)
    assert measured.rate > 0.5


def test_a_completed_window_is_tried_once() -> None:
    rows = [piece(90, short=LOOP)]
    assert outcome(RULE, rows, retried=True).cost == 1.25
    measured = outcome(replace(RULE, completed=1), rows, retried=True)
    assert (measured.cost, measured.rates) == (0.25, outcome(RULE, rows, retried=False).rates)


def test_the_full_window_is_tried_once() -> None:
    assert outcome(ALWAYS_FULL, [piece(90, full=LOOP)], retried=True).cost == 0.25


def test_a_language_that_is_taken_for_another_counts() -> None:
    measured = outcome(RULE, [piece(90, short=replace(GOOD, identified=False))], retried=True)
    assert measured.unidentified == 1


def test_the_cheapest_that_is_as_good_is_chosen() -> None:
    """One piece in a hundred, or part of that, may be taken for another language more."""
    full = result(0.05, 9.0, doubted=1, unidentified=2, rule=ALWAYS_FULL)
    for bad in (
        result(0.0531, 1.0, 1, 2),
        result(0.05, 1.0, doubted=2, unidentified=2),
        result(0.05, 1.0, doubted=1, unidentified=5),
    ):
        assert not is_as_good(bad, full)
        assert chosen(FINAL, full, bad) == full
    better, dear = result(0.0529, 3.0, 1, 4), result(0.0, 4.0)
    assert chosen(FINAL, full, dear, better) == better
    assert chosen(DRAFT, full, dear, better) == better
    assert chosen(FINAL, full, result(0.0, 10.0)) == full


def test_unconfirmed_words_get_the_full_window_only_where_all_others_loop() -> None:
    full = result(0.05, 9.0, doubted=1, rule=ALWAYS_FULL)
    looping, poor = result(0.0, 1.0, doubted=2), result(0.2, 2.0, doubted=1)
    fair = result(0.1, 3.0, doubted=1)
    assert chosen(DRAFT, full, looping, poor, fair) == fair
    assert chosen(DRAFT, full, looping) == full
    assert chosen(FINAL, full, looping, poor, fair) == full


@pytest.mark.parametrize("name", [FINAL, DRAFT])
@pytest.mark.parametrize("completed", [False, True])
def test_candidates_begin_with_the_full_window_and_have_the_present_rules_once(
    name: str, completed: bool
) -> None:
    rules = candidates(name, *STOCK.values(), DYNAMIC, ALWAYS_FULL, completed=completed)
    assert any(rule.completed for rule in rules) == completed
    assert rules[0] == ALWAYS_FULL
    assert {*STOCK.values(), DYNAMIC} <= set(rules)
    assert len(set(rules)) == len(rules)
    assert any(rule.short == 1.0 for rule in rules) == (name == FINAL)


def test_the_first_second_of_unconfirmed_words_is_not_compared() -> None:
    """And nothing of them is tried twice."""
    rows = [piece(90, short=LOOP), piece(240, short=LOOP)]
    final = outcomes(FINAL, [ALWAYS_FULL, RULE], rows)[RULE]
    draft = outcomes(DRAFT, [ALWAYS_FULL, RULE], rows)[RULE]
    assert (list(final.rates), final.doubted, final.cost) == ([1.0, 2.5], 2, 1.25)
    assert (list(draft.rates), draft.doubted, draft.cost) == ([2.5], 1, 0.25)


@pytest.mark.parametrize(
    ("decoded", "first"),
    [("раз два", "раз два"), ("рас тва", "раз два"), ("", ""), ("раз два три четыре", None)],
)
def test_a_part_of_the_sound_has_the_first_words(decoded: str, first: str | None) -> None:
    text = "раз два три"
    assert beginning(text, decoded) == (text if first is None else first)


def test_lengths_grow() -> None:
    assert list(LENGTHS) == sorted(LENGTHS)
