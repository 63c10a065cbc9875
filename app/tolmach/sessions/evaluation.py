"""Measures models as a person uses them: through the worker, against texts that people wrote.

Reads TSV files in UTF-8. Speech: `path<TAB>text<TAB>language`, the path relative to the file, or
any columns under a header that names these three ("lang" will do). Text: `source<TAB>target`.
Rule: what failed is counted and told, never left out in silence.
"""

import json
import queue
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

from tolmach.core import files
from tolmach.core.errors import AppError, StorageError, UsageError
from tolmach.core.pack import Pack
from tolmach.protocol.messages import Answered, Event, Failed, Translate, Translated
from tolmach.protocol.plan import Plan
from tolmach.quality.error_rates import Score, character_error_rate, word_error_rate
from tolmach.quality.normalization import normalise
from tolmach.sessions.file import FileSession
from tolmach.worker.client import Client

_SESSION = "evaluation"
_AHEAD = 64  # texts on their way to the worker
_RESAMPLES = 1000
_COLUMNS = ("path", "text", "language")
_HEADERS = {"lang": "language"}
_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Spoken:
    """One recording and what is said in it."""

    path: Path
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One line of a result."""

    metric: str
    score: Score
    signature: str = ""  # how exactly, as sacrebleu says it


def read_speech(folder: Path, language: str) -> list[Spoken]:
    """Return what the folder's TSV files list in this language.

    Raises StorageError as `files.unreadable` has it, "terms-encoding", and UsageError
    "nothing-to-measure".
    """
    recordings = [
        Spoken(file.parent / path, text, language)
        for file in _tables(folder)
        for path, text, spoken in _speech_rows(_rows(file))
        if spoken in ("", language) and text.strip()
    ]
    return _some(recordings, folder)


def read_texts(path: Path) -> list[tuple[str, str]]:
    """Return the pairs of a file, or of all TSV files of a folder; raises as `read_speech`."""
    files = _tables(path) if path.is_dir() else [path]
    rows = [row for file in files for row in _rows(file)]
    return _some([(row[0], row[1]) for row in rows if len(row) > 1 and row[0] and row[1]], path)


def recognized(client: Client, plan: Plan, spoken: Sequence[Spoken]) -> Iterator[str | AppError]:
    """Yield what is recognised in each recording, or why nothing is."""
    for recording in spoken:
        session = FileSession(client, plan, recording.path)
        failure: AppError | None = None
        try:
            for event in session.run():
                if isinstance(event, Failed):
                    failure = AppError(event.code, **event.params)
        except AppError as error:
            failure = error
        texts = [segment.text for segment in session.transcript.ordered()]
        yield failure or " ".join(texts)


def translated(
    client: Client, packs: tuple[Pack, ...], texts: Sequence[str], source: str, target: str
) -> Iterator[str | AppError]:
    """Yield what the models make of each text, without the person's terms, or why nothing."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client.hear(_SESSION, events.put)
    answers: dict[int, str | AppError] = {}
    answered: set[int] = set()
    requested = 0
    for number in range(len(texts)):
        while number not in answered:
            for text in texts[requested : number + _AHEAD]:
                client.ask(
                    Translate(_SESSION, requested, text, source, target, packs, project=None)
                )
                requested += 1
            event = events.get()
            if isinstance(event, Translated):
                answers[event.utterance] = event.text
            elif isinstance(event, Failed):
                answers[event.utterance] = AppError(event.code, **event.params)
            elif isinstance(event, Answered):
                answered.add(event.utterance)
        yield answers.pop(number, "")


def speech_measures(pairs: Sequence[tuple[str, str]], language: str) -> list[Measure]:
    """Return the error rates of (reference, recognised) pairs; both ways where ё is written."""
    measures = []
    for note, fold in (("", False), (", ё = е", True)):
        plain = [
            (normalise(reference, language, fold_yo=fold), normalise(text, language, fold_yo=fold))
            for reference, text in pairs
        ]
        measures.append(Measure(f"WER{note}", word_error_rate(plain)))
        measures.append(Measure(f"CER{note}", character_error_rate(plain)))
        if not any("ё" in side for pair in plain for side in pair):
            break
    return measures


def text_measures(pairs: Sequence[tuple[str, str]]) -> list[Measure]:
    """Return chrF++ and BLEU of (reference, translation) pairs, by sacrebleu.

    With FLORES-200's SentencePiece model in sacrebleu's folder spBLEU, too: sacrebleu would fetch
    it from the network, and this program does not. Raises UsageError "needs-sacrebleu".
    """
    try:
        metrics, utils = map(import_module, ("sacrebleu.metrics", "sacrebleu.utils"))
    except ImportError as error:
        raise UsageError("needs-sacrebleu") from error
    makers = {"chrF++": metrics.CHRF(word_order=2), "BLEU": metrics.BLEU()}
    pieces = Path(utils.SACREBLEU_DIR) / "models" / "flores_sacrebleu_tokenizer_spm.model"
    if pieces.is_file():
        makers["spBLEU"] = metrics.BLEU(tokenize="flores200")
    references = [reference for reference, _ in pairs]
    translations = [translation for _, translation in pairs]
    measures = []
    for name, metric in makers.items():
        result = metric.corpus_score(translations, [references], n_bootstrap=_RESAMPLES)
        signature = str(metric.get_signature())
        details = json.loads(result.format(is_json=True, signature=signature))
        middle = details.get("confidence_mean", result.score)  # none for a score of 0
        half = details.get("confidence_var", 0.0)
        score = Score(result.score, middle - half, middle + half)
        measures.append(Measure(name, score, signature))
    return measures


def _tables(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.tsv"))


def _rows(file: Path) -> list[list[str]]:
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise files.unreadable(error, file) from error
    except UnicodeDecodeError as error:
        raise StorageError("terms-encoding", name=file.name) from error
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def _speech_rows(rows: list[list[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield (path, text, language), the language "" where the file names none."""
    head = [_HEADERS.get(name, name) for name in (rows[0] if rows else [])]
    places = list(range(len(_COLUMNS)))
    if "path" in head and "text" in head:
        rows = rows[1:]
        places = [head.index(name) if name in head else len(head) for name in _COLUMNS]
    for row in rows:
        path, text, language = (row[at] if at < len(row) else "" for at in places)
        if path and text:
            yield path, text, language


def _some(rows: list[_Row], path: Path) -> list[_Row]:
    if not rows:
        raise UsageError("nothing-to-measure", path=str(path))
    return rows
