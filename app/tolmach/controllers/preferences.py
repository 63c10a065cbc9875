"""What the person chose, as the window sees it: one holder, saved at every change."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from tolmach.controllers.notices import Gravity, Notices
from tolmach.core.errors import StorageError
from tolmach.core.settings import Settings


class Preferences(QObject):
    """Holds the settings. `changed` tells what they were before."""

    changed = Signal(object)

    def __init__(
        self, settings: Settings, save: Callable[[Settings], None], notices: Notices
    ) -> None:
        super().__init__()
        self._settings = settings
        self._save = save
        self.notices = notices

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, **values: Any) -> None:
        """Set fields of Settings by name; a disk that refuses costs the saving, not the change."""
        before = self._settings
        self._settings = replace(before, **values)
        if self._settings == before:
            return
        try:
            self._save(self._settings)
        except StorageError as error:
            self.notices.show(error.code, error.params, Gravity.WARNING)
        else:
            self.notices.withdraw("not-writable")
        self.changed.emit(before)

    def swap(self) -> None:
        """Exchange the two sides; whoever was chosen as the speaker stays the speaker."""
        settings = self._settings
        other = {"left": "right", "right": "left"}.get(settings.speaker, settings.speaker)
        self.change(
            left_language=settings.right_language,
            right_language=settings.left_language,
            speaker=other,
        )

    def choose(self, side: str, language: str) -> None:
        """Set the language of a side, "left" or "right"; taking the other side's swaps them."""
        settings = self._settings
        other = settings.right_language if side == "left" else settings.left_language
        if language == other:
            self.swap()
        else:
            self.change(**{f"{side}_language": language})
