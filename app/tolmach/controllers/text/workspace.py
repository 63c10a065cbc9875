"""The work on a text: the controllers that belong together, and the draft they leave."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.glossary.terms import Terms
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.notices import Gravity
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text import draft
from tolmach.controllers.text.document_job import DocumentJob
from tolmach.controllers.text.draft_file import DraftFile
from tolmach.controllers.text.paragraphs import shorter_lines
from tolmach.controllers.text.sentence_help import SentenceHelp
from tolmach.controllers.text.text import Text
from tolmach.core import files, paths
from tolmach.core.errors import StorageError
from tolmach.formats.encoding import legible, text_of
from tolmach.sessions.document_translation import translate_document
from tolmach.sessions.questions import TextQuestions

DRAFT_MS = 2000  # after the last key
PATIENCE = 2.0  # seconds at the end for what is being written


class TextWorkspace(QObject):
    """Everything that works on the text."""

    _read = Signal(str)

    def __init__(
        self,
        preferences: Preferences,
        library: LibraryWatch,
        asking: TextQuestions,
        work: Background,
        long_work: Background,
    ) -> None:
        super().__init__()
        self.long_work = long_work
        self.text = Text(preferences, asking, work, library)
        self.terms = Terms(paths.terms_file(), preferences, self.text.notices, work)
        self.help = SentenceHelp(preferences, asking, work, self.terms)
        translate = partial(translate_document, asking)
        self.document = DocumentJob(translate, preferences, library, long_work)
        self._work = work
        self._draft_file = DraftFile(paths.draft_file())
        self._draft = self._draft_file.path
        self._saving = QTimer(self, singleShot=True, interval=DRAFT_MS)
        self._saving.timeout.connect(self.keep_draft)
        self.library = library
        self.terms.touched.connect(self.text.take_terms)
        self.text.advanced.connect(self._saving.start)
        self._read.connect(lambda text: self.text.restore(_lines(text), {}))

    def take_up_draft(self) -> None:
        """Have the text again that was there at the end."""
        try:
            stored = draft.load(self._draft)
        except StorageError as error:
            self.text.notices.show(error.code, error.params, Gravity.WARNING)
            return
        if stored:
            self.text.restore(*stored)
            self.text.notices.show("draft-restored", gravity=Gravity.INFO)

    def open_file(self, path: Path) -> None:
        """Read a text file into the source."""

        def job() -> None:
            text, _, remarks = text_of(files.read(path), path.name)
            self._read.emit(legible(text))
            for remark in remarks:
                self.text.notices.arrived.emit(remark.code, remark.params)

        self._work.submit(job, self.text.notices.arrived.emit)

    def save_file(self, path: Path) -> None:
        """Write the translation into a text file."""
        content = self.text.copied.replace("\u2028", "\n")
        job = partial(files.write, path, f"{content.rstrip()}\n".encode())
        self._work.submit(job, self.text.notices.arrived.emit)

    def clear(self) -> None:
        """Take the text away, and its draft; undo brings the text back."""
        self.text.restore([""], {})
        self.text.notices.withdraw("draft-restored")
        self.keep_draft()

    def keep_draft(self) -> None:
        """Write down the text as it is now."""
        self._saving.stop()
        draft.save(self._draft, self.text.paragraphs)

    def close(self) -> None:
        """Keep the draft and finish what is being written."""
        self.keep_draft()
        self._draft_file.release()
        self.document.dismiss()
        self.long_work.finish(PATIENCE)
        self._work.finish(PATIENCE)


def _lines(text: str) -> list[str]:
    return shorter_lines("\n".join(text.splitlines())).split("\n")
