"""A whole document that is translated beside everything else: how far it is, and where it lies."""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from threading import Event
from time import monotonic
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.preferences import Preferences
from tolmach.formats.documents.opening import translated_name
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch

# Raises AppError.
TranslateDocument: TypeAlias = Callable[[DocumentRequest, ProgressWatch], DocumentResult]


class DocumentJob(QObject):
    """One document at a time."""

    changed = Signal()
    _advanced = Signal(object, int, int)  # these three: the `_stop` of the document they tell of
    _finished = Signal(object, object)
    _failed = Signal(object, str, object)

    def __init__(
        self,
        translate: TranslateDocument,
        preferences: Preferences,
        library: LibraryWatch,
        work: Background,
    ) -> None:
        super().__init__()
        self.path: Path | None = None  # of the document, None if there is none
        self.asking = False  # whether it is to be translated although that is only a trial
        self.result: DocumentResult | None = None
        self.failure: tuple[str, Mapping[str, str]] | None = None
        self.translated, self.all = 0, 0
        self.translate = translate
        self._preferences = preferences
        self._library = library
        self._folder: Path | None = None
        self._began = 0.0
        self._stop = Event()
        self._work = work
        self._advanced.connect(self._on_advanced)
        self._finished.connect(self._on_done)
        self._failed.connect(self._on_failed)

    @property
    def running(self) -> bool:
        """Whether a document is being translated."""
        return not (self.path is None or self.asking or self.result or self.failure)

    @property
    def remaining(self) -> float | None:
        """Seconds that are left at the speed so far; None while nobody can tell."""
        if not self.translated:
            return None
        return (monotonic() - self._began) / self.translated * (self.all - self.translated)

    def start(self, path: Path, folder: Path | None = None) -> None:
        """Translate a document between the languages chosen now; nothing if one is under way.

        The translation comes into `folder`; None is that of the document. One that would be only a
        trial waits for `confirm`.
        """
        if self.running:
            return
        self.path, self._folder, self.result, self.failure = path, folder, None, None
        agreed = folder is not None  # when it was begun, before another folder was chosen
        self.asking = not agreed and self._library.installed.is_trial(self._preferences.settings)
        if self.asking:
            self.changed.emit()
        else:
            self.confirm()

    def confirm(self) -> None:
        """Translate the document that was chosen."""
        translate, settings, path, folder = (
            *(self.translate, self._preferences.settings),
            *(self.path, self._folder),
        )
        if path is None:
            return
        self.asking = False
        self.translated, self.all = 0, 0
        self._began = monotonic()
        self._stop = stop = Event()
        languages = settings.text_source, settings.text_target
        out = translated_name(folder / path.name, languages[1]) if folder else None
        request = DocumentRequest(path, *languages, settings.project, out)

        def job() -> None:
            watch = ProgressWatch(partial(self._advanced.emit, stop), stop.is_set)
            self._finished.emit(stop, translate(request, watch))

        self._work.submit(job, partial(self._failed.emit, stop))
        self.changed.emit()

    def dismiss(self) -> None:
        """Cancel what runs; put away what is done."""
        self._stop.set()
        self.path = None
        self.changed.emit()

    def _on_advanced(self, stop: Event, translated: int, every: int) -> None:
        if stop is self._stop and self.running:
            self.translated, self.all = translated, every
            self.changed.emit()

    def _on_done(self, stop: Event, result: DocumentResult) -> None:
        if stop is self._stop and self.running:
            self.result = result
            self.changed.emit()

    def _on_failed(self, stop: Event, code: str, params: Mapping[str, str]) -> None:
        if stop is self._stop and self.running:
            self.failure = code, params
            self.changed.emit()
