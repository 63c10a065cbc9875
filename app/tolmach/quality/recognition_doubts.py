"""What to think of a recognizer's text: believe it, doubt it, or take it for silence.

Recognizers write text for sounds that nobody said, and get caught in loops. The tests here are of
structure, never of phrases: lists of phrases know a few languages and punish who really says them.
Rule: only what two measures call silence, or what has no words, may be dropped. Everything else
that looks wrong is doubtful: worth a second try, and shown with a mark.
"""

import re
import zlib
from collections.abc import Collection
from enum import Enum

from tolmach.language.scripts import COMMON, script_of

_NO_SPEECH = 0.6  # thresholds of openai/whisper
_LOG_PROBABILITY = -1.0
# The highest probability of speech. Among coughs 84 % of 141 short answers of two people reach it,
# of 21 sneezes, coughs and clicks one; in a quiet room 99 %.
_CERTAIN = 0.85
_BELIEVED = 0.1  # probability of a short answer's words; of those with less most are others
_ANSWER = 3  # words at most; whatever is longer is less probable as a whole
_COMPRESSED = 2.4  # of one byte a letter: Cyrillic's two would compress by themselves
_PLENTY = 100  # characters; what is shorter says little about how well a text compresses
_RATE = 30.0  # letters a voiced second; the quickest of 300 real recordings had 21
_ALLOWANCE = 20  # letters more than that: a detector misses the ends of short words
# "[музыка]" and the like are not what was said; longer ones may be.
_NOTES = re.compile(r"\[[^\]]{,30}\]|\([^)]{,30}\)|\*[^*]{,30}\*|<[^>]{,30}>")
_CREDIT = re.compile(r"©|\bwww\.|://|[a-z0-9-]{2,}\.[a-z]{2,}\b", re.IGNORECASE | re.ASCII)
_WORD = re.compile(r"[\w'’-]+")  # "ха-ха-ха" is one
_LONGEST_PHRASE = 12  # words
_PAIR = 2  # words that are said twice readily: "не знаю, не знаю"
_STUTTER = re.compile(r"([\w-]{2,10}?)\1{4,}|(\w)\2{15,}")
_STUTTERED = 20  # characters
_DRAWN_OUT = re.compile(r"([^\W\d_])(?:-?\1){2,}", re.IGNORECASE)
_FEW_LETTERS = 3
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


class Verdict(Enum):
    """What to do with a text."""

    NONE = "believe it"
    SILENCE = "drop it: nobody spoke"
    DOUBTFUL = "try once more, then mark it"


def verdict_on(
    text: str,
    voiced: float,
    log_probability: float,
    no_speech: float,
    certainty: float = 1.0,
    belief: float = 1.0,
) -> Verdict:
    """Judge a text by what it is and by what its recognizer and the VAD thought of the sound.

    `voiced` are the seconds of speech in the utterance, infinite where nobody knows, `certainty`
    the highest probability of speech in it, `log_probability` the mean per token (natural
    logarithm), `no_speech` the probability that nobody spoke and `belief` that of these words.
    """
    unlikely = log_probability < _LOG_PROBABILITY
    if no_words(text) or (unlikely and no_speech > _NO_SPEECH):
        return Verdict.SILENCE
    guessed = belief < _BELIEVED and len(text.split()) <= _ANSWER
    noise = len(text.split()) <= _ANSWER and (is_in_capitals(text) or is_drawn_out(text))
    suspect = noise or hurried(text, voiced) or repeats_itself(text) or is_credit(text)
    doubtful = certainty < _CERTAIN or unlikely or guessed or suspect
    return Verdict.DOUBTFUL if doubtful else Verdict.NONE


def no_words(text: str) -> bool:
    """Whether there is nothing but signs and notes: "…", "♪", "[музыка]", "(смех)"."""
    return not any(character.isalnum() for character in _NOTES.sub(" ", text))


def hurried(text: str, voiced: float) -> bool:
    """Whether nobody could say this in so many seconds of speech."""
    return sum(map(str.isalnum, text)) > _RATE * voiced + _ALLOWANCE


def is_credit(text: str) -> bool:
    """Whether it names a site or an owner, as the end of a film does and hardly any speaker."""
    return _CREDIT.search(text) is not None


def is_in_capitals(text: str) -> bool:
    """Whether it is written as subtitles write of sounds ("СМЕХ"); abbreviations are shorter."""
    return text.isupper() and _LONG_WORD.search(text) is not None


def is_drawn_out(text: str) -> bool:
    """Whether a letter goes on and on, with hardly another: "А-а-а", "Ахахааааа". So do sneezes."""
    letters = set(filter(str.isalpha, text.casefold()))
    return len(letters) <= _FEW_LETTERS and _DRAWN_OUT.search(text) is not None


def wrong_script(text: str, scripts: Collection[str]) -> bool:
    """Whether most letters are of scripts outside these (ISO 15924). Without any, all go."""
    if not scripts:
        return False
    letters = [script for character in text if (script := script_of(character)) != COMMON]
    return 2 * sum(script not in scripts for script in letters) > len(letters)


def repeats_itself(text: str) -> bool:
    """Whether a decoder seems to have been caught in a loop.

    People repeat a word ("нет, нет, нет") and double it ("бик-бик"); a loop goes on: six times a
    word, five times two words, four times a longer phrase, or a text that compresses too well.
    Where nothing else was said, three times a phrase and twice a sentence are enough.
    """
    words = [word.casefold() for word in _WORD.findall(text)]
    return (
        any(_recurs(words, length) for length in range(1, _LONGEST_PHRASE + 1))
        or any(_is_all(words, length) for length in range(2, len(words) // 2 + 1))
        or any(len(stutter[0]) >= _STUTTERED or stutter[2] for stutter in _STUTTER.finditer(text))
        or _compresses(text)
    )


def _recurs(words: list[str], length: int) -> bool:
    """Whether a phrase of so many words comes too often in a row."""
    same, enough = 0, length * (max(4, 7 - length) - 1)
    for word, later in zip(words, words[length:], strict=False):
        same = same + 1 if word == later else 0
        if same >= enough:
            return True
    return False


def _is_all(words: list[str], length: int) -> bool:
    """Whether there is nothing but a phrase of so many words, three times, or two if it is long."""
    times, rest = divmod(len(words), length)
    return not rest and times >= (3 if length == _PAIR else 2) and words[length:] == words[:-length]


def _compresses(text: str) -> bool:
    data = bytes(ord(letter) & 0xFF for letter in text.casefold())
    return len(data) >= _PLENTY and len(data) > _COMPRESSED * len(zlib.compress(data))
