"""The description of a release: nothing but plain names and numbers in their range."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.updates.making import NEWER, OLDER, SAME, described
from tolmach import __version__
from tolmach.core.errors import UpdateError
from tolmach.updates import release


def refused(content: bytes) -> str:
    with pytest.raises(UpdateError) as raised:
        release.parse(content, "a.release.json")
    return raised.value.code


def changed(**fields: Any) -> bytes:
    return json.dumps({**json.loads(release.write(described())), **fields}).encode()


def test_what_is_written_is_read() -> None:
    assert release.parse(release.write(described()), "") == described()


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"product": "argos"}, "update-other-program"),
        ({"format": 2}, "update-format"),
        ({"version": "1.0"}, "update-description-wrong"),
        ({"version": "1.0.0-rc1"}, "update-description-wrong"),
        ({"version": "01.0.0"}, "update-description-wrong"),
        ({"version": "1.0.٣"}, "update-description-wrong"),
        ({"version": "1.0.0\n"}, "update-description-wrong"),
        ({"version": 1}, "update-description-wrong"),
        ({"date": "завтра"}, "update-description-wrong"),
        ({"data_format": 0}, "update-description-wrong"),
        ({"data_format": True}, "update-description-wrong"),
        ({"notes": None}, "update-description-wrong"),
        ({"files": []}, "update-description-wrong"),
        ({"files": {}}, "update-description-wrong"),
        ({"files": [1]}, "update-description-wrong"),
    ],
)
def test_a_wrong_field_is_refused(fields: dict[str, Any], code: str) -> None:
    assert refused(changed(**fields)) == code


@pytest.mark.parametrize(
    "name",
    ["", "..", "../a", "a/b", "a\\b", "/etc/passwd", "C:a", ".hidden", "a\n", "a b", "а.exe",
     "-rf", "x" * 129, "tolmach-9.0.0.release.json"],
)  # fmt: skip
def test_a_name_is_a_plain_name(name: str) -> None:
    file = {"name": name, "size": 1, "sha256": "0" * 64}
    assert refused(changed(files=[file])) == "update-description-wrong"


@pytest.mark.parametrize(
    "file",
    [
        {"size": -1},
        {"size": 0},
        {"size": 5_000_000_000},
        {"size": 1.5},
        {"size": True},
        {"sha256": "0" * 63},
        {"sha256": "G" * 64},
        {"sha256": None},
    ],
)
def test_a_size_and_a_hash_are_what_they_should_be(file: dict[str, Any]) -> None:
    whole = {"name": "a.exe", "size": 1, "sha256": "0" * 64, **file}
    assert refused(changed(files=[whole])) == "update-description-wrong"


def test_two_files_of_one_name_are_refused() -> None:
    files = [{"name": name, "size": 1, "sha256": "0" * 64} for name in ("a.exe", "A.exe")]
    assert refused(changed(files=files)) == "update-description-wrong"


@given(st.binary(max_size=200))
def test_no_bytes_bring_anything_but_an_error_of_ours(content: bytes) -> None:
    assert refused(content).startswith("update-")


@pytest.mark.parametrize("content", [b"[" * 100_000, b'{"a":' * 100_000, b"1" * 10_000, b"null"])
def test_strange_json_is_refused(content: bytes) -> None:
    assert refused(content) == "update-description-wrong"


def test_versions_are_compared_as_numbers() -> None:
    assert release.numbers("1.10.0") > release.numbers("1.9.9") > release.numbers("0.99.99")


def test_our_own_version_can_be_released() -> None:
    assert release.numbers(__version__)


@pytest.mark.parametrize(
    ("version", "data_format", "code"),
    [
        (NEWER, 1, "update-newer"),
        (SAME, 1, "update-same"),
        (OLDER, 1, "update-older"),
    ],
)
def test_what_a_version_is_to_the_running_one(version: str, data_format: int, code: str) -> None:
    assert described(version, data_format=data_format).judgement == code


def test_an_older_version_that_cannot_read_our_data_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(release, "DATA_FORMAT", 2)
    assert described(OLDER).judgement == "update-older-data"
    assert described(NEWER).judgement == "update-newer"
