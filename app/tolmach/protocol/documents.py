"""What crosses the border to the process that opens a document: its units out, changed ones in."""

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, get_args

from tolmach.formats.documents.document import Unit
from tolmach.protocol.wire import decode


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """Read this file; answered by OpenedDocument or FailedDocument."""

    path: Path
    memory: int  # bytes that opening and writing it may take


@dataclass(frozen=True, slots=True)
class WriteDocument:
    """Write it with these units; answered by WrittenDocument and its bytes, or FailedDocument."""

    units: tuple[Unit | None, ...]
    language: str


@dataclass(frozen=True, slots=True)
class DocumentRemark:
    """What a person should know of the document: a code and what fills its sentence."""

    code: str
    params: dict[str, str]


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """What there is to translate."""

    units: tuple[Unit, ...]
    remarks: tuple[DocumentRemark, ...]


@dataclass(frozen=True, slots=True)
class WrittenDocument:
    """The document is written; its bytes are the next message."""


@dataclass(frozen=True, slots=True)
class FailedDocument:
    """It cannot be opened or written."""

    code: str
    params: dict[str, str]
    wrong_use: bool  # by the person: no such format
    trace: str = ""  # for the log, never for the person


DocumentCommand: TypeAlias = OpenDocument | WriteDocument
DocumentAnswer: TypeAlias = OpenedDocument | WrittenDocument | FailedDocument
_COMMANDS = {kind.__name__: kind for kind in get_args(DocumentCommand)}
_ANSWERS = {kind.__name__: kind for kind in get_args(DocumentAnswer)}


def decode_document_command(data: bytes) -> DocumentCommand:
    """Return the command of these bytes; raises ValueError for anything else."""
    command: DocumentCommand = decode(data, _COMMANDS)
    return command


def decode_document_answer(data: bytes) -> DocumentAnswer:
    """Return the answer of these bytes; raises ValueError for anything else."""
    answer: DocumentAnswer = decode(data, _ANSWERS)
    return answer
