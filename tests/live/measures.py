"""From what was shown, and when, to the figures of the table. Pure: no clock, no sound, no model.

Rule: everybody is measured by what a person would see. A word counts as seen when it is displayed,
unconfirmed or not; a text is final when nothing in it will change; a displayed word that changes
or goes away is churn, whoever displayed it. Definitions:

  run           turns with no pause between them in which an utterance could end
  first word    from the beginning of a turn to the first word displayed of it
  final         from the end of a run to the moment when all its text is final
  translation   from a final text to its translation
  churn         displayed words that changed or went away while one spoke, for each final word
  amended       displayed words that the final text changed or took away, for each of its words
  memory        of the process with the model, when all has been said
  CER           over all texts as they stand at the end, in lower case without punctuation
  short         short answers, turns of a word to three, whose final text is right

Two final texts that become one sentence afterwards count as that one in the CER alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz.distance import LCSseq, Levenshtein

from tests import answers
from tests.live.streams import Turn

PAUSE = 0.5  # seconds between runs: the endpointer waits for 0.48
TOUCH = 0.3  # seconds of sound that a text and a turn share, at least, to belong together
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class CaptionState:
    """One state of one row of captions. Times in seconds since the stream began."""

    at: float  # when it was displayed
    row: int
    start: float  # of the sound that it speaks of
    end: float
    text: str
    final: bool
    detecting: float = 0.0  # of the time before it, what went into finding the language
    language: str = ""
    joined: bool = False  # of two final texts one; the second one's row is empty then


@dataclass(frozen=True, slots=True)
class Replay:
    """What one listener made of one stream."""

    states: tuple[CaptionState, ...]
    translated: dict[int, float] = field(default_factory=dict)  # row -> when its final one came
    cpu: float = 0.0  # seconds, of the process that does the inference
    behind: float = 0.0  # seconds from the last sample to the last answer
    memory: float = 0.0  # MB


@dataclass(slots=True)
class Figures:
    """The raw figures of some replays; empty ones can be added to."""

    first_word: list[float] = field(default_factory=list)
    final: list[float] = field(default_factory=list)
    final_told: list[float] = field(default_factory=list)  # without the time for the language
    translation: list[float] = field(default_factory=list)
    turns: int = 0
    wordless: int = 0  # turns of which no word was ever shown
    short: int = 0  # turns that are short answers
    short_right: int = 0  # of these, what the final texts say and nothing else
    runs: int = 0
    unfinished: int = 0  # runs without a final text
    revised: int = 0  # before their final text
    amended: int = 0  # by it
    words: int = 0  # of the final texts
    errors: int = 0
    characters: int = 0  # of what was said
    cpu: float = 0.0
    speech: float = 0.0  # seconds
    behind: float = 0.0  # the longest
    memory: float = 0.0  # MB, the most

    @property
    def churn(self) -> float:
        """Words revised while one spoke for each final one."""
        return self.revised / max(1, self.words)

    @property
    def amendments(self) -> float:
        """Words that the final text revised for each of its words."""
        return self.amended / max(1, self.words)

    @property
    def cer(self) -> float:
        """Character error rate."""
        return self.errors / max(1, self.characters)

    @property
    def cpu_per_second(self) -> float:
        """CPU seconds for each second of speech."""
        return self.cpu / max(1e-9, self.speech)

    def add(self, turns: Sequence[Turn], replay: Replay) -> None:
        """Add one replay of a stream."""
        states = [state for state in replay.states if not state.joined]
        self._add_latencies(turns, states)
        self.translation += [
            replay.translated[last.row] - last.at
            for last in final_texts(states)
            if last.row in replay.translated
        ]
        revised = revised_words([state for state in states if not state.final])
        self.revised += revised
        self.amended += revised_words(states) - revised
        finals = final_texts(replay.states)
        self.words += sum(len(last.text.split()) for last in finals)
        self.add_texts(turns, [last.text for last in finals])
        self.cpu += replay.cpu
        self.speech += sum(end - start for start, end in runs_of(turns, 0.0))
        short = [turn for turn in turns if turn.short]
        self.short += len(short)
        self.short_right += sum(
            answers.is_right(turn.text, text_of(turn, finals)) for turn in short
        )
        self.behind = max(self.behind, replay.behind)
        self.memory = max(self.memory, replay.memory)

    def add_texts(self, turns: Sequence[Turn], texts: Iterable[str]) -> None:
        """Count the wrong characters of all texts together."""
        reference = normal(" ".join(turn.text for turn in turns))
        self.errors += Levenshtein.distance(reference, normal(" ".join(texts)))
        self.characters += len(reference)

    def _add_latencies(self, turns: Sequence[Turn], states: Sequence[CaptionState]) -> None:
        for turn in turns:
            moment = first_word(turn, states)
            self.turns += 1
            self.wordless += moment is None
            self.first_word += [] if moment is None else [moment - turn.start]
        for run in runs_of(turns, PAUSE):
            last = final_of(run, states)
            self.runs += 1
            self.unfinished += last is None
            if last is not None:
                self.final.append(last.at - run[1])
                self.final_told.append(last.at - last.detecting - run[1])


def percentile(values: Sequence[float], share: float) -> float:
    """Return the percentile of the values, not-a-number if there are none."""
    return float(np.percentile(values, share)) if values else float("nan")


def runs_of(turns: Iterable[Turn], pause: float) -> list[tuple[float, float]]:
    """Return (start, end) of the stretches of speech with pauses of at least this between them."""
    runs: list[tuple[float, float]] = []
    for turn in sorted(turns, key=lambda turn: turn.start):
        if runs and turn.start - runs[-1][1] < pause:
            runs[-1] = (runs[-1][0], max(runs[-1][1], turn.end))
        else:
            runs.append((turn.start, turn.end))
    return runs


def first_word(turn: Turn, states: Sequence[CaptionState]) -> float | None:
    """Return when the first word of the turn was displayed, None if none ever was.

    In a row that began with an earlier turn it is the first word more than the row had for the
    sound before this turn.
    """
    for number, state in enumerate(states):
        if state.end - turn.start < TOUCH or turn.end - state.start < TOUCH:
            continue
        before = [
            len(earlier.text.split())
            for earlier in states[:number]
            if earlier.row == state.row and earlier.end - turn.start < TOUCH
        ]
        if len(state.text.split()) > max(before, default=0):
            return state.at
    return None


def final_of(run: tuple[float, float], states: Sequence[CaptionState]) -> CaptionState | None:
    """Return the last final text that speaks of the run."""
    start, end = run
    least = min(TOUCH, end - start)
    about = [
        last for last in final_texts(states) if min(last.end, end) - max(last.start, start) >= least
    ]
    return max(about, key=lambda last: last.at, default=None)


def text_of(turn: Turn, finals: Sequence[CaptionState]) -> str:
    """Return all final texts that speak of the turn."""
    least = min(TOUCH, turn.end - turn.start)
    return " ".join(
        last.text
        for last in finals
        if min(last.end, turn.end) - max(last.start, turn.start) >= least
    )


def final_texts(states: Sequence[CaptionState]) -> list[CaptionState]:
    """Return the final state of each row, in the order of the sound."""
    finals = {state.row: state for state in states if state.final}
    return sorted(finals.values(), key=lambda state: state.start)


def revised_words(states: Sequence[CaptionState]) -> int:
    """Return how many displayed words were changed or taken away later."""
    rows: dict[int, list[str]] = {}
    revised = 0
    for state in states:
        words = state.text.split()
        before = rows.get(state.row, [])
        revised += len(before) - LCSseq.similarity(before, words)
        rows[state.row] = words
    return revised


def normal(text: str) -> str:
    """Return the text in lower case, its words joined by single spaces."""
    return _NOT_WORD.sub(" ", text.lower()).strip()
