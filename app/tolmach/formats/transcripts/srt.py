"""SubRip subtitles: at most two lines of 42 letters a language, long utterances in several cues.

The format has no header and no comments: that a translation is a trial stands in its first cue.

The words' own times are not known, so a cue gets a share of its utterance by its letters.
"""

import unicodedata
from collections.abc import Iterator

from tolmach.core.transcript import Segment, Transcript
from tolmach.formats.registry import registered
from tolmach.formats.subtitle_lines import LINE_LETTERS, even, filled, letters
from tolmach.formats.transcripts import registry

LINES = 2


@registered(registry.WRITERS, "srt")
def write(transcript: Transcript) -> str:
    """Return numbered cues; the translation stands under what was said."""
    cues = (cue for segment in registry.readable(transcript) for cue in _cues(segment))
    return "\n".join(
        f"{number}\n{_clock(start)} --> {_clock(end)}\n{text}\n"
        for number, (start, end, text) in enumerate(cues, 1)
    )


def _cues(segment: Segment) -> Iterator[tuple[float, float, str]]:
    """Yield (start, end, lines) for one utterance."""
    texts = [_words(text) for text in (registry.visible_text(segment), segment.translation)]
    count = max(-(-len(filled(words)) // LINES) for words in texts)
    spread = [_spread(words, count) for words in texts]
    cues = [[line for lines in cue for line in lines] for cue in zip(*spread, strict=True)]
    shares = [sum(map(letters, lines)) for lines in cues]
    start, spent = segment.start, 0
    for lines, share in zip(cues, shares, strict=True):
        spent += share
        end = segment.start + (segment.end - segment.start) * spent / sum(shares)
        yield start, end, "\n".join(lines)
        start = end


def _spread(words: list[str], cues: int) -> list[list[str]]:
    """Return the lines of each cue: as few as fit, of about the same length."""
    lines = even(words, max(len(filled(words)), cues))
    return [
        [line for number, line in enumerate(lines) if number * cues // len(lines) == cue]
        for cue in range(cues)
    ]


def _words(text: str) -> list[str]:
    """Return words that fit a line, composed, without SubRip's own arrow.

    A word longer than a line comes in pieces, but no letter loses its accent.
    """
    pieces: list[str] = []
    for word in unicodedata.normalize("NFC", text).replace("-->", "→").split():
        accented: list[str] = []  # letters, each with its accents
        for sign in word:
            if accented and unicodedata.combining(sign):
                accented[-1] += sign
            else:
                accented.append(sign)
        cuts = range(0, len(accented), LINE_LETTERS)
        pieces.extend("".join(accented[first : first + LINE_LETTERS]) for first in cuts)
    return pieces


def _clock(seconds: float) -> str:
    """Return hours:minutes:seconds,milliseconds."""
    whole, milliseconds = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02},{milliseconds:03}"
