"""One check of the installation, and what came of it.

Rule: a check tells in one line what it looked at, or raises. Whatever it raises, and should it
never end, the others are made all the same.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue

from tolmach.core.errors import AppError
from tolmach.messages.interface import translate
from tolmach.messages.table import CONTEXT, SENTENCES, sentence

log = logging.getLogger(__name__)

PATIENCE = 60  # seconds for one check


@dataclass(frozen=True, slots=True)
class Check:
    """Something to try."""

    name: str  # for programs, and to choose by on the command line
    title: str  # marked for translation
    look: Callable[[], str]  # returns what to tell; raises AppError
    essential: bool = True  # whether the program is of no use without it
    harmless: frozenset[str] = frozenset()  # errors that no installation mends: warnings


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a check; `status` is ok, warning or failed."""

    name: str
    status: str
    title: str
    detail: str
    seconds: float


def carried_out(check: Check, patience: float = PATIENCE) -> Outcome:
    """Make the check, on a thread that is left behind if it takes longer than so many seconds."""
    answers: SimpleQueue[str | AppError] = SimpleQueue()
    thread = threading.Thread(target=lambda: answers.put(_answer(check)), daemon=True)
    began = time.monotonic()
    thread.start()
    try:
        answer = answers.get(timeout=patience)
    except Empty:
        answer = AppError("check-too-long", seconds=f"{patience:.0f}")
    seconds = round(time.monotonic() - began, 2)
    title = translate("cli", check.title)
    if isinstance(answer, str):
        return Outcome(check.name, "ok", title, answer, seconds)
    matters = check.essential and answer.code not in check.harmless
    status = "failed" if matters else "warning"
    return Outcome(check.name, status, title, _explained(answer), seconds)


def _answer(check: Check) -> str | AppError:
    """Return what to tell, or what is wrong."""
    try:
        return check.look()
    except AppError as error:
        return error
    except Exception as error:  # a defect of one check hides no other
        log.info("the check %s failed", check.name, exc_info=error)
        return AppError("unexpected", detail=f"{type(error).__name__}: {error}")


def _explained(failure: AppError) -> str:
    try:
        return sentence(failure.code, failure.params)
    except (OSError, ValueError):  # of the very file that has the names of languages
        return translate(CONTEXT, SENTENCES[failure.code], **failure.params)
