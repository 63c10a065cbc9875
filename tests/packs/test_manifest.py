"""pack.json: what is read, what is refused and why, and that nothing else can come out."""

import json
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.file_limits import fullest_file
from tests.packs.making import pack_folder, plain
from tolmach.core.errors import PackError
from tolmach.core.pack import Pack, PackFile, Quality
from tolmach.messages.table import SENTENCES
from tolmach.packs import manifest, names

SHA = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def read(folder: Path, content: bytes) -> Pack:
    (folder / "pack.json").write_bytes(content)
    return manifest.read(folder)


def test_every_field_is_read(tmp_path: Path) -> None:
    pack = read(tmp_path, json.dumps(plain()).encode())
    assert pack == Pack(
        id="test-ru-ba",
        version="1.2",
        kind="translator",
        engine="opus",
        folder=tmp_path,
        title={"ru": "Проба", "en": "Test"},
        languages={"ru": "<2ru>", "ba": "<2ba>"},
        scripts={"ba": "Cyrl"},
        pairs=(("ru", "ba"), ("ba", "ru")),
        files=(PackFile("model.bin", 3, SHA),),
        memory_mb=40,
        licence="CC-BY-SA-4.0",
        attribution="Кто-то\nи ещё кто-то",
        options={"starter": True, "beam": 4, "penalty": 0.5, "mode": "dynamic"},
        quality=(
            Quality("ru>ba", "chrF++", 41.5, "everyday"),
            Quality("ba", "CER", 9.0, "voices"),
        ),
    )
    assert type(pack.options["beam"]) is int
    assert pack.starter


def test_only_what_a_pack_cannot_do_without_is_demanded(tmp_path: Path) -> None:
    needed = ("format", "id", "version", "kind", "engine", "title", "pairs", "files")
    pack = read(tmp_path, json.dumps({name: plain()[name] for name in needed}).encode())
    assert (pack.languages, pack.options, pack.quality, pack.memory_mb) == ({}, {}, (), 0)
    assert pack.scripts == {}
    for name in needed:
        with pytest.raises(PackError):
            read(tmp_path, json.dumps({n: plain()[n] for n in needed if n != name}).encode())


def test_unknown_fields_are_left_alone(tmp_path: Path) -> None:
    assert read(tmp_path, json.dumps({**plain(), "colour": [1]}).encode()).id == "test-ru-ba"


FILE = plain()["files"][0]

