"""The confidence of the starter as a reader judged it: half of tests/judgements is for this.

The table of docs/evaluation.md: `python -m translator.calibrate` in models/recipes.
"""

import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import REPOSITORY

FOLDER = REPOSITORY / "tests" / "judgements"
PACK = REPOSITORY / "models" / "starter" / "starter-ru-ba"
PAIRS = (("ru", "ba"), ("ba", "ru"))


@pytest.fixture(scope="module")
def recipe() -> ModuleType:
    sys.path.insert(0, str(REPOSITORY / "models" / "recipes"))
    from translator import calibrate

    return calibrate


@pytest.mark.parametrize("pair", PAIRS)
def test_enough_sentences_are_judged_as_these_weights_translate_them(
    recipe: ModuleType, pair: tuple[str, str]
) -> None:
    judged, rows = recipe.read(FOLDER / f"{'-'.join(pair)}.tsv")
    assert judged == recipe.weights(PACK)
    assert len(rows) >= 120
    assert all(row.verdict for row in rows)
    assert len({row.text for row in rows}) == len(rows)


@pytest.mark.parametrize("pair", PAIRS)
def test_few_wrong_translations_pass_unmarked(recipe: ModuleType, pair: tuple[str, str]) -> None:
    """Marked is what has a doubt or a low confidence; what is half right need not be marked."""
    _, rows = recipe.read(FOLDER / f"{'-'.join(pair)}.tsv")
    _, testing = recipe.halves(rows)
    outcome = recipe.outcome(PACK, testing, *pair)
    assert outcome.wrong >= 30
    assert outcome.silent <= 0.15 * outcome.wrong, outcome


@pytest.mark.parametrize("pair", PAIRS)
def test_the_recipe_never_saw_them(recipe: ModuleType, pair: tuple[str, str]) -> None:
    _, rows = recipe.read(FOLDER / f"{'-'.join(pair)}.tsv")
    written = (REPOSITORY / "models" / "recipes" / "translator" / "phrases.tsv").read_text("utf-8")
    sides = {_plain(side) for line in written.splitlines() for side in line.split("\t")}
    assert [row.text for row in rows if _plain(row.text) in sides] == []


@pytest.mark.parametrize("pair", PAIRS)
def test_they_are_no_training_data(recipe: ModuleType, pair: tuple[str, str], shared: Path) -> None:
    _, rows = recipe.read(FOLDER / f"{'-'.join(pair)}.tsv")
    lines = (shared / "text" / "train" / "ru-ba.tsv").read_text("utf-8").splitlines()
    sides = {_plain(side) for line in lines for side in line.split("\t")[:2]}
    assert [row.text for row in rows if _plain(row.text) in sides] == []


def _plain(text: str) -> str:
    return text.strip().rstrip(".!?").casefold()
