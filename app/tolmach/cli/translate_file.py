"""`tolmach translate --from ru --to ba --file договор.docx`: a document in, a document out."""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing

from tolmach.cli.screen import show_progress
from tolmach.core.pack import Pack
from tolmach.formats.documents.opening import translated_name
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
    """Translate the document that the arguments name; 1 when a part of it could not be, or read."""
    out = arguments.out
    if out and out.is_dir():
        out = translated_name(out / arguments.file.name, target)
    request = DocumentRequest(arguments.file, source, target, arguments.project, out)
    with closing(Client()) as client:
        result = translate_document(
            TextQuestions(client, lambda: packs), request, ProgressWatch(_show, lambda: False)
        )
    print(json.dumps(_fields(result), ensure_ascii=False) if arguments.json else _summary(result))
    return 1 if result.untranslated or result.remarks else 0


def _show(count: int, total: int) -> None:
    show_progress(f"{count}/{total}")
    if count == total:
        show_progress()


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
