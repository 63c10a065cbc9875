"""What was the quickest here is known at the next start, and nothing that is in the file hurts."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core import threads
from tolmach.core.pack import Pack
from tolmach.core.threads import keep_threads, known_threads


@pytest.fixture
def pack() -> Pack:
    return Pack("base", "1", "recognizer", "whisper", Path(), {})


def test_what_was_measured_is_known_again(tmp_path: Path, pack: Pack) -> None:
    path, small = tmp_path / "новая папка" / "threads.json", replace(pack, id="small")
    assert known_threads(path, [pack]) == {}
    keep_threads(path, [pack], {"base": (2, 1)})
    keep_threads(path, [small], {"small": (4, 4), "base": (9, 9)})
    assert known_threads(path, [pack, small]) == {"base": (2, 1), "small": (4, 4)}
    assert known_threads(path, [replace(pack, version="2")]) == {}
    assert path.stat().st_mode & 0o077 == 0


def test_another_computer_measures_anew(
    tmp_path: Path, pack: Pack, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "threads.json"
    keep_threads(path, [pack], {"base": (2, 1)})
    monkeypatch.setattr(threads, "_computer", lambda: "another")
    assert known_threads(path, [pack]) == {}
    keep_threads(path, [pack], {"base": (4, 4)})
    assert known_threads(path, [pack]) == {"base": (4, 4)}


@pytest.mark.log_warnings
def test_a_folder_that_cannot_be_written_is_no_failure(tmp_path: Path, pack: Pack) -> None:
    (tmp_path / "file").touch()
    keep_threads(tmp_path / "file" / "threads.json", [pack], {"base": (2, 1)})


NUMBERS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=3)
)


@given(numbers=NUMBERS, whole=st.booleans())
def test_a_damaged_file_says_nothing(
    tmp_path_factory: pytest.TempPathFactory, numbers: object, whole: bool
) -> None:
    pack = Pack("base", "1", "recognizer", "whisper", Path(), {})
    content = {"computer": threads._computer(), "threads": {"base 1 0": numbers}}
    path = tmp_path_factory.mktemp("damaged") / "threads.json"
    path.write_text(json.dumps(content if whole else numbers))
    for encoder, decoder in known_threads(path, [pack]).values():
        assert 0 < encoder <= 64
        assert 0 < decoder <= 64
