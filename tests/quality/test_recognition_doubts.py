"""A text is doubted for its structure; what people really say is believed."""

from math import inf
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.quality.recognition_doubts import (
    Verdict,
    hurried,
    is_credit,
    is_drawn_out,
    is_in_capitals,
    no_words,
    repeats_itself,
    verdict_on,
    wrong_script,
)

SAID = [
    "Да-да-да, конечно.",
    "Ха-ха-ха-ха-ха! Нет, нет, нет, нет, нет.",
    "Бик-бик матур, тиз-тиз генә кайт, әкрен-әкрен бар.",
    "И раз, два, три. Раз, два, три. Раз, два, три!",
    "Не знаю. Не знаю.",
    "Раз-два, раз-два, раз-два, раз-два, левой, левой, левой!",
    "Население — 1000000 человек, бюджет — 12000000000 рублей.",
    "Мой телефон 8 (800) 555-35-35, добавочный 00 00 00.",
    "Ноль ноль ноль ноль один.",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20",
    "Н-Ь-У-Р-Г-У-Н",
    "А-а-а-а-а-а! М-м-м. Аааааааа! Больно!",
    "США.",
    "ВИЧ и СПИД по ГОСТ",
    "Виҫҫӗ, виҫҫӗ, саккӑр, саккӑр, пӗр, пӗр, пӗр, икӗ.",
    "Шёл, шёл, шёл, шёл и пришёл.",
    "Кап-кап-кап, тук-тук-тук, динь-динь-динь-динь.",
    "Продолжение следует. Спасибо за просмотр!",
]
LOOPS = [
    "Не знаю, не знаю, не знаю.",
    "Спасибо за внимание. Спасибо за внимание.",
    "Я поеду в больницу завтра. Я поеду в больницу завтра!",
    "нет " * 6,
    "Нет, нет. Нет, НЕТ! нет — нет…",
    "раз два " * 5,
    "спасибо за внимание " * 4,
    "Спасибо за внимание. Спасибо за внимание! Спасибо за внимание, спасибо за внимание",
    "Начало верное, а потом я не знаю, я не знаю, я не знаю, я не знаю",
    "барабарабарабарабара",
    "ы" * 30,
    "ха-" * 10,
    " ".join(f"глава {number}." for number in range(1, 30)),
    " ".join(
        f"И он {verb} в дом." for verb in ["вошёл", "вышел", "ушёл", "лёг", "сел", "встал"] * 2
    ),
]


@pytest.mark.parametrize("text", SAID)
def test_what_people_say_is_believed(text: str) -> None:
    assert verdict_on(text, inf, -0.3, 0.1) is Verdict.NONE
    assert not wrong_script(text, {"Cyrl"})


@pytest.mark.parametrize("text", LOOPS)
def test_loops_are_doubted(text: str) -> None:
    assert repeats_itself(text)
    assert verdict_on(text, inf, -0.1, 0.0) is Verdict.DOUBTFUL


@given(
    st.lists(st.text("абвгдеәңҡ", min_size=3, max_size=8), min_size=1, max_size=12),
    st.integers(6, 12),
    st.sampled_from([" ", ", ", ". ", "… — "]),
)
def test_whatever_is_said_six_times_in_a_row_is_a_loop(
    phrase: list[str], times: int, between: str
) -> None:
    assert repeats_itself(f"Сначала {between.join([' '.join(phrase)] * times)}")


@given(st.lists(st.text("абвгдеәңҡ", min_size=2, max_size=5), unique=True, max_size=40))
def test_words_that_all_differ_are_no_loop(words: list[str]) -> None:
    text = " ".join(words)
    assert len(text) < 240
    assert not repeats_itself(text)


@pytest.mark.parametrize("language", ["ru", "tt", "cv", "sah"])
def test_no_false_alarm_on_real_sentences(language: str, shared: Path) -> None:
    """Sentences that people wrote to be read aloud: 28,000, and one says the same thing twice."""
    lines = (shared / "text" / "mono" / f"{language}.txt").read_text("utf-8").splitlines()
    assert len(lines) > 300
    short = [line for line in lines if len(line.split()) <= 3]
    assert not [line for line in short if is_drawn_out(line) or is_in_capitals(line)]
    doubted = [line for line in lines if len(line) < 200 and repeats_itself(line)]
    assert doubted == (["Наһаа үчүгэй киһи, наһаа үчүгэй киһи"] if language == "sah" else [])


@pytest.mark.parametrize("text", ["", "…", "...", "♪", "♪♪ — ♪", "[музыка]", "(смех)", "*стук* !"])
def test_signs_and_notes_are_silence(text: str) -> None:
    assert no_words(text)
    assert verdict_on(text, inf, 0.0, 0.0) is Verdict.SILENCE


