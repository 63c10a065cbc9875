from dataclasses import replace

import numpy as np
import pytest

from tolmach.core.samples import Samples
from tolmach.protocol.messages import (
    Again,
    Answered,
    Begin,
    Command,
    Cut,
    Decode,
    End,
    Failed,
    Feed,
    Finished,
    Loaded,
    Progress,
    Recognized,
    Speaker,
    Translate,
)
from tolmach.protocol.plan import Plan
from tolmach.worker.journal import Journal

PLAN = Plan(languages=("ru",))


def ramp(first: int, last: int) -> Samples:
    return np.arange(first, last, dtype=np.float32)


def fed(commands: list[Command]) -> list[float]:
    return [value for command in commands if isinstance(command, Feed) for value in command.samples]


def begun() -> Journal:
    journal = Journal()
    journal.note(Begin("s", PLAN))
    return journal


def test_everything_unsettled_is_told_again() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 100)))
    journal.note(Feed("s", ramp(100, 250)))
    journal.hear(Progress("s", 200, 120, 4, True))
    begin, *rest = journal.replay()
    assert begin == Begin("s", PLAN, first=120, utterance=4)
    assert fed(rest) == list(range(120, 250))


def test_the_end_is_told_again_until_it_is_answered() -> None:
    journal = begun()
    journal.note(End("s"))
    assert End("s") in journal.replay()
    journal.hear(Finished("s"))
    assert journal.replay() == [Begin("s", PLAN)]


def test_requests_outlive_the_worker_until_answered() -> None:
    journal = begun()
    again = Again("s", 3, 0, "ba", "ru", ramp(0, 4))
    text = Translate("text", 0, "Да", "ru", "ba", ())
    journal.note(again)
    journal.note(text)
    assert journal.replay()[1:] == [again, text]
    journal.hear(Answered("s", 3))
    assert journal.replay()[1:] == [text]


def test_one_death_on_an_utterance_is_forgiven_the_second_skips_it() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 32_000)))
    journal.hear(Progress("s", 20_000, 4_000, 0, True))
    journal.hear(Cut("s", 0, 4_000, 20_000))
    assert journal.died(1) is None
    assert fed(journal.replay())[0] == 4_000
    journal.hear(Cut("s", 0, 4_000, 20_000))
    assert journal.died(1) == Failed("s", "worker-crashed-on-utterance", {}, 0, 0.25, 1.25)
    begin, *rest = journal.replay()
    assert begin == Begin("s", PLAN, first=20_000, utterance=1)
    assert fed(rest) == list(range(20_000, 32_000))


def test_a_death_between_utterances_blames_none() -> None:
    journal = begun()
    journal.hear(Cut("s", 0, 0, 10))
    journal.hear(Answered("s", 0))
    assert [journal.died(1) for _ in range(5)] == [None] * 5


def test_a_deadly_request_is_dropped_and_the_session_goes_on() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 10)))
    journal.note(Again("old", 7, 0, "ba", "ru", ramp(0, 4)))
    for _ in range(2):
        journal.hear(Cut("old", 7, 0, 4))
        failure = journal.died(1)
    assert failure is not None
    assert (failure.session, failure.utterance) == ("old", 7)
    begin, *rest = journal.replay()
    assert begin == Begin("s", PLAN)
    assert fed(rest) == list(range(10))
    assert len(rest) == 1


def test_sound_that_kills_while_it_is_measured_is_no_failed_translation() -> None:
    journal = begun()
    journal.note(Decode("s", 0, "ru", 10.0, False, False, ramp(0, 4)))
    assert journal.died(1) is None
    assert journal.died(1) == Failed("s", "worker-crashed-on-utterance", {}, 0)


def test_a_text_that_kills_while_nothing_else_is_worked_on_is_dropped() -> None:
    journal = begun()
    journal.note(Translate("text", 0, "Да", "ru", "ba", ()))
    assert journal.died(1) is None
    journal.hear(Loaded("text", 0))
    assert journal.died(1) == Failed("text", "translation-crashed", {}, 0)
    assert journal.replay() == [Begin("s", PLAN)]


def test_a_translator_that_kills_while_it_is_loaded_is_no_fault_of_the_text() -> None:
    journal = Journal()
    for number in range(2):
        journal.note(Translate("text", number, "Да", "ru", "ba", ()))
        journal.hear(Loaded("text", 0))
    journal.hear(Answered("text", 0))
    assert journal.died(7) is None
    assert journal.died(7) == Failed("text", "worker-does-not-start", {"exit_code": "7"}, 1)
    assert journal.replay() == []


def test_what_was_recognised_before_the_deaths_lacks_its_translation_alone() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 32_000)))
    journal.hear(Cut("s", 0, 4_000, 20_000))
    journal.hear(Recognized("s", 0, 0.25, 1.25, "ba", 1.0, "Эйе"))
    assert journal.died(1) is None
    journal.hear(Cut("s", 0, 4_000, 20_000))
    assert journal.died(1) == Failed("s", "translation-crashed", {}, 0, 0.25, 1.25)


def test_a_session_that_failed_as_a_whole_is_not_tried_again() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 10)))
    journal.hear(Failed("s", "model-damaged"))
    assert fed(journal.replay()) == []


def test_a_new_session_forgets_the_old_one() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 10)))
    journal.note(Begin("t", PLAN))
    journal.hear(Progress("s", 5, 5, 9, False))  # a late word about the old one
    assert journal.replay() == [Begin("t", PLAN)]


def test_a_worker_killed_from_outside_gets_a_third_chance_with_an_utterance() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 32_000)))
    for _ in range(2):
        journal.hear(Cut("s", 0, 4_000, 20_000))
        assert journal.died(-9) is None
    journal.hear(Cut("s", 0, 4_000, 20_000))
    failure = journal.died(-9)
    assert failure is not None
    assert failure.utterance == 0


