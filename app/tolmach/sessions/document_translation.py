"""A document translated into another of the same kind, unit by unit, while anything else goes on.

Rule: what cannot be translated stays as it was and is counted; the original is never touched, and
the translation is written whole or not at all.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from queue import Empty, SimpleQueue

from tolmach.core import files
from tolmach.core.errors import AppError, Cancelled, StorageError, UsageError
from tolmach.core.translation import Sentence, Translation, has_trial
from tolmach.formats.documents.document import Unit
from tolmach.formats.documents.opening import translated_name
from tolmach.formats.documents.styling import restyled
from tolmach.formats.encoding import legible
from tolmach.language.layout import visible
from tolmach.language.orthography.repair import repair
from tolmach.messages.trial import marked
from tolmach.protocol.messages import Failed, Translated
from tolmach.sessions.questions import Answer, TextQuestions
from tolmach.worker.documents import DocumentApart, opened_apart

_AHEAD = 2  # groups of units that wait for the worker while it translates one
_TOGETHER = 1000  # characters of a group: more would answer no sooner, and cancelling later
_ONE = ("translation-crashed", "translation-failed")  # of this text, not of all


@dataclass(frozen=True, slots=True)
class DocumentRequest:
    """What to translate, and where to."""

    path: Path
    source: str
    target: str
    project: str = ""
    out: Path | None = None  # None: beside the original


@dataclass(frozen=True, slots=True)
class ProgressWatch:
    """How somebody follows a translation and ends it."""

    progress: Callable[[int, int], None]  # units done, of all
    cancelled: Callable[[], bool]
    interrupted: Callable[["DocumentResult"], None] | None = None  # it was written in part


@dataclass(frozen=True, slots=True)
class DocumentResult:
    """What became of a document."""

    path: Path  # of the translation
    sentences: int
    doubtful: int  # of these, those with a doubt
    untranslated: int  # units that could not be translated
    trial: bool = False  # whether it is marked as one
    remarks: tuple[StorageError, ...] = ()  # what a person should know of the original


def translate_document(
    asking: TextQuestions, request: DocumentRequest, watch: ProgressWatch
) -> DocumentResult:
    """Translate a document and write it. Raises Cancelled, and AppError for what fails as a whole.

    Waits: not for a window's own thread.
    """
    _check(request)
    work = _Work(asking, request, watch)
    with opened_apart(request.path, watch.cancelled) as document:
        return _translated(document, work)


def _translated(document: DocumentApart, work: "_Work") -> DocumentResult:
    request, watch = work.request, work.watch
    watch.progress(0, len(document.units))
    sentences: list[Sentence] = []
    written: list[Unit | None] = []
    trials: list[int] = []
    out = request.out or translated_name(request.path, request.target)

    try:
        for unit, translation in zip(
            document.units, work.translations(document.units), strict=True
        ):
            sentences += translation.sentences if translation else ()
            fresh = work.restyled(unit, translation) if translation else None
            if translation and has_trial(translation.sentences):
                trials.append(len(written))
            written.append(fresh)
            watch.progress(len(written), len(document.units))
    except KeyboardInterrupt:
        if watch.interrupted and any(written):
            path = partial_name(out)
            watch.interrupted(_finished(path, request, document, written, sentences, trials))
        raise
    if watch.cancelled():
        raise Cancelled
    return _finished(out, request, document, written, sentences, trials)


def _finished(
    path: Path,
    request: DocumentRequest,
    document: DocumentApart,
    written: Sequence[Unit | None],
    sentences: Sequence[Sentence],
    trials: Sequence[int],
) -> DocumentResult:
    """Write the document with as many of its units translated as there are, and tell of it."""
    units = [*written, *[None] * (len(document.units) - len(written))]
    _mark(units, trials)
    files.write(path, document.written(tuple(units), request.target))
    doubtful = sum(bool(sentence.doubts) for sentence in sentences)
    remarks = document.remarks
    if not units:
        remarks = (*remarks, StorageError("document-without-words", name=request.path.name))
    untranslated = units.count(None)
    return DocumentResult(path, len(sentences), doubtful, untranslated, bool(trials), remarks)


def partial_name(path: Path) -> Path:
    """Return a name that no file has and that says what it is: "договор.ba.partial.docx"."""
    name = path.with_name(f"{path.stem}.partial{path.suffix}")
    return next(free for free in files.numbered(name) if not free.exists())


def _mark(written: list[Unit | None], trials: Sequence[int]) -> None:
    """Put the mark of a trial where one begins to read: that is what every format can say.

    Running text has no context; titles, attributes and headers have.
    """
    units = {number: unit for number in trials if (unit := written[number])}
    running = (number for number, unit in units.items() if not unit.context)
    number = next(running, next(iter(units), None))
    if number is not None:
        unit = units[number]
        text = marked(unit.text)
        added = len(text) - len(unit.text)
        styles = [
            replace(style, start=style.start + added, end=style.end + added)
            for style in unit.styles
        ]
        written[number] = replace(unit, text=text, styles=tuple(styles))


def _check(request: DocumentRequest) -> None:
    """Refuse a name that would cost the original, or hours of work that nobody could keep."""
    out = request.out or translated_name(request.path, request.target)
    if out.exists() and request.path.exists() and out.samefile(request.path):
        raise UsageError("document-original", name=out.name)
    if out.is_dir():
        raise StorageError("not-writable", path=str(out))
    files.try_writing(out)


@dataclass(frozen=True, slots=True)
class _Work:
    """One request and whom it asks."""

    asking: TextQuestions
    request: DocumentRequest
    watch: ProgressWatch

    def translations(self, units: Sequence[Unit]) -> Iterator[Translation | None]:
        """Yield the translation of each unit, None for one that cannot be translated."""
        groups = deque(_groups(units))
        waiting: deque[tuple[list[Unit], SimpleQueue[Answer]]] = deque()
        while groups or waiting:
            while groups and len(waiting) <= _AHEAD:
                group = groups.popleft()
                waiting.append((group, self._ask("\n".join(unit.text for unit in group))))
            group, answers = waiting.popleft()
            yield from self._settled(group, self._await(answers))

    def restyled(self, unit: Unit, translation: Translation) -> Unit:
        """Return the translation of a unit with its formatting; the unit where that says the same.

        White space, spelling and bytes that are no text are then still its author's.
        """
        text = repair(visible(legible(unit.text)), self.request.source)
        if text.split() == translation.text.split():
            return unit
        return restyled(unit, translation, self._pieces)

    def _settled(self, group: list[Unit], answer: Answer) -> Iterator[Translation | None]:
        """Yield what became of each unit of a group; of a group that failed, unit by unit."""
        if isinstance(answer, Translated) and _lines(answer, group):
            yield from _parted(group, answer)
        elif isinstance(answer, Failed) and answer.code not in _ONE:
            raise AppError(answer.code, **answer.params)
        elif len(group) == 1:
            yield None
        else:
            for unit in group:
                yield from self._settled([unit], self._await(self._ask(unit.text)))

    def _pieces(self, texts: list[str]) -> list[str]:
        answers = [self._await(self._ask(text)) for text in texts]
        return [answer.text if isinstance(answer, Translated) else "" for answer in answers]

    def _ask(self, text: str) -> SimpleQueue[Answer]:
        answers: SimpleQueue[Answer] = SimpleQueue()
        request = self.request
        self.asking.translate(
            legible(text), request.source, request.target, answers.put, request.project
        )
        return answers

    def _await(self, answers: SimpleQueue[Answer]) -> Answer:
        while not self.watch.cancelled():
            try:
                return answers.get(timeout=0.2)
            except Empty:
                continue
        raise Cancelled


def _groups(units: Sequence[Unit]) -> Iterator[list[Unit]]:
    """Yield units that are translated together, a line each: together they are quicker."""
    group: list[Unit] = []
    for unit in units:
        length = sum(len(earlier.text) for earlier in group) + len(unit.text)
        alone = "\n" in unit.text or (group and "\n" in group[-1].text)
        if group and (alone or length > _TOGETHER):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def _lines(answer: Translated, group: Sequence[Unit]) -> bool:
    """Whether the answer has a line for each unit: a person's own translation need not."""
    return len(group) == 1 or answer.text.count("\n") == len(group) - 1


def _parted(group: Sequence[Unit], answer: Translated) -> Iterator[Translation]:
    """Yield the translation of each unit of a group."""
    if len(group) == 1:
        yield Translation(answer.text, answer.sentences)
        return
    start = begin = 0
    for unit, text in zip(group, answer.text.split("\n"), strict=True):
        end = start + len(unit.text)
        inside = [sentence for sentence in answer.sentences if start <= sentence.start < end]
        yield Translation(text, tuple(sentence.moved(-start, -begin) for sentence in inside))
        start += len(unit.text) + 1
        begin += len(text) + 1
