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
    assert after(first, ("у", "", "меня боли здесь")) == ("у", "меня")
    assert after(first, ("у", "", "")) == ("у", "")
    assert after(first, ("у", "вас", "вас болит")) == ("у", "вас")


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
    assert after(first, ("приём в", "15", "15")) == ("приём в", "15")
    assert after(first, ("приём в", "1,5", "1,5")) == ("приём в", "1,5")
    assert after(first, ("приём в", "", "15")) == ("приём в", "")


def test_a_word_of_no_letters_is_one() -> None:
    assert after(("", "— да", "— да"), ("", "— да", "— да")) == ("", "— да")
    assert after(("", "… да", "… да"), ("", "… Да", "… Да")) == ("", "… да")


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
        assert len(following.tail.split()) >= len(tail)
        assert (
            following.tail.casefold()
            .replace(",", "")
            .replace(".", "")
            .startswith(" ".join(tail).casefold().replace(",", "").replace(".", ""))
        )
        strict = strict.next(*texts, strict=True)
        assert strict.committed == committed
        caption = following


@pytest.mark.parametrize("strict", [True, False])
def test_the_same_again_changes_nothing(strict: bool) -> None:
    look = ("у меня", "болит", "болит голова")
    assert after(look, look, strict=strict) == ("у меня", "болит")
