"""LocalAgreement, as the peer runs it."""

from tests.live.agreement import KEEP, PROMPT, Agreement, Spoken


def words(text: str, step: float = 1.0) -> list[Spoken]:
    return [
        Spoken(f" {word}", place * step, (place + 1) * step)
        for place, word in enumerate(text.split())
    ]


def test_only_what_two_hypotheses_agree_on_is_committed() -> None:
    growing = Agreement()
    growing.take(words("где у вас"))
    assert growing.text == ""
    growing.take(words("где у нас болит"))
    assert growing.text == "где у"
    growing.take(words("где у нас болит"))
    assert growing.text == "где у нас болит"


def test_the_last_hypothesis_is_committed_as_it_is() -> None:
    growing = Agreement()
    growing.take(words("где у вас"))
    growing.take(words("где у нас"), last=True)
    assert growing.text == "где у нас"


def test_committed_words_stay_though_a_hypothesis_has_others() -> None:
    growing = Agreement()
    growing.take(words("где у"))
    growing.take(words("где у"))
    growing.take(words("кто у вас"), last=True)
    assert growing.text == "где у вас"


def test_a_word_heard_again_after_the_cut_is_not_written_twice() -> None:
    growing = Agreement()
    growing.take(words("где у"))
    growing.take(words("где у"))
    growing.take([Spoken(" у", 1.95, 2.1), Spoken(" вас", 2.1, 3.0)], last=True)
    assert growing.text == "где у вас"


def test_sound_goes_at_the_last_committed_segment() -> None:
    growing, text = Agreement(), words("а б в г", step=4.0)
    growing.take(text)
    growing.take(text)
    growing.trim(KEEP, [8.0])
    assert growing.offset == 0.0  # not yet longer
    growing.trim(KEEP + 1, [8.0, 99.0])
    assert growing.offset == 8.0
    assert growing.prompt == " а б"


def test_sound_goes_at_the_last_committed_word_if_no_segment_ended() -> None:
    growing, text = Agreement(), words("а б в", step=4.0)
    growing.take(text)
    growing.take(text)
    growing.trim(KEEP + 1, [])
    assert growing.offset == growing.until == 12.0


def test_the_prompt_is_the_end_of_what_scrolled_out() -> None:
    growing, text = Agreement(), words("слово " * 100, step=0.2)
    growing.take(text)
    growing.take(text)
    growing.trim(20.0, [20.0])
    assert len(growing.prompt) == PROMPT
