"""Sentences of real text end where their lines do, and the report counts that rightly."""

from pathlib import Path

from tests.language import sentences_report as report

LINES = [["А б. ", "В г. ", "Д е."]]


def test_counts_right_and_wrong_cuts() -> None:
    (score,) = report.scores(LINES, [lambda text: ["А б.", "В г. Д", "е."]])
    assert score == (50.0, 50.0, 50.0)


def test_a_cut_that_all_make_inside_a_line_counts_neither_way() -> None:
    all_words = str.split
    right = ["А б.", "В г.", "Д е."]
    first, second = report.scores(LINES, [all_words, lambda text: right])
    assert first[:2] == (40.0, 100.0)
    assert second == (100.0, 100.0, 100.0)
    assert report.scores(LINES, [all_words, all_words])[0] == (100.0, 100.0, 100.0)


def test_the_ends_of_real_sentences_are_found(shared: Path) -> None:
    """The first three hundred lines of each text; all of them are in docs/sentences.md."""
    poor = []
    for language, source, lines in report.texts(shared):
        joined = report.paragraphs(report.whole(lines, language)[:300])
        splitter = report.splitters(language)["ours"]
        ((precision, recall, _),) = report.scores(joined, [splitter])
        # FLORES lines often hold two sentences, so many of the cuts inside are right.
        if len(joined) > 20 and (recall < 98 or precision < 70):
            poor.append((language, source, precision, recall))
    assert poor == []
