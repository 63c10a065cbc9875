"""A document translated into another of the same kind, unit by unit, while anything else goes on.

Rule: what cannot be translated stays as it was and is counted; the original is never touched, and
the translation is written whole or not at all.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

from tolmach.core.errors import AppError, Cancelled
from tolmach.core.exchange import files
from tolmach.documents.document import Unit
from tolmach.documents.opening import open_document, translated_name
from tolmach.documents.styling import restyled
from tolmach.sessions.asking import Answer, Asking
from tolmach.worker.protocol import Failed, Translated

_AHEAD = 8  # units on their way to the worker
_ONE = ("translation-crashed", "translation-failed")  # of this text, not of all


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """What to translate, and where to."""

    path: Path
    source: str
    target: str
    project: str = ""
    out: Path | None = None  # None: beside the original


@dataclass(frozen=True, slots=True)
class Watch:
    """How somebody follows a job and ends it."""

    progress: Callable[[int, int], None]  # units done, of all
    cancelled: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a document."""

    path: Path  # of the translation
    sentences: int
    doubtful: int  # of these, those with a doubt
    left: int  # units that could not be translated


def translate_document(asking: Asking, job: DocumentJob, watch: Watch) -> Result:
    """Translate a document and write it. Raises Cancelled, and AppError for what fails as a whole.

    Waits: not for a window's own thread.
    """
    document = open_document(job.path)
    watch.progress(0, len(document.units))
    sentences = doubtful = left = 0
    written: list[Unit | None] = []
    answers = _answers(asking, job, document.units, watch)
    for unit, answer in zip(document.units, answers, strict=True):
        if isinstance(answer, Translated):
            sentences += len(answer.sentences)
            doubtful += sum(bool(one.doubts) for one in answer.sentences)
            written.append(_restyled(asking, job, unit, answer, watch))
        else:
            left += 1
            written.append(None)
        watch.progress(len(written), len(document.units))
    path = job.out or translated_name(job.path, job.target)
    files.write(path, document.written(written, job.target))
    return Result(path, sentences, doubtful, left)


def _answers(
    asking: Asking, job: DocumentJob, units: Sequence[Unit], watch: Watch
) -> Iterator[Translated | None]:
    """Yield the translation of each unit, None for one that cannot be translated."""
    waiting: deque[SimpleQueue[Answer]] = deque()
    left = iter(units)
    for _ in units:
        while len(waiting) < _AHEAD and (unit := next(left, None)) is not None:
            waiting.append(_asked(asking, job, unit.text))
        answer = _await(waiting.popleft(), watch)
        if isinstance(answer, Failed) and answer.code not in _ONE:
            raise AppError(answer.code, **answer.params)
        yield answer if isinstance(answer, Translated) else None


def _restyled(
    asking: Asking, job: DocumentJob, unit: Unit, answer: Translated, watch: Watch
) -> Unit:
    def pieces(texts: list[str]) -> list[str]:
        answers = [_await(_asked(asking, job, text), watch) for text in texts]
        return [one.text if isinstance(one, Translated) else "" for one in answers]

    spans = [(one.start, one.end, one.begin, one.until) for one in answer.sentences]
    return restyled(unit, spans, answer.text, pieces)


def _asked(asking: Asking, job: DocumentJob, text: str) -> SimpleQueue[Answer]:
    answers: SimpleQueue[Answer] = SimpleQueue()
    asking.translate(text, job.source, job.target, answers.put, job.project)
    return answers


def _await(answers: SimpleQueue[Answer], watch: Watch) -> Answer:
    while not watch.cancelled():
        try:
            return answers.get(timeout=0.2)
        except Empty:
            continue
    raise Cancelled
