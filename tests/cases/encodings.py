"""Texts in whatever encoding: read as what they are, with a sentence about the bad place."""

from collections.abc import Callable
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.formats.documents.opening import open_document


def _read(words: list[str], codes: list[str]) -> Callable[[Path, Hearing], str]:
    """Return a check that these words are read, this is remarked, and no byte is changed."""

    def check(path: Path, _: Hearing) -> str:
        document = open_document(path)
        text = " ".join(unit.text for unit in document.units)
        absent = [word for word in words if word not in text]
        remarks = [remark.code for remark in document.remarks]
        same = document.written([None] * len(document.units)) == path.read_bytes()
        return "; ".join(
            [f"not read: {', '.join(absent)}"] * bool(absent)
            + [f"remarked: {remarks}"] * (remarks != codes)
            + ["other bytes"] * (not same)
        )

    return check


GREETING = ["Добрый день.", "Как ваши дела?"]
CHECKS = {
    "encodings/bad-bytes-utf8.srt": _read([*GREETING, "Спасибо"], ["document-bytes"]),
    "encodings/cut-in-letter.srt": _read([*GREETING, "Спасибо"], ["document-bytes"]),
    "encodings/koi8-r.srt": _read([*GREETING, "Спасибо за помощь."], ["document-guessed"]),
    "encodings/one-bad-byte.csv": _read(["Добрый день.", "Цена"], ["document-bytes"]),
}
