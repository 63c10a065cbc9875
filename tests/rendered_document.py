"""A Word document before and after translation, as pictures: docs/screenshots/document-*.png.

    python -m tests.rendered_document

Needs LibreOffice and pdftoppm (`apt install libreoffice-writer-nogui poppler-utils`) and the
starter translator. The text is ours; the translation is the starter model's, as it is.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import RGBColor

from tolmach.packs import store
from tolmach.sessions.document_translation import DocumentRequest, ProgressWatch, translate_document
from tolmach.sessions.questions import TextQuestions
from tolmach.worker.client import Client

PICTURES = Path("docs/screenshots")


def letter(path: Path) -> None:
    """Write a letter with a heading, bold and coloured words, a list, a table and a footer."""
    document = Document()
    document.add_heading("Как принимать лекарство", 1)
    first = document.add_paragraph("Здравствуйте! Пейте воду. ")
    first.add_run("Не забудьте поесть.").bold = True
    second = document.add_paragraph("Приходите ")
    second.add_run("12.05.2025 в 15:30").bold = True
    second.add_run(" в ")
    red = second.add_run("больницу")
    red.font.color.rgb = RGBColor(0xB8, 0x3A, 0x2E)
    second.add_run(". Пишите на ")
    second.add_run("info@mail.ru").italic = True
    second.add_run(".")
    for line in ("Утром — одна таблетка.", "Днём отдыхайте.", "Вечером — чай."):
        document.add_paragraph(line, style="List Bullet")
    table = document.add_table(rows=2, cols=2, style="Table Grid")
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells),
        ("Врач", "Телефон", "Айгуль Хасанова", "+7 (347) 272-12-34"),
        strict=True,
    ):
        cell.text = text
    last = document.add_paragraph("Будьте здоровы!")
    last.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    document.sections[0].footer.paragraphs[0].text = "Спасибо за внимание."
    document.save(str(path))


def render(path: Path, picture: Path) -> None:
    """Print a document's first page into a PNG."""
    folder = path.parent
    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        soffice,
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(path),
    ]
    subprocess.run(command, check=True, capture_output=True)
    pages = ["pdftoppm", "-png", "-r", "70", "-singlefile", "-H", "520"]
    subprocess.run([*pages, path.with_suffix(".pdf"), picture.with_suffix("")], check=True)


def main() -> None:
    """Make both pictures."""
    client = Client()
    packs = store.installed().packs
    with tempfile.TemporaryDirectory() as folder:
        original = Path(folder) / "letter.docx"
        letter(original)
        try:
            asking = TextQuestions(client, lambda: packs)
            watch = ProgressWatch(lambda count, total: None, lambda: False)
            result = translate_document(asking, DocumentRequest(original, "ru", "ba"), watch)
        finally:
            client.close()
        render(original, PICTURES / "document-ru.png")
        render(result.path, PICTURES / "document-ba.png")
    sys.stdout.write(f"{PICTURES}/document-ru.png, document-ba.png: {result.doubtful} doubts\n")


if __name__ == "__main__":
    main()
