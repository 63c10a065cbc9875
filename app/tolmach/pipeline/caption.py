"""What of an open utterance stands on the screen: calm enough to be read while it is spoken.

Rule: a word that was shown stays for as long as it is in the hypothesis, though the model believes
it less by now, and keeps its letters, whatever becomes of its capital. A mark after it may come
and does not go. One hypothesis that has another word there may be a slip: the next one that has
words decides. What differs in the end, the final text puts right.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tolmach.pipeline.stabilizer import ENDS, agreement


@dataclass(frozen=True, slots=True)
class Caption:
    """The words that are shown; neither text has white space around it."""

    committed: str = ""
    tail: str = ""
    contested: bool = False  # the last hypothesis did not have all of it

    def __bool__(self) -> bool:
        """Whether there is a word to read."""
        return bool(self.committed or self.tail)

    def next(
        self, committed: str, tail: str, hypothesis: str, *, strict: bool, final: bool = False
    ) -> "Caption":
        """Return the caption that follows this one.

        `hypothesis` is all that the model heard after the committed words; the tail is what it
        believes of that. If `strict`, committed words are shown to the letter. A `final`
        hypothesis decides at once.
        """
        settled, former = committed.split(), [*self.committed.split(), *self.tail.split()]
        words = [*settled, *tail.split()]
        same = agreement(_bare(former), _bare([*settled, *hypothesis.split()]))
        is_contested = same < len(former)
        is_decided = final or same < len(settled) or (self.contested and bool(words))
        if is_contested and not is_decided:
            words, same = [*settled, *former[len(settled) :]], len(former)
        words += former[len(words) : same]
        first = len(settled) if strict else 0
        for place in range(first, min(same, len(words))):
            words[place] = _calm(former[place], words[place])
        own, rest = words[: len(settled)], words[len(settled) :]
        return Caption(" ".join(own), " ".join(rest), is_contested)


def _calm(former: str, word: str) -> str:
    """Return the letters that were shown, with the mark that follows them now or did before."""
    letters = former.rstrip(ENDS)
    return letters + (word[len(word.rstrip(ENDS)) :] or former[len(letters) :])


def _bare(words: Sequence[str]) -> list[str]:
    return [word.strip(ENDS) for word in words]
