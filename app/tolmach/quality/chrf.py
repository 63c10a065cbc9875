"""chrF: how much of a text's letter sequences another text has (Popović 2015, 2017).

The program needs it while it runs (back-translation, alternatives) and ships no library for it;
tests/quality/test_chrf.py holds it equal to sacrebleu's, which measures in `tolmach eval`.
"""

from collections import Counter
from collections.abc import Sequence
from string import punctuation

_LETTERS = 6  # longest sequence
_BETA = 2  # recall counts so many times as much as precision


def chrf(hypothesis: str, reference: str, words: int = 0) -> float:
    """Return chrF of one sentence, 0..100; with `words` = 2 it is chrF++.

    Equals sacrebleu's `sentence_chrf(hypothesis, [reference], word_order=words)`.
    """
    both = zip(_grams(hypothesis, words), _grams(reference, words), strict=True)
    grams = [(produced, expected) for produced, expected in both if produced and expected]
    if not grams:
        return 0.0
    same = [(produced & expected).total() for produced, expected in grams]
    precision = sum(n / produced.total() for n, (produced, _) in zip(same, grams, strict=True))
    recall = sum(n / expected.total() for n, (_, expected) in zip(same, grams, strict=True))
    if not precision + recall:
        return 0.0
    square = _BETA**2
    return 100 * (1 + square) * precision * recall / (square * precision + recall) / len(grams)


def _grams(text: str, words: int) -> list[Counter[tuple[str, ...]]]:
    """Return the sequences of letters by their length, then those of so many words."""
    letters = "".join(text.split())
    return [
        *(_sequences(letters, length) for length in range(1, _LETTERS + 1)),
        *(_sequences(_words(text), length) for length in range(1, words + 1)),
    ]


def _sequences(items: Sequence[str], length: int) -> Counter[tuple[str, ...]]:
    return Counter(zip(*(items[start:] for start in range(length)), strict=False))


def _words(text: str) -> list[str]:
    """Split as chrF++ does: one sign at a word's end, or else at its beginning, stands alone."""
    words: list[str] = []
    for word in text.split():
        if len(word) > 1 and word[-1] in punctuation:
            words += [word[:-1], word[-1]]
        elif len(word) > 1 and word[0] in punctuation:
            words += [word[0], word[1:]]
        else:
            words.append(word)
    return words
