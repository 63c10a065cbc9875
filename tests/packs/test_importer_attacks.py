"""Hostile archives: each is refused by the rule it breaks, and leaves no trace anywhere."""

import random
import stat
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.packs.making import ARGOS, archive, argos_with, lying, tree
from tests.packs.test_manifest import BAD_PATHS
from tolmach.core.errors import AppError, PackError
from tolmach.messages.table import SENTENCES, sentence
from tolmach.packs import importer, source, store

ROOT = "translate-ru_kk-1_9/"
ZEROS = bytes(1 << 20)
WITHOUT_WEIGHTS = argos_with(model__model_bin=None)
BULKY = argos_with(model__model_bin=random.Random(0).randbytes(50_000))
FIRST = dict(list(ARGOS.items())[1:2])  # an archive that begins with the weights


def with_mode(mode: int, name: str = ROOT + "model/model.bin") -> bytes:
    """Return the good package with this Unix mode on one entry."""
    return archive(ARGOS, modes={name: mode})


def overlapping() -> bytes:
    """Return many central entries that share one deflated member: David Fifield's bomb."""
    whole = archive({ROOT + "a": ZEROS[:100_000]}, packed=True)
    begin, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    local, entry = whole[:begin], whole[begin:end]
    # Claim a packed size that keeps the ratio of each entry below the limit.
    claimed = bytearray(entry)
    struct.pack_into("<I", claimed, 20, 2_000)
    entries = b"".join(
        bytes(claimed).replace(ROOT.encode() + b"a", ROOT.encode() + bytes([letter]))
        for letter in b"abcdefghijklmnopqrstuvwxyz"
    )
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 26, 26, len(entries), len(local), 0)
    return local + entries + tail


def zip64_claim(size: int) -> bytes:
    """Return an archive whose first member claims a size beyond 32 bits."""
    whole = archive({ROOT + "model/model.bin": b"x", **WITHOUT_WEIGHTS})
    begin = whole.index(b"PK\1\2")
    central = bytearray(whole[begin:])
    struct.pack_into("<I", central, 24, 0xFFFFFFFF)
    name_length, extra_length = struct.unpack_from("<2H", central, 28)
    assert extra_length == 0
    struct.pack_into("<H", central, 30, 12)
    extra = struct.pack("<2HQ", 1, 8, size)
    at = 46 + name_length
    changed = bytes(central[:at]) + extra + bytes(central[at:])
    end = changed.index(b"PK\5\6")
    fixed = bytearray(changed)
    struct.pack_into("<I", fixed, end + 12, end)
    return whole[:begin] + bytes(fixed)


def huge_directory() -> bytes:
    """Return an archive whose central directory is megabytes of comments."""
    whole = archive({ROOT + "a": b""})
    begin, end = whole.index(b"PK\1\2"), whole.index(b"PK\5\6")
    entry = bytearray(whole[begin:end])
    struct.pack_into("<H", entry, 32, 0xFFFF)
    entries = (bytes(entry) + bytes(0xFFFF)) * 40
    tail = struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, 40, 40, len(entries), begin, 0)
    return whole[:begin] + entries + tail


def another_name_inside() -> bytes:
    """Return an archive whose local header names a file outside, its directory a good one."""
    whole = archive(ARGOS)
    name = (ROOT + "model/model.bin").encode()
    return whole.replace(name, b"../../tmp/evil".ljust(len(name), b"x"), 1)


