"""`tolmach translate --from ru --to ba --file договор.docx`: a document in, a document out."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path

from tolmach.cli.inputs import STANDARD, InputFile, is_standard, received, tally
from tolmach.cli.screen import Estimate, show_progress
from tolmach.core import files
from tolmach.core.errors import AppError, Cancelled, StorageError, UsageError
from tolmach.core.pack import Pack
from tolmach.formats.documents.opening import FORMATS, translated_name
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.sessions.document_translation import (
    DocumentRequest,
    DocumentResult,
    ProgressWatch,
    translate_document,
)
from tolmach.sessions.questions import TextQuestions
from tolmach.worker.client import Client

YES = ("да", "д", "yes", "y")


def agreed(question: str) -> bool:
    """Ask a person at the terminal; a program that runs this has decided already."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return True
    print(f"{question} [{translate('cli', 'да/НЕТ')}] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().casefold() in YES


def translate_file(
    arguments: argparse.Namespace, packs: Sequence[Pack], source: str, target: str
) -> int:
    """Translate the documents that the arguments name; 1 when a part could not be, or read.

    One that fails does not stop the others.
    """
    names: list[Path] = arguments.file
    suffix = _suffix(arguments) if STANDARD in names else ""
    with received(names, suffix) as items, closing(Client()) as client:
        many = len(items) > 1 or any(name.is_dir() for name in names)
        work = _DocumentBatch(TextQuestions(client, lambda: packs), arguments, source, target)
        for item in items:
            try:
                work.translate(item, into_folder=many)
            except Cancelled:
                raise
            except AppError as error:
                if not many:
                    raise
                work.refuse(item, error)
        if many:
            print(tally(work.finished, work.failed, work.skipped), file=sys.stderr)
    for folder in names:
        if folder.is_dir() and folder not in work.folders:
            empty = StorageError("folder-without-files", path=str(folder))
            work.refuse(InputFile(folder, str(folder)), empty)
    return 1 if work.failed else 0


class _DocumentBatch:
    """The documents of one command, one after the other, and how many became what."""

    def __init__(
        self, asking: TextQuestions, arguments: argparse.Namespace, source: str, target: str
    ) -> None:
        self.finished = self.failed = self.skipped = 0
        self.folders: set[Path] = set()  # in which there was a document
        self._results: set[Path] = set()
        self._asking = asking
        self._arguments = arguments
        self._source = source
        self._target = target

    def translate(self, item: InputFile, *, into_folder: bool) -> None:
        """Translate a document and tell of the result; raises AppError."""
        if item.folder and self._skips(item):
            return
        out = self._out(item, into_folder)
        request = DocumentRequest(
            item.path, self._source, self._target, self._arguments.project, out
        )
        estimate = Estimate()

        def show(count: int, total: int) -> None:
            if count == total:
                show_progress()
            else:
                estimate.show(count / total, f"{count}/{total}  {item.name}")

        watch = ProgressWatch(show, lambda: False, partial(self._tell_of_part, item))
        result = translate_document(self._asking, request, watch)
        self._results.add(result.path)
        self._tell(item, result)
        if result.untranslated or result.remarks:
            self.failed += 1
        else:
            self.finished += 1

    def refuse(self, item: InputFile, error: AppError) -> None:
        """Say that a document cannot be translated."""
        self.failed += 1
        message = sentence(error.code, error.params)
        if self._arguments.json:
            fields = {"event": "failed", "path": item.name, "code": error.code, "message": message}
            print(json.dumps(fields, ensure_ascii=False), flush=True)
        print(f"{item.name}: {message}", file=sys.stderr)

    def _skips(self, item: InputFile) -> bool:
        """Pass over what is in a folder beside documents, and translations of an earlier time."""
        if item.path.suffix[1:].lower() not in FORMATS or not item.path.is_file():
            text = translate("cli", "{path}: пропущено, это не документ.", path=item.name)
        elif re.search(rf"\.{re.escape(self._target)}(\.partial)?( \(\d+\))?$", item.path.stem):
            text = translate("cli", "{path}: пропущено, это уже перевод.", path=item.name)
        else:
            if item.folder:
                self.folders.add(item.folder)
            return False
        self.skipped += 1
        print(text, file=sys.stderr)
        return True

    def _out(self, item: InputFile, into_folder: bool) -> Path | None:
        """Return where the translation goes, None for beside the document; raises AppError."""
        out: Path | None = self._arguments.out
        if not out:
            return None
        if into_folder or out.is_dir():
            name = f"{item.path.stem}.{self._target}{item.path.suffix}"
            path = item.result(name, out)
            with files.writing(path.parent):
                path.parent.mkdir(parents=True, exist_ok=True)
            if self._arguments.force and path not in self._results:
                return path
            return translated_name(path.with_name(item.path.name), self._target)
        if not self._arguments.force and not _same(out, item.path):
            refuse_existing(out)
        return out

    def _tell_of_part(self, item: InputFile, result: DocumentResult) -> None:
        show_progress()
        notice = translate("cli", "Прервано. Перевод не целиком, остальное осталось как было:")
        print(notice, file=sys.stderr)
        self._tell(item, result)

    def _tell(self, item: InputFile, result: DocumentResult) -> None:
        """Say where the translation is; without a place of its own, it goes to standard output."""
        if is_standard(item) and not self._arguments.out:
            sys.stdout.flush()
            sys.stdout.buffer.write(result.path.read_bytes())
            sys.stdout.buffer.flush()
            print(_summary(replace(result, path=STANDARD)), file=sys.stderr)
            return
        as_json = self._arguments.json
        text = json.dumps(_fields(result), ensure_ascii=False) if as_json else _summary(result)
        print(text, flush=True)


def refuse_existing(out: Path) -> None:
    """Raise UsageError "file-exists" for a file that would be overwritten."""
    if out.exists():
        raise UsageError("file-exists", path=str(out))


def _same(out: Path, path: Path) -> bool:
    """Whether it is the document itself: that has a refusal of its own, `--force` or not."""
    return out.exists() and path.exists() and out.samefile(path)


def _suffix(arguments: argparse.Namespace) -> str:
    """Return the suffix of what comes from standard input: nothing else says what it is."""
    out: Path | None = arguments.out
    if arguments.json and not out:
        raise UsageError("input-needs-out")
    suffix = f".{arguments.format}" if arguments.format else out.suffix if out else ""
    if suffix[1:].lower() not in FORMATS:
        raise UsageError("input-format-unknown", known=", ".join(sorted(FORMATS)))
    return suffix


def _summary(result: DocumentResult) -> str:
    text = translate(
        "cli",
        "{path}: предложений {sentences}, сомнительных {doubtful}.",
        path=str(result.path),
        sentences=str(result.sentences),
        doubtful=str(result.doubtful),
    )
    if result.untranslated:
        untranslated = translate(
            "cli", "Осталось без перевода частей: {left}.", left=str(result.untranslated)
        )
        text = f"{text} {untranslated}"
    if result.trial:
        text = f"{text} {translate('cli', 'Это пробный перевод, в документе он помечен.')}"
    return "\n".join([text, *(sentence(remark.code, remark.params) for remark in result.remarks)])


def _fields(result: DocumentResult) -> dict[str, object]:
    return {
        "event": "document",
        "path": str(result.path),
        "sentences": result.sentences,
        "doubtful": result.doubtful,
        "left": result.untranslated,
        "trial": result.trial,
        "remarks": [
            {"code": remark.code, "message": sentence(remark.code, remark.params)}
            for remark in result.remarks
        ],
    }