def speakers(journal: Journal) -> list[tuple[int, str]]:
    """Return the turns that a new worker is told, with the samples before each."""
    begin, *commands = journal.replay()
    assert isinstance(begin, Begin)
    turns, at = [], begin.first
    for command in commands:
        if isinstance(command, Feed):
            at += len(command.samples)
        elif isinstance(command, Speaker):
            turns.append((at, command.language))
    return turns


def conversed() -> Journal:
    """Return the journal of 90 000 samples of which ru, ba and again ru spoke 30 000 each."""
    journal = begun()
    for first, language in ((0, "ru"), (30_000, "ba"), (60_000, "ru")):
        journal.note(Speaker("s", language))
        journal.note(Feed("s", ramp(first, first + 30_000)))
    return journal


@pytest.mark.parametrize(
    ("settled", "turns"),
    [
        (0, [(0, "ru"), (30_000, "ba"), (60_000, "ru")]),
        (29_999, [(29_999, "ru"), (30_000, "ba"), (60_000, "ru")]),
        (30_000, [(30_000, "ba"), (60_000, "ru")]),
        (45_000, [(45_000, "ba"), (60_000, "ru")]),
        (90_000, [(90_000, "ru")]),
    ],
)
def test_who_speaks_is_told_again_in_its_place(settled: int, turns: list[tuple[int, str]]) -> None:
    journal = conversed()
    journal.hear(Progress("s", 90_000, settled, 3, False))
    assert speakers(journal) == turns
    assert fed(journal.replay()) == list(range(settled, 90_000))


def test_who_speaks_in_a_session_that_goes_on() -> None:
    journal = Journal()
    journal.note(Begin("s", PLAN, first=1_000, utterance=2))
    journal.note(Feed("s", ramp(1_000, 1_500)))
    journal.note(Speaker("s", "ba"))
    assert speakers(journal) == [(1_500, "ba")]


def drafted() -> Journal:
    journal = Journal()
    journal.note(Begin("s", replace(PLAN, drafts=True)))
    return journal


def drafts(journal: Journal) -> bool:
    begin = journal.replay()[0]
    assert isinstance(begin, Begin)
    return begin.plan.drafts


@pytest.mark.log_warnings
def test_two_deaths_of_unconfirmed_words_end_them() -> None:
    journal = drafted()
    journal.hear(Progress("s", 500, 100, 4, True))
    assert journal.died(1) is None
    assert drafts(journal)
    journal.hear(Progress("s", 900, 100, 4, True))  # it heard more than the one before
    assert journal.died(1) is None
    assert not drafts(journal)


def test_deaths_at_different_utterances_leave_the_unconfirmed_words() -> None:
    journal = drafted()
    for number in range(5):
        journal.hear(Progress("s", 500 * number, 100, number, True))
        assert journal.died(1) is None
    assert drafts(journal)


@pytest.mark.log_warnings
def test_unconfirmed_words_are_blamed_when_no_request_waits() -> None:
    """The worker looks at none while a request waits."""
    journal = drafted()
    journal.note(Feed("s", ramp(0, 500)))
    journal.note(Translate("text", 0, "Да", "ru", "ba", ()))
    journal.hear(Progress("s", 500, 100, 4, True))
    failures = [journal.died(1)]
    journal.hear(Loaded("text", 0))
    failures.append(journal.died(1))
    assert failures == [None, Failed("text", "translation-crashed", {}, 0)]
    assert drafts(journal)
    assert [journal.died(1), journal.died(1)] == [None, None]
    assert not drafts(journal)


@pytest.mark.log_warnings
def test_a_worker_killed_from_outside_gets_a_third_chance_with_unconfirmed_words() -> None:
    journal = drafted()
    for allowed in (True, True, False):
        journal.hear(Progress("s", 500, 100, 4, True))
        assert journal.died(-9) is None
        assert drafts(journal) is allowed


def asked_while_worked_on() -> tuple[Journal, Again]:
    """Return the journal of an utterance that was asked for again before it was answered."""
    journal = begun()
    journal.note(Feed("s", ramp(0, 100)))
    journal.hear(Cut("s", 0, 0, 50))
    again = Again("s", 0, 0, "ba", "ru", ramp(0, 50))
    journal.note(again)
    return journal, again


def test_the_first_answer_is_not_that_of_a_repetition_asked_for_before_it() -> None:
    journal, again = asked_while_worked_on()
    journal.hear(Answered("s", 0))
    assert journal.replay()[-1] == again
    journal.hear(Progress("s", 100, 50, 1, False))
    journal.hear(Cut("s", 0, 0, 50))
    journal.hear(Answered("s", 0))
    assert again not in journal.replay()


def test_a_repetition_outlives_the_utterance_that_kills() -> None:
    journal, again = asked_while_worked_on()
    assert journal.died(1) is None
    journal.hear(Cut("s", 0, 0, 50))
    failure = journal.died(1)
    assert failure is not None
    begin, *_, last = journal.replay()
    assert (begin, last) == (Begin("s", PLAN, first=50, utterance=1), again)
    journal.hear(Answered("s", 0))
    assert again not in journal.replay()


def test_a_request_outlives_the_session_it_was_made_in() -> None:
    journal = begun()
    text = Translate("text", 0, "Да", "ru", "ba", ())
    journal.note(text)
    journal.note(Begin("t", PLAN))
    assert journal.replay() == [Begin("t", PLAN), text]


def test_requests_that_are_dropped_are_named() -> None:
    journal, _ = asked_while_worked_on()
    assert journal.drop_requests() == [("s", 0)]
    assert journal.drop_requests() == []
