"""Which words of a final text stood on the screen as others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.controllers.conversation.amendments import Amendment, amendments


@pytest.mark.parametrize(
    ("draft", "text", "changes"),
    [
        ("", "Болит голова.", []),
        ("Болит", "Болит голова.", []),
        ("болит, голова", "Болит голова.", []),
        ("болеет голова", "Болит голова.", [("Болит", "болеет")]),
        ("давно болит", "Давно ли болит?", [("ли", "")]),
        ("давно ли болит", "Давно болит?", []),
        ("три дня зады", "Три дня зато болит голова", [("зато", "зады")]),
    ],
)  # fmt: skip
def test_changed_words_are_found(draft: str, text: str, changes: list[tuple[str, str]]) -> None:
    marked = amendments(draft, text)
    assert [(text[change.start : change.end], change.misheard) for change in marked] == changes


texts = st.lists(st.sampled_from(["да", "Нет,", "не", "знаю."])).map(" ".join)


@given(texts, texts)
def test_marks_lie_in_the_text_one_after_the_other(draft: str, text: str) -> None:
    at = 0
    for change in amendments(draft, text):
        assert isinstance(change, Amendment)
        assert at <= change.start < change.end <= len(text)
        at = change.end
    assert amendments(text, text) == ()
