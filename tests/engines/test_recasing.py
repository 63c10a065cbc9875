"""A translator sees no capitals that say nothing, and its translation has them."""

from tests.candidates import translations
from tests.engines.test_protecting import Model
from tolmach.engines.recasing import RecasingTranslator


def test_capitals_never_reach_the_model() -> None:
    model = Model(lambda text: text.replace("школа", "мәктәп"))
    texts = ["ГДЕ ШКОЛА?", "Где школа?", "МЧС"]
    assert translations(RecasingTranslator(model), texts, "ru", "ba") == [
        "ГДЕ МӘКТӘП?",
        "Где мәктәп?",
        "МЧС",
    ]
    assert model.batches == [["Где школа?", "Где школа?", "МЧС"]]


def test_a_hint_is_in_the_case_of_the_sentence() -> None:
    model = Model()
    RecasingTranslator(model).translate(["ГДЕ ШКОЛА"], "ru", "ba", "ҠАЙҘА")
    assert model.hints == ["ҡайҙа"]


def test_alternatives_have_the_capitals() -> None:
    candidates = RecasingTranslator(Model()).alternatives("ГДЕ ШКОЛА?", "ru", "ba", 3)
    assert [candidate.text for candidate in candidates] == ["ГДЕ ШКОЛА?", "А ГДЕ ШКОЛА?", "НИЧЕГО"]
