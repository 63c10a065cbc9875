"""Requests about texts are answered without a session."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.worker.scripted import Reversed
from tolmach.core import paths
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator
from tolmach.history.terms import current_terms, term_store
from tolmach.packs import manifest
from tolmach.pipeline.models import Models
from tolmach.pipeline.text_requests import Texts
from tolmach.protocol.messages import (
    Alternatives,
    Answered,
    Offered,
    Returned,
    Translate,
    TranslateBack,
    Translated,
)
from tolmach.quality.chrf import chrf
from tolmach.terms.glossary import Term

NUMBER = ("texts", 7)


@pytest.fixture
def loaded() -> list[Sequence[Pack]]:
    return []


@pytest.fixture
def texts(loaded: list[Sequence[Pack]]) -> Texts:
    def load(packs: Sequence[Pack]) -> Translator:
        loaded.append(packs)
        return Reversed()

    return Texts(load, current_terms(paths.terms_file()))


def test_a_translation(texts: Texts, loaded: list[Sequence[Pack]]) -> None:
    _, translated, answered = texts.answer(Translate(*NUMBER, "абв", "ru", "ba", ()))
    assert isinstance(translated, Translated)
    assert (translated.text, translated.final) == ("вба", True)
    assert len(translated.sentences) == 1
    assert answered == Answered(*NUMBER)
    assert loaded == [()]


def test_alternatives(texts: Texts) -> None:
    _, offered, answered = texts.answer(Alternatives(*NUMBER, "абв", "ru", "ba", ()))
    assert offered == Offered(*NUMBER, (Candidate("вба", -0.5), Candidate("абв", -0.5)))
    assert answered == Answered(*NUMBER)


def test_the_way_back(texts: Texts) -> None:
    _, returned, answered = texts.answer(TranslateBack(*NUMBER, "абв", "ru", "ba", (), "вба"))
    assert returned == Returned(*NUMBER, "абв", 100.0)
    assert answered == Answered(*NUMBER)


def test_the_way_back_goes_sentence_by_sentence_and_without_terms(texts: Texts) -> None:
    term_store(paths.terms_file()).add_terms([Term("ba", "ru", ("кот",), ("бесәй",))])
    request = TranslateBack(*NUMBER, "как", "ru", "ba", (), "- Кот? Пёс.\n- Да")
    (_, returned, _) = texts.answer(request)
    assert isinstance(returned, Returned)
    assert returned.text == "- ?тоК .сёП\n- аД"
    assert returned.similarity < 50


def test_what_comes_back_is_compared_with_what_was_said(starter: Path) -> None:
    if not (starter / "starter-ru-ba" / "pack.json").is_file():
        pytest.skip("the starter translator is not trained yet")
    packs = (manifest.read(starter / "starter-ru-ba"),)
    texts = Texts(Models().translator, current_terms(paths.terms_file()))
    (_, translated, _) = texts.answer(Translate(*NUMBER, "Спасибо!", "ru", "ba", packs))
    assert isinstance(translated, Translated)
    for translation, near in ((translated.text, True), ("Мин өйгә ҡайтам.", False)):
        (_, returned, _) = texts.answer(
            TranslateBack(*NUMBER, "Спасибо!", "ru", "ba", packs, translation)
        )
        assert isinstance(returned, Returned)
        assert returned.similarity == pytest.approx(chrf(returned.text.casefold(), "спасибо!"))
        assert (returned.similarity > 50) is near
    with pytest.raises(UsageError, match="no-route"):
        list(texts.answer(TranslateBack(*NUMBER, "а", "tt", "ce", packs, "б")))


def test_without_a_project_at_all_no_terms_hold(texts: Texts) -> None:
    term_store(paths.terms_file()).add_terms([Term("ru", "ba", ("кот",), ("бесәй",))])
    (_, plain, _) = texts.answer(Translate(*NUMBER, "кот", "ru", "ba", (), project=None))
    (_, termed, _) = texts.answer(Translate(*NUMBER, "кот", "ru", "ba", ()))
    assert isinstance(plain, Translated)
    assert isinstance(termed, Translated)
    assert (plain.text, plain.sentences[0].doubts) == ("ток", ())
    assert [flag.detail for flag in termed.sentences[0].doubts] == ["бесәй"]
