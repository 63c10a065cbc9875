"""Sentences found again: exact, nearly, and those that are not."""

from hypothesis import given
from hypothesis import strategies as st

from tolmach.terms.memory import NEAR_EXACT, Memory, MemoryEntry


def entry(source: str, target: str = "перевод", date: str = "", **more: str) -> MemoryEntry:
    return MemoryEntry("ru", "ba", source, target, date=date, **more)


def memory(*entries: MemoryEntry, project: str = "") -> Memory:
    return Memory(entries, "ru", "ba", project)


def test_the_same_sentence_is_exact() -> None:
    sentences = memory(entry("Как дела?", "Хәлдәр нисек?", origin="correction"))
    (hit,) = sentences.find("Как дела?")
    assert (hit.similarity, hit.target, hit.origin) == (1.0, "Хәлдәр нисек?", "correction")
    assert sentences.exact("Как дела?") == entry("Как дела?", "Хәлдәр нисек?", origin="correction")
    assert sentences.exact("как дела?") is None


def test_other_numbers_are_near_exact() -> None:
    (hit,) = memory(entry("Купил 12 книг за 1 200,50 руб.")).find("Купил 3 книг за 99 руб.")
    assert hit.similarity == NEAR_EXACT
    assert memory(entry("Купил 12 книг")).exact("Купил 3 книг") is None


def test_capitals_spaces_and_yo_are_near_exact() -> None:
    (hit,) = memory(entry("Ещё  раз.")).find("еще раз.")
    assert hit.similarity == NEAR_EXACT


def test_a_similar_sentence_comes_with_its_own_source() -> None:
    sentences = memory(entry("Завтра будет дождь."), entry("Завтра будет снег и ветер."))
    (hit,) = sentences.find("Завтра будут дожди.")
    assert hit.source == "Завтра будет дождь."
    assert 0.75 <= hit.similarity < NEAR_EXACT
    assert sentences.find("Совсем о другом.") == []


def test_the_likest_comes_first_and_of_equals_the_newest() -> None:
    sentences = memory(
        entry("Да.", "старый", "2025-01-01T00:00:00Z"),
        entry("Да.", "новый", "2026-01-01T00:00:00Z"),
        entry("Да!", "другой", "2026-06-01T00:00:00Z"),
    )
    assert [hit.target for hit in sentences.find("Да.", least=0.5)] == ["новый", "старый", "другой"]
    newest = sentences.exact("Да.")
    assert newest
    assert newest.target == "новый"
    assert len(sentences.find("Да.", least=0.5, most=2)) == 2


def test_only_this_pair_and_this_project() -> None:
    entries = (
        entry("Да.", "общий"),
        entry("Да.", "свой", project="сайт"),
        MemoryEntry("ba", "ru", "Да.", "обратный"),
    )
    assert [hit.target for hit in memory(*entries).find("Да.")] == ["общий"]
    assert [hit.target for hit in memory(*entries, project="сайт").find("Да.")] == ["свой", "общий"]


def test_nothing_is_like_nothing() -> None:
    assert memory(entry("Да.")).find("  ") == []


@given(st.lists(st.text(min_size=1), min_size=1), st.text())
def test_similarities_fall_and_only_the_same_is_exact(sources: list[str], text: str) -> None:
    hits = memory(*map(entry, sources)).find(text, least=0.3)
    scores = [hit.similarity for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all((hit.similarity == 1) == (hit.source == text) for hit in hits)
    if text.strip() in sources and text == text.strip():
        assert hits[0].source == text
