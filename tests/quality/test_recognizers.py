"""Who hears which language, and what tells languages apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from tolmach.core.pack import Option, Pack, Quality
from tolmach.quality.recognizers import (
    evidence_for_strangers,
    families,
    hearers,
    identifier,
    on_trial,
    spoken_shares,
    strangers,
    surest_share,
    tells_apart,
)

REAL, SYNTHETIC = "real voices: read", "synthetic voices"


def recognizer(name: str = "p", quality: tuple[Quality, ...] = (), /, **tokens: str) -> Pack:
    return Pack(name, "1", "recognizer", "whisper", Path(name), {}, tokens, quality=quality)


def pack(
    name: str, rates: dict[str, tuple[float, str] | None], detects: float = -1, **options: Option
) -> Pack:
    """Return a recognizer with these character error rates and where they were measured."""
    quality = [Quality(code, "CER", *rate) for code, rate in rates.items() if rate]
    quality += [Quality(c, "language detection", detects, REAL) for c in rates if detects >= 0]
    tokens = {code: f"<|{code}|>" for code in rates}
    return Pack(
        name, "1", "recognizer", "whisper", Path(name), {}, tokens,
        options=options, quality=tuple(quality),
    )  # fmt: skip


def large(**options: Option) -> Pack:
    rates: dict[str, tuple[float, str] | None] = {
        "ru": (0.05, REAL), "en": (0.02, REAL), "tt": (0.48, REAL), "ba": (1.06, SYNTHETIC),
        "uk": None,
    }  # fmt: skip
    return pack("large", rates, 0.9, home_share=0.25, **options)


def taught() -> Pack:
    """Return one that was taught two of the languages and tried on people in one of them."""
    return pack("taught", {"tt": (0.22, REAL), "ba": (0.3, SYNTHETIC)}, 0.0, home_share=0.25)


def small() -> Pack:
    return pack(
        "small",
        {"ru": (0.64, REAL), "tt": (0.79, REAL), "ba": (0.02, SYNTHETIC)},
        0.2,
        starter=True,
    )


def chosen(packs: list[Pack], *languages: str, preferred: str = "") -> dict[str, str]:
    hearing = hearers(packs, languages, preferred)
    return {code: pack.id for code, pack in hearing.items()}


def test_each_language_is_heard_by_who_hears_it_best() -> None:
    packs = [large(), small()]
    assert chosen(packs, "ru", "ba") == {"ru": "large", "ba": "small"}
    assert chosen(packs[::-1], "ru", "ba") == {"ru": "large", "ba": "small"}
    assert chosen(packs, "ru", "tt") == {"ru": "large", "tt": "large"}  # neither is any good
    assert chosen([small()], "ru", "ba") == {"ru": "small", "ba": "small"}
    assert chosen(packs, "ru", "sah") == {"ru": "large"}
    by_three = {"ru": "large", "tt": "taught", "ba": "taught"}
    assert chosen([small(), large(), taught()], "ru", "tt", "ba") == by_three


def test_the_persons_choice_comes_before_all_figures() -> None:
    packs = [large(), small()]
    assert chosen(packs, "ru", "ba", preferred="small") == {"ru": "small", "ba": "small"}
    assert chosen(packs, "ru", "ba", preferred="large") == {"ru": "large", "ba": "large"}
    assert chosen(packs, "ru", "en", preferred="small") == {"ru": "small", "en": "large"}
    assert chosen(packs, "ru", "ba", preferred="gone") == {"ru": "large", "ba": "small"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((0.05, REAL), (0.06, REAL)),
        ((0.39, REAL), (0.01, SYNTHETIC)),
        ((0.39, REAL), None),
        (None, (0.41, REAL)),
        (None, (0.41, SYNTHETIC)),
        ((0.01, SYNTHETIC), (0.41, REAL)),
    ],
    ids=["lower", "real voices", "measured", "not useless", "nor here", "may be good"],
)
def test_which_figure_is_better(
    first: tuple[float, str] | None, second: tuple[float, str] | None
) -> None:
    first_pack, other = pack("one", {"ba": first}), pack("other", {"ba": second})
    assert chosen([first_pack, other], "ba") == chosen([other, first_pack], "ba") == {"ba": "one"}


def test_what_somebody_added_comes_before_a_starter_that_was_tried_on_no_person() -> None:
    added = pack("added", {"ba": None, "ru": None})
    assert chosen([small(), added], "ba") == {"ba": "added"}
    assert not on_trial(added, "ba")


def test_a_pack_without_a_good_figure_is_on_trial() -> None:
    trials = {code: on_trial(large(), code) for code in ("ru", "tt", "ba", "uk")}
    assert trials == {"ru": False, "tt": True, "ba": True, "uk": True}
    assert on_trial(small(), "ba")
    assert [on_trial(taught(), code) for code in ("tt", "ba")] == [True, True]  # one is usable


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
        ([large(), small()], ("ru", "ba"), True),
        ([large()], ("ru", "tt"), True),
        ([large()], ("tt", "ba"), False),
        ([large(), small()], ("tt", "ba"), False),
        ([large(), taught()], ("ru", "tt"), True),
        ([large(), taught()], ("tt", "ba"), False),
        ([large(), pack("able", {"tt": (0.2, REAL), "ba": (0.2, REAL)}, 0.9)], ("tt", "ba"), True),
    ],
    ids=[
        *("tokens", "borrowed", "not these two", "unknown", "two packs", "one language"),
        *("the same", "one of two", "a stranger", "two strangers", "by luck", "beside another"),
        "never one of them",
        "who knows them",
    ],
)
def test_languages_are_told_apart_by_one_model_and_its_own_tokens(
    recognizers: list[Pack], languages: tuple[str, ...], able: bool
) -> None:
    assert tells_apart(recognizers, languages) is able


def test_the_language_is_decided_by_who_was_measured_to_be_best_at_it() -> None:
    packs = [small(), large()]
    names = [
        judge.id if (judge := identifier(packs, languages)) else ""
        for languages in (("ru", "ba"), ("ru", "ba", "tt"), ("ru", "uk"), ("ru", "sah"))
    ]
    assert names == ["large", "large", "large", ""]
    assert identifier([taught(), *packs], ("ru", "tt")) == large()


def test_languages_without_a_good_figure_are_strangers_to_a_model_that_says_so() -> None:
    assert strangers(large(), ("ru", "en", "tt", "ba", "uk")) == {"tt", "ba", "uk"}
    assert strangers(small(), ("ru", "tt", "ba")) == set()


def test_what_is_not_familiar_counts_for_the_strange_language() -> None:
    """A Tatar is taken for an Arab or an Englishman, never for a Tatar."""
    clear = spoken_shares({"ru": 0.99, "ba": 0.0}, {"ba"}, 0.01, 0.25)
    assert clear["ru"] > 100 * clear["ba"]
    other = spoken_shares({"ru": 0.03, "ba": 0.0}, {"ba"}, 0.97, 0.25)
    assert other["ba"] > 10 * other["ru"]
    even = spoken_shares({"ru": 0.25, "ba": 0.0}, {"ba"}, 0.75, 0.25)
    assert even["ru"] == pytest.approx(even["ba"])


def test_familiar_languages_are_compared_as_they_are() -> None:
    assert spoken_shares({"ru": 0.2, "en": 0.1}, set(), 0.7, 0.25) == {"ru": 0.2, "en": 0.1}


def test_two_strangers_share_what_is_left() -> None:
    shares = spoken_shares({"ru": 0.1, "uk": 0.6, "tt": 0.2}, {"uk", "tt"}, 0.9, 0.5)
    assert shares == pytest.approx({"ru": 0.1, "uk": 0.675, "tt": 0.225})
    nobody = spoken_shares({"ru": 0.0, "uk": 0.0, "tt": 0.0}, {"uk", "tt"}, 1.0, 0.5)
    assert nobody == pytest.approx({"ru": 0.0, "uk": 0.5, "tt": 0.5})


def test_relatives_of_a_strange_language_speak_for_it() -> None:
    related = families(replace(large(), options={"families": "ru uk pl; tt ba tr"}))
    by_token = {"<|ru|>": 0.3, "<|pl|>": 0.3, "<|en|>": 0.2, "<|tr|>": 0.1, "<|ba|>": 0.1}
    russian, bashkir, polish = {"<|ru|>"}, {"<|ba|>"}, {"<|pl|>"}
    assert evidence_for_strangers(by_token, russian, bashkir, related) == pytest.approx(
        0.2 + 30 * 0.2
    )
    assert evidence_for_strangers(by_token, russian, bashkir, ()) == pytest.approx(0.7)
    # One family: a Pole is taken for a Pole, and nobody else tells them apart.
    assert evidence_for_strangers(by_token, russian, polish, related) == pytest.approx(0.7)
    # No family is of the strange one.
    assert evidence_for_strangers(by_token, russian, {"<|ka|>"}, related) == pytest.approx(0.4)


def test_a_language_may_be_what_a_relative_is_taken_for_but_not_all_of_that() -> None:
    related = families(replace(large(), options={"families": "ru uk pl; tt ba tr"}))
    by_token = {"<|ru|>": 0.7, "<|uk|>": 0.16, "<|pl|>": 0.04, "<|tr|>": 0.1}
    assert surest_share(by_token, "<|ru|>", {"<|ru|>"}, related) == pytest.approx(0.75)
    assert surest_share(by_token, "<|ru|>", {"<|ru|>", "<|uk|>"}, related) == pytest.approx(0.71)
    assert surest_share(by_token, "<|ru|>", {"<|ru|>"}, ()) == pytest.approx(0.7)
    ukrainian = {"<|ru|>": 0.1, "<|uk|>": 0.9}
    assert surest_share(ukrainian, "<|ru|>", {"<|ru|>"}, related) < 0.5
