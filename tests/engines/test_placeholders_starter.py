"""Numbers, dates, links and names come through the starter translator; if not, it is told."""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.language import inserted
from tests.language.placeholders_report import losses
from tests.language.placeholders_report import real as real_sentences
from tolmach.engines import table
from tolmach.language.placeholders import missing_spans
from tolmach.packs import manifest

SURVIVAL = 0.99  # of the items; measured in docs/placeholders.md
_FIGURES = re.compile(r"\d+(?:[ .,:]\d+)*")


@pytest.fixture
def real(shared: Path) -> dict[str, list[str]]:
    """Return short real sentences by language that have nothing of the kind in them."""
    return {code: real_sentences(shared, code) for code in ("ru", "ba")}


def is_flagged(item: str, sample: inserted.Sample, translation: str, pair: Sequence[str]) -> bool:
    """Whether a loss is told, or it is no loss but of the unit: then the number is there."""
    flagged = missing_spans(sample.marked, translation, pair[0], pair[1])
    if any(value in item or item in value for value in flagged):
        return True
    figures = _FIGURES.match(item)
    return figures is not None and _bare(figures[0]) in _bare(translation).replace(".", ",")


def _bare(text: str) -> str:
    return "".join(text.split())


def check(starter: Path, real: dict[str, list[str]], count: int) -> None:
    pack = manifest.read(starter / "starter-ru-ba")
    plain, whole = table.translator(pack, 1), table.protecting(pack, 1)
    for pair in (("ru", "ba"), ("ba", "ru")):
        samples = inserted.samples(count // 2, pair[0], real[pair[0]])
        items = sum(len(sample.items) for sample in samples)
        missed = 0
        for translator, least in ((plain, 0.0), (whole, SURVIVAL)):
            missed = 0
            texts = [sample.text if translator is plain else sample.marked for sample in samples]
            candidates = translator.translate(texts, *pair)
            for sample, translation in zip(samples, candidates, strict=True):
                for item in losses(sample, translation.text):
                    missed += 1
                    assert is_flagged(item, sample, translation.text, pair), (sample, translation)
            assert missed <= (1 - least) * items
            if translator is plain:
                assert missed > items / 2  # else the sentences would prove nothing


def test_a_hundred_sentences(starter: Path, real: dict[str, list[str]]) -> None:
    check(starter, real, 100)


@pytest.mark.soak
def test_a_thousand_sentences(starter: Path, real: dict[str, list[str]]) -> None:
    check(starter, real, 1000)
