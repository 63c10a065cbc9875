"""What the person chose, as the window sees it: one holder, saved at every change."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from tolmach.controllers.notices import Gravity, Notices
from tolmach.core import files
from tolmach.core import settings as stored
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

    @classmethod
    def kept_in(cls, path: Path) -> "Preferences":
        """Return the settings of a file; one of a newer version of the program is a notice."""
        notices = Notices()
        try:
            stored.check(path)
        except StorageError as error:
            notices.show(error.code, error.params, Gravity.WARNING)
        return cls(stored.load(path), partial(stored.save, path=path), notices)

    @property
    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def change(self, settings: Settings) -> None:
        """Take these settings; a disk that refuses costs the saving, not the change."""
        before, self._settings = self._settings, settings
        if settings == before:
            return
        try:
            self._save(settings)
        except StorageError as error:
            self.notices.show(error.code, error.params, Gravity.WARNING)
        else:
            self.notices.withdraw(*files.UNWRITABLE)
        self.changed.emit(before)

    def let_speak(self, speaker: str) -> None:
        """Set who speaks: "auto", "left" or "right"."""
        self.change(replace(self._settings, speaker=speaker))

    def swap(self) -> None:
        """Exchange the two sides; whoever was chosen as the speaker stays the speaker."""
        settings = self._settings
        other = {"left": "right", "right": "left"}.get(settings.speaker, settings.speaker)
        self.change(
            replace(
                settings,
                left_language=settings.right_language,
                right_language=settings.left_language,
                speaker=other,
            )
        )

    def choose(self, side: str, language: str) -> None:
        """Set the language of a side, "left" or "right"; taking the other side's swaps them."""
        settings = self._settings
        other = settings.right_language if side == "left" else settings.left_language
        if language == other:
            self.swap()
        elif side == "left":
            self.change(replace(settings, left_language=language))
        else:
            self.change(replace(settings, right_language=language))