# field changed, its value, code, the field or name that the error points at
BAD: list[tuple[str, Any, str, str]] = [
    ("format", 2, "manifest-format", "2"),
    ("format", "1", "manifest-format", "1"),
    ("format", True, "manifest-format", "True"),
    ("format", None, "manifest-format", "?"),
    ("format", [[[]]], "manifest-format", "?"),
    ("id", "", "manifest-field", "id"),
    ("id", "Test", "manifest-field", "id"),
    ("id", "проба", "manifest-field", "id"),
    ("id", "../test", "manifest-field", "id"),
    ("id", "..", "manifest-field", "id"),
    ("id", "test.", "manifest-field", "id"),
    ("id", "test\n", "manifest-field", "id"),
    ("id", "t" * 65, "manifest-field", "id"),
    ("id", 7, "manifest-field", "id"),
    ("id", "nul", "name-reserved", "nul"),
    ("id", "com1.x", "name-reserved", "com1.x"),
    ("version", 1, "manifest-field", "version"),
    ("version", "1/2", "manifest-field", "version"),
    ("engine", "", "manifest-field", "engine"),
    ("kind", "synthesizer", "manifest-field", "kind"),
    ("kind", ["translator"], "manifest-field", "kind"),
    ("title", "Проба", "manifest-field", "title"),
    ("title", {"ru": "Проба"}, "manifest-field", "title"),
    ("title", {"ru": "Проба", "en": " "}, "manifest-field", "title.en"),
    ("title", {"ru": "Про\u202eба", "en": "Test"}, "manifest-field", "title.ru"),
    ("title", {"ru": "\ud800", "en": "Test"}, "manifest-field", "title.ru"),
    ("languages", ["ru"], "manifest-field", "languages"),
    ("languages", {"russian": {"token": "x"}}, "manifest-field", "languages"),
    ("languages", {"ru": "<2ru>"}, "manifest-field", "languages.ru"),
    ("languages", {"ru": {}}, "manifest-field", "languages.ru.token"),
    ("languages", {"ru": {"token": ""}}, "manifest-field", "languages.ru.token"),
    ("scripts", ["Latn"], "manifest-field", "scripts"),
    ("scripts", {"uz": "latin"}, "manifest-field", "scripts.uz"),
    ("scripts", {"uz": None}, "manifest-field", "scripts.uz"),
    ("pairs", [], "manifest-field", "pairs"),
    ("pairs", {"ru": "ba"}, "manifest-field", "pairs"),
    ("pairs", [["ru", "ba"], ["ru"]], "manifest-field", "pairs[1]"),
    ("pairs", [["ru", "ru"]], "manifest-field", "pairs[0]"),
    ("pairs", [["ru", 5]], "manifest-field", "pairs[0][1]"),
    ("pairs", ["ru"], "manifest-field", "pairs[0]"),
    ("files", [], "manifest-field", "files"),
    ("files", [FILE] * 65, "manifest-field", "files"),
    ("files", ["model.bin"], "manifest-field", "files[0]"),
    ("files", [{**FILE, "path": 1}], "manifest-field", "files[0].path"),
    ("files", [{**FILE, "size": -1}], "manifest-field", "files[0].size"),
    ("files", [{**FILE, "size": True}], "manifest-field", "files[0].size"),
    ("files", [{**FILE, "size": 1.0}], "manifest-field", "files[0].size"),
    ("files", [{**FILE, "size": 2**60}], "manifest-field", "files[0].size"),
    ("files", [{**FILE, "sha256": "A" * 64}], "manifest-field", "files[0].sha256"),
    ("files", [{**FILE, "sha256": "a" * 63}], "manifest-field", "files[0].sha256"),
    ("files", [FILE, FILE], "name-twice", "model.bin"),
    ("files", [FILE, {**FILE, "path": "MODEL.BIN"}], "name-twice", "MODEL.BIN"),
    ("files", [{**FILE, "path": "pack.json"}], "name-twice", "pack.json"),
    ("memory_mb", -1, "manifest-field", "memory_mb"),
    ("memory_mb", "40", "manifest-field", "memory_mb"),
    ("licence", None, "manifest-field", "licence"),
    ("attribution", "x" * 4001, "manifest-field", "attribution"),
    ("options", {"Beam": 1}, "manifest-field", "options"),
    ("options", {"beam": [1]}, "manifest-field", "options.beam"),
    ("options", {"beam": None}, "manifest-field", "options.beam"),
    ("options", {"beam_size": 100_000}, "manifest-field", "options.beam_size"),
    ("options", {"beam_size": "4"}, "manifest-field", "options.beam_size"),
    ("options", {"beam_size": True}, "manifest-field", "options.beam_size"),
    ("options", {"tokens_per_second": 0}, "manifest-field", "options.tokens_per_second"),
    ("options", {"max_tokens": 0}, "manifest-field", "options.max_tokens"),
    ("options", {"max_seconds": -1}, "manifest-field", "options.max_seconds"),
    ("options", {"window_seconds": 1e6}, "manifest-field", "options.window_seconds"),
    ("options", {"home_share": 1.5}, "manifest-field", "options.home_share"),
    ("options", {"context": "wide"}, "manifest-field", "options.context"),
    ("options", {"legacy": 7}, "manifest-field", "options.legacy"),
    ("options", {"beam": 10**400}, "manifest-field", "options.beam"),
    ("options", {"beam": float("nan")}, "manifest-field", "options.beam"),
    ("options", {"beam": float("inf")}, "manifest-field", "options.beam"),
    ("quality", [{"metric": "CER", "value": 1, "on": "x"}], "manifest-field", "quality[0]"),
    (
        "quality",
        [{"language": "ru", "pair": ["ru", "ba"], "metric": "CER", "value": 1, "on": "x"}],
        "manifest-field",
        "quality[0]",
    ),
    (
        "quality",
        [{"language": "ru", "metric": "CER", "value": "1", "on": "x"}],
        "manifest-field",
        "quality[0].value",
    ),
    (
        "quality",
        [{"pair": ["ru"], "metric": "CER", "value": 1, "on": "x"}],
        "manifest-field",
        "quality[0].pair",
    ),
]


