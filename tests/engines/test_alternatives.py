"""Several translations, different ones, with what the model thinks of each."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

import pytest

from tests import argos_package
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import UNKNOWN, Candidate
from tolmach.engines import table
from tolmach.engines.alternatives import ALIKE
from tolmach.engines.base import Translator
from tolmach.engines.pivot import PivotTranslator
from tolmach.engines.translation import DecodingTranslator
from tolmach.packs import manifest
from tolmach.quality.chrf import chrf

SENTENCES = [
    "Где находится ближайшая аптека?",
    "Я не приду завтра.",
    "Позвони мне вечером!",
    "Правительство подготовило закон о поддержке сельского хозяйства.",
]


@pytest.fixture(scope="module")
def pack(starter: Path) -> Pack:
    folder = starter / "starter-ru-ba"
    if not (folder / "pack.json").is_file():
        pytest.skip("the starter translator is not trained yet")
    return manifest.read(folder)


@pytest.fixture(scope="module")
def opus(pack: Pack) -> Translator:
    return table.translator(pack, 1)


@pytest.fixture(scope="module")
def argos(pack: Pack, tmp_path_factory: pytest.TempPathFactory) -> Translator:
    folder = tmp_path_factory.mktemp("мой пакет")
    argos_package.package(folder, pack.folder, from_code="ru", to_code="ba")
    (folder / "sentencepiece.model").write_bytes((pack.folder / "source.spm").read_bytes())
    options = {"calibration": "ru>ba 5 -1"}
    changed = replace(pack, engine="argos", folder=folder, pairs=(("ru", "ba"),), options=options)
    return table.translator(replace(changed, languages={}), 1)


@pytest.mark.parametrize("engine", ["opus", "argos"])
@pytest.mark.parametrize("text", SENTENCES)
def test_the_first_is_the_translation(
    engine: str, text: str, request: pytest.FixtureRequest
) -> None:
    translator: Translator = request.getfixturevalue(engine)
    (best,) = translator.alternatives(text, "ru", "ba", 1)
    assert [best] == translator.translate([text], "ru", "ba")
    assert -20 < best.score < 0
    assert 0 < best.confidence < 1
    assert translator.alternatives(text, "ru", "ba", 4)[0] == best


@pytest.mark.parametrize("engine", ["opus", "argos"])
def test_no_two_read_alike(engine: str, request: pytest.FixtureRequest) -> None:
    translator: Translator = request.getfixturevalue(engine)
    offers = [translator.alternatives(text, "ru", "ba", 3) for text in SENTENCES]
    assert sum(map(len, offers)) > len(SENTENCES)
    for candidates in offers:
        assert len(candidates) <= 3
        texts = [candidate.text for candidate in candidates]
        for text, other in combinations(texts, 2):
            assert chrf(text, other) + chrf(other, text) < 2 * ALIKE


def test_the_score_is_the_mean_logarithm_per_token(opus: Translator, pack: Pack) -> None:
    """Against CTranslate2's own scoring of the finished text."""
    assert isinstance(opus, DecodingTranslator)
    decoder = opus.decoder("ru", "ba")
    (candidate,) = decoder.alternatives("Я не приду завтра.", 1)
    source = decoder.encode(["Я не приду завтра."])
    target = decoder.encode_target(candidate.text)
    probabilities = decoder.model.score_batch(source, [target])[0].log_probs
    assert candidate.score == pytest.approx(sum(probabilities) / len(probabilities), abs=1e-3)


def test_what_nobody_measured_has_no_confidence(opus: Translator) -> None:
    (tatar,) = opus.alternatives("Как дела?", "ru", "tt", 1)
    assert tatar.confidence == UNKNOWN


def test_an_empty_text_stays_empty(opus: Translator) -> None:
    assert opus.alternatives("", "ru", "ba", 3)[0].text == ""


def test_errors_are_those_of_translate(opus: Translator, pack: Pack) -> None:
    with pytest.raises(UsageError, match="no-route"):
        opus.alternatives("Да", "ru", "cv", 2)
    with pytest.raises(ModelError):
        table.translator(replace(pack, options={"calibration": "ru>ba много"}), 1)


@dataclass
class Sure:
    """A Translator that is as sure as the test says."""

    pairs: tuple[Pair, ...]
    confidence: float

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        return [self.alternatives(text, source, target, 1)[0] for text in texts]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        score = -self.confidence
        return [Candidate(f"{text} {target}{n}", score, self.confidence) for n in range(count)]


def pivot(first: float, second: float) -> PivotTranslator:
    legs = {("tt", "ru"): first, ("ru", "ba"): second}
    return PivotTranslator(
        {pair: partial(Sure, (pair,), confidence) for pair, confidence in legs.items()}
    )


def test_over_two_legs_both_must_be_sure() -> None:
    candidates = pivot(0.5, 0.8).alternatives("а", "tt", "ba", 2)
    assert [candidate.text for candidate in candidates] == ["а ru0 ba0", "а ru0 ba1"]
    assert [candidate.confidence for candidate in candidates] == pytest.approx([0.4, 0.4])
    assert {candidate.score for candidate in candidates} == {-0.8}
    assert pivot(0.5, 0.8).translate(["а"], "tt", "ba") == candidates[:1]
    assert pivot(0.5, UNKNOWN).alternatives("а", "tt", "ba", 1)[0].confidence == UNKNOWN
    assert pivot(UNKNOWN, 0.5).alternatives("а", "tt", "ba", 1)[0].confidence == UNKNOWN
    assert pivot(0.5, 0.8).alternatives("а", "ru", "ba", 1)[0].confidence == 0.8
    assert pivot(0.5, 0.8).alternatives("а", "ba", "ba", 3) == [Candidate("а", 0.0, UNKNOWN)]
