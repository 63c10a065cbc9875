"""The model library as the window sees it: `installed` changes in the GUI thread alone."""

from PySide6.QtCore import QObject, Signal

from tolmach.packs.library import ModelLibrary


class LibraryWatch(QObject):
    """Tells of packs that came or went, whoever added or removed them."""

    changed = Signal()

    def __init__(self, library: ModelLibrary) -> None:
        super().__init__()
        self.library = library
        self.installed = library.installed

    def look(self) -> None:
        """Look at the folders of packs; called now and then while there is a window."""
        self.library.refresh()
        if self.installed is not self.library.installed:
            self.installed = self.library.installed
            self.changed.emit()
