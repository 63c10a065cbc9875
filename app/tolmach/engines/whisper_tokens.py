"""Which tokens a Whisper needs for what it is to write.

For each token that it writes the decoder weighs all that it knows: of Whisper base these are more
weights than in all its layers together, and three of four are of no use to a conversation in
Cyrillic. What is written in Latin letters there are names: the rarer pieces of words are left out,
and a name is spelled with the others.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property

from tolmach.core.whisper_folder import PROMPT
from tolmach.engines.suppression import is_byte_level, suppressed

LATIN = "Latn"
_USUAL = 10_000  # lower ids are of frequent pieces: byte-level vocabularies are sorted so
_WORTH = 0.5  # of the vocabulary; more than that is not worth it
_TIMESTAMP = re.compile(r"<\|\d+\.\d+\|>")  # never asked for


class TokenSubset:
    """Some tokens of a vocabulary: `ids` are their numbers in it, in the order of their own."""

    def __init__(self, tokens: Sequence[str], ids: Sequence[int], scripts: Collection[str]) -> None:
        """`scripts` (ISO 15924) are those that can be written with it."""
        self.ids = ids
        self.scripts = frozenset(scripts)
        self._tokens = tokens
        self._own = {number: own for own, number in enumerate(ids)}

    def present(self, ids: Sequence[int]) -> list[int]:
        """Return ids of the vocabulary by our numbers, without what is missing."""
        return [self._own[number] for number in ids if number in self._own]

    def own(self, ids: Sequence[int]) -> list[int]:
        """Return ids of the vocabulary by our numbers; what is missing is spelled with others."""
        return [own for number in ids for own in self._spelled(number)]

    def common(self, ids: Sequence[int]) -> list[int]:
        """Return our numbers as ids of the vocabulary."""
        return [self.ids[own] for own in ids]

    def _spelled(self, number: int) -> list[int]:
        """Return our numbers for a token; none if it has a letter that cannot be written."""
        if number in self._own:
            return [self._own[number]]
        parts, rest = [], self._tokens[number]
        while rest:
            beginnings = (rest[:end] for end in range(len(rest), 0, -1))
            part = next((beginning for beginning in beginnings if beginning in self._names), "")
            if not part:
                return []
            parts.append(self._names[part])
            rest = rest[len(part) :]
        return parts

    @cached_property
    def _names(self) -> Mapping[str, int]:
        """Our numbers by what the tokens are."""
        return {self._tokens[number]: own for number, own in self._own.items()}


def subset(
    tokens: Sequence[str], scripts: Collection[str], languages: Collection[str]
) -> TokenSubset | None:
    """Return what of a vocabulary languages in these scripts need, None if it is most of it.

    `tokens` is the vocabulary by id, `languages` are the tokens of the pack's languages; no scripts
    stand for all. None, too, where the vocabulary is not like that of OpenAI's models.
    """
    if not scripts or LATIN in scripts or not is_byte_level(tokens[:_USUAL]):
        return None
    if not _is_in_order(tokens, languages):
        return None
    foreign = set(suppressed(tokens, scripts))
    names = set(range(_USUAL)) - set(suppressed(tokens[:_USUAL], {*scripts, LATIN}))
    ids = [
        number
        for number, token in enumerate(tokens)
        if (number not in foreign or number in names) and not _TIMESTAMP.fullmatch(token)
    ]
    return TokenSubset(tokens, ids, scripts) if len(ids) < _WORTH * len(tokens) else None


def _is_in_order(tokens: Sequence[str], languages: Collection[str]) -> bool:
    """Whether each token comes once, and those of a prompt between its first and its last one.

    CTranslate2 takes any other prompt for one that asks for timestamps, and writes where those
    would be: outside its memory, where they were left out.
    """
    begin, transcribe, no_timestamps, _ = PROMPT
    ids = {token: number for number, token in enumerate(tokens)}
    inside = [ids[token] for token in (transcribe, *languages)]
    is_inside = all(ids[begin] < number < ids[no_timestamps] for number in inside)
    return is_inside and len(ids) == len(tokens)
