"""No library is loaded before it has been told to be silent, and it is told in one place."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tolmach import SILENCE

PLACE = REPOSITORY / "app" / "tolmach" / "__init__.py"
TALKATIVE = {"onnxruntime", "faster_whisper", "huggingface_hub"}
FOLDERS = ("app", "tests", "packaging", "models/recipes")
SOURCES = [path for folder in FOLDERS for path in (REPOSITORY / folder).rglob("*.py")]
OTHERS = (REPOSITORY / "Makefile", REPOSITORY / ".ci" / "run")
WATCHING = """
import os, sys
class Watch:
    def find_spec(name, path=None, target=None):
        if name == "onnxruntime":
            print({key: os.environ.get(key) for key in %r})
sys.meta_path.insert(0, Watch)
"""


def test_the_variables_are_set_in_one_place() -> None:
    own_file = Path(__file__)
    places = {
        path
        for path in (*SOURCES, *OTHERS)
        if any(name in path.read_text(encoding="utf-8") for name in SILENCE)
    }
    assert places - {own_file} == {PLACE}


@pytest.mark.parametrize(
    "loading",
    [
        "from tolmach.engines.silero import SileroDetector; SileroDetector()",
        "import tests, onnxruntime",
    ],
    ids=("program", "tools"),
)
def test_onnxruntime_is_loaded_after_they_are_set(loading: str) -> None:
    process = subprocess.run(
        [sys.executable, "-c", WATCHING % list(SILENCE) + loading],
        env={name: value for name, value in os.environ.items() if name not in SILENCE}
        | {"PYTHONPATH": os.pathsep.join((str(REPOSITORY), str(REPOSITORY / "app")))},
        capture_output=True,
        text=True,
        check=True,
    )
    assert process.stdout == f"{SILENCE}\n"


def first_imports(path: Path) -> list[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        alias.name if isinstance(node, ast.Import) else node.module or ""
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    ]
    return [name.split(".")[0] for name in names]


def test_recipes_import_the_program_before_what_is_talkative() -> None:
    late = {
        path
        for path in (REPOSITORY / "models" / "recipes").rglob("*.py")
        for names in [first_imports(path)]
        if TALKATIVE & set(names[: names.index("tolmach") if "tolmach" in names else None])
    }
    assert late == set()
