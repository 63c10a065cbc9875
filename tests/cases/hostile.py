"""Files made to hurt: refused with a sentence, and what can be read is read."""

from collections.abc import Callable
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.core.errors import AppError
from tolmach.worker.documents import opened_apart

_NO_REASON = ("document-crashed", "document-slow", "document-memory", "unexpected")


def _refused(*codes: str) -> Callable[[Path, Hearing], str]:
    """Return a check that a document is refused by one of these codes, "" for opened."""

    def check(path: Path, _: Hearing) -> str:
        outcome = ""
        try:
            with opened_apart(path, lambda: False) as document:
                document.written(document.units, "ba")
        except AppError as error:
            outcome = error.code
        return "" if outcome in codes and outcome not in _NO_REASON else f"{outcome or 'opened'}"

    return check


CHECKS = {
    "hostile/charref.html": _refused(""),
    "hostile/doc2-zflip-17.docx": _refused("document-damaged"),
    "hostile/doc3-flip-2.docx": _refused("document-damaged"),
}
