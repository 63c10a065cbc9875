"""SubRip subtitles: at most two lines of 42 letters a language, long utterances in several cues.

The format has no header and no comments: that a translation is a trial stands in its first cue.

The words' own times are not known, so a cue gets a share of its utterance by its letters.
"""

import unicodedata
from collections.abc import Iterator

from tolmach.core.transcript import Segment, Transcript
from tolmach.formats.transcripts import registry

LINE_LETTERS = 42
LINES = 2


@registry.format("srt")
def write(transcript: Transcript) -> str:
    """Return numbered cues; the translation stands under what was said."""
    cues = (cue for segment in registry.readable(transcript) for cue in _cues(segment))
    return "\n".join(
        f"{number}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(cues, 1)
    )


def _cues(segment: Segment) -> Iterator[tuple[float, float, str]]:
    """Yield (start, end, lines) for one utterance."""
    texts = [_words(text) for text in (registry.shown(segment), segment.translation)]
    count = max(-(-len(_wrap(words, LINE_LETTERS)) // LINES) for words in texts)
    spread = [_spread(words, count) for words in texts]
    cues = [[line for lines in cue for line in lines] for cue in zip(*spread, strict=True)]
    letters = [sum(map(_width, lines)) for lines in cues]
    start, done = segment.start, 0
    for lines, share in zip(cues, letters, strict=True):
        done += share
        end = segment.start + (segment.end - segment.start) * done / sum(letters)
        yield start, end, "\n".join(lines)
        start = end


def _spread(words: list[str], cues: int) -> list[list[str]]:
    """Return the lines of each cue: as few as fit, of about the same length."""
    most = max(len(_wrap(words, LINE_LETTERS)), cues)
    narrowest = max(map(_width, words), default=0)
    widths = range(narrowest, LINE_LETTERS + 1)
    lines = next(wrapped for width in widths if len(wrapped := _wrap(words, width)) <= most)
    return [
        [line for number, line in enumerate(lines) if number * cues // len(lines) == cue]
        for cue in range(cues)
    ]


def _wrap(words: list[str], width: int) -> list[str]:
    """Return lines of at most `width` letters."""
    lines: list[str] = []
    free = 0  # letters that the last line can still take
    for word in words:
        needed = 1 + _width(word)
        if needed <= free:
            lines[-1] += f" {word}"
            free -= needed
        else:
            lines.append(word)
            free = width + 1 - needed
    return lines


def _words(text: str) -> list[str]:
    """Return words that fit a line, composed, without SubRip's own arrow.

    A word longer than a line comes in pieces, but no letter loses its accent.
    """
    pieces: list[str] = []
    for word in unicodedata.normalize("NFC", text).replace("-->", "→").split():
        letters: list[str] = []
        for sign in word:
            if letters and unicodedata.combining(sign):
                letters[-1] += sign
            else:
                letters.append(sign)
        cuts = range(0, len(letters), LINE_LETTERS)
        pieces.extend("".join(letters[first : first + LINE_LETTERS]) for first in cuts)
    return pieces


def _width(text: str) -> int:
    """Return how many letters wide a line is: an accent stands above its letter."""
    return sum(not unicodedata.combining(sign) for sign in text)


def _clock(seconds: float) -> str:
    """Return hours:minutes:seconds,milliseconds."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02},{milliseconds:03}"
