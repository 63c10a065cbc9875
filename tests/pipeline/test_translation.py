"""What grows is translated sentence by sentence, each once."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.candidates import sure
from tolmach.core import paths
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack, Pair, Quality
from tolmach.core.translation import UNKNOWN, Candidate, Flag, Sentence
from tolmach.history.terms import current_terms, term_store
from tolmach.pipeline.translation import TextTranslator
from tolmach.terms.glossary import Term
from tolmach.terms.memory import MemoryEntry
from tolmach.terms.store import TermStore


class Shouting:
    """A Translator into capital letters that remembers what it was asked."""

    pairs: tuple[Pair, ...] = (("ru", "ba"),)

    def __init__(self) -> None:
        self.questions: list[tuple[str, str]] = []

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        self.questions += [(text, earlier) for text in texts]
        return sure(text.upper() for text in texts)

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return sure([text.upper(), text.title()][:count])


@pytest.fixture
def shouting() -> Shouting:
    return Shouting()


def test_a_sentence_is_translated_once(shouting: Shouting) -> None:
    translating = TextTranslator(shouting)
    assert translating.unfinished("Где болит? Скаж", "", "ru", "ba").text == "ГДЕ БОЛИТ?"
    assert translating.unfinished("Где болит? Скажите мне", "", "ru", "ba").text == "ГДЕ БОЛИТ?"
    assert (
        translating.whole("Где болит? Скажите мне.", "ru", "ba").text == "ГДЕ БОЛИТ? СКАЖИТЕ МНЕ."
    )
    assert [text for text, _ in shouting.questions] == ["Где болит?", "Скажите мне."]


def test_what_nobody_sees_never_reaches_a_model(shouting: Shouting) -> None:
    assert TextTranslator(shouting).whole("\ufeffГде бо\u200bлит?", "ru", "ba").text == "ГДЕ БОЛИТ?"
    assert shouting.questions == [("Где болит?", "")]


def test_the_tail_is_translated_on_demand_with_its_earlier_translation(shouting: Shouting) -> None:
    translating = TextTranslator(shouting)
    assert translating.unfinished("Где болит? А", "у вас", "ru", "ba").text == "ГДЕ БОЛИТ? А У ВАС"
    assert translating.unfinished("Где болит? А у", "вас что", "ru", "ba").text == (
        "ГДЕ БОЛИТ? А У ВАС ЧТО"
    )
    assert shouting.questions == [("Где болит?", ""), ("А у вас", ""), ("А у вас что", "А У ВАС")]


def test_the_next_utterance_begins_without_hints(shouting: Shouting) -> None:
    translating = TextTranslator(shouting)
    translating.unfinished("", "да", "ru", "ba")
    translating.forget()
    translating.unfinished("", "нет", "ru", "ba")
    assert shouting.questions == [("да", ""), ("нет", "")]


def test_a_hint_is_for_its_own_sentence_and_languages(shouting: Shouting) -> None:
    translating = TextTranslator(shouting)
    translating.unfinished("Где болит", "спина", "ru", "ba")
    translating.unfinished("Где болит спина? Давно", "это", "ru", "ba")
    translating.unfinished("", "әйе", "ba", "ru")
    assert shouting.questions == [
        ("Где болит спина", ""),
        ("Где болит спина?", ""),
        ("Давно это", ""),
        ("әйе", ""),
    ]


def test_lines_are_kept(shouting: Shouting) -> None:
    text = "Да.\n\n- Нет. Так\n  2) пусть\r\n\t1) нет. пусть!\r\nимя\tгород\n"
    assert TextTranslator(shouting).whole(text, "ru", "ba").text == text.upper()


def test_without_a_translator_there_is_no_route() -> None:
    with pytest.raises(UsageError):
        TextTranslator(None).whole("Да.", "ru", "ba")


# The shape of a text ---------------------------------------------------------------------------


class Echoing(Shouting):
    """A Translator that repeats."""

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        self.questions += [(text, earlier) for text in texts]
        return sure(texts)


SHAPES = [
    "",
    " ",
    "\n",
    "Да.\n\nНет.\n",
    "  Да.",
    "- Да.\n- Нет.",
    "1) Да.\n2) Нет.",
    "а) Да.\n\tб) Нет.",
    "• Да. Нет.\n• Да.",
    "> Да.",
    "12.05.2024",
    "— 5 —",
    "Да.\r\nНет.\r\n\r\nПусть.\r\n",
    "Да.\rНет.\u2028Пусть.\u2029Да.",
    "Имя\tГород\t\tГод\n\tУфа\t1574",
    "а)\tДа.\n1.\tНет.",
]


@pytest.mark.parametrize("text", SHAPES)
def test_the_shape_of_a_text_stays(text: str) -> None:
    assert TextTranslator(Echoing()).whole(text, "ru", "ba").text == text


def test_the_model_sees_sentences_alone_and_without_their_marks(shouting: Shouting) -> None:
    text = "- да. Нет.  - Так?\n\n2) пусть "
    translation = TextTranslator(shouting).whole(text, "ru", "ba")
    assert translation.text == text.upper()
    pairs = [sentence.texts(text, translation.text) for sentence in translation.sentences]
    assert pairs == [("да.", "ДА."), ("Нет.", "НЕТ."), ("Так?", "ТАК?"), ("пусть", "ПУСТЬ")]
    assert [sentence for sentence, _ in shouting.questions] == ["да.", "Нет.", "Так?", "пусть"]


def test_so_it_does_while_one_speaks(shouting: Shouting) -> None:
    translating = TextTranslator(shouting)
    assert translating.unfinished("- Да. - Нет", "так", "ru", "ba").text == "- ДА. - НЕТ ТАК"
    assert translating.unfinished("- Да. - Нет", "так и", "ru", "ba").text == "- ДА. - НЕТ ТАК И"
    assert translating.unfinished("- Да.", "Нет. Так", "ru", "ba").text == "- ДА. НЕТ. ТАК"
    assert shouting.questions == [
        *(("Да.", ""), ("Нет так", ""), ("Нет так и", "НЕТ ТАК")),
        *(("Да.", ""), ("Нет.", ""), ("Так", "")),
    ]


def test_alternatives_of_a_text_are_those_of_its_sentences(shouting: Shouting) -> None:
    text = "- да и нет.\n2) пусть так. - И вот"
    candidates = TextTranslator(shouting).alternatives(text, "ru", "ba", 3)
    assert candidates == sure([text.upper(), "- Да И Нет.\n2) Пусть Так. - И Вот"])


# What is thought of it, and what the person taught -----------------------------------------------


@pytest.fixture
def store() -> TermStore:
    return term_store(paths.terms_file())


@pytest.fixture
def taught(shouting: Shouting, store: TermStore) -> TextTranslator:
    """Return a translating that knows what is in the store."""
    return TextTranslator(shouting, current_terms(paths.terms_file()))


@given(st.text(alphabet=st.sampled_from("аБв12 .,!?-–«»\n\t"), max_size=80))
def test_every_sentence_is_where_it_is_said_to_be(text: str) -> None:
    translation = TextTranslator(Shouting()).whole(text, "ru", "ba")
    for sentence in translation.sentences:
        assert (
            translation.text[sentence.begin : sentence.until]
            == " ".join(text[sentence.start : sentence.end].split()).upper()
        )
    between = (
        [sentence.start for sentence in translation.sentences],
        [sentence.end for sentence in translation.sentences],
    )
    assert all(end <= start for start, end in zip(between[0][1:], between[1], strict=False))
    assert "".join(text.split()).upper() == "".join(translation.text.split())


def test_each_sentence_has_its_own_doubts(shouting: Shouting) -> None:
    class Forgetful(Shouting):
        def translate(
            self, texts: Sequence[str], source: str, target: str, earlier: str = ""
        ) -> list[Candidate]:
            return sure("Килегеҙ" if "5" in text else "Эйе" for text in texts)

    translation = TextTranslator(Forgetful()).whole("Да. Приходите в 5.", "ru", "ba")
    assert [sentence.doubts for sentence in translation.sentences] == [
        (),
        (Flag("number-lost", "5"),),
    ]
    assert {sentence.confidence for sentence in translation.sentences} == {0.9}


def test_a_lost_link_is_told() -> None:
    class Losing(Shouting):
        def translate(
            self, texts: Sequence[str], source: str, target: str, earlier: str = ""
        ) -> list[Candidate]:
            return sure("Асығыҙ әле быны" for _ in texts)

    (sentence,) = TextTranslator(Losing()).whole("Откройте сайт ya.ru", "ru", "ba").sentences
    assert sentence.doubts == (Flag("kept-lost", "ya.ru"),)


@pytest.mark.parametrize(("measured", "trial"), [(20.5, True), (45.0, False)])
def test_of_a_trial_no_confidence_is_told(shouting: Shouting, measured: float, trial: bool) -> None:
    quality = (Quality("ru>ba", "chrF++", measured, "FLORES-200 devtest"),)
    pack = Pack("p", "1", "translator", "opus", Path(), {}, pairs=(("ru", "ba"),), quality=quality)
    translating = TextTranslator(shouting, packs=(pack,))
    (sentence,) = translating.whole("Да.", "ru", "ba").sentences
    assert (sentence.trial, sentence.confidence) == (trial, UNKNOWN if trial else 0.9)
    candidates = translating.alternatives("Да.", "ru", "ba", 2)
    assert {candidate.confidence for candidate in candidates} == {UNKNOWN if trial else 0.9}
    (draft,) = translating.unfinished("Да. Н", "", "ru", "ba").sentences
    assert draft.trial is trial


def test_what_the_model_itself_doubts_is_a_doubt_of_a_trial() -> None:
    class Unsure(Shouting):
        def translate(
            self, texts: Sequence[str], source: str, target: str, earlier: str = ""
        ) -> list[Candidate]:
            return [Candidate(text.upper(), -1.0, 0.3) for text in texts]

    pack = Pack(
        "p", "1", "translator", "opus", Path(), {},
        pairs=(("ru", "ba"),), options={"starter": True},
    )  # fmt: skip
    (sentence,) = TextTranslator(Unsure(), packs=(pack,)).whole("Да.", "ru", "ba").sentences
    assert (sentence.doubts, sentence.confidence) == ((Flag("unsure"),), UNKNOWN)
    (sentence,) = TextTranslator(Unsure()).whole("Да.", "ru", "ba").sentences
    assert (sentence.doubts, sentence.confidence) == ((), 0.3)


def test_a_persons_own_translation_is_no_trial(shouting: Shouting, store: TermStore) -> None:
    pack = Pack(
        "p", "1", "translator", "opus", Path(), {},
        pairs=(("ru", "ba"),), options={"starter": True},
    )  # fmt: skip
    translating = TextTranslator(shouting, current_terms(paths.terms_file()), packs=(pack,))
    store.remember([MemoryEntry("ru", "ba", "Как дела?", "Хәлдәр нисек?", "correction")])
    translation = translating.whole("Как дела? Да.", "ru", "ba")
    assert [sentence.trial for sentence in translation.sentences] == [False, True]


def test_what_the_person_translated_is_taken_as_it_is(
    taught: TextTranslator, shouting: Shouting, store: TermStore
) -> None:
    assert taught.whole("Как дела? Да.", "ru", "ba").text == "КАК ДЕЛА? ДА."
    store.remember([MemoryEntry("ru", "ba", "Как дела?", "Хәлдәр нисек?", "correction")])
    translation = taught.whole("Как дела? Да.", "ru", "ba")
    assert translation.text == "Хәлдәр нисек? ДА."
    assert [sentence.origin for sentence in translation.sentences] == ["correction", ""]
    store.remember([MemoryEntry("ru", "ba", "Как дела? Да.", "Нисек? Эйе.")])
    whole = taught.whole(" Как дела? Да.\n", "ru", "ba")
    assert whole.text == " Нисек? Эйе.\n"
    assert whole.sentences == (Sentence(1, 14, 1, 12, 1.0, (), "memory"),)
    store.remember([MemoryEntry("ru", "ba", "Да.\nНет.", "Эйе.\nЮҡ.")])
    whole = taught.whole("\nДа.\nНет.", "ru", "ba")
    assert (whole.text, whole.sentences) == (
        "Эйе.\nЮҡ.",
        (Sentence(1, 9, 0, 8, 1.0, (), "memory"),),
    )


def test_a_line_stays_one_whatever_the_person_wrote(
    taught: TextTranslator, store: TermStore
) -> None:
    store.remember([MemoryEntry("ru", "ba", "Да.", "Эйе.\n\n Шулай.", "TM")])
    assert taught.whole("Да.", "ru", "ba").text == "Эйе. Шулай."
    assert taught.whole("Да.\nНет. Да.", "ru", "ba").text == "Эйе. Шулай.\nНЕТ. Эйе. Шулай."


def test_a_new_term_holds_with_the_next_sentence(
    taught: TextTranslator, shouting: Shouting, store: TermStore
) -> None:
    assert taught.whole("Где врач?", "ru", "ba").text == "ГДЕ ВРАЧ?"
    store.add_terms([Term("ru", "ba", ("врач",), ("табип",))])
    translation = taught.whole("Где врач?", "ru", "ba")
    assert translation.text == "ГДЕ Табип?"  # in place of the word that was left as it was
    assert translation.sentences[0].doubts == (Flag("term-forced", "табип"),)


def test_a_name_that_a_term_translates_is_not_lost(
    taught: TextTranslator, store: TermStore
) -> None:
    store.add_terms([Term("ru", "ba", ("Word",), ("Ворд",))])
    (sentence,) = taught.whole("открой Word", "ru", "ba").sentences
    assert sentence.doubts == (Flag("term-forced", "Ворд"),)


@pytest.mark.parametrize("project", ["", "больница"])
def test_terms_of_a_project_hold_there_alone(
    project: str, shouting: Shouting, store: TermStore
) -> None:
    store.add_terms([Term("ru", "ba", ("врач",), ("табип",), project="больница")])
    translating = TextTranslator(shouting, current_terms(paths.terms_file()), project)
    assert ("Табип" in translating.whole("Где врач?", "ru", "ba").text) is bool(project)


def test_a_damaged_file_keeps_nobody_from_translating(taught: TextTranslator) -> None:
    paths.terms_file().parent.mkdir(parents=True, exist_ok=True)
    paths.terms_file().write_bytes(b"no database" * 100)
    assert taught.whole("Да.", "ru", "ba").text == "ДА."


def test_alternatives_begin_with_the_translation(taught: TextTranslator, store: TermStore) -> None:
    candidates = taught.alternatives("где врач?", "ru", "ba", 4)
    assert [candidate.text for candidate in candidates] == ["ГДЕ ВРАЧ?", "Где Врач?"]
    store.remember([MemoryEntry("ru", "ba", "где врач?", "табип ҡайҙа?")])
    candidates = taught.alternatives("где врач?", "ru", "ba", 2)
    assert [candidate.text for candidate in candidates] == ["табип ҡайҙа?", "ГДЕ ВРАЧ?"]
