"""What the docs name is there: files, modules of the program's own words, commands to run."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

DOCS = [
    *(REPOSITORY / name for name in ("README.md", "CONTRIBUTING.md", "THIRD-PARTY.md")),
    *sorted((REPOSITORY / "docs").glob("**/*.md")),
]
ROOTS = (REPOSITORY, REPOSITORY / "app" / "tolmach", REPOSITORY / "models" / "recipes")
FILE = re.compile(r"`((?:[\w<>.-]+/)+[\w-]+\.(?:py|sh))`")
WAYS = 6  # of the data, in docs/architecture.md
MOST_STEPS = 8
MOST_LINES = 120  # one page
ROW = re.compile(r"^\| ([\w ,-]+) \| [^|]+ \| `([\w/]+\.py)`(?:: `(\w+)`)? \|$", re.MULTILINE)
WORDS = ROW.findall((REPOSITORY / "docs" / "words.md").read_text(encoding="utf-8"))
COMMAND = re.compile(r"python -m (tests(?:\.\w+)*)")


def missing_files(text: str) -> list[str]:
    """Return the files that a text names between backticks and that do not exist."""
    names = [name for name in FILE.findall(text) if "<" not in name]
    return [name for name in names if not any((root / name).is_file() for root in ROOTS)]


def ways(text: str) -> dict[str, list[str]]:
    """Return the steps of each way of the data that the architecture tells."""
    sections = text.split("\n### ")[1:]
    return {
        section.splitlines()[0]: re.findall(r"^\d\. (.*)", section.split("\n## ")[0], re.MULTILINE)
        for section in sections
    }


def top_level_names(module: Path) -> set[str]:
    names = set()
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
                names.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                names.add(name)
    return names


@pytest.mark.parametrize(("word", "module", "name"), WORDS)
def test_each_word_lives_where_the_glossary_says(word: str, module: str, name: str) -> None:
    path = REPOSITORY / "app" / "tolmach" / module
    assert path.is_file(), word
    assert not name or name in top_level_names(path), word


def test_the_glossary_has_one_row_a_word() -> None:
    words = [word for word, _, _ in WORDS]
    text = (REPOSITORY / "docs" / "words.md").read_text(encoding="utf-8")
    assert len(words) == text.count(" | `") > 40
    assert len(set(words)) == len(words)


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_commands_of_the_docs_are_there(page: Path) -> None:
    for module in COMMAND.findall(page.read_text(encoding="utf-8")):
        assert importlib.util.find_spec(module), module


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.name)
def test_files_that_a_document_names_exist(page: Path) -> None:
    assert missing_files(page.read_text(encoding="utf-8")) == []


def test_a_file_that_is_gone_is_noticed() -> None:
    assert missing_files("`core/paths.py`, `core/gone.py`, `tests/none.py`") == [
        "core/gone.py",
        "tests/none.py",
    ]


def test_the_architecture_is_one_page_of_short_ways() -> None:
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    assert len(ways(text)) == WAYS
    for title, steps in ways(text).items():
        assert 2 <= len(steps) <= MOST_STEPS, title
        assert all(FILE.search(step) for step in steps), title
