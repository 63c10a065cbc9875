"""Paragraphs: which translation follows which line, and where sentences are after a change."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tolmach.controllers.text.paragraphs import (
    PIECE,
    Paragraph,
    corrected,
    follow,
    pieces,
    shorter_lines,
)
from tolmach.core.translation import Sentence, Translation, assembled

TWO = Translation("А БВ. Где?", (Sentence(0, 5, 0, 5), Sentence(6, 10, 6, 10)))


def paragraph(source: str) -> Paragraph:
    return Paragraph(source, source.upper(), Translation(source.upper()), current=True)


def two() -> Paragraph:
    return Paragraph("а бв. где?", TWO.text, TWO, TWO.sentences, current=True)


def test_only_changed_lines_lose_their_translation() -> None:
    old = [paragraph(line) for line in ("раз", "два", "три")]
    new = follow(old, ["раз", "двадцать", "три"])
    assert [line.current for line in new] == [True, False, True]
    assert new[1].text == "ДВА"  # greyed until the new one comes


def test_lines_that_move_keep_their_translation() -> None:
    old = [paragraph(line) for line in ("раз", "два")]
    assert follow(old, ["раз", "", "два"]) == [old[0], Paragraph(""), old[1]]
    assert follow(old, ["два"]) == [old[1]]


@given(st.lists(st.sampled_from("абв"), max_size=6), st.lists(st.sampled_from("абв"), max_size=6))
def test_there_are_always_as_many_paragraphs_as_lines(old: list[str], new: list[str]) -> None:
    paragraphs = follow([paragraph(line) for line in old], new)
    assert [moved.source for moved in paragraphs] == new
    assert all(moved.text == moved.source.upper() for moved in paragraphs if moved.current)


def test_sentences_move_along_with_corrections() -> None:
    longer = corrected(two(), "А БВГД. Где?")
    assert [spot.target for spot in longer.sentence_pairs] == ["А БВГД.", "Где?"]
    assert [spot.edited for spot in longer.sentence_pairs] == [True, False]
    replaced = corrected(longer, "А БВГД. Куда?")
    assert [spot.target for spot in replaced.sentence_pairs] == ["А БВГД.", "Куда?"]
    appended = corrected(replaced, "А БВГД. Куда? Да")
    assert [spot.target for spot in appended.sentence_pairs] == ["А БВГД.", "Куда? Да"]
    assert corrected(appended, TWO.text) == two()


@given(st.text("аб. ", max_size=12))
def test_sentences_stay_inside_whatever_is_written(text: str) -> None:
    for sentence in corrected(two(), text).sentences:
        assert 0 <= sentence.begin <= sentence.until <= len(text)


def test_states() -> None:
    fresh = replace(two(), current=False)
    assert (fresh.waits, fresh.outdated, fresh.sentence_pairs) == (True, False, [])
    written = replace(fresh, text="иначе")
    assert (written.waits, written.outdated) == (False, True)


@given(st.text("а. \t", max_size=3 * PIECE).map(lambda text: text * 2))
def test_pieces_lose_nothing(text: str) -> None:
    spans = pieces(text)
    assert all(end - start <= PIECE for start, end in spans)
    translation = assembled(text, spans, [Translation(text[start:end]) for start, end in spans])
    assert translation.text == text


def test_a_long_paragraph_is_cut_after_sentences() -> None:
    text = "Это предложение. " * 300
    parts = [text[start:end] for start, end in pieces(text)]
    assert len(parts) > 3
    assert all(part.endswith("предложение.") for part in parts)


def test_endless_lines_are_parted() -> None:
    assert shorter_lines("раз\n\nдва") == "раз\n\nдва"
    parted = shorter_lines("раз\n" + "Это предложение. " * 1000).split("\n")
    assert parted[0] == "раз"
    assert len(parted) > 10
    assert all(line.endswith("предложение.") for line in parted[1:])


def test_sentences_of_pieces_have_their_places_in_the_whole() -> None:
    translation = assembled("  раз. два.", [(2, 6), (7, 11)], [
        Translation("ОДИН.", (Sentence(0, 4, 0, 5),)),
        Translation("ДВА!", (Sentence(0, 4, 0, 4),)),
    ])  # fmt: skip
    assert translation.text == "  ОДИН. ДВА!"
    whole = Paragraph(
        "  раз. два.", translation.text, translation, translation.sentences, current=True
    )
    assert [(pair.source, pair.target) for pair in whole.sentence_pairs] == [
        ("раз.", "ОДИН."),
        ("два.", "ДВА!"),
    ]
