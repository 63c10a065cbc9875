"""A translator that changes nothing gives the same bytes; one that changes letters changes no more.

The pipeline, the session and the format are the program's own; only the engine is a fake.
"""

import os
import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.formats.documents.drafts import DRAFTS
from tests.formats.documents.making import changed, texts, unpacked
from tolmach.core.errors import AppError
from tolmach.core.pack import Pair
from tolmach.core.translation import Candidate
from tolmach.formats.documents.opening import open_document
from tolmach.formats.encoding import text_of
from tolmach.pipeline.translation import TextTranslator
from tolmach.protocol.messages import Translated
from tolmach.sessions.document_translation import (
    DocumentRequest,
    ProgressWatch,
    translate_document,
)
from tolmach.sessions.questions import Take, TextQuestions

FEW, MANY = 50, 500  # documents of a format
FOLDER = Path(os.environ.get("TOLMACH_SHARED", Path(__file__).parents[3] / "shared")) / "cases"
SUFFIXES = {".txt", ".md", ".html", ".csv", ".docx", ".po", ".tsv", ".srt", ".vtt"}
REPOSITORY = Path(__file__).resolve().parents[2]
CORPUS = sorted(
    path
    for folder in (
        *(FOLDER / kind for kind in ("documents", "text", "encodings", "subtitles")),
        *(REPOSITORY / name for name in ("tests", "docs", "models")),
    )
    for path in folder.rglob("*")
    if path.suffix in SUFFIXES and path.is_file()
)
LETTER_FOR_LETTER = ("csv", "tsv", "txt")  # the others may break lines and write signs anew
LETTER = re.compile("[а-я]")
CODE = re.compile("(`[^`]*`)|[^`]+|`")
EXCHANGE = str.maketrans("абвгдежзийклмнопрстуфхцчшщъыьэюя", "бавгедзжйилкнмпосрутхфчцщшыъэьяю")
_numbers = count()


class Unchanging:
    """An engine that says every sentence again."""

    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def translate(
        self, sentences: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        return [Candidate(sentence, 0.0) for sentence in sentences]

    def alternatives(self, sentence: str, source: str, target: str, count: int) -> list[Candidate]:
        return [Candidate(sentence, 0.0)]


class Echo(TextQuestions):
    """Answers at once, by the pipeline in this process."""

    def __init__(self) -> None:
        self._pipeline = TextTranslator(Unchanging())

    def translate(self, text: str, source: str, target: str, take: Take, project: str = "") -> None:
        translation = self._pipeline.whole(text, source, target)
        take(Translated("", 0, source, target, translation.text, sentences=translation.sentences))


def translated(path: Path, folder: Path) -> bytes:
    out = folder / f"{next(_numbers)}{path.suffix}"
    watch = ProgressWatch(lambda units, total: None, lambda: False)
    translate_document(Echo(), DocumentRequest(path, "ru", "ba", out=out), watch)
    return out.read_bytes()


def exchanged(text: str) -> str:
    """Return a text in which small Cyrillic letters have changed places, but for those of code."""
    return CODE.sub(lambda match: match[1] or match[0].translate(EXCHANGE), text)


def words(parts: Iterable[str]) -> list[str]:
    """Return what is said, white space left aside: breaks may move."""
    return ["".join(part.split()) for part in parts]


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: "/".join(path.parts[-3:]))
def test_nothing_changes_in_files_as_people_have_them(path: Path, tmp_path: Path) -> None:
    try:
        open_document(path)
    except AppError:
        pytest.skip("nobody can translate this one")
    assert translated(path, tmp_path) == path.read_bytes()


def check(data: bytes, suffix: str, folder: Path) -> None:
    path = folder / f"{next(_numbers)}.{suffix}"
    path.write_bytes(data)
    assert translated(path, folder) == data
    document = open_document(path)
    path.write_bytes(changed(document, exchanged))
    if suffix != "po":  # a message with a translation is none that waits for one
        assert words(texts(open_document(path))) == words(map(exchanged, texts(document)))
    if suffix == "docx":
        assert unpacked(path.read_bytes()).keys() == unpacked(data).keys()
    if suffix in LETTER_FOR_LETTER:
        files = text_of(data, path.name).text, text_of(path.read_bytes(), path.name).text
        assert LETTER.sub("_", files[1]) == LETTER.sub("_", files[0])


@pytest.mark.parametrize("suffix", DRAFTS)
@settings(max_examples=FEW, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_but_words_changes(suffix: str, data: st.DataObject, tmp_path: Path) -> None:
    check(data.draw(DRAFTS[suffix]), suffix, tmp_path)


@pytest.mark.soak
@pytest.mark.parametrize("suffix", DRAFTS)
@settings(max_examples=MANY, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_nothing_but_words_changes_in_many(
    suffix: str, data: st.DataObject, tmp_path: Path
) -> None:
    check(data.draw(DRAFTS[suffix]), suffix, tmp_path)
