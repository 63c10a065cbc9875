"""What packs can do together."""

from pathlib import Path

import pytest

from tolmach.core.pack import Pack, tells_apart


def recognizer(**tokens: str) -> Pack:
    return Pack("p", "1", "recognizer", "whisper", Path("p"), {}, tokens)


@pytest.mark.parametrize(
    ("recognizers", "languages", "able"),
    [
        ([recognizer(ru="<|ru|>", ba="<|ba|>")], ("ru", "ba"), True),
        ([recognizer(ru="<|ru|>", cv="<|ru|>", ba="<|ba|>")], ("ru", "cv"), False),
        ([recognizer(ru="<|ru|>", cv="<|ru|>", ba="<|ba|>")], ("ba", "cv"), True),
        ([recognizer(ru="<|ru|>")], ("ru", "ba"), False),
        ([recognizer(ru="<|ru|>"), recognizer(ba="<|ba|>")], ("ru", "ba"), False),
        ([recognizer(ru="<|ru|>"), recognizer(ba="<|ba|>")], ("ba",), True),
        ([recognizer(ru="<|ru|>")], ("ru", "ru"), True),
    ],
    ids=["tokens", "borrowed", "not these two", "unknown", "two packs", "one language", "the same"],
)
def test_languages_are_told_apart_by_one_model_and_its_own_tokens(
    recognizers: list[Pack], languages: tuple[str, ...], able: bool
) -> None:
    assert tells_apart(recognizers, languages) is able
