"""What the measures of short answers take for right, doubted, wrong and missing."""

import numpy as np
import pytest

from tests import answers, voices
from tests.answers import Outcome, ShortAnswer, outcome
from tolmach.core.samples import SAMPLE_RATE
from tolmach.protocol.messages import Recognized


def final(text: str, confidence: float = 1.0, *, doubtful: bool = False) -> Recognized:
    return Recognized("s", 0, 0.0, 1.0, "ru", confidence, text, doubtful)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([final("Не знаю!")], Outcome.RIGHT),
        ([final("не"), final("Знаю.")], Outcome.RIGHT),
        ([final("Не знаю.", doubtful=True)], Outcome.RIGHT),
        ([final("Незнайка.")], Outcome.WRONG),
        ([final("Незнайка.", doubtful=True)], Outcome.DOUBTED),
        ([final("Незнайка.", 0.5)], Outcome.DOUBTED),
        ([final("Не знаю.", 0.5), final("Да.")], Outcome.WRONG),
        ([final("")], Outcome.MISSING),
        ([], Outcome.MISSING),
    ],
)
def test_an_answer_is_right_marked_wrong_or_missing(
    events: list[Recognized], expected: Outcome
) -> None:
    assert outcome("не знаю", events) is expected


@pytest.mark.parametrize(
    ("text", "recognized", "right"),
    [
        ("двадцать", "20", True),
        ("двадцать", "20.", True),
        ("двадцать", "21", False),
        ("сороковой", "40-й", True),
        ("Ещё", "еще", True),
        ("двадцать", "двадцать человек", False),
        ("четыре", "Чебурашка 4", False),
        ("нет", "нету", False),
    ],
)
def test_a_number_is_right_in_words_and_in_digits(text: str, recognized: str, right: bool) -> None:
    assert answers.is_right(text, recognized) is right


def test_rows_count_by_voice_and_by_length() -> None:
    brief, long = (
        ShortAnswer("да", "reader", np.zeros(int(length * SAMPLE_RATE), np.float32))
        for length in (0.3, 0.7)
    )
    outcomes = [(brief, Outcome.RIGHT), (brief, Outcome.MISSING), (long, Outcome.WRONG)]
    rows = dict(answers.rows(outcomes))
    assert list(rows) == ["reader, 0.0 to 0.45 s", "reader, 0.6 to 0.8 s", "all"]
    assert rows["reader, 0.0 to 0.45 s"] == {Outcome.RIGHT: 1, Outcome.MISSING: 1}
    assert rows["all"].total() == 3


def test_the_reader_says_what_his_labels_say() -> None:
    if not voices.FESTVOX.is_dir():
        pytest.skip("not installed: festvox-ru (apt install festvox-ru)")
    phrases = list(answers.reader())
    texts = [answer.text.lower() for answer in phrases]
    assert len(phrases) > 150
    assert texts.count("да") >= 3
    assert texts.count("нет") >= 2
    # Its clip has as many phrases as pauses, but not these: "без шапки" stands where it would be.
    assert "по одежде" not in texts
    assert all(0.2 < answer.seconds < 1.4 for answer in phrases)
    assert all(np.abs(answer.sound).max() > 0.01 for answer in phrases)


def test_the_announcer_says_what_her_list_says() -> None:
    if not voices.prompts():
        pytest.skip("not installed: asterisk-core-sounds-ru-g722 asterisk-core-sounds-ru")
    phrases = {answer.text: answer for answer in answers.announcer()}
    assert len(phrases) > 120
    assert {"нет", "Спасибо", "До свидания", "Сегодня"} <= phrases.keys()
    assert 0.3 < phrases["нет"].seconds < 0.6
    assert np.abs(phrases["нет"].sound).max() > 0.1
