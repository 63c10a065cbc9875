"""Choices: swapped, kept apart, saved."""

from dataclasses import replace

import pytest

from tolmach.controllers.notices import Gravity, Notices
from tolmach.controllers.preferences import Preferences
from tolmach.core.errors import StorageError
from tolmach.core.settings import Settings


@pytest.fixture
def saved() -> list[Settings]:
    return []


@pytest.fixture
def preferences(saved: list[Settings]) -> Preferences:
    return Preferences(Settings(left_language="ru", right_language="ba"), saved.append, Notices())


def sides(preferences: Preferences) -> tuple[str, str, str]:
    settings = preferences.settings
    return *settings.sides, settings.speaker


def test_the_speaker_stays_the_speaker_when_sides_are_swapped(preferences: Preferences) -> None:
    preferences.change(replace(preferences.settings, speaker="left"))
    preferences.swap()
    assert sides(preferences) == ("ba", "ru", "right")


def test_taking_the_other_sides_language_swaps(preferences: Preferences) -> None:
    preferences.choose("left", "ba")
    assert sides(preferences) == ("ba", "ru", "auto")
    preferences.choose("right", "tt")
    assert sides(preferences) == ("ba", "tt", "auto")


def test_every_change_is_saved_once(preferences: Preferences, saved: list[Settings]) -> None:
    preferences.change(replace(preferences.settings, theme="dark"))
    preferences.change(replace(preferences.settings, theme="dark"))
    assert saved == [Settings(left_language="ru", right_language="ba", theme="dark")]


def test_a_full_disk_costs_the_saving_not_the_change() -> None:
    def refuse(settings: Settings) -> None:
        raise StorageError("not-writable", path="D:\\")

    preferences = Preferences(Settings(), refuse, Notices())
    preferences.change(replace(preferences.settings, theme="dark"))
    assert preferences.settings.theme == "dark"
    [notice] = preferences.notices.standing
    assert (notice.code, notice.params, notice.gravity) == (
        "not-writable",
        {"path": "D:\\"},
        Gravity.WARNING,
    )
