"""Looks whether the window is drawn: every page in both themes, letters, icons.

`tolmach self-test --window` has it run off screen, with a folder of its own for what is kept.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QPluginLoader
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from tolmach.controllers.preferences import Preferences
from tolmach.core import bundle, own_font
from tolmach.core.errors import AppError
from tolmach.core.paths import resources
from tolmach.language.registry import languages
from tolmach.ui.look import fonts
from tolmach.ui.look.icons import pixmap
from tolmach.ui.window import CONVERSATION, SETTINGS, TEXT, MainWindow

_SHADES = 12  # of grey; a page that draws letters has more, a blank one has one or two
_TURNS = 20  # of the event loop, for layouts and first paintings


def look_at(window: MainWindow, preferences: Preferences) -> int:
    """Show and close the window, return how many views were looked at; raises AppError."""
    if bundle.folder():  # elsewhere the doctor tells what the system lacks
        look_at_platform()
    look_at_letters()
    look_at_icons()
    window.show()
    views: list[tuple[str, bytes]] = []
    for theme in ("light", "dark"):
        preferences.change(replace(preferences.settings, theme=theme))
        for name, widget in _opened(window):
            views.append((name, _shades(widget, name)))
    window.close()
    QApplication.processEvents()
    if len({content for _, content in views}) < len(views):  # what should differ looks alike
        raise AppError("window-not-drawn", view=views[0][0])
    return len(views)


def look_at_platform(
    name: str = "qwindows.dll" if sys.platform == "win32" else "libqxcb.so",
) -> None:
    """Load what puts windows on a screen: the ones here are drawn without it."""
    path = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath), "platforms", name)
    loader = QPluginLoader(str(path))
    if not loader.load():
        raise AppError("window-fails", detail=loader.errorString())


def look_at_letters() -> None:
    """Look whether the program's own font draws every letter of the languages it is for."""
    entries = [entry for entry in languages() if entry.script in own_font.SCRIPTS]
    if not fonts.load_own() or fonts.missing(own_font.FAMILY, fonts.letters(entries)):
        raise AppError("font-missing", family=own_font.FAMILY)


def look_at_icons() -> None:
    """Look whether each icon can be drawn."""
    for path in (resources() / "icons").glob("*.svg"):
        try:
            image = pixmap(path.stem, "#000000", 32).toImage()
        except OSError as error:
            raise AppError("program-file-missing", path=str(path)) from error
        if not any(image.pixelColor(x, y).alpha() for x in range(32) for y in range(32)):
            raise AppError("program-file-damaged", path=str(path))


def _opened(window: MainWindow) -> Iterator[tuple[str, QWidget]]:
    """Open one view after the other."""
    for name, page in (("conversation", CONVERSATION), ("text", TEXT), ("settings", SETTINGS)):
        window.open(page)
        yield name, window
    window.open(TEXT)
    glossary = window.text_page.bar.glossary
    glossary.click()
    yield "glossary", window
    glossary.click()
    window.keys.show()
    yield "keys", window.keys
    window.keys.close()


def _shades(widget: QWidget, name: str) -> bytes:
    """Return what a view looks like, in grey; raises AppError for a blank one."""
    for _ in range(_TURNS):
        QApplication.processEvents()
    grey = widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    content = bytes(grey.constBits())
    if len(set(content)) < _SHADES:
        raise AppError("window-not-drawn", view=name)
    return content
