"""Where a final text differs from the words that stood on the screen while it was spoken."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Amendment:
    """A part of a final text that was put right."""

    start: int  # characters of the final text
    end: int
    misheard: str  # what stood there, "" where words are new


def amendments(draft: str, text: str) -> tuple[Amendment, ...]:
    """Return what of the words of a draft is another in the text; case and marks aside.

    What comes after them is new and no amendment; of words that are gone nothing is left to mark.
    """
    words, spans = _WORD.findall(draft), [match.span() for match in _WORD.finditer(text)]
    final_words = [text[start:end] for start, end in spans]
    matcher = SequenceMatcher(None, list(map(_bare, words)), list(map(_bare, final_words)))
    changes = []
    for kind, first, last, begin, end in matcher.get_opcodes():
        if last == len(words):
            end = min(end, begin + last - first)
        if kind != "equal" and begin < end:
            changes.append(
                Amendment(spans[begin][0], spans[end - 1][1], " ".join(words[first:last]))
            )
    return tuple(changes)


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()
