"""Documents made to take all memory or all time: refused, or opened for what it costs at most."""

from collections.abc import Callable
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.core.errors import AppError
from tolmach.worker.documents import opened_apart


def _limited(*codes: str) -> Callable[[Path, Hearing], str]:
    """Return a check that a document is refused by one of these codes, "": opened and written."""

    def check(path: Path, _: Hearing) -> str:
        try:
            with opened_apart(path, lambda: False) as document:
                document.written(document.units, "ba")
                outcome = ""
        except AppError as error:
            outcome = error.code
        return "" if outcome in codes else f"not one of {codes}: {outcome or 'opened'}"

    return check


CHECKS = {
    "hostile/nplurals.po": _limited("document-damaged"),
    "hostile/doc-many-paras.docx": _limited("", "document-slow"),
}