@pytest.mark.parametrize(("field", "value", "code", "where"), BAD)
def test_bad_field(tmp_path: Path, field: str, value: Any, code: str, where: str) -> None:
    with pytest.raises(PackError) as raised:
        read(tmp_path, json.dumps({**plain(), field: value}).encode())
    assert raised.value.code == code
    assert set(raised.value.params.values()) == {where}


BAD_PATHS = [
    ("", "name-empty"),
    (".", "name-empty"),
    ("a//b", "name-empty"),
    ("./a", "name-empty"),
    ("a/", "name-empty"),
    ("../a", "name-parent"),
    ("a/../../b", "name-parent"),
    ("..", "name-parent"),
    ("/etc/passwd", "name-absolute"),
    ("C:/a", "name-absolute"),
    ("c:a", "name-absolute"),
    ("a/b:stream", "name-character"),
    ("a*", "name-character"),
    ("a?", "name-character"),
    ("a|b", "name-character"),
    ("<a>", "name-character"),
    ("a\\b", "name-backslash"),
    ("..\\a", "name-backslash"),
    ("\\\\server\\share", "name-backslash"),
    ("a\0b", "name-invisible"),
    ("a\nb", "name-invisible"),
    ("a\x1b[31m", "name-invisible"),
    ("a\x7f", "name-invisible"),
    ("a\u202egnp.exe", "name-invisible"),
    ("a\u2066b", "name-invisible"),
    ("a\u200bb", "name-invisible"),
    ("a\ufeff", "name-invisible"),
    ("a\ud800", "name-invisible"),
    ("a\u2028b", "name-invisible"),
    ("a.", "name-edge"),
    ("a ", "name-edge"),
    (" a", "name-edge"),
    ("a./b", "name-edge"),
    ("...", "name-edge"),
    ("con", "name-reserved"),
    ("CON", "name-reserved"),
    ("a/NUL.txt", "name-reserved"),
    ("aux .txt", "name-reserved"),
    ("COM1.bin", "name-reserved"),
    ("lpt9", "name-reserved"),
    ("com¹", "name-reserved"),
    ("CONIN$", "name-reserved"),
    ("PRN.tar.gz", "name-reserved"),
    ("a" * 201, "name-long"),
]


@pytest.mark.parametrize(("path", "code"), BAD_PATHS)
def test_bad_path(tmp_path: Path, path: str, code: str) -> None:
    with pytest.raises(PackError) as raised:
        read(tmp_path, json.dumps({**plain(), "files": [{**FILE, "path": path}]}).encode())
    assert raised.value.code == code
    assert names.visible(raised.value.params["name"])


@pytest.mark.parametrize(
    "path", ["a", "model/model.bin", "ә/ё й", "console", "com10", "a..b", ".hidden", "x" * 200]
)
def test_good_path(path: str) -> None:
    names.check(path)


@pytest.mark.parametrize(
    ("name", "same_name"),
    [
        ("a/B", "A/b"),
        ("STRASSE", "straße"),
        ("\u0439", "\u0438\u0306"),
        ("\u0419", "\u0438\u0306"),
        ("\u212b", "å"),
        ("Ә", "ә"),
    ],
)
def test_one_file_under_two_names(name: str, same_name: str) -> None:
    with pytest.raises(PackError) as raised:
        names.check_all([name, "between", same_name])
    assert (raised.value.code, raised.value.params) == ("name-twice", {"name": same_name})


def test_every_rule_has_a_sentence() -> None:
    assert {code for code, _ in names.FORBIDDEN} <= set(SENTENCES)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not json",
        b"[]",
        b"null",
        b'"pack"',
        b"{",
        b'{"format": 1',
        b"\xff\xfe{\0",
        b'{"id": "\xd0"}',
        b"[" * 100_000,
        b'{"format":' * 50_000,
        b"1" * 5000,
        b" " * (manifest.LARGEST + 1),
        json.dumps(plain()).encode() + b" " * manifest.LARGEST,
    ],
    ids=range(14),
)
def test_not_a_manifest(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PackError) as raised:
        read(tmp_path, content)
    assert raised.value.code == "manifest-unreadable"
    assert raised.value.params == {"path": str(tmp_path)}


def test_no_manifest(tmp_path: Path) -> None:
    with pytest.raises(PackError) as raised:
        manifest.read(tmp_path)
    assert raised.value.code == "manifest-missing"


