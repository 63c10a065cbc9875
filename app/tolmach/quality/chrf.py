"""chrF: how much of a text's letter sequences another text has (Popović 2015, 2017).

The program needs it while it runs (back-translation, alternatives), and `core` may need no library;
tests/quality/test_chrf.py holds it equal to sacrebleu's, which measures in `tolmach eval`.
"""

from collections import Counter
from collections.abc import Sequence
from string import punctuation

_LETTERS = 6  # longest sequence
_BETA = 2  # recall counts so many times as much as precision


def chrf(found: str, wanted: str, words: int = 0) -> float:
    """Return chrF of one sentence, 0..100; with `words` = 2 it is chrF++.

    Equals sacrebleu's `sentence_chrf(found, [wanted], word_order=words)`.
    """
    pairs = [("".join(found.split()), "".join(wanted.split()), n) for n in range(1, _LETTERS + 1)]
    grams = [(_grams(ours, n), _grams(theirs, n)) for ours, theirs, n in pairs]
    if words:
        ours, theirs = _words(found), _words(wanted)
        grams += [(_grams(ours, n), _grams(theirs, n)) for n in range(1, words + 1)]
    grams = [(ours, theirs) for ours, theirs in grams if ours and theirs]
    if not grams:
        return 0.0
    same = [(ours & theirs).total() for ours, theirs in grams]
    precision = sum(n / ours.total() for n, (ours, _) in zip(same, grams, strict=True))
    recall = sum(n / theirs.total() for n, (_, theirs) in zip(same, grams, strict=True))
    if not precision + recall:
        return 0.0
    square = _BETA**2
    return 100 * (1 + square) * precision * recall / (square * precision + recall) / len(grams)


def _grams(items: str | Sequence[str], length: int) -> Counter[tuple[str, ...]]:
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
