"""Rules of windows: as they were before anybody tuned, as options, and kept for some weights."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core import windows
from tolmach.core.errors import ModelError, StorageError
from tolmach.core.pack import Pack, PackFile
from tolmach.core.windows import (
    ALWAYS_FULL,
    DRAFT,
    DYNAMIC,
    FINAL,
    STOCK,
    WindowRule,
    forget_rules,
    keep_rules,
    tuned,
    window_rule,
)

RULES = {FINAL: WindowRule(8, 1.5, 1), DRAFT: WindowRule(5, 0.5, completed=4)}


@pytest.fixture
def pack() -> Pack:
    return Pack(
        *("base", "1", "recognizer", "whisper", Path(), {}),
        files=(PackFile("config.json", 1, "0" * 64), PackFile("model.bin", 9, "a" * 64)),
        options={"context": "dynamic", "beam": 3},
    )


def test_what_nobody_tuned_is_as_it_was() -> None:
    for sound in range(1, 3001):
        stock = min(3000, max(1000, sound + 250))
        assert STOCK[DRAFT].frames(sound) == stock
        assert STOCK[FINAL].frames(sound) == (3000 if sound < 250 else stock)
        assert DYNAMIC.frames(sound) == min(3000, -(-(sound + 30) // 50) * 50)
        assert ALWAYS_FULL.frames(sound) == 3000


@given(
    st.builds(
        WindowRule,
        *[st.integers(0, 300).map(lambda tenths: tenths / 10)] * 3,
    ),
    st.integers(1, 3000),
)
def test_a_window_holds_its_sound_and_no_more_than_half_a_minute(
    rule: WindowRule, sound: int
) -> None:
    assert sound <= rule.frames(sound) <= 3000


@given(
    st.builds(WindowRule, *[st.integers(0, 300).map(lambda tenths: tenths / 10)] * 3),
    st.integers(1, 3000),
)
def test_known_silence_makes_no_window_longer_to_encode(rule: WindowRule, sound: int) -> None:
    assert rule.size(sound) == (rule.frames(sound), False)
    completed = replace(rule, completed=5).size(sound)
    assert completed == (rule.frames(sound), sound < 500 and rule.frames(sound) < 3000)


def test_a_rule_is_more_than_what_a_manifest_claims(pack: Pack) -> None:
    assert window_rule(pack, FINAL, "ru") == DYNAMIC
    own = replace(pack, options={**pack.options, FINAL: "10 2.5 2.5"})
    assert (window_rule(own, FINAL, "ru"), window_rule(own, DRAFT, "ru")) == (STOCK[FINAL], DYNAMIC)
    assert window_rule(replace(pack, options={}), DRAFT, "ru") == STOCK[DRAFT]
    spoken = {f"{FINAL}_ru": "10 2.5", FINAL: "15 1"}
    own = replace(pack, options={**pack.options, **spoken})
    assert window_rule(own, FINAL, "ru") == WindowRule(10, 2.5)
    assert window_rule(own, FINAL, "tt") == WindowRule(15, 1)


@pytest.mark.parametrize("rule", [*RULES.values(), *STOCK.values(), DYNAMIC, ALWAYS_FULL])
def test_a_rule_is_an_option_and_back(pack: Pack, rule: WindowRule) -> None:
    assert window_rule(replace(pack, options={FINAL: str(rule)}), FINAL, "ru") == rule


WRONG = [
    "",
    "десять",
    "10",
    "10 2 3 1 1 1",
    "10 2 3 1 31",
    "-1 2",
    "10 nan",
    "31 1",
    "10 inf",
    "5 1 0 0",
    8,
    True,
]


@pytest.mark.parametrize("option", WRONG)
def test_what_is_no_rule_is_refused(pack: Pack, option: str | int) -> None:
    with pytest.raises(ModelError) as caught:
        window_rule(replace(pack, options={FINAL: option}), FINAL, "ru")
    assert (caught.value.code, caught.value.params["file"]) == ("model-damaged", "pack.json")


def test_rules_are_kept_for_these_weights_in_these_numbers(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "новая папка" / "windows.json"
    pack = replace(pack, options={**pack.options, f"{FINAL}_ru": "20 1"})
    assert tuned(path, pack) == pack
    keep_rules(path, pack, RULES, "ru")
    kept_for = tuned(path, pack)
    assert {name: window_rule(kept_for, name, "ru") for name in RULES} == RULES
    assert kept_for.options["beam"] == 3
    assert window_rule(kept_for, FINAL, "tt") == DYNAMIC  # recordings in Russian say nothing of it
    assert path.stat().st_mode & 0o077 == 0
    other_weights = (PackFile("model.bin", 9, "b" * 64),)
    for other in (replace(pack, version="2"), replace(pack, files=other_weights)):
        assert tuned(path, other) == other
    monkeypatch.setattr(windows, "COMPUTE_TYPE", "float16")
    assert tuned(path, pack) == pack


def test_other_entries_stay_and_one_is_forgotten(tmp_path: Path, pack: Pack) -> None:
    path, small = tmp_path / "windows.json", replace(pack, id="small")
    keep_rules(path, pack, RULES, "ru")
    keep_rules(path, small, RULES, "ru")
    keep_rules(path, small, {FINAL: WindowRule(7, 1)}, "tt")
    forget_rules(path, pack)
    assert tuned(path, pack) == pack
    assert window_rule(tuned(path, small), FINAL, "ru") == RULES[FINAL]
    assert window_rule(tuned(path, small), FINAL, "tt") == WindowRule(7, 1)


def test_what_cannot_be_written_is_told_and_the_file_stays(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "windows.json"
    keep_rules(path, pack, RULES, "ru")
    before = path.read_bytes()

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(str(target))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(StorageError, match="not-writable"):
        forget_rules(path, pack)
    assert path.read_bytes() == before


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([f"{FINAL}_ru", FINAL, ""]), inner)
    ),
)


@given(content=ANYTHING, whole=st.booleans())
def test_a_damaged_file_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, content: object, whole: bool
) -> None:
    pack = Pack("base", "1", "recognizer", "whisper", Path(), {})
    path = tmp_path_factory.mktemp("damaged") / "windows.json"
    path.write_text(json.dumps({windows._weights(pack): content} if whole else content))
    for name in STOCK:
        window_rule(tuned(path, pack), name, "ru")