def test_manifest_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "pack.json").mkdir()
    with pytest.raises(PackError) as raised:
        manifest.read(tmp_path)
    assert raised.value.code == "manifest-unreadable"


def test_what_could_not_be_read_is_not_written(tmp_path: Path) -> None:
    pack = pack_folder(tmp_path / "п")
    before = (pack.folder / "pack.json").read_bytes()
    for bad in (
        replace(pack, id="Ы"),
        replace(pack, title={"ru": "\ud800", "en": "x"}),
        replace(pack, files=()),
        replace(pack, kind="recognizer"),
    ):
        with pytest.raises(PackError):
            manifest.write(bad)
    assert (pack.folder / "pack.json").read_bytes() == before


codes = st.sampled_from(("ru", "ba", "sah", "sr-Latn", "zh-Hant-TW"))
pairs = st.tuples(codes, codes).filter(lambda pair: pair[0] != pair[1])
lines = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=20)
ids = st.text("abz019", min_size=1, max_size=8).map(lambda text: f"{text}.-_{text}")
files = st.builds(
    PackFile,
    path=st.text("абв", min_size=1, max_size=8).map(lambda text: f"{text}/{text}.bin"),
    size=st.integers(0, 2**40),
    sha256=st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}"),
)
packs = st.builds(
    Pack,
    id=ids,
    version=ids,
    kind=st.sampled_from(manifest.KINDS),
    engine=ids,
    folder=st.just(Path("folder")),
    title=st.fixed_dictionaries({"ru": lines, "en": lines}),
    languages=st.dictionaries(codes, lines, min_size=1, max_size=4),
    pairs=st.lists(pairs, min_size=1, max_size=4).map(tuple),
    files=st.lists(files, min_size=1, max_size=4, unique_by=lambda f: f.path).map(tuple),
    memory_mb=st.integers(0, 100_000),
    licence=lines,
    attribution=lines,
    options=st.dictionaries(
        st.text("abz", min_size=1, max_size=8),
        lines | st.integers(-(2**53), 2**53) | st.booleans() | st.floats(-1e9, 1e9),
    ),
    quality=st.lists(
        st.builds(
            Quality,
            subject=codes | pairs.map(">".join),
            metric=lines,
            value=st.floats(-1e9, 1e9),
            on=lines,
        ),
        max_size=3,
    ).map(tuple),
)


@given(packs)
@settings(max_examples=30, deadline=None)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> None:
    pack = replace(pack, folder=tmp_path_factory.mktemp("п"))
    manifest.write(pack)
    assert manifest.read(pack.folder) == pack


def test_a_manifest_that_cannot_be_written_whole_leaves_the_old_one(tmp_path: Path) -> None:
    before = read(tmp_path, json.dumps(plain()).encode())
    with fullest_file(20), pytest.raises(OSError, match="large"):
        manifest.write(replace(before, version="9"))
    assert manifest.read(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".tolmach"] == []


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def nested(value: Any) -> list[tuple[Any, Any]]:
    """Return (container, key) of every value inside a JSON value."""
    places: list[tuple[Any, Any]] = []
    keys = value.keys() if isinstance(value, dict) else range(len(value))
    for key in keys:
        places.append((value, key))
        if isinstance(value[key], dict | list):
            places += nested(value[key])
    return places


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_any_json_is_a_pack_or_refused(data: st.DataObject) -> None:
    raw = plain()
    for _ in range(data.draw(st.integers(1, 3))):
        places = nested(raw)
        container, key = places[data.draw(st.integers(0, len(places) - 1))]
        container[key] = data.draw(anything)
    try:
        pack = manifest.parse(json.loads(json.dumps(raw)), Path("folder"))
    except PackError as refusal:
        consistent = refusal.code in SENTENCES
    else:
        consistent = manifest.parse(manifest.plain(pack), pack.folder) == pack
    assert consistent


@given(st.dictionaries(st.sampled_from(sorted(plain())), anything, max_size=6))
@settings(max_examples=50, deadline=None)
def test_any_object_is_refused_without_surprise(raw: dict[str, Any]) -> None:
    with pytest.raises(PackError):
        manifest.parse(raw, Path("folder"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a named pipe of POSIX")
@pytest.mark.timeout(20)
def test_a_channel_is_no_manifest(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pack.json")
    with pytest.raises(PackError, match="manifest-unreadable"):
        manifest.read(tmp_path)
