"""Short answers of two real voices, a word to three each, and what becomes of them.

A reader's (Debian package festvox-ru) are phrases between two of his pauses, in clips whose labels
have as many phrases as the text has, each with the consonants of its text. An announcer's (Debian
package asterisk-core-sounds-ru-g722) are whole prompts. Left out are names that nobody can spell by
ear, letters, and English words in Russian mouths.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

import numpy as np

from tests import voices
from tolmach.core.samples import SAMPLE_RATE, Samples, seconds, silence
from tolmach.core.transcript import SURE
from tolmach.language.numerals import values
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import Begin, Event, Recognized
from tolmach.protocol.plan import Plan
from tolmach.quality.normalization import normalise

WORDS = 3  # at most
LONGEST = 1.2  # seconds
PHRASE = 2.2  # seconds; of the reader's phrases, the longer ones are no answers
LENGTHS = (0.0, 0.45, 0.6, 0.8, 1.0, LONGEST)  # seconds between which answers count together
BETWEEN = 1.5  # seconds of a room's noise around each answer
MARGIN = 0.04  # seconds around a phrase that its labels leave out
LOUDNESS = (-29.0, -17.0)  # dB of full scale: near to the microphone, and not
ROOM = -62.0  # dB of full scale: the noise of a quiet room
_LETTERS = str.maketrans("бвгджзйщ", "пфктшсйш", "аеёиоуыэюяьъ")  # voice and softness aside
_PHONES = {
    "b": "п", "p": "п", "v": "ф", "f": "ф", "g": "к", "k": "к", "h": "х", "d": "т", "t": "т",
    "zh": "ш", "sh": "ш", "sch": "ш", "z": "с", "s": "с", "l": "л", "m": "м", "n": "н", "r": "р",
    "c": "ц", "ch": "ч",
}  # fmt: skip
_BETWEEN_PHRASES = re.compile(r"[.!?,;:…]+|\s[-–—]+\s")
_CYRILLIC = re.compile("[А-Яа-яЁё -]+")
_DIGITS = re.compile(r"(\d+)(?:-?[а-я]{1,3})?")  # "40", "40-й"
_NAMES = re.compile(
    "тао|эдит|эдька|гусев|уиткомб|пунаму|корсо|аиу|хыбыз|соам|шарль|говит|анел|гасси|хатха|соацр"
    "|билль|фэй|габсбург|уталиц|чужанин|скайл|арчибальд|хютте|гынь|лось|норд|зюйд|тускуб|аэлит"
    "|магацитл|осборн|омэ|немезид|тьяден|грессигман|октрябр",  # the last is misspelt in its list
    re.IGNORECASE,
)
_FOREIGN = re.compile("letters/|phonetic/|spy-|extension|silence/|beep|tone|tt-monkeys$")


@dataclass(frozen=True, slots=True)
class ShortAnswer:
    """What somebody says, and its sound without silence around it."""

    text: str
    voice: str
    sound: Samples

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return seconds(len(self.sound))


class Outcome(Enum):
    """What a person gets of an answer."""

    RIGHT = "right"
    DOUBTED = "wrong, with a mark"
    WRONG = "wrong, without one"
    MISSING = "nothing"


def read() -> list[ShortAnswer]:
    """Return all answers of the voices that are installed, those of each in one order."""
    return [*reader(), *announcer()]


def reader() -> Iterator[ShortAnswer]:
    """Yield those of festvox-ru, none where it is not installed."""
    return _reader(_is_answer)


def phrases() -> Iterator[ShortAnswer]:
    """Yield what he says in one go that is a little longer than an answer."""
    return _reader(lambda text, length: LONGEST < length < PHRASE)


def _reader(test: Callable[[str, float], bool]) -> Iterator[ShortAnswer]:
    for clip in voices.read() if voices.FESTVOX.is_dir() else ():
        spans = voices.phrases(clip.path)
        texts = [part.strip() for part in _BETWEEN_PHRASES.split(clip.text)]
        texts = [text for text in texts if re.search(r"\w", text)]
        if len(texts) != len(spans):
            continue
        short = [
            (text, start, end)
            for text, (start, end, phones) in zip(texts, spans, strict=True)
            if test(text, end - start) and _consonants(text) == _consonants_of(phones)
        ]
        sound = voices.sound(clip.path) if short else silence(0)
        for text, start, end in short:
            first = max(0, int((start - MARGIN) * SAMPLE_RATE))
            yield ShortAnswer(text, "reader", sound[first : int((end + MARGIN) * SAMPLE_RATE)])


def announcer() -> Iterator[ShortAnswer]:
    """Yield those of asterisk-core-sounds-ru-g722, none where it is not installed."""
    for prompt in voices.prompts():
        text = prompt.text.strip(" .!?…")
        if not _FOREIGN.search(str(prompt.path)) and len(text.split()) <= WORDS:
            sound = voices.prompt_sound(prompt.path)
            if _is_answer(text, seconds(len(sound))):
                yield ShortAnswer(text, "announcer", sound)


def _is_answer(text: str, length: float) -> bool:
    words = text.split()
    return (
        len(words) <= WORDS
        and length <= LONGEST
        and len(re.sub(r"\W", "", text)) > 1  # a letter alone is no answer
        and _CYRILLIC.fullmatch(text) is not None
        and not any(_NAMES.match(word) for word in words)
    )


def _consonants(text: str) -> str:
    """Return the consonants of a text; й is none here, and double ones are single."""
    letters = re.sub(r"\W", "", text).lower().translate(_LETTERS).replace("й", "")
    return re.sub(r"(.)\1", r"\1", letters)


def _consonants_of(phones: Sequence[str]) -> str:
    """Return the same of phones as the labels name them: "dd" is a soft "d"."""
    plain = [re.sub(r"(.)\1", r"\1", phone) for phone in phones]
    return re.sub(r"(.)\1", r"\1", "".join(_PHONES.get(phone, "") for phone in plain))


def spoken(answer: ShortAnswer, random: np.random.Generator) -> Samples:
    """Return an answer as loud as somebody is, near or far."""
    loudness = float(np.sqrt(np.mean(answer.sound**2)))
    gain = 10 ** (random.uniform(*LOUDNESS) / 20) / max(1e-6, loudness)
    edge = np.minimum(1.0, np.arange(len(answer.sound)) / 80)  # 5 ms: a cut must not click
    sound = gain * answer.sound * edge * edge[::-1]
    answered: Samples = np.clip(sound, -1.0, 1.0).astype(np.float32)
    return answered


def is_right(text: str, recognized: str) -> bool:
    """Whether these are the same words, or a number in words and the same in digits."""
    first, second = (normalise(part, "ru", fold_yo=True) for part in (text, recognized))
    digits = _DIGITS.fullmatch(second)
    return first == second or (digits is not None and float(digits[1]) in values(first, "ru"))


def outcome(text: str, events: Sequence[Recognized]) -> Outcome:
    """Return what became of an answer in the finals that speak of its sound."""
    texts = [event for event in events if event.text]
    if not texts:
        return Outcome.MISSING
    if is_right(text, " ".join(event.text for event in texts)):
        return Outcome.RIGHT
    marked = all(event.doubtful or event.confidence < SURE for event in texts)
    return Outcome.DOUBTED if marked else Outcome.WRONG


def alone(
    answer: ShortAnswer, engines: Engines, plan: Plan, random: np.random.Generator
) -> list[Recognized]:
    """Return what is recognised when somebody says just this in a quiet room."""
    room = silence(int(BETWEEN * SAMPLE_RATE))
    sound = np.concatenate([room, spoken(answer, random), room])
    sound = sound + (10 ** (ROOM / 20) * random.standard_normal(len(sound))).astype(np.float32)
    # A recognizer keeps the features of an utterance by its identity: each has one of its own.
    pipeline = Pipeline(Begin(f"answer {random.integers(2**60)}", plan), engines)
    events: list[Event] = [*pipeline.feed(sound), *pipeline.finish()]
    return [event for event in events if isinstance(event, Recognized)]


def rows(outcomes: Sequence[tuple[ShortAnswer, Outcome]]) -> Iterator[tuple[str, Counter[Outcome]]]:
    """Yield how often each outcome was, by voice and by length."""
    for voice in dict.fromkeys(answer.voice for answer, _ in outcomes):
        for least, most in pairwise(LENGTHS):
            counts = Counter(
                ending
                for answer, ending in outcomes
                if answer.voice == voice and least <= answer.seconds < most
            )
            if counts:
                yield f"{voice}, {least} to {most} s", counts
    yield "all", Counter(ending for _, ending in outcomes)
