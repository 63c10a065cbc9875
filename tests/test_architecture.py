"""The house rules that linters do not know. import-linter's contracts are in pyproject.toml."""

import ast
import json
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from pytest_archon import archrule

from tests import names

APP = Path(__file__).resolve().parent.parent / "app" / "tolmach"
MODULES = sorted(APP.rglob("*.py"))
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
MOST_CLIENT_MODULES = 20
PROTOCOLS = {"VoiceActivityDetector", "Recognizer", "Translator", "Synthesizer"}
NOTICED = """
    it one found said done known told wanted now here there made given seen kept taken left heard
    heard asked asked lost got gone ours theirs what held put this
"""
FORBIDDEN_NAMES = {"utils", "common", "misc", "manager", "helper", "helpers"}


def relative(path: Path) -> str:
    return path.relative_to(APP).as_posix()


def test_controllers_know_no_widgets() -> None:
    (
        archrule("controllers have no widgets")
        .match("tolmach.controllers*")
        .should_not_import("PySide6.QtWidgets*", "PySide6.QtGui*")
        .check("tolmach", only_direct_imports=True)
    )


def test_application_never_imports_inference_libraries() -> None:
    (
        archrule("models are only named to the worker")
        .match("tolmach.ui*", "tolmach.cli*", "tolmach.controllers*", "tolmach.sessions*")
        .should_not_import("ctranslate2*", "faster_whisper*", "onnxruntime*", "sentencepiece*")
        .check("tolmach", only_direct_imports=True)
    )


def modules_after(statement: str) -> list[str]:
    """Return our modules that a new process has loaded after an import."""
    code = f"import json, sys\n{statement}\nprint(json.dumps(list(sys.modules)))"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    return [name for name in json.loads(printed.stdout) if name.split(".")[0] == "tolmach"]


def test_the_client_brings_little_into_the_application() -> None:
    modules = modules_after("import tolmach.worker.client")
    assert "tolmach.protocol.wire" in modules
    assert len(modules) <= MOST_CLIENT_MODULES, modules


@pytest.mark.parametrize("root", ["ui.application", "sessions.live", "cli.main"])
def test_the_application_loads_nothing_of_the_inference_process(root: str) -> None:
    if root.startswith("ui"):
        import_module("PySide6.QtWidgets")  # skips where Qt cannot be loaded
    modules = modules_after(f"import tolmach.{root}")
    inference = {name for name in modules if name.split(".")[1:2] in (["engines"], ["pipeline"])}
    # The doctor asks whether the worker can be confined; it loads no model.
    assert inference <= {"tolmach.pipeline", "tolmach.pipeline.confinement"}


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_files_and_functions_are_short(module: Path) -> None:
    source = module.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= LONGEST_FILE
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            assert lines <= LONGEST_FUNCTION, f"{node.name} has {lines} lines"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_modules_say_what_they_are(module: Path) -> None:
    assert ast.get_docstring(ast.parse(module.read_text(encoding="utf-8")))


def test_names_say_what_is_inside() -> None:
    assert not {relative(m) for m in MODULES if m.stem in FORBIDDEN_NAMES}


def test_engines_have_exactly_four_protocols() -> None:
    base = ast.parse((APP / "engines" / "base.py").read_text(encoding="utf-8"))
    protocols = {
        node.name
        for node in ast.walk(base)
        if isinstance(node, ast.ClassDef)
        and any(isinstance(parent, ast.Name) and parent.id == "Protocol" for parent in node.bases)
    }
    assert protocols == PROTOCOLS


def test_labels_are_plain() -> None:
    """QLabel takes for markup what looks like it; ui/widgets/words.py has one that does not."""
    users = {
        relative(m)
        for m in MODULES
        if any(
            isinstance(node, ast.Name) and node.id == "QLabel"
            for node in ast.walk(ast.parse(m.read_text(encoding="utf-8")))
        )
    }
    assert users == {"ui/widgets/words.py"}


def test_nothing_is_pickled_and_nothing_is_shelled() -> None:
    bad = re.compile(r"\b(pickle|shell=True|os\.system|eval\(|exec\()")
    suspects = {
        relative(m)
        for m in MODULES
        if bad.search(re.sub(r'""".*?"""', "", m.read_text(encoding="utf-8"), flags=re.DOTALL))
    }
    assert suspects <= {"ui/application.py"}  # QApplication.exec()


def test_names_that_say_nothing_are_noticed_wherever_they_are_bound() -> None:
    snippet = """
import json as it
from os import path as one
def found(said, /, done, *known, told=0, **wanted):
    left_side, (__now, [*here]) = said
    done.there = {made: given for made, given in known}
    for seen in (kept := left_side):
        with open(seen) as taken, open(seen) as file:
            file.left = file.right
    try:
        match kept:
            case {"a": heard, **asked} | [heard, *asked]:
                lambda lost, *, got: got
            case Answer(gone) as ours:
                pass
    except OSError as theirs:
        pass
class What:
    held: int
    put = 0
    async def _this(self): ...
"""
    noticed = " ".join(name.strip("_") for name, _ in names.nothing_said(snippet))
    assert sorted(noticed.split()) == sorted(re.findall(r"\w+", NOTICED))
    assert names.nothing_said("class FoundIt:\n    ones_own: int\n    at = it.said\n") == []


def test_every_name_says_what_it_is() -> None:
    nothing_said = [
        f"{module.relative_to(names.REPOSITORY)}:{line}: {name}"
        for module in names.modules()
        for name, line in names.nothing_said(module.read_text(encoding="utf-8"))
    ]
    assert nothing_said == []


def test_no_two_classes_have_one_name() -> None:
    assert names.classes_named_twice(APP) == {}
