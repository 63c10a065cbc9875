"""Terms get into a translation: by the model itself, by another wording, and at last by force."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

import pytest

from tests.candidates import sure
from tolmach.core.pack import Pair
from tolmach.core.translation import Candidate, Flag
from tolmach.engines.pivot import PivotTranslator
from tolmach.engines.protecting import ProtectingTranslator
from tolmach.pipeline.term_enforcement import with_terms
from tolmach.terms.glossary import Glossary, Term


@dataclass
class Model:
    """A Translator that says what the test says, and copies what it does not know."""

    phrases: dict[str, str] = field(default_factory=dict)
    others: list[Candidate] = field(default_factory=list)
    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        return sure(self.phrases.get(text, text) for text in texts)

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return [*self.translate([text], source, target), *self.others]


DOCTOR = Glossary([Term("ru", "ba", ("врач",), ("табип", "доктор"))], "ru", "ba")


def translated(model: Model, text: str, glossary: Glossary = DOCTOR) -> tuple[str, list[Flag]]:
    whole = ProtectingTranslator(model)
    (first,) = whole.translate([text], "ru", "ba")
    candidate, flags = with_terms(whole, glossary, text, first)
    return candidate.text, list(flags)


@pytest.mark.parametrize("wording", ["Табип килде.", "Табиптар килде.", "Доктор килде."])
def test_a_model_that_knows_the_term_in_any_form_is_left_alone(wording: str) -> None:
    assert translated(Model({"Врач пришёл.": wording}), "Врач пришёл.") == (wording, [])


def test_another_wording_that_has_it_comes_first() -> None:
    model = Model({"Врач пришёл.": "Ҡара килде."}, [Candidate("Табип килде.", -0.9)])
    assert translated(model, "Врач пришёл.") == ("Табип килде.", [])


def test_a_wording_that_the_model_hardly_believes_does_not() -> None:
    model = Model(
        {"Врач пришёл.": "Ҡара килде.", "25 пришёл.": "25 килде."},
        [Candidate("Табип бүре тауыҡ.", -4.0)],
    )
    assert translated(model, "Врач пришёл.") == ("Табип килде.", [Flag("term-forced", "табип")])


def test_it_takes_the_place_of_a_word_left_untranslated() -> None:
    model = Model({"Позовите врача.": "Врача саҡырығыҙ."})
    assert translated(model, "Позовите врача.") == (
        "Табип саҡырығыҙ.",
        [Flag("term-forced", "табип")],
    )


def test_a_sentence_begins_with_a_capital_whatever_word_comes_first() -> None:
    model = Model({"Позовите врача.": "Ҡараны саҡырығыҙ.", "Позовите 25.": "25 саҡырығыҙ."})
    assert translated(model, "Позовите врача.") == (
        "Табип саҡырығыҙ.",
        [Flag("term-forced", "табип")],
    )


def test_what_must_not_be_translated_is_not() -> None:
    names = Glossary([Term("ru", "ba", ("Сбербанк",), ("Сбербанк",))], "ru", "ba")
    model = Model({"Где Сбербанк?": "Һаҡлыҡ банкы ҡайҙа?", "Где 25?": "25 ҡайҙа?"})
    assert translated(model, "Где Сбербанк?", names) == ("Сбербанк ҡайҙа?", [])


def test_a_term_that_gets_lost_all_the_same_is_told() -> None:
    class Stubborn(ProtectingTranslator):
        def translate(
            self, texts: Sequence[str], source: str, target: str, earlier: str = ""
        ) -> list[Candidate]:
            return sure("Килде." for _ in texts)

    candidate, flags = with_terms(
        Stubborn(Model()), DOCTOR, "Врач пришёл.", Candidate("Килде.", -0.5)
    )
    assert (candidate.text, flags) == ("Килде.", (Flag("term-missed", "табип"),))


def glossary(*terms: tuple[str, str]) -> Glossary:
    return Glossary(
        [Term("ru", "ba", (term,), (translation,)) for term, translation in terms], "ru", "ba"
    )


@pytest.mark.parametrize(
    "text",
    ["Смотри https://сайт.рф/врач скорее.", "Пиши на врач@сайт.рф скорее.", "Зови {{врач}} сюда."],
)
def test_a_link_or_a_field_is_not_broken_for_a_term(text: str) -> None:
    assert translated(Model(), text) == (text, [])


def test_a_term_beside_a_link_is_put_in_without_breaking_it() -> None:
    phrases = {"Врач тут: 25.": "Бында: 25."}
    assert translated(Model(phrases), "Врач тут: https://сайт.рф/врач.") == (
        "Табип тут: https://сайт.рф/врач.",
        [Flag("term-forced", "табип")],
    )


def test_it_takes_the_place_of_every_word_left_untranslated() -> None:
    both = glossary(("врач", "табип"), ("сестра", "һеңле"))
    assert translated(Model(), "Врач, сестра и врач.", both) == (
        "Табип, һеңле и табип.",
        [Flag("term-forced", "табип"), Flag("term-forced", "һеңле")],
    )


def test_a_name_that_stands_as_it_is_has_no_ending_to_doubt() -> None:
    model = Model({"Где Сбербанк?": "Сбербанке ҡайҙа?"})
    names = glossary(("Сбербанк", "Сбербанк"))
    assert translated(model, "Где Сбербанк?", names) == ("Сбербанк ҡайҙа?", [])


def test_a_forced_term_comes_through_a_way_over_several_models() -> None:
    first, second = Model(pairs=(("ru", "en"),)), Model(pairs=(("en", "ba"),))
    first.phrases = {"Врач пришёл.": "Came.", "25 пришёл.": "25 came."}
    second.phrases = {"Came.": "Килде.", "25 came.": "25 килде."}
    legs = {("ru", "en"): first, ("en", "ba"): second}
    whole = PivotTranslator(
        {pair: partial(ProtectingTranslator, leg) for pair, leg in legs.items()}
    )
    text = "Врач пришёл."
    candidate, flags = with_terms(whole, DOCTOR, text, Candidate("Килде.", -0.5))
    assert (candidate.text, flags) == ("Табип килде.", (Flag("term-forced", "табип"),))


def test_a_sign_of_the_private_use_area_stays_and_lets_no_mark_through() -> None:
    model = Model({"\ue000 Зови врача.": "Кил.", "\ue000 Зови 25.": "\ue000 25 кил."})
    assert translated(model, "\ue000 Зови врача.")[0] == "\ue000 табип кил."
