"""The packs on this computer: found beside broken ones, checked byte by byte, chosen in order."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.packs.making import WEIGHTS, pack_folder
from tests.tiny_models import whisper
from tolmach.core import paths
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, Quality
from tolmach.packs import importer, store


def pack(name: str, **fields: Any) -> Pack:
    """Return a pack that is nowhere on the disk."""
    given = {"version": "1", "kind": "translator", "engine": "opus", "title": {}, **fields}
    return Pack(id=name, folder=Path(name), **given)


def recognizer(name: str, *languages: str, **fields: Any) -> Pack:
    tokens = {code: f"<|{code}|>" for code in languages}
    return pack(name, kind="recognizer", engine="whisper", languages=tokens, **fields)


def test_no_folders_no_packs(tmp_path: Path) -> None:
    assert store.installed([tmp_path / "нет", tmp_path]) == store.Found((), ())


def test_broken_packs_hide_no_others(tmp_path: Path) -> None:
    good = pack_folder(tmp_path / "в порядке")
    (tmp_path / "без описания").mkdir()
    pack_folder(tmp_path / "будущее")
    (tmp_path / "будущее" / "pack.json").write_text('{"format": 2}')
    (tmp_path / "README.md").write_text("не модель")
    (tmp_path / ".adding-123").mkdir()
    found = store.installed([tmp_path])
    assert found.packs == (good,)
    assert [(folder.name, error.code) for folder, error in found.broken] == [
        ("без описания", "manifest-missing"),
        ("будущее", "manifest-format"),
    ]


def test_a_file_in_place_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "models").write_bytes(b"")
    found = store.installed([tmp_path / "models"])
    assert [(folder, error.code) for folder, error in found.broken] == [
        (tmp_path / "models", "manifest-missing")
    ]


def test_the_persons_packs_and_the_bundled_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paths, "bundled_packs", lambda: tmp_path / "bundled")
    starter: dict[str, Any] = {"options": {"starter": True}}
    bundled = pack_folder(tmp_path / "bundled" / "a", id="a-starter", **starter)
    pack_folder(tmp_path / "bundled" / "b", id="b-starter", **starter)
    mine = pack_folder(paths.user_packs() / "b", id="b-starter", **starter)
    full = pack_folder(paths.user_packs() / "z", id="z-full")
    assert store.installed().packs == (full, bundled, mine)


def test_order_of_preference(tmp_path: Path) -> None:
    for name, version, starter in (
        ("a", "1.9", True), ("b", "1.9", False), ("b", "1.10", False), ("c", "2", False),
    ):  # fmt: skip
        folder = tmp_path / f"{name}{version}"
        pack_folder(folder, id=name, version=version, options={"starter": starter})
    order = [(found.id, found.version) for found in store.installed([tmp_path]).packs]
    assert order == [("b", "1.10"), ("b", "1.9"), ("c", "2"), ("a", "1.9")]


def test_sound_pack_passes(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    big = bytes(3 << 20)
    found = pack_folder(tmp_path / "м", {"model.bin": big, "папка/a.spm": b"pieces"})
    store.verify(found, lambda done, total: steps.append((done, total)))
    total = len(big) + 6
    assert steps == [(1 << 20, total), (2 << 20, total), (3 << 20, total), (total, total)]


@pytest.mark.parametrize(
    ("content", "checked", "verified"),
    [
        (None, "model-file-missing", "model-file-missing"),
        (WEIGHTS[:-1], "model-damaged", "model-damaged"),
        (WEIGHTS + b"x", "model-damaged", "model-damaged"),
        (b"", "model-damaged", "model-damaged"),
        (WEIGHTS[::-1], "", "model-damaged"),
    ],
    ids=["missing", "short", "long", "empty", "altered"],
)
def test_damaged_file(tmp_path: Path, content: bytes | None, checked: str, verified: str) -> None:
    found = pack_folder(tmp_path / "моя модель")
    if content is None:
        (found.folder / "model.bin").unlink()
    else:
        (found.folder / "model.bin").write_bytes(content)
    params = {"file": "model.bin", "pack": "test-ru-ba"}
    assert failure(store.check, found) == (checked, params if checked else {})
    assert failure(store.verify, found) == (verified, params)


def failure(look: Any, found: Pack) -> tuple[str, dict[str, str]]:
    """Return the code and parameters of what is wrong, "" when nothing is."""
    try:
        look(found)
    except ModelError as error:
        return error.code, error.params
    return "", {}


def test_whisper_ids_are_checked_with_the_sizes(tmp_path: Path) -> None:
    found = importer.add(whisper(tmp_path / "w"), tmp_path / "models")
    store.check(found)
    foreign = replace(found, languages={"ru": "<|ru|>", "cv": "<|cv|>"})
    assert failure(store.check, foreign) == (
        "model-token-missing", {"token": "<|cv|>", "pack": found.id},
    )  # fmt: skip


def test_starter_packs_are_whole(starter: Path) -> None:
    found = store.installed([starter])
    assert found.broken == ()
    assert {pack.kind for pack in found.packs} == {"recognizer", "translator"}
    for pack in found.packs:
        assert pack.starter
        store.verify(pack)


def test_recognizer_must_know_all_languages() -> None:
    packs = [
        pack("t", pairs=(("ru", "ba"),), languages={"ru": "x", "ba": "x", "ce": "x"}),
        recognizer("one", "ru"),
        recognizer("two", "ru", "ba"),
        recognizer("three", "ru", "ba", "tt"),
    ]
    assert store.recognizer_for(packs, []).id == "one"
    assert store.recognizer_for(packs, ["ru"]).id == "one"
    assert store.recognizer_for(packs, ["ba", "ru"]).id == "two"
    assert store.recognizer_for(packs, ["ba", "ru"], "three").id == "three"
    assert store.recognizer_for(packs, ["ba", "ru"], "one").id == "two"
    assert store.recognizer_for(packs, ["ba", "ru"], "gone").id == "two"


def test_no_recognizer_says_what_is_there() -> None:
    packs = [
        recognizer("one", "ru"),
        recognizer("two", "tt", "ba"),
        pack("t", pairs=(("ru", "ce"),)),
    ]
    with pytest.raises(UsageError) as raised:
        store.recognizer_for(packs, ("ru", "ce"))
    assert raised.value.code == "no-recognizer"
    assert raised.value.params == {"languages": "ru, ce", "known": "ba, ru, tt"}
    with pytest.raises(UsageError) as raised:
        store.recognizer_for(packs[2:], ())
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
    hearers = store.hearers_for(packs, languages, preferred)
    assert {code: pack.id for code, pack in hearers.items()} == chosen


def test_a_language_that_no_recognizer_knows() -> None:
    with pytest.raises(UsageError) as raised:
        store.hearers_for([recognizer("one", "ru"), recognizer("two", "ba")], ("ru", "ce"))
    assert raised.value.params == {"languages": "ru, ce", "known": "ba, ru"}
    with pytest.raises(UsageError, match="no-recognizer-installed"):
        store.hearers_for([], ("ru",))


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
        found = store.smaller_recognizer(packs, current, languages)
        return found.id if found else ""

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
    assert [found.id for found in store.translators_for(TRANSLATORS, pairs)] == chosen


def test_no_route() -> None:
    with pytest.raises(UsageError) as raised:
        store.translators_for(TRANSLATORS, [("kk", "ru")])
    assert raised.value.code == "no-route"


def measured(name: str, memory_mb: int, **rates: float) -> Pack:
    """Return a recognizer with these character error rates on real voices."""
    quality = tuple(Quality(code, "CER", rate, "real voices") for code, rate in rates.items())
    return recognizer(name, *rates, memory_mb=memory_mb, quality=quality)


def test_a_smaller_recognizer_understands_what_the_present_ones_do() -> None:
    base, starter = measured("base", 250, ru=0.05, ba=0.9), measured("starter", 50, ru=0.6, ba=0.1)
    large = measured("large", 900, ru=0.03, ba=0.8)
    packs = [base, starter, large]
    assert store.smaller_recognizer(packs, [base, starter], ("ru", "ba")) is None
    assert store.smaller_recognizer(packs, [large, starter], ("ru", "ba")) is None
    assert store.smaller_recognizer(packs, [large], ("ru", "ba")) == base  # it loses nothing
    assert store.smaller_recognizer(packs, [base], ("ba",)) == starter


def test_of_several_versions_the_newest_hears() -> None:
    old, new = (recognizer("r", "ru", version=version) for version in ("1", "2"))
    assert store.hearers_for([new, old], ("ru",)) == {"ru": new}