CORPUS: list[tuple[str, bytes, str]] = [
    # sizes
    ("65 entries", archive({f"{ROOT}{n}": b"" for n in range(65)}), "archive-too-many"),
    ("40 folders too", archive({f"{ROOT}{n}/": b"" for n in range(70)}), "archive-too-many"),
    ("bomb", archive({**ARGOS, ROOT + "model/model.bin": ZEROS}, packed=True), "archive-bomb"),
    ("bomb not wanted", archive({**ARGOS, ROOT + "x": ZEROS}, packed=True), "archive-bomb"),
    ("bomb among much else", archive({**BULKY, ROOT + "x": ZEROS}, packed=True), "archive-bomb"),
    ("overlapping bomb", overlapping(), "archive-bomb"),
    ("claims 2 GB", lying(archive(FIRST), size=2_000_000_001, packed=10**9), "archive-too-big"),
    ("claims 4 GiB", lying(archive(FIRST), size=0xFFFFFFFE), "archive-too-big"),
    ("claims 5 GiB in zip64", zip64_claim(5 << 30), "archive-too-big"),
    ("claims 2^63", zip64_claim(2**63 + 1), "archive-too-big"),
    (
        "two of 1.6 GB",
        lying(
            lying(archive(ARGOS), 1, size=16 * 10**8, packed=10**9),
            2,
            size=16 * 10**8,
            packed=10**9,
        ),
        "archive-too-big",
    ),
    ("1.9 GB in 3 kB", lying(archive(ARGOS), 1, size=19 * 10**8, packed=10**9), "archive-bomb"),
    ("megabytes of directory", huge_directory(), "archive-damaged"),
    # headers that lie about what is there
    ("longer than said", lying(archive(ARGOS), 1, size=100), "archive-damaged"),
    ("shorter than said", lying(archive(ARGOS, packed=True), 1, size=4000), "archive-lies"),
    ("wrong sum", lying(archive(ARGOS), 1, crc=1), "archive-damaged"),
    ("no room in the file", lying(archive(ARGOS), 1, packed=10**6, size=10**5), "archive-damaged"),
    ("deflated is not", lying(archive(ARGOS), 1, method=8), "archive-damaged"),
    ("two names for one file", another_name_inside(), "archive-damaged"),
    # what entries are
    ("symlink", with_mode(stat.S_IFLNK | 0o777), "archive-link"),
    ("symlink elsewhere", with_mode(stat.S_IFLNK, ROOT + "stanza/resources.json"), "archive-link"),
    ("device", with_mode(stat.S_IFCHR), "archive-link"),
    ("pipe", with_mode(stat.S_IFIFO), "archive-link"),
    ("socket", with_mode(stat.S_IFSOCK), "archive-link"),
    ("encrypted", lying(archive(ARGOS), 1, flags=0x1), "archive-encrypted"),
    ("strongly encrypted", lying(archive(ARGOS), 1, flags=0x41), "archive-encrypted"),
    ("masked", lying(archive(ARGOS), 1, flags=0x2000), "archive-encrypted"),
    ("patched", lying(archive(ARGOS), 1, flags=0x20), "archive-method"),
    ("bzip2", lying(archive(ARGOS), 1, method=12), "archive-method"),
    ("lzma", lying(archive(ARGOS), 1, method=14), "archive-method"),
    ("deflate64", lying(archive(ARGOS), 1, method=9), "archive-method"),
    ("unknown method", lying(archive(ARGOS), 1, method=99), "archive-method"),
    # names
    ("same twice", archive({ROOT + "a": b"", ROOT + "A": b""}), "name-twice"),
    ("same as folder", archive({ROOT + "a": b"", ROOT + "a/": b""}), "name-twice"),
    ("composed", archive({ROOT + "\u0439": b"", ROOT + "\u0438\u0306": b""}), "name-twice"),
    ("one over another", archive({**ARGOS, ROOT + "MODEL/model.bin": b"x"}), "name-twice"),
    ("root that goes up", archive({"../metadata.json": b"{}"}), "name-parent"),
    ("folder that goes up", archive({**ARGOS, ROOT + "../": b""}), "name-parent"),
    ("absolute root", archive({"/tmp/metadata.json": b"{}"}), "name-absolute"),
    ("root is a device", archive({"con/metadata.json": b"{}"}), "name-reserved"),
    ("root is a drive", archive({"C:/metadata.json": b"{}"}), "name-absolute"),
    ("invisible root", archive({"a\u202eb/metadata.json": b"{}"}), "name-invisible"),
    ("two slashes", archive({**ARGOS, ROOT + "a//": b""}), "name-empty"),
    # shape
    ("no folder", archive({"metadata.json": b"{}"}), "archive-roots"),
    ("two folders", archive({**ARGOS, "other/model.bin": b"x"}), "archive-roots"),
    ("a file beside", archive({**ARGOS, "setup.py": b"x"}), "archive-roots"),
    ("empty", archive({}), "archive-roots"),
    ("only folders", archive({ROOT: b""}), "argos-incomplete"),
    # no archive at all
    ("truncated", archive(ARGOS)[:-40], "archive-damaged"),
    ("half", archive(ARGOS)[: len(archive(ARGOS)) // 2], "archive-damaged"),
    ("no bytes", b"", "archive-damaged"),
    ("text", "Это не архив".encode() * 100, "archive-damaged"),
    ("gzip", b"\x1f\x8b\x08" + bytes(100), "archive-damaged"),
    ("only the end", b"PK\5\6" + bytes(18), "archive-roots"),
    ("end that points nowhere", b"PK\5\6" + b"\xff" * 16 + b"\0\0", "archive-damaged"),
]
# Each bad name of a manifest is bad in an archive too; a trailing "/" there marks a folder.
CORPUS += [
    (f"name {path!a}"[:40], archive({**ARGOS, ROOT + path: b""}), code)
    for path, code in BAD_PATHS
    if path and not path.endswith("/") and not path.startswith(("/", "C:", "c:"))
    if not any("\ud800" <= character <= "\udfff" for character in path)
]


@pytest.mark.parametrize(
    ("content", "code"), [case[1:] for case in CORPUS], ids=[case[0] for case in CORPUS]
)
def test_hostile_archive(tmp_path: Path, content: bytes, code: str) -> None:
    home = tmp_path / "Иван Петров"
    home.mkdir()
    path = home / "модель с пробелом.argosmodel"
    path.write_bytes(content)
    before = tree(tmp_path)
    with pytest.raises(PackError) as raised:
        importer.add(path, home / "модели")
    assert raised.value.code == code
    assert tree(tmp_path) == {**before, "Иван Петров/модели": None}
    text = sentence(code, raised.value.params)
    assert "{" not in text
    assert text.isprintable()


def test_the_corpus_is_large_and_breaks_every_rule() -> None:
    assert len(CORPUS) >= 60
    broken = {code for _, _, code in CORPUS}
    rules = {code for code, _ in source.ENTRY_RULES}
    assert rules | {"archive-lies", "archive-too-many", "archive-roots"} <= broken
    assert broken <= set(SENTENCES)


def test_a_hostile_archive_touches_no_installed_pack(tmp_path: Path) -> None:
    good, evil, models = tmp_path / "a.argosmodel", tmp_path / "b.argosmodel", tmp_path / "models"
    good.write_bytes(archive(ARGOS))
    installed = importer.add(good, models)
    before = tree(models)
    # Its root is the folder of the pack that is there.
    root = installed.folder.name + "/"
    evil.write_bytes(archive({name.replace(ROOT, root): b"evil" for name in ARGOS}))
    with pytest.raises(PackError):
        importer.add(evil, models)
    assert tree(models) == before
    store.verify(installed)


def test_harmless_strangers_are_skipped(tmp_path: Path) -> None:
    strangers = {
        "minisbd/ru.onnx": b"x",
        "stanza/ru/mwt/gsd.pt": b"x",
        "run.exe": b"MZ",
        "model/readme.html": b"x",
        "model/deep/model.bin": b"x",
        "Model.bin": b"x",
        "README.lnk": b"x",
        ".hidden": b"x",
    }
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive({**ARGOS, **{ROOT + name: data for name, data in strangers.items()}}))
    pack = importer.add(path, tmp_path / "models")
    assert not {file.path for file in pack.files} & set(strangers)


def test_sixty_four_entries_are_not_too_many(tmp_path: Path) -> None:
    strangers = {f"{ROOT}stanza/{number}": b"x" for number in range(64 - len(ARGOS))}
    path = tmp_path / "a.argosmodel"
    path.write_bytes(archive({**ARGOS, **strangers}))
    assert importer.add(path, tmp_path / "models").id == "argos-ru-kk"


@given(st.data())
@settings(max_examples=80, deadline=None)
def test_mutated_archives_are_added_or_refused(data: st.DataObject) -> None:
    content = bytearray(archive(ARGOS, packed=data.draw(st.booleans())))
    directory = content.index(b"PK\1\2")
    for _ in range(data.draw(st.integers(1, 4))):
        # headers matter most: half of the changes fall into the central directory
        first = data.draw(st.sampled_from((0, directory)))
        at = data.draw(st.integers(first, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content))) :]
    with TemporaryDirectory() as folder:
        path, models = Path(folder, "a.argosmodel"), Path(folder, "модели")
        path.write_bytes(content)
        try:
            pack = importer.add(path, models)
        except AppError as refusal:
            consistent = refusal.code in SENTENCES
            remaining: set[str] = set()
        else:
            consistent = True
            remaining = {pack.folder.name}
            store.verify(pack)
        assert consistent
        assert {entry.name for entry in models.iterdir()} == remaining
        assert {entry.name for entry in Path(folder).iterdir()} == {path.name, models.name}
