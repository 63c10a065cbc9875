"""What the composition root hands to the screens: whom to ask about texts, and where things lie."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tolmach.sessions.document_translation import Order, Result, Watch
from tolmach.sessions.questions import TextQuestions

TranslateDocument: TypeAlias = Callable[[Order, Watch], Result]  # raises AppError


@dataclass(frozen=True, slots=True)
class Means:
    """Used on background threads alone: all of it waits for the disk or for the worker."""

    asking: TextQuestions
    terms_file: Path
    draft_file: Path
    translate_document: TranslateDocument | None = None  # None: documents cannot be translated
