"""What is shown while one speaks does not flicker, and strict captions are what was committed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.pipeline.caption import Caption


def after(
    *looks: tuple[str, str, str], strict: bool = False, caption: Caption | None = None
) -> tuple[str, str]:
    """Return the caption after looks with these committed words, tails and hypotheses."""
    caption = caption or Caption()
    for committed, tail, hypothesis in looks:
        caption = caption.next(committed, tail, hypothesis, strict=strict)
    return caption.committed, caption.tail


def test_a_word_stays_while_it_is_in_the_hypothesis() -> None:
    first = ("", "у меня болит", "у меня болит голова")
    assert after(first, ("у", "", "меня болит горло")) == ("у", "меня болит")
    for look, caption in (
        (("у", "", "меня боли здесь"), ("у", "меня")),
        (("у", "", ""), ("у", "")),
        (("у", "вас", "вас болит"), ("у", "вас")),
    ):
        assert after(first, look) == ("у", "меня болит")  # perhaps a slip
        assert after(first, look, look) == caption
        assert after(first, look, first, look) == ("у", "меня болит")


def test_what_a_final_says_is_no_slip() -> None:
    caption = Caption("", "меня боли").next(
        "", "меня болит", "меня болит", strict=False, final=True
    )
    assert caption.tail == "меня болит"


def test_words_do_not_vanish_for_nothing() -> None:
    first, nothing = ("", "одного нашего", "одного нашего"), ("", "", "одна")
    assert after(first, nothing, nothing, nothing) == ("", "одного нашего")
    assert after(first, nothing, ("", "одна", "одна")) == ("", "одна")


def test_committed_words_are_shown_at_once() -> None:
    assert after(("", "у вас", "у вас"), ("у нас", "", "")) == ("у нас", "")


def test_letters_stay_and_a_mark_may_come() -> None:
    first = ("", "да вот", "да вот")
    assert after(first, ("", "Да, вот", "Да, вот и")) == ("", "да, вот")
    assert after(first, ("Да,", "Вот", "Вот")) == ("да,", "вот")
    assert after(("", "да, вот", "да, вот"), ("", "да вот что", "да вот что")) == (
        "",
        "да, вот что",
    )
    assert after(("", "да, вот", "да, вот"), ("да. Вот", "", "")) == ("да. вот", "")


def test_another_number_is_another_word() -> None:
    first = ("", "приём в 1", "приём в 1")
    for tail, hypothesis in (("15", "15"), ("1,5", "1,5"), ("", "15")):
        look = ("приём в", tail, hypothesis)
        assert after(first, look) == ("приём в", "1")
        assert after(first, look, look) == ("приём в", tail)


def test_a_word_of_no_letters_is_one() -> None:
    assert after(("", "— да", "— да"), ("", "— да", "— да")) == ("", "— да")
    assert after(("", "… да", "… да"), ("", "… Да", "… Да")) == ("", "… да")


def letters(caption: Caption) -> str:
    return bare(f"{caption.committed} {caption.tail}".strip())


def bare(text: str) -> str:
    return text.casefold().replace(",", "").replace(".", "")


texts = st.lists(st.sampled_from(["да", "Да", "да,", "нет", "Нет.", "1", "…"]), max_size=4)


@given(st.lists(st.tuples(texts, texts, texts), max_size=5))
def test_committed_words_stay_and_none_is_lost(
    looks: list[tuple[list[str], list[str], list[str]]],
) -> None:
    caption, strict, committed = Caption(), Caption(), ""
    for settled, tail, rest in looks:
        committed = " ".join([*committed.split(), *settled])
        texts = committed, " ".join(tail), " ".join([*tail, *rest])
        following = caption.next(*texts, strict=False)
        assert following.committed.startswith(caption.committed)
        assert len(following.committed.split()) == len(committed.split())
        decided = caption.next(*texts, strict=False, final=True)
        assert letters(following) in (letters(decided), letters(caption))
        assert len(decided.tail.split()) >= len(tail)
        assert bare(decided.tail).startswith(bare(" ".join(tail)))
        strict = strict.next(*texts, strict=True)
        assert strict.committed == committed
        caption = following


@pytest.mark.parametrize("strict", [True, False])
def test_the_same_again_changes_nothing(strict: bool) -> None:
    look = ("у меня", "болит", "болит голова")
    assert after(look, look, strict=strict) == ("у меня", "болит")