@pytest.mark.parametrize(
    "text", ["Да.", "5", "(смех) Да", "♪ ла-ла ♪", "(он сказал это шёпотом и сразу ушёл)"]
)
def test_words_are_not_silence(text: str) -> None:
    assert not no_words(text)
    assert verdict_on(text, inf, -0.3, 0.9) is Verdict.NONE


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "expected"),
    [
        (-0.9, 0.99, Verdict.NONE),  # sure of the words, though hardly of the speech
        (-1.1, 0.1, Verdict.DOUBTFUL),  # never dropped for this alone
        (-1.1, 0.7, Verdict.SILENCE),
    ],
)
def test_only_both_measures_together_make_silence(
    log_probability: float, no_speech: float, expected: Verdict
) -> None:
    assert verdict_on("Субтитры сделал кто-то", inf, log_probability, no_speech) is expected


@pytest.mark.parametrize(
    ("certainty", "expected"),
    [(0.95, Verdict.NONE), (0.82, Verdict.DOUBTFUL), (0.5, Verdict.DOUBTFUL)],
)
def test_what_the_detector_hardly_takes_for_speech_is_marked_and_not_left_out(
    certainty: float, expected: Verdict
) -> None:
    """It may be a sneeze, or "Да." over a bad telephone."""
    assert verdict_on("Чу!", inf, -0.7, 0.5, certainty) is expected


NOISES = ["СМЕХ", "СПОКОЙНАЯ МУЗЫКА.", "А-а-а!", "Ааа…", "Ахахааааааа", "Ммм. Ммм."]


@pytest.mark.parametrize("text", NOISES)
def test_what_is_written_of_coughs_and_sneezes_is_marked(text: str) -> None:
    """As Whisper base wrote of them in tests/test_noises.py; a person may have said it, too."""
    assert verdict_on(text, inf, -0.3, 0.1) is Verdict.DOUBTFUL


@pytest.mark.parametrize("text", ["Ага.", "Угу!", "Ха-ха!", "А?", "М-м", "НАТО-то", "ЮНЕСКО и мы"])
def test_short_words_are_no_noises(text: str) -> None:
    assert verdict_on(text, inf, -0.3, 0.1) is Verdict.NONE


@pytest.mark.parametrize(
    ("text", "belief", "expected"),
    [
        ("Степ!", 0.05, Verdict.DOUBTFUL),
        ("Степь.", 0.2, Verdict.NONE),
        ("Именно стрелами сквозь туман", 0.05, Verdict.NONE),  # the longer, the less probable
    ],
)
def test_a_short_answer_that_is_hardly_believed_is_doubted(
    text: str, belief: float, expected: Verdict
) -> None:
    assert verdict_on(text, inf, -0.5, 0.1, belief=belief) is expected


@given(st.text(), st.floats(0, 30), st.floats(-0.99, 0), st.floats(0, 1))
def test_words_that_a_model_believes_are_never_dropped(
    text: str, voiced: float, log_probability: float, no_speech: float
) -> None:
    if verdict_on(text, voiced, log_probability, no_speech) is Verdict.SILENCE:
        assert no_words(text)


def test_nobody_says_much_in_a_moment() -> None:
    sentence = "Правительство республики подготовило законопроект о поддержке"
    assert hurried(sentence, 0.3)
    assert verdict_on(sentence, 0.3, -0.1, 0.0) is Verdict.DOUBTFUL
    assert not hurried(sentence, 2.6)
    assert not hurried("Һичшиксез!", 0.1)  # a detector heard the loudest vowel alone
    assert not hurried(sentence, inf)


@pytest.mark.parametrize(
    "text", ["© Студия", "www.сайт.рф", "Редактор DimaT, amara.org", "http://а"]
)
def test_credits_are_doubted(text: str) -> None:
    assert is_credit(text)
    assert verdict_on(text, inf, -0.1, 0.0) is Verdict.DOUBTFUL


@pytest.mark.parametrize("text", ["т.е. и т.д.", "Ушёл.Потом пришёл.", "3.14", "В 10.30, да...нет"])
def test_dots_are_no_credits(text: str) -> None:
    assert not is_credit(text)


def test_most_letters_decide_about_the_script() -> None:
    assert wrong_script("გამარჯობა", {"Cyrl", "Latn"})
    assert wrong_script("да გამარჯობა", {"Cyrl"})
    assert wrong_script("Thanks for watching", {"Cyrl"})
    assert not wrong_script("Windows белән эшлим мин хәзер", {"Cyrl"})
    assert not wrong_script("12 345!", {"Cyrl"})
    assert not wrong_script("", {"Cyrl"})
    assert not wrong_script("გამარჯობა", set())  # nothing is known about the language
