"""What was measured of a pair decides whether its translations are only a trial."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack, Quality
from tolmach.packs import manifest
from tolmach.quality.trial import is_trial, offered

STARTER = REPOSITORY / "models" / "starter" / "starter-ru-ba"


def pack(*quality: Quality, starter: bool = False, source: str = "ru", target: str = "ba") -> Pack:
    options = {"starter": starter}
    return Pack(
        "p", "1", "translator", "opus", Path(), {},
        pairs=((source, target),), options=options, quality=quality,
    )  # fmt: skip


def measured(value: float, on: str = "FLORES-200 devtest", metric: str = "chrF++") -> Quality:
    return Quality("ru>ba", metric, value, on)


@pytest.mark.parametrize(
    ("quality", "starter", "trial"),
    [
        ([measured(39.9)], False, True),
        ([measured(40.0)], False, False),
        ([measured(40.0)], True, False),
        ([measured(20.5), measured(64.8, "held-out phrases")], True, True),
        ([measured(41.0), measured(34.0, "held-out phrases")], False, False),
        ([measured(45.0, "Tatoeba"), measured(39.0, "news")], False, True),
        ([measured(12.0, metric="BLEU")], False, False),
        ([replace(measured(12.0), subject="ba>ru")], False, False),
        ([], False, False),
        ([], True, True),
    ],
    ids=[
        "below", "at the floor", "a good starter", "FLORES counts", "FLORES alone counts",
        "the worst of others", "another metric", "another pair", "unmeasured", "unmeasured starter",
    ],
)  # fmt: skip
def test_the_measured_quality_decides(quality: list[Quality], starter: bool, trial: bool) -> None:
    assert is_trial([pack(*quality, starter=starter)], "ru", "ba") is trial


def test_a_way_over_a_trial_is_one() -> None:
    good, bad = pack(measured(50.0)), pack(starter=True, source="ba", target="tt")
    assert is_trial([good, bad], "ru", "tt")
    assert not is_trial([good, bad], "ru", "ba")


def test_the_pack_that_translates_is_asked() -> None:
    """Of two packs for a pair the first one works: full ones come before the starter."""
    good, bad = pack(measured(50.0)), pack(starter=True)
    assert not is_trial([good, bad], "ru", "ba")
    assert is_trial([bad, good], "ru", "ba")


def test_where_nothing_translates_nothing_is_a_trial() -> None:
    with pytest.raises(UsageError):
        is_trial([], "ru", "ba")
    assert not is_trial([], "ru", "ru")


def test_pairs_on_request_are_offered_to_who_asks() -> None:
    hard = replace(pack(), options={"on_request": "ru>ba nonsense >"})
    assert offered([hard], on_request=False)[0].pairs == ()
    assert offered([hard], on_request=True) == (hard,)


def test_the_starter_is_a_trial_and_its_tatar_a_request() -> None:
    starter = manifest.read(STARTER)
    assert all(is_trial([starter], *pair) for pair in starter.pairs)
    (visible,) = offered([starter], on_request=False)
    assert set(visible.pairs) == {("ru", "ba"), ("ba", "ru")}
