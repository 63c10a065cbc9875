"""Every error code raised anywhere in the program has a sentence that says what to do."""

import ast
import re
import string
from pathlib import Path

import pytest

from tolmach.messages.table import SENTENCES, sentence

APP = Path(__file__).resolve().parents[2] / "app" / "tolmach"
RAISING = {
    *("AppError", "ModelError", "EngineError", "AudioError"),
    *("StorageError", "PackError", "UpdateError", "UsageError"),
}


def raised() -> dict[str, set[str]]:
    """Return each code with the names of its parameters, from the source itself."""
    parameters: dict[str, set[str]] = {}
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            position = {"Failed": 1}.get(node.func.id, 0 if node.func.id in RAISING else None)
            if position is None or len(node.args) <= position:
                continue
            code = node.args[position]
            if isinstance(code, ast.Constant):
                names = {keyword.arg or "**" for keyword in node.keywords}
                parameters.setdefault(str(code.value), set()).update(names)
    return parameters


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_the_search_finds_what_it_should() -> None:
    assert {"no-route", "not-writable", "worker-does-not-start"} <= set(raised())


@pytest.mark.parametrize("code", sorted(raised()))
def test_every_code_has_a_sentence(code: str) -> None:
    assert code in SENTENCES


@pytest.mark.parametrize("code", sorted(SENTENCES))
def test_sentences_are_russian_and_end(code: str) -> None:
    text = SENTENCES[code]
    assert re.search("[а-я]", text)
    assert text[-1] in ".!?»)"


@pytest.mark.parametrize(("code", "names"), sorted(raised().items()))
def test_sentences_only_name_what_the_error_carries(code: str, names: set[str]) -> None:
    if "**" in names or code not in SENTENCES or code in ("unexpected", "worker-does-not-start"):
        return  # their parameters are a dictionary; the tests of those rooms check them
    assert places(SENTENCES[code]) <= names


def test_places_are_filled_and_a_missing_value_is_no_second_error() -> None:
    assert "{known}" in sentence("no-recognizer", {"languages": "cv"})


def test_languages_are_named_not_coded() -> None:
    text = sentence("no-route", {"source": "ru", "target": "ce", "reachable": "ba, tt"})
    assert text.startswith("Перевести с языка «русский» на «чеченский» нечем")
    assert "башкирский, татарский" in text
    assert "«чеченский»" in sentence("no-route", {"source": "ru", "target": "ce", "reachable": ""})


def test_an_unknown_code_still_says_something() -> None:
    assert "brand-new" in sentence("brand-new", {})
