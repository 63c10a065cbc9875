"""What the documents say of files: each one named exists, and the ways of the data are short."""

import re
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
ROOTS = (REPOSITORY, REPOSITORY / "app" / "tolmach", REPOSITORY / "models" / "recipes")
DOCUMENTS = [
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "THIRD-PARTY.md")),
    *sorted((REPOSITORY / "docs").glob("*.md")),
    *sorted((REPOSITORY / "docs" / "decisions").glob("*.md")),
]
ARCHITECTURE = REPOSITORY / "docs" / "architecture.md"
WAYS = 6
MOST_STEPS = 8
MOST_LINES = 120  # one page

_FILE = re.compile(r"`((?:[\w<>.-]+/)+[\w-]+\.(?:py|sh))`")


def missing_files(text: str) -> list[str]:
    """Return the files that a text names between backticks and that do not exist."""
    names = [name for name in _FILE.findall(text) if "<" not in name]
    return [name for name in names if not any((root / name).is_file() for root in ROOTS)]


def ways(text: str) -> dict[str, list[str]]:
    """Return the steps of each way of the data that the architecture tells."""
    sections = text.split("\n### ")[1:]
    return {
        section.splitlines()[0]: re.findall(r"^\d\. (.*)", section.split("\n## ")[0], re.MULTILINE)
        for section in sections
    }


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_that_a_document_names_exist(document: Path) -> None:
    assert missing_files(document.read_text(encoding="utf-8")) == []


def test_a_file_that_is_gone_is_noticed() -> None:
    assert missing_files("`core/paths.py`, `core/gone.py`, `tests/none.py`") == [
        "core/gone.py",
        "tests/none.py",
    ]


def test_the_architecture_is_one_page_of_short_ways() -> None:
    text = ARCHITECTURE.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert len(ways(text)) == WAYS
    for title, steps in ways(text).items():
        assert 2 <= len(steps) <= MOST_STEPS, title
        assert all(_FILE.search(step) for step in steps), title
