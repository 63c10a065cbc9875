"""All that helps with one sentence: the memory, other ways to say it, and what it means back.

Rule: an answer is shown only while its sentence is; whoever moved on is not told of the last one.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from tolmach.controllers.background import Background
from tolmach.controllers.glossary.terms import Terms
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text.paragraphs import SentencePair
from tolmach.core.translation import Candidate
from tolmach.protocol.messages import Failed, Offered, Returned
from tolmach.sessions.questions import Answer, Take, TextQuestions
from tolmach.terms.glossary import TermMatch
from tolmach.terms.memory import MemoryMatch


class SentenceHelp(QObject):
    """The sentence that the person looks at."""

    changed = Signal()
    _answered = Signal(object, object)  # SentencePair, Answer

    def __init__(
        self, preferences: Preferences, asking: TextQuestions, work: Background, terms: Terms
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._asking = asking
        self._work = work
        self._terms = terms
        self.pair: SentencePair | None = None
        self.memory: Sequence[MemoryMatch] = ()
        self.terms: Sequence[TermMatch] = ()
        self.busy = False  # the worker was asked and has not answered
        self.remembered = False  # the translation as it stands is in the memory by now
        self.candidates: Sequence[Candidate] = ()
        self.returned: Returned | None = None
        self.failure: tuple[str, Mapping[str, str]] | None = None
        self._answered.connect(self._take)
        terms.suggested.connect(self._on_suggested)
        terms.changed.connect(self._suggest)
        terms.remembered.connect(self._on_remembered)

    def show(self, pair: SentencePair | None) -> None:
        """Turn to another sentence, or to the same one after it was edited."""
        if pair == self.pair:
            return
        same = pair and self.pair and pair.source == self.pair.source
        self.pair = pair
        self.remembered = False
        self.returned = None
        if not same:
            self.memory, self.terms, self.candidates = (), (), ()
            self._suggest()
        self._settle()

    def ask_alternatives(self) -> None:
        """Ask how else the sentence can be said."""
        source, target, project = self._key()
        self._ask(
            lambda pair, take: self._asking.alternatives(pair.source, source, target, take, project)
        )

    def check(self) -> None:
        """Ask what the translation means when it is translated back."""
        source, target, _ = self._key()
        self._ask(
            lambda pair, take: self._asking.back(pair.source, pair.target, (source, target), take)
        )

    def remember(self) -> None:
        """Keep the translation as it stands in the memory."""
        if self.pair:
            self._terms.remember(self.pair.source, self.pair.target)

    def _ask(self, question: Callable[[SentencePair, Take], None]) -> None:
        pair = self.pair
        if pair is None or self.busy:
            return

        def take(answer: Answer) -> None:
            self._answered.emit(pair, answer)

        self._settle(busy=True)
        self._work.submit(
            partial(question, pair, take), lambda code, params: take(Failed("", code, params))
        )

    def _take(self, pair: SentencePair, answer: Answer) -> None:
        if pair != self.pair:
            return
        if isinstance(answer, Offered):
            self.candidates = answer.candidates
        elif isinstance(answer, Returned):
            self.returned = answer
        self._settle((answer.code, answer.params) if isinstance(answer, Failed) else None)

    def _settle(
        self, failure: tuple[str, Mapping[str, str]] | None = None, busy: bool = False
    ) -> None:
        self.failure, self.busy = failure, busy
        self.changed.emit()

    def _suggest(self) -> None:
        if self.pair:
            self._terms.suggest(self.pair.source)

    def _on_suggested(
        self, sentence: str, memory: Sequence[MemoryMatch], terms: Sequence[TermMatch]
    ) -> None:
        if self.pair and sentence == self.pair.source:
            self.memory, self.terms = memory, terms
            self.changed.emit()

    def _on_remembered(self, source: str, target: str) -> None:
        if self.pair and (self.pair.source, self.pair.target) == (source, target):
            self.remembered = True
            self.changed.emit()

    def _key(self) -> tuple[str, str, str]:
        settings = self._preferences.settings
        return settings.text_source, settings.text_target, settings.project
