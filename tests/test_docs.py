"""What the docs name is there: modules of the program's own words, and commands to run."""

import ast
import importlib.util
import re
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

DOCS = [*(REPOSITORY / "docs").glob("*.md"), REPOSITORY / "CONTRIBUTING.md"]
ROW = re.compile(r"^\| ([\w ,-]+) \| [^|]+ \| `([\w/]+\.py)`(?:: `(\w+)`)? \|$", re.MULTILINE)
WORDS = ROW.findall((REPOSITORY / "docs" / "words.md").read_text(encoding="utf-8"))
COMMAND = re.compile(r"python -m (tests(?:\.\w+)*)")


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
