import numpy as np

from tolmach.core.samples import Samples
from tolmach.worker.journal import Journal
from tolmach.worker.protocol import (
    Again,
    Answered,
    Begin,
    Command,
    Cut,
    End,
    Failed,
    Feed,
    Finished,
    Plan,
    Progress,
    Translate,
)

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
    text = Translate("text", 0, "Да", "ru", "ba")
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
    assert journal.died() is None
    assert fed(journal.replay())[0] == 4_000
    journal.hear(Cut("s", 0, 4_000, 20_000))
    assert journal.died() == Failed("s", "worker-crashed-on-utterance", {}, 0, 0.25, 1.25)
    begin, *rest = journal.replay()
    assert begin == Begin("s", PLAN, first=20_000, utterance=1)
    assert fed(rest) == list(range(20_000, 32_000))


def test_a_death_between_utterances_blames_none() -> None:
    journal = begun()
    journal.hear(Cut("s", 0, 0, 10))
    journal.hear(Answered("s", 0))
    assert [journal.died() for _ in range(5)] == [None] * 5


def test_a_deadly_request_is_dropped_and_the_session_goes_on() -> None:
    journal = begun()
    journal.note(Feed("s", ramp(0, 10)))
    journal.note(Again("old", 7, 0, "ba", "ru", ramp(0, 4)))
    for _ in range(2):
        journal.hear(Cut("old", 7, 0, 4))
        failure = journal.died()
    assert failure is not None
    assert (failure.session, failure.utterance) == ("old", 7)
    begin, *rest = journal.replay()
    assert begin == Begin("s", PLAN)
    assert fed(rest) == list(range(10))
    assert len(rest) == 1


def test_a_text_that_kills_while_nothing_else_is_worked_on_is_dropped() -> None:
    journal = begun()
    journal.note(Translate("text", 0, "Да", "ru", "ba"))
    assert journal.died() is None
    assert journal.died() == Failed("text", "worker-crashed-on-utterance", {}, 0)
    assert journal.replay() == [Begin("s", PLAN)]


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
