"""Which packs do what is asked, in order of preference and by figures."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack, Quality
from tolmach.packs import selection


def pack(name: str, **fields: Any) -> Pack:
    """Return a pack that is nowhere on the disk."""
    values = {"version": "1", "kind": "translator", "engine": "opus", "title": {}, **fields}
    return Pack(id=name, folder=Path(name), **values)


def recognizer(name: str, *languages: str, **fields: Any) -> Pack:
    tokens = {code: f"<|{code}|>" for code in languages}
    return pack(name, kind="recognizer", engine="whisper", languages=tokens, **fields)


def test_recognizer_must_know_all_languages() -> None:
    packs = [
        pack("t", pairs=(("ru", "ba"),), languages={"ru": "x", "ba": "x", "ce": "x"}),
        recognizer("one", "ru"),
        recognizer("two", "ru", "ba"),
        recognizer("three", "ru", "ba", "tt"),
    ]
    assert selection.recognizer_for(packs, []).id == "one"
    assert selection.recognizer_for(packs, ["ru"]).id == "one"
    assert selection.recognizer_for(packs, ["ba", "ru"]).id == "two"
    assert selection.recognizer_for(packs, ["ba", "ru"], "three").id == "three"
    assert selection.recognizer_for(packs, ["ba", "ru"], "one").id == "two"
    assert selection.recognizer_for(packs, ["ba", "ru"], "gone").id == "two"


def test_no_recognizer_says_what_is_there() -> None:
    packs = [
        recognizer("one", "ru"),
        recognizer("two", "tt", "ba"),
        pack("t", pairs=(("ru", "ce"),)),
    ]
    with pytest.raises(UsageError) as raised:
        selection.recognizer_for(packs, ("ru", "ce"))
    assert raised.value.code == "no-recognizer"
    assert raised.value.params == {"languages": "ru, ce", "known": "ba, ru, tt"}
    with pytest.raises(UsageError) as raised:
        selection.recognizer_for(packs[2:], ())
    assert raised.value.code == "no-recognizer-installed"


@pytest.mark.parametrize(
    ("languages", "preferred", "chosen"),
    [
        ((), "", {}),
        (("ru",), "", {"ru": "ru"}),
        (("ru", "tt"), "", {"ru": "tt-ru", "tt": "tt-ru"}),  # one that knows both, not two
        (("ru", "tt"), "ru", {"ru": "ru", "tt": "tt-ru"}),
        (("ru", "ba"), "", {"ru": "ru", "ba": "ba"}),
        (("ru", "ba"), "tt-ru", {"ru": "tt-ru", "ba": "ba"}),
        (("tt", "ba", "ru"), "", {"tt": "tt-ru", "ba": "ba", "ru": "tt-ru"}),
        (("ba",), "ba-small", {"ba": "ba-small"}),
    ],
)
def test_the_fewest_recognizers(
    languages: tuple[str, ...], preferred: str, chosen: dict[str, str]
) -> None:
    packs = [
        recognizer("ru", "ru"),
        recognizer("ba", "ba"),
        recognizer("ba-small", "ba"),
        recognizer("tt-ru", "tt", "ru"),
    ]
    hearers = selection.hearers_for(packs, languages, preferred)
    assert {code: pack.id for code, pack in hearers.items()} == chosen


def test_a_language_that_no_recognizer_knows() -> None:
    with pytest.raises(UsageError) as raised:
        selection.hearers_for([recognizer("one", "ru"), recognizer("two", "ba")], ("ru", "ce"))
    assert raised.value.params == {"languages": "ru, ce", "known": "ba, ru"}
    with pytest.raises(UsageError, match="no-recognizer-installed"):
        selection.hearers_for([], ("ru",))


def test_a_smaller_recognizer_is_the_next_one_down() -> None:
    large = recognizer("large", "ru", "ba", memory_mb=900)
    packs = [
        large,
        recognizer("only-ru", "ru", memory_mb=300),
        recognizer("tiny", "ru", "ba", memory_mb=50),
        recognizer("base", "ru", "ba", memory_mb=200),
        replace(recognizer("borrowed", memory_mb=400), languages={"ru": "<|ru|>", "ba": "<|ru|>"}),
        pack("translator", pairs=(("ru", "ba"),), memory_mb=100),
    ]

    def smaller(current: list[Pack], *languages: str) -> str:
        answer = selection.smaller_recognizer(packs, current, languages)
        return answer.id if answer else ""

    assert smaller([large], "ru", "ba") == "base"  # "borrowed" could not tell them apart
    assert smaller([packs[4]], "ru", "ba") == "base"
    assert smaller([large], "ru") == "borrowed"
    assert smaller([packs[3]], "ru", "ba") == "tiny"
    assert smaller([packs[2]], "ru", "ba") == ""
    assert smaller([large], "ru", "tt") == ""


TRANSLATORS = [
    pack("full-ru-en", pairs=(("ru", "en"),)),
    pack("full-en-kk", pairs=(("en", "kk"),)),
    recognizer("r", "ru", "ba"),
    pack("starter", pairs=(("ru", "ba"), ("ba", "ru"), ("ru", "en")), options={"starter": True}),
]


@pytest.mark.parametrize(
    ("pairs", "chosen"),
    [
        ([], []),
        ([("ru", "en")], ["full-ru-en"]),
        ([("ru", "ba")], ["starter"]),
        ([("ru", "ba"), ("ba", "ru")], ["starter"]),
        ([("ru", "kk")], ["full-ru-en", "full-en-kk"]),
        ([("ba", "kk")], ["full-ru-en", "full-en-kk", "starter"]),
        ([("ru", "ru")], []),
    ],
)
def test_translators_by_shortest_route(pairs: list[tuple[str, str]], chosen: list[str]) -> None:
    assert [choice.id for choice in selection.translators_for(TRANSLATORS, pairs)] == chosen


def test_no_route() -> None:
    with pytest.raises(UsageError) as raised:
        selection.translators_for(TRANSLATORS, [("kk", "ru")])
    assert raised.value.code == "no-route"


def measured(name: str, memory_mb: int, **rates: float) -> Pack:
    """Return a recognizer with these character error rates on real voices."""
    quality = tuple(Quality(code, "CER", rate, "real voices") for code, rate in rates.items())
    return recognizer(name, *rates, memory_mb=memory_mb, quality=quality)


def test_a_smaller_recognizer_understands_what_the_present_ones_do() -> None:
    base, starter = measured("base", 250, ru=0.05, ba=0.9), measured("starter", 50, ru=0.6, ba=0.1)
    large = measured("large", 900, ru=0.03, ba=0.8)
    packs = [base, starter, large]
    assert selection.smaller_recognizer(packs, [base, starter], ("ru", "ba")) is None
    assert selection.smaller_recognizer(packs, [large, starter], ("ru", "ba")) is None
    assert selection.smaller_recognizer(packs, [large], ("ru", "ba")) == base  # it loses nothing
    assert selection.smaller_recognizer(packs, [base], ("ba",)) == starter


def test_of_several_versions_the_newest_hears() -> None:
    old, new = (recognizer("r", "ru", version=version) for version in ("1", "2"))
    assert selection.hearers_for([new, old], ("ru",)) == {"ru": new}
