"""A text that is translated while one types it: paragraph by paragraph, what changed alone.

Everything is called and emitted in the GUI thread; the worker is asked, and answers, on other
threads. Rule: at most one question is under way, so whatever is typed next waits for one paragraph
at most. What a person corrected is never overwritten.
"""

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.library import LibraryWatch
from tolmach.controllers.notices import Gravity, Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.paragraphs import (
    Key,
    Paragraph,
    Turned,
    corrected,
    follow,
    turned,
)
from tolmach.controllers.text.translations import Translations
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.core.settings import Settings
from tolmach.core.translation import Translation
from tolmach.messages.trial import marked
from tolmach.sessions.questions import TextQuestions
from tolmach.terms.glossary import Glossary

DEBOUNCE_MS = 300
BATCH = 50  # paragraphs written into the window at a time, known ones or blank lines
ROUTE_CODES = ("no-route", "no-route-from", "no-route-on-request", "nothing-translates")


class Text(QObject):
    """The source, its translation, and what is between them."""

    replaced = Signal(int, int, object)  # in the translation: first line, how many, the new ones
    source_replaced = Signal(object)  # all lines of the source
    marked = Signal(int, int)  # these paragraphs look different now: first, one after the last
    advanced = Signal()  # more was translated, or more is to be
    _touched = Signal(object)  # lines of the source that other terms hold for now

    def __init__(
        self,
        preferences: Preferences,
        asking: TextQuestions,
        work: Background,
        library: LibraryWatch,
    ) -> None:
        """`work` is the thread on which questions are asked."""
        super().__init__()
        self.notices = Notices()
        self.paragraphs: list[Paragraph] = [Paragraph("", current=True)]
        self.paused = False
        self._preferences = preferences
        self._translations = Translations(asking, work)
        self._work = work
        self._library = library
        self._translators: tuple[Pack, ...] = ()  # of the two languages, () if nothing translates
        self._corrected: dict[Key, str] = {}  # whole paragraphs as the person wants them
        self._turned: Turned = []  # by the last swap
        self._turned_for = ("", "")  # the languages since then
        self._first = 0  # the uppermost paragraph in view: translated first
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._go_on)
        self._translations.arrived.connect(self._go_on)
        self._translations.failed.connect(
            lambda failure: self.notices.show(failure.code, failure.params)
        )
        self._touched.connect(self._forget, Qt.ConnectionType.QueuedConnection)
        preferences.changed.connect(self._on_preferences)
        library.changed.connect(self._on_library)
        self._find_translators()

    @property
    def languages(self) -> tuple[str, str]:
        """Those of the source and of the translation."""
        return self._preferences.settings.text_source, self._preferences.settings.text_target

    @property
    def waiting(self) -> int:
        """How many paragraphs are still to be translated."""
        return sum(paragraph.waits for paragraph in self.paragraphs)

    @property
    def outdated(self) -> list[int]:
        """The corrected paragraphs whose source changed."""
        return [n for n, paragraph in enumerate(self.paragraphs) if paragraph.outdated]

    @property
    def failed(self) -> int:
        """How many questions failed and can be asked again."""
        return self._translations.failures

    @property
    def goes_on(self) -> bool:
        """Whether what waits will be translated, now or after a pause."""
        return bool(self._translators) and not self._translations.given_up

    @property
    def is_corrected(self) -> bool:
        """Whether the person wrote into a translation."""
        return bool(self._corrected)

    @property
    def trial(self) -> bool:
        """Whether a part of the translation is one: see quality/trial.py."""
        return any(paragraph.trial for paragraph in self.paragraphs)

    @property
    def copied(self) -> str:
        """The whole translation as it leaves the window: a trial has its mark."""
        text = "\n".join(paragraph.text for paragraph in self.paragraphs)
        return marked(text, self._preferences.settings.interface) if self.trial else text

    @property
    def blank(self) -> bool:
        """Whether nothing is written."""
        return not any(
            paragraph.source.strip() or paragraph.text.strip() for paragraph in self.paragraphs
        )

    def edit_source(self, first: int, removed: int, lines: Sequence[str]) -> None:
        """Lines of the source became others, as many or not."""
        old = self.paragraphs[first : first + removed]
        new = [self._recalled(paragraph) for paragraph in follow(old, lines)]
        if new == old:
            return
        self.paragraphs[first : first + removed] = new
        if [paragraph.text for paragraph in new] != [paragraph.text for paragraph in old]:
            self.replaced.emit(first, removed, [paragraph.text for paragraph in new])
        self.marked.emit(first, first + len(new))
        self._translations.encourage()
        self._timer.start()
        self.advanced.emit()

    def edit_target(self, number: int, text: str) -> None:
        """The person wrote into the translation."""
        old = self.paragraphs[number]
        if text == old.text:
            return
        self.paragraphs[number] = new = corrected(old, text)
        if new.current and new.edited:
            self._corrected[self._key(new.source)] = text
        elif new.current:
            self._corrected.pop(self._key(new.source), None)
        self.marked.emit(number, number + 1)
        self.advanced.emit()

    def attend(self, first: int) -> None:
        """This paragraph is the uppermost in view."""
        self._first = first

    def translate_again(self, numbers: Sequence[int]) -> None:
        """Give up what the person wrote in these paragraphs for a new translation."""
        for number in numbers:
            old = self.paragraphs[number]
            self._corrected.pop(self._key(old.source), None)
            self.paragraphs[number] = replace(
                old, machine=Translation(old.text), sentences=(), current=False
            )
            self.marked.emit(number, number + 1)
        self._go_on()

    def retry(self) -> None:
        """Ask again what failed."""
        self._translations.retry()
        self.notices.withdraw_errors()
        self._go_on()

    def pause(self, paused: bool) -> None:
        """Stop translating a long text, or go on."""
        self.paused = paused
        self._go_on()

    def choose(self, side: str, language: str) -> None:
        """Set the language of a side, "source" or "target"; the other side's swaps them."""
        source, target = self.languages
        if language == (target if side == "source" else source):
            self.swap()
        elif side == "source":
            self._preferences.change(replace(self._preferences.settings, text_source=language))
        else:
            self._preferences.change(replace(self._preferences.settings, text_target=language))

    def swap(self) -> None:
        """Exchange the languages, and the texts with them; twice, and all is as it was."""
        source, target = self.languages
        former: defaultdict[str, list[Paragraph]] = defaultdict(list)
        if self._turned_for == self.languages:
            for paragraph, original in self._turned:
                former[paragraph.source].append(original)
        self._turned, self._turned_for = turned(self.paragraphs, former), (target, source)
        self._timer.start()  # or the old text would be asked for
        self._preferences.change(
            replace(self._preferences.settings, text_source=target, text_target=source)
        )
        self._replace([paragraph for paragraph, _ in self._turned])

    def restore(self, lines: Sequence[str], written: dict[int, str]) -> None:
        """Take up a text again; `written` are the paragraphs that the person had corrected."""
        for number, text in written.items():
            self._corrected[self._key(lines[number])] = text
        self._replace(
            [
                Paragraph(line, written[n], current=True) if n in written else Paragraph(line)
                for n, line in enumerate(lines)
            ]
        )

    def _replace(self, paragraphs: list[Paragraph]) -> None:
        """Have this text in place of the one that was there."""
        length, self.paragraphs = len(self.paragraphs), paragraphs
        self.source_replaced.emit([paragraph.source for paragraph in paragraphs])
        self.replaced.emit(0, length, [paragraph.text for paragraph in paragraphs])
        self.marked.emit(0, len(paragraphs))
        self._timer.start()
        self.advanced.emit()

    def _key(self, text: str) -> Key:
        return (text, *self.languages, self._preferences.settings.project)

    def _recalled(self, paragraph: Paragraph) -> Paragraph:
        """Return it as current if the person had corrected the translation of this very source."""
        if paragraph.outdated:
            correction = self._corrected.get(self._key(paragraph.source))
            return replace(paragraph, current=correction == paragraph.text)
        return paragraph

    def _go_on(self) -> None:
        """Write down what is known and ask for the next piece, unless one is under way."""
        if self.paused or self._timer.isActive():
            return
        waiting = [n for n, paragraph in enumerate(self.paragraphs) if paragraph.waits]
        queue = deque(waiting)
        queue.rotate(-sum(number < self._first for number in waiting))
        for count, number in enumerate(queue):
            if count == BATCH:  # the window stays quick
                QTimer.singleShot(0, self, self._go_on)
                break
            if not self._settle(number):
                break
        self.advanced.emit()

    def _settle(self, number: int) -> bool:
        """Translate a paragraph from what is known; if that is not enough, ask and return False."""
        old = self.paragraphs[number]
        key = self._key(old.source)
        answer = self._translations.whole(key)
        if isinstance(answer, Translation):
            fresh = Paragraph(old.source, answer.text, answer, answer.sentences, current=True)
            self.paragraphs[number] = new = corrected(fresh, self._corrected.get(key, answer.text))
            self.replaced.emit(number, 1, [new.text])
            self.marked.emit(number, number + 1)
        elif answer is not None:
            if self._translators:
                self._translations.ask(answer)
            return False
        return True

    def _find_translators(self) -> None:
        """Say at once, before a word is typed, that these languages cannot be translated."""
        self.notices.withdraw(*ROUTE_CODES)
        self._translators = ()
        if not self._library.installed.pairs:
            self.notices.show("nothing-translates", gravity=Gravity.WARNING)
            return
        try:
            translators = self._library.installed.text_translators(self._preferences.settings)
            self._translators = translators
        except UsageError as error:
            self.notices.show(error.code, error.params, Gravity.WARNING)

    def _on_library(self) -> None:
        """Other packs translate now: everything anew; what is there stays until then."""
        translators = self._translators
        self._find_translators()
        if self._translators != translators:
            self._translations.forget()
            self._begin_anew(keep=True)

    def _on_preferences(self, former: Settings) -> None:
        """Other languages, or another project: everything anew; what is known comes at once."""
        settings = self._preferences.settings
        chosen = (settings.text_source, settings.text_target, settings.project, settings.on_request)
        if chosen == (former.text_source, former.text_target, former.project, former.on_request):
            return
        self._find_translators()
        languages = settings.text_source, settings.text_target
        self._begin_anew(keep=languages == (former.text_source, former.text_target))

    def take_terms(self, glossary: Glossary | None) -> None:
        """Other terms hold now: translate anew what has them; everything if `glossary` is None."""
        if glossary is None:
            self._translations.forget()
            self._begin_anew(keep=True)
            return
        lines = dict.fromkeys(paragraph.source for paragraph in self.paragraphs)

        def job() -> None:
            self._touched.emit({line for line in lines if glossary.hits(line)})

        self._work.submit(job, self.notices.arrived.emit)

    def _forget(self, lines: set[str]) -> None:
        self._translations.forget(lines)
        for number, old in enumerate(self.paragraphs):
            if old.source in lines and old.current and not old.edited:
                self.paragraphs[number] = replace(old, current=False)
                self.marked.emit(number, number + 1)
        self._go_on()

    def _begin_anew(self, *, keep: bool) -> None:
        """Translate everything again; `keep` what the person corrected, else it waits its turn.

        A correction waits for its own two languages to return.
        """
        self.paragraphs = [
            paragraph
            if keep and paragraph.edited
            else replace(
                paragraph, machine=Translation(paragraph.text), sentences=(), current=False
            )
            for paragraph in self.paragraphs
        ]
        self.marked.emit(0, len(self.paragraphs))
        self.retry()
