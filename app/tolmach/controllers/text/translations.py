"""What was translated already, piece by piece, and the one question that is under way.

Rule: at most one question at a time; what fails is not asked again until the person says so, and
after a few failures in a row nothing is.
"""

from collections.abc import Collection
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.text.paragraphs import Key, one_line, pieces
from tolmach.core.translation import Translation, assembled
from tolmach.protocol.messages import Failed, Translated
from tolmach.sessions.questions import Answer, TextQuestions

KEPT = 20_000  # pieces, while the program runs
FAILURES = 3  # in a row: then something is wrong with more than these words


class Translations(QObject):
    """Asks the worker; `arrived` comes after every answer, `failed` before it for a failure."""

    arrived = Signal()
    failed = Signal(object)  # Failed, of the languages that are asked for now
    _answered = Signal(object, object)  # Key, Answer

    def __init__(self, asking: TextQuestions, work: Background) -> None:
        """`work` is the thread on which questions are asked."""
        super().__init__()
        self._asking = asking
        self._work = work
        self._translations: dict[Key, Translation] = {}
        self._bad: set[Key] = set()
        self._failures = 0  # in a row
        self._pending: Key | None = None
        self._outdated = False  # what is pending was asked when other packs or terms held
        self._answered.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def failures(self) -> int:
        """How many questions failed and can be asked again."""
        return len(self._bad)

    @property
    def given_up(self) -> bool:
        """Whether nothing is asked any more until the person says so or writes something else."""
        return self._failures >= FAILURES

    def whole(self, paragraph: Key) -> Translation | Key | None:
        """Return the translation of a whole paragraph, or the piece to ask for next.

        None if the piece that it lacks failed.
        """
        text, source, target, project = paragraph
        spans = pieces(text)
        keys = [(text[start:end], source, target, project) for start, end in spans]
        for key in keys:
            if key not in self._translations:
                return None if key in self._bad else key
        return assembled(text, spans, [self._translations[key] for key in keys])

    def ask(self, key: Key) -> None:
        """Ask for a piece, unless a question is under way or nothing works."""
        if self._pending is not None or self.given_up:
            return
        self._pending = key
        text, source, target, project = key

        def take(answer: Answer) -> None:
            self._answered.emit(key, answer)

        self._work.submit(
            partial(self._asking.translate, text, source, target, take, project),
            lambda code, params: take(Failed("", code, params)),
        )

    def encourage(self) -> None:
        """The person wrote something else: it is worth trying."""
        self._failures = 0

    def retry(self) -> None:
        """Ask again what failed."""
        self._failures = 0
        self._bad.clear()

    def forget(self, lines: Collection[str] | None = None) -> None:
        """Forget the translations of pieces of these paragraphs, or all of them."""
        pending = self._pending
        if pending and (lines is None or any(pending[0] in line for line in lines)):
            self._outdated = True
        if lines is None:
            self._translations.clear()
            return
        for key in [key for key in self._translations if any(key[0] in line for line in lines)]:
            del self._translations[key]

    def _take(self, key: Key, answer: Answer) -> None:
        outdated = self._outdated
        self._pending, self._outdated = None, False
        if outdated:
            self.arrived.emit()
            return
        if isinstance(answer, Translated):
            self._failures = 0
            self._translations[key] = Translation(one_line(answer.text), answer.sentences)
            while len(self._translations) > KEPT:
                del self._translations[next(iter(self._translations))]
        elif isinstance(answer, Failed):
            self._failures += 1
            self._bad.add(key)
            self.failed.emit(answer)
        self.arrived.emit()
