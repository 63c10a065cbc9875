"""Which packs a session gets, from what a person asks for."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.packs.making import pack_folder
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Option, Pack, Pair, Quality
from tolmach.core.settings import Settings
from tolmach.packs import manifest
from tolmach.packs.installed import InstalledPacks
from tolmach.sessions.plan import (
    conversation,
    into,
    translators,
)


def missing_routes(packs: list[Pack], *sides: str) -> tuple[Pair, ...]:
    settings = Settings(left_language=sides[0], right_language=sides[1])
    return InstalledPacks(tuple(packs)).missing_routes(settings)


def needs_buttons(packs: list[Pack], *sides: str) -> bool:
    settings = Settings(left_language=sides[0], right_language=sides[1])
    return InstalledPacks(tuple(packs)).needs_buttons(settings)


def translator(folder: Path, name: str, *pairs: str) -> Pack:
    listed = tuple(tuple(pair.split(">")) for pair in pairs)
    return pack_folder(folder / name, id=name, pairs=listed)


@pytest.fixture
def packs(tmp_path: Path, starter: Path) -> list[Pack]:
    return [
        manifest.read(starter / "starter-recognizer"),
        translator(tmp_path, "ru-ba", "ru>ba", "ba>ru"),
        translator(tmp_path, "ru-en", "ru>en", "en>ru"),
        translator(tmp_path, "kk-ky", "kk>ky"),
    ]


def test_a_conversation_translates_both_ways(packs: list[Pack]) -> None:
    plan = conversation(packs, Settings())
    assert plan.languages == ("ru", "ba")
    assert plan.targets == {"ru": "ba", "ba": "ru"}
    assert [pack.id for pack in plan.translators] == ["ru-ba"]
    assert (plan.drafts, plan.strict) == (True, False)
    assert conversation(packs, Settings(strict=True)).strict
    assert plan.joined
    assert not conversation(packs, Settings(strict=True)).joined  # nothing may change
    assert missing_routes(packs, "ru", "ba") == ()
    assert not needs_buttons(packs, "ru", "ba")


def test_a_direction_without_translator_is_only_written_down(packs: list[Pack]) -> None:
    assert missing_routes(packs, "ru", "tt") == (("ru", "tt"), ("tt", "ru"))
    assert conversation(packs, Settings(right_language="tt")).targets == {}
    one_way = [packs[0], *packs[2:], replace(packs[1], pairs=(("ba", "ru"),))]
    assert missing_routes(one_way, "ru", "ba") == (("ru", "ba"),)
    plan = conversation(one_way, Settings())
    assert plan.languages == ("ru", "ba")
    assert plan.targets == {"ba": "ru"}


def test_a_smaller_recognizer_is_at_hand_for_a_slow_computer(packs: list[Pack]) -> None:
    assert conversation(packs, Settings()).smaller == ""
    large = replace(packs[0], id="large", options={}, memory_mb=900)
    plan = conversation([large, *packs], Settings(recognizer="large"))
    assert [pack.id for pack in plan.recognizers] == ["large"]
    assert plan.smaller == "starter-recognizer"


def only(pack: Pack, language: str, name: str = "", **options: float) -> Pack:
    """Return the same pack, knowing this language alone."""
    tokens = {language: pack.languages[language]}
    return replace(pack, id=name or language, languages=tokens, options=options)


def test_languages_of_two_packs_need_buttons(packs: list[Pack]) -> None:
    apart = [only(packs[0], "ru", max_seconds=9), only(packs[0], "ba", max_seconds=5), *packs[1:]]
    assert needs_buttons(apart, "ru", "ba")
    plan = conversation(apart, Settings())
    assert plan.languages == ("ru",)
    assert [pack.id for pack in plan.recognizers] == ["ru", "ba"]
    assert plan.targets == {"ru": "ba", "ba": "ru"}
    assert (plan.endpointing.longest_ms, plan.endpointing.sentence_ms) == (5_000, 5_000)
    assert conversation(apart, Settings(speaker="right")).languages == ("ba",)


def test_a_borrowed_token_needs_buttons(packs: list[Pack]) -> None:
    packs[0] = replace(packs[0], languages={"ru": "<|ru|>", "ba": "<|ru|>", "tt": "<|tt|>"})
    assert needs_buttons(packs, "ru", "ba")
    assert not needs_buttons(packs, "tt", "ba")
    assert conversation(packs, Settings()).languages == ("ru",)


def test_where_nothing_is_recognised_no_buttons_are_needed(packs: list[Pack]) -> None:
    assert not needs_buttons(packs[1:], "ru", "ba")
    assert not needs_buttons(packs, "ru", "ce")


@pytest.mark.parametrize(("speaker", "spoken"), [("left", ("ru",)), ("right", ("ba",))])
def test_when_only_one_speaks_only_that_language_is_heard(
    packs: list[Pack], speaker: str, spoken: tuple[str, ...]
) -> None:
    assert conversation(packs, Settings(speaker=speaker)).languages == spoken


def test_auto_hears_what_can_be_translated(packs: list[Pack]) -> None:
    assert into(packs, (), "en").languages == ("ru", "ba")  # Tatar leads nowhere here
    assert into(packs, (), "").languages == ("ru", "tt", "ba")


def test_auto_with_a_target_that_nothing_reaches_says_so(packs: list[Pack]) -> None:
    with pytest.raises(UsageError, match="no-route"):
        into(packs, (), "ky")


def test_a_pivot_brings_both_packs(packs: list[Pack]) -> None:
    assert [pack.id for pack in translators(packs, "ba", "en")] == ["ru-ba", "ru-en"]


def test_a_long_utterance_is_cut_where_the_pack_says(packs: list[Pack]) -> None:
    longest = packs[0].options.get("max_seconds")
    plan = conversation(packs, Settings())
    assert plan.endpointing.longest_ms <= 1000 * float(longest or 28)
    assert plan.endpointing.sentence_ms <= 1000 * float(longest or 28)


def test_a_file_is_cut_at_longer_pauses_than_a_conversation(packs: list[Pack]) -> None:
    packs[0] = replace(packs[0], options={})
    file, live = into(packs, ["ru"], "").endpointing, conversation(packs, Settings()).endpointing
    assert (file.hangover_ms, file.longest_ms) == (800, 28_000)
    assert (live.hangover_ms, live.longest_ms) == (480, 14_000)
    packs[0] = replace(packs[0], options={"max_seconds": 9})
    assert into(packs, ["ru"], "").endpointing.longest_ms == 9_000


@pytest.mark.parametrize("most", ["lots", -1, 0, 31])
def test_a_pack_with_an_impossible_length_is_refused(packs: list[Pack], most: Option) -> None:
    packs[0] = replace(packs[0], options={"max_seconds": most})
    with pytest.raises(ModelError, match="model-damaged"):
        conversation(packs, Settings())


def test_one_speaker_may_use_a_recognizer_that_knows_only_that_language(packs: list[Pack]) -> None:
    packs[0] = replace(packs[0], languages={"ru": "<|ru|>"})
    assert conversation(packs, Settings(speaker="left")).languages == ("ru",)
    with pytest.raises(UsageError, match="no-recognizer"):
        conversation(packs, Settings())


def test_a_damaged_pack_is_noticed_before_a_session(packs: list[Pack]) -> None:
    weights = packs[1].folder / packs[1].files[0].path
    weights.write_bytes(weights.read_bytes()[:-1])
    with pytest.raises(ModelError, match="model-damaged"):
        conversation(packs, Settings())


def whisper(packs: list[Pack]) -> Pack:
    """Return a pack that people in Russian were measured with, and a Tatar and a Bashkir."""
    rates = {"ru": (0.05, "real voices"), "tt": (0.48, "real voices"), "ba": (1.0, "synthetic")}
    return replace(
        packs[0],
        id="whisper",
        languages={**packs[0].languages, "en": "<|endoftext|>"},  # some token of its vocabulary
        options={"home_share": 0.25, "max_seconds": 30},
        quality=tuple(Quality(code, "CER", *rate) for code, rate in rates.items()),
    )


def test_each_language_has_the_recognizer_that_is_best_for_it(packs: list[Pack]) -> None:
    packs.insert(0, whisper(packs))
    plan = conversation(packs, Settings())
    assert plan.hearers == {"ru": "whisper", "ba": "starter-recognizer"}
    assert [pack.id for pack in plan.recognizers] == ["whisper", "starter-recognizer"]
    assert plan.languages == ("ru", "ba")
    assert not needs_buttons(packs, "ru", "ba")
    assert plan.endpointing.longest_ms <= 25_000  # the shorter of the two
    assert [pack.id for pack in conversation(packs, Settings(right_language="tt")).recognizers] == [
        "whisper"
    ]


def test_the_chosen_recognizer_hears_all_it_knows(packs: list[Pack]) -> None:
    packs.insert(0, whisper(packs))
    plan = conversation(packs, Settings(recognizer="starter-recognizer"))
    assert plan.hearers == {"ru": "starter-recognizer", "ba": "starter-recognizer"}
    assert [pack.id for pack in plan.recognizers] == ["starter-recognizer"]


def test_what_a_person_chose_is_in_the_plan(packs: list[Pack]) -> None:
    settings = Settings(beam=5, ahead=True, project="поликлиника")
    plan = conversation(packs, settings)
    assert (plan.beam, plan.ahead, plan.project, plan.drafts) == (5, True, "поликлиника", True)
    plan = into(packs, ["ru"], "ba", settings)
    assert (plan.beam, plan.ahead, plan.project, plan.drafts) == (5, False, "поликлиника", False)


def test_a_file_is_heard_by_as_many_recognizers(packs: list[Pack]) -> None:
    packs.insert(0, whisper(packs))
    assert into(packs, ["ru"], "").hearers == {"ru": "whisper"}
    assert into(packs, ["ba", "ru"], "").hearers == {"ba": "starter-recognizer", "ru": "whisper"}
    assert into(packs, (), "").languages == ("ru", "tt", "ba", "en")
    apart = [only(packs[1], "ru"), only(packs[1], "ba"), *packs[2:]]
    with pytest.raises(UsageError, match="no-recognizer"):  # nobody hears which it is
        into(apart, ["ru", "ba"], "")
