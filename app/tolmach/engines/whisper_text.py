"""What a Whisper model writes: token ids to text and words, and text back to token ids.

Rule: prompts are made of ids. The names of languages belong to the pack, so faster-whisper's
tokenizer, which knows OpenAI's alone, is not used.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from tolmach.core.transcript import Word
from tolmach.core.whisper_folder import PROMPT
from tolmach.engines.native import loading

FRAME_SECONDS = 0.02  # one frame of the encoder's output
_PREVIOUS = "<|startofprev|>"
_WORD = re.compile(r"\s*\S+")
_LETTER = re.compile(r"\w|\ufffd")  # or a byte of one


class WhisperText:
    """The tokenizer of one pack."""

    def __init__(self, folder: Path, pack: str, tokens: Sequence[str]) -> None:
        """Read tokenizer.json; `tokens` is the vocabulary by id. Raises ModelError."""
        from tokenizers import Tokenizer

        with loading("tokenizer.json", pack):  # from text: the library may not open every path
            self._tokenizer = Tokenizer.from_str(
                (folder / "tokenizer.json").read_text(encoding="utf-8")
            )
        self._count = len(tokens)
        self._ids = {token: number for number, token in enumerate(tokens)}
        self._begin, self._transcribe, self._no_timestamps, self._end = map(
            self._ids.__getitem__, PROMPT
        )

    def start(self, language: str) -> list[int]:
        """Return how every answer in the language of this token begins."""
        return [self._begin, self._ids[language], self._transcribe]

    def prompt(
        self, language: str, previous: str, most: int, hotwords: Sequence[str] = ()
    ) -> list[int]:
        """Return the prompt: hotwords, the end of the previous text, then the start.

        Of either at most `most` tokens; hotwords whole or not at all, the first ones first.
        """
        context: list[int] = []
        for word in hotwords:
            ids = self.encode(f"{',' * bool(context)} {word}")
            if len(context) + len(ids) > most:
                break
            context += ids
        context += self.encode(" " + previous)[-most:] if previous and most else []
        if context and _PREVIOUS in self._ids:
            context = [self._ids[_PREVIOUS], *context]
        return [*context, *self.start(language), self._no_timestamps]

    def encode(self, text: str) -> list[int]:
        """Return the ids of a text."""
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids if text else []
        return [number for number in ids if number < self._count]  # it may know more than the model

    def text(self, ids: Sequence[int]) -> str:
        """Return the text of an answer as the model wrote it, a space before it perhaps."""
        text: str = self._tokenizer.decode(self.written(ids))
        return text

    def written(self, ids: Sequence[int]) -> list[int]:
        """Return the ids without the special ones, all of which come after the text."""
        return [number for number in ids if number < self._end]

    def words(
        self,
        ids: Sequence[int],
        aligned: Sequence[tuple[int, int]],
        offset: float,
        probabilities: Sequence[float] = (),
    ) -> list[Word]:
        """Return the words of an answer; `aligned` are (token, frame) pairs in order.

        `offset` is where the window begins, in seconds. Without pairs there are no times. A word is
        as probable as the least of the ids in it, marks aside.
        """
        ids = self.written(ids)
        text = self.text(ids)
        spans = [match.span() for match in _WORD.finditer(text)]
        if not aligned and not probabilities:
            return [Word(text[first:last]) for first, last in spans]
        begins, ends = _frames_by_token(aligned, len(ids))
        after = [len(self.text(ids[:count])) for count in range(1, len(ids) + 1)]
        words = []
        for first, last in spans:
            inside = [place for place, end in enumerate(after) if first < end <= last] or [0]
            frames = (begins[inside[0]], ends[inside[-1]]) if aligned else ()
            start, end = [offset + frame * FRAME_SECONDS for frame in frames] or (0.0, 0.0)
            shares = [
                probabilities[place]
                for place in inside
                if place < len(probabilities) and _LETTER.search(self.text([ids[place]]))
            ]
            words.append(Word(text[first:last], start, end, min(shares, default=1.0)))
        return words


def _frames_by_token(aligned: Sequence[tuple[int, int]], count: int) -> tuple[list[int], list[int]]:
    """Return the first and the last frame of each token; one without any has its neighbour's."""
    begins, ends = [0] * count, [0] * count
    previous = -1
    for token, frame in aligned:
        if token < count:
            if token != previous:
                begins[token] = max(0, frame)  # -1 comes before the first one
            ends[token] = max(0, frame)
            previous = token
    for token in range(1, count):
        ends[token] = max(ends[token], ends[token - 1])
        begins[token] = max(begins[token], begins[token - 1])
    return begins, ends
