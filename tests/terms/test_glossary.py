"""Terms in sentences: found, demanded of translations, kept, told to a recognizer."""

from hypothesis import given
from hypothesis import strategies as st

from tolmach.terms.glossary import Glossary, Term

TERMS = [
    Term("ba", "ru", ("дәүләт",), ("государство",)),
    Term("ba", "ru", ("дәүләт йыйылышы",), ("государственное собрание",)),
    Term("ba", "ru", ("белем биреү йорто",), ("учебное заведение",)),
    Term("ba", "ru", ("Өфө",), ("Уфа",)),
    Term("ru", "ba", ("Москва",), ("Мәскәү",)),
    Term("ba", "ru", ("Толмач",), ("Толмач",)),
    Term("ce", "ru", ("мотт", "меттан"), ("язык",)),
    Term("ba", "ru", ("дәүләт",), ("держава",), project="поэма"),
]


def terms_in(text: str, source: str = "ba", target: str = "ru", project: str = "") -> list[str]:
    glossary = Glossary(TERMS, source, target, project)
    return [f"{text[h.start : h.end]}={h.terms[0].target[0]}" for h in glossary.hits(text)]


def test_the_longest_term_counts_in_any_form() -> None:
    assert terms_in("Дәүләт Йыйылышының ултырышы, дәүләтебеҙ!") == [
        "Дәүләт Йыйылышының=государственное собрание",
        "дәүләтебеҙ=государство",
    ]
    assert terms_in("Белем биреү йорттарында") == ["Белем биреү йорттарында=учебное заведение"]


def test_a_term_does_not_reach_over_a_comma() -> None:
    assert terms_in("дәүләт, йыйылышы") == ["дәүләт=государство"]
    assert terms_in("дәүләт\u00a0йыйылышы") == ["дәүләт\u00a0йыйылышы=государственное собрание"]


def test_a_term_is_good_in_both_directions() -> None:
    assert terms_in("В государственном собрании Уфы.", "ru", "ba") == [
        "государственном собрании=дәүләт йыйылышы",
        "Уфы=Өфө",
    ]


def test_hyphens_join_words_but_not_names() -> None:
    assert terms_in("Мәскәү-Өфөгә поезы") == ["Мәскәү=Москва", "Өфөгә=Уфа"]
    assert terms_in("дәүләт-ара") == []


def test_other_words_are_no_terms() -> None:
    assert terms_in("дәүләтселек Өфөр дәүләтшин") == []


def test_a_project_has_its_own_terms() -> None:
    assert terms_in("дәүләт", project="поэма") == ["дәүләт=держава"]
    assert terms_in("дәүләт", project="сайт") == ["дәүләт=государство"]


def test_irregular_forms_are_written_down() -> None:
    assert terms_in("Нохчийн меттан", "ce") == ["меттан=язык"]


def test_one_word_may_have_several_translations() -> None:
    terms = [Term("ru", "en", ("банк",), ("bank",)), Term("ru", "en", ("банка",), ("jar",))]
    (hit,) = Glossary(terms, "ru", "en").hits("банки")
    assert {term.target[0] for term in hit.terms} == {"bank", "jar"}
    (hit,) = Glossary(terms, "ru", "en").hits("банка")
    assert [term.target[0] for term in hit.terms] == ["jar"]


def test_a_translation_without_the_term_is_told_of() -> None:
    glossary = Glossary(TERMS, "ba", "ru")
    assert glossary.missing("Өфө матур.", "Красив город на Белой.")[0].offers == ("Уфа",)
    assert glossary.missing("Өфөлә дәүләт йыйылышы", "В Уфе было государственное собрание") == []


def test_a_term_left_untranslated_is_put_right() -> None:
    (missing,) = Glossary(TERMS, "ru", "ba").missing("Поезд до Москвы", "Москвы поезы")
    assert missing.corrected == "Мәскәү поезы"
    (missing,) = Glossary(TERMS, "ru", "ba").missing("До Москвы", "Ҡалаға тиклем")
    assert missing.corrected == ""


def test_any_form_of_the_target_will_do() -> None:
    terms = [Term("ru", "en", ("кошка",), ("cat", "kitty"))]
    assert Glossary(terms, "ru", "en").missing("Кошки спят", "Kitties and cats sleep") == []
    assert Glossary(terms, "ru", "en").missing("Кошки спят", "Kitty sleeps") == []


def test_signs_are_found_as_they_are() -> None:
    terms = [Term("ru", "en", ("номер",), ("№",))]
    assert Glossary(terms, "ru", "en").missing("номер 5", "№ 5") == []
    assert len(Glossary(terms, "ru", "en").missing("номер 5", "number 5")) == 1


def test_a_recognizer_is_told_the_projects_own_words_first_and_the_newest() -> None:
    terms = [Term("ru", "ba", (word,), ("?",)) for word in ("врач", "пульс", "врач")]
    own = Term("ba", "ru", ("?",), ("держава",), project="поэма")
    assert Glossary([own, *terms], "ru", "ba").hotwords(9) == ["врач", "пульс"]
    assert Glossary([own, *terms], "ru", "ba", "поэма").hotwords(2) == ["держава", "врач"]


@given(st.text(), st.lists(st.text(min_size=1), max_size=5))
def test_hits_lie_in_the_text_in_order(text: str, forms: list[str]) -> None:
    terms = [Term("ba", "ru", (form,), ("слово",)) for form in forms]
    hits = Glossary(terms, "ba", "ru").hits(text)
    ends = [0, *(end for hit in hits for end in (hit.start, hit.end)), len(text)]
    assert ends == sorted(ends)


@given(st.lists(st.sampled_from(["дәүләт", "Өфө", "йыйылышы", "һәм", ",", "Толмач"]), max_size=9))
def test_a_text_given_back_as_it_was_misses_nothing(words: list[str]) -> None:
    same = [Term("ba", "ru", term.source, term.source) for term in TERMS]
    glossary = Glossary([*same, Term("ba", "ba", ("Өфө",), ("Өфө",))], "ba", "ru")
    text = " ".join(words)
    assert glossary.missing(text, text) == []
