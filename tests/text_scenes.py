"""The text screen as the screenshots show it. Staged: these answers are ours, not a model's."""

from collections.abc import Callable
from pathlib import Path
from time import sleep
from typing import TypeAlias

from PySide6.QtGui import QTextCursor

from tests.fakes import FakeTextQuestions
from tolmach.core import paths
from tolmach.core.errors import StorageError
from tolmach.core.translation import Candidate, Flag
from tolmach.history.terms import term_store
from tolmach.protocol.messages import Returned
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.ui.text.editor import Editor
from tolmach.ui.window import TEXT, MainWindow

Settle: TypeAlias = Callable[[], None]

STAGED = {
    "Здравствуйте!": "Һаумыһығыҙ!",
    "Приходите на приём в среду, 12 марта, к 9 часам.": (
        "Шаршамбы, 12 мартта, ҡабул итеүгә килегеҙ."
    ),
    "Возьмите с собой полис и прошлые анализы.": (
        "Үҙегеҙ менән полис һәм элекке анализдарҙы алығыҙ."
    ),
    "За сутки до приёма не ешьте жирного и не пейте кофе.": (
        "Ҡабул итеүгә бер тәүлек ҡала майлы аҙыҡ ашамағыҙ һәм кофе эсмәгеҙ."
    ),
    "Утром измерьте артериальное давление и запишите его.": (
        "Иртән артериаль ҡан баҫымын үлсәгеҙ һәм яҙып ҡуйығыҙ."
    ),
    "Если закружится голова, сразу позвоните мне.": "Башығыҙ әйләнһә, шунда уҡ миңә шылтыратығыҙ.",
}
LETTER = (
    "Здравствуйте!",
    "",
    "Приходите на приём в среду, 12 марта, к 9 часам. Возьмите с собой полис и прошлые анализы.",
    "",
    "За сутки до приёма не ешьте жирного и не пейте кофе. "
    "Утром измерьте артериальное давление и запишите его.",
    "",
    "Если закружится голова, сразу позвоните мне.",
)
DOUBTED = "Приходите на приём в среду, 12 марта, к 9 часам."
TERMS = (
    ("артериальное давление", "ҡан баҫымы", ""),
    ("полис", "полис", ""),
    ("анализ", "анализ", ""),
    ("приём", "ҡабул итеү", "у врача"),
    ("голова", "баш", ""),
    ("температура", "температура", ""),
    ("прививка", "прививка", ""),
    ("направление", "йүнәлтмә", "документ"),
    ("аптека", "дарыухана", ""),
    ("таблетка", "төймә дарыу", ""),
    ("сердце", "йөрәк", ""),
    ("лекарство", "дарыу", ""),
)


def stage_worker(asking: FakeTextQuestions) -> None:
    """Answer as a good model might, and doubt one sentence."""
    asking.dictionary = STAGED
    asking.confidence = dict.fromkeys(STAGED, 0.86) | {DOUBTED: 0.41}
    asking.doubts = {DOUBTED: (Flag("number-lost", "9"),)}
    asking.candidates = (
        Candidate("Шаршамбы, 12 мартта, сәғәт 9-ға ҡабул итеүгә килегеҙ.", -0.5, 0.74),
        Candidate("12 мартта, шаршамбы көн, иртәнге 9-ҙа табип янына килегеҙ.", -0.7, 0.62),
    )
    asking.returned = Returned("texts", 0, "Приходите на приём в среду, 12 марта.", 74.0)


def stage_document(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    """Be in the middle of a long document until the picture is taken."""
    watch.progress(96, 240)
    while not watch.cancelled():
        sleep(0.01)
    return DocumentResult(request.path, 0, 0, 0)


def write(window: MainWindow, settle: Settle) -> None:
    """Somebody wrote a letter and looks at the doubtful sentence."""
    term_store(paths.terms_file()).add_terms(
        Term("ru", "ba", (source,), (target,), note=note) for source, target, note in TERMS
    )
    window.open(TEXT)
    settle()
    window.text_page.pair.source.insertPlainText("\n".join(LETTER))
    settle()
    look_at(window.text_page.pair.target, 2, 5)
    settle()


def look_at(editor: Editor, line: int, at: int) -> None:
    """Put the cursor there."""
    editor.setFocus()
    cursor = QTextCursor(editor.document().findBlockByNumber(line))
    cursor.movePosition(cursor.MoveOperation.NextCharacter, n=at)
    editor.setTextCursor(cursor)


def look(window: MainWindow, settle: Settle) -> None:
    """A similar sentence is in the memory, and other ways to say it were asked for."""
    term_store(paths.terms_file()).remember([
        MemoryEntry(
            *("ru", "ba", "Приходите на приём в пятницу, 14 марта, к 9 часам."),
            "Йома, 14 мартта, сәғәт 9-ға ҡабул итеүгә килегеҙ.",
            *("correction", "2026-03-02"),
        )
    ])  # fmt: skip
    write(window, settle)
    window.text_page.strip.alternatives.click()
    settle()


def check(window: MainWindow, settle: Settle) -> None:
    """Another sentence was translated back."""
    write(window, settle)
    window.text_page.strip.check.click()
    settle()


def edit(window: MainWindow, settle: Settle) -> None:
    """A sentence was corrected, and then its source changed."""
    write(window, settle)
    target = window.text_page.pair.target
    look_at(target, 2, 0)
    window.text_page.pair.sentence_focus.take(
        "Шаршамбы, 12 мартта, сәғәт 9-ға ҡабул итеүгә килегеҙ."
    )
    settle()


def add_term(window: MainWindow, settle: Settle) -> None:
    """A term is being added to the glossary."""
    write(window, settle)
    source = window.text_page.pair.source
    cursor = source.document().find("жирного")
    source.setTextCursor(cursor)
    window.text_page.add_term()
    window.text_page.drawer.form.target.setText("майлы")
    settle()


def find_term(window: MainWindow, settle: Settle) -> None:
    """The glossary lies open beside the text."""
    write(window, settle)
    window.text_page.bar.glossary.click()
    settle()
    window.text_page.drawer.view.selectRow(3)
    settle()


def translate_file(window: MainWindow, settle: Settle) -> None:
    """A long document is being translated beside the text."""
    write(window, settle)
    window.text_page.take_file(Path("Договор аренды.docx"))
    settle()


def tell_of_a_file(window: MainWindow, settle: Settle) -> None:
    """A text in an old encoding was translated, and some of its bytes are none."""
    name = "Письмо из архива.txt"
    remarks = (
        StorageError("document-bytes", name=name, lines="7, 12"),
        StorageError("document-guessed", name=name, encoding="KOI8-R"),
    )
    result = DocumentResult(Path("Письмо из архива.ba.txt"), 48, 3, 0, remarks=remarks)
    window._workspace.document.translate = lambda request, watch: result
    write(window, settle)
    window.text_page.take_file(Path(name))
    settle()


def try_out(window: MainWindow, settle: Settle) -> None:
    """Only the starter translates; a document is to be, too."""
    write(window, settle)
    window.text_page.take_file(Path("Договор аренды.docx"))
    settle()


def nothing(window: MainWindow, settle: Settle) -> None:
    """Nobody has written anything yet."""
    window.open(TEXT)
    settle()


SCENES: dict[str, Callable[[MainWindow, Settle], None]] = {
    "text": look,
    "text-back": check,
    "text-edited": edit,
    "text-empty": nothing,
    "text-glossary": find_term,
    "text-term": add_term,
    "text-document": translate_file,
    "text-remarks": tell_of_a_file,
    "text-trial": try_out,
}
