"""From speech probabilities to utterances: who decides where a sentence begins and ends.

Every sample belongs to exactly one utterance or to silence: utterances never overlap, and what
lies between them was judged silent. tests/pipeline/test_endpointer.py proves it for random input.
"""

from collections import deque
from dataclasses import dataclass

import numpy as np

from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples, rms, silence
from tolmach.protocol.plan import Endpointing


@dataclass(frozen=True, slots=True)
class Utterance:
    """Speech between two pauses, as the endpointer cut it."""

    number: int  # within the session, from 0
    first: int  # index of its first sample in the session
    samples: Samples
    spoken: int  # samples of it until the last frame of speech; only silence follows
    certainty: float = 1.0  # the highest probability of speech in it; 1.0 where nobody asked

    @property
    def last(self) -> int:
        """Index after its last sample."""
        return self.first + len(self.samples)

    @property
    def start(self) -> float:
        """Seconds since the session began, counted in samples, never by the clock."""
        return self.first / SAMPLE_RATE

    @property
    def end(self) -> float:
        """Seconds since the session began."""
        return self.last / SAMPLE_RATE

    def with_next(self, following: "Utterance") -> "Utterance":
        """Return this one and one that follows as one, with silence for what lies between."""
        between = silence(following.first - self.last)
        samples = np.concatenate([self.samples, between, following.samples])
        spoken = following.first - self.first + following.spoken
        certainty = max(self.certainty, following.certainty)
        return Utterance(self.number, self.first, samples, spoken, certainty)


class Endpointer:
    """Collects frames with their speech probability and yields utterances.

    `settled` is the index before which every sample has been handed out or judged silent: nothing
    before it will be needed again. What seems to be speech is silence all the same unless it is so
    for certain somewhere: a cough lasts as long as a word, and a recognizer writes one for it.
    """

    def __init__(self, rules: Endpointing, first: int = 0, number: int = 0) -> None:
        """Begin at sample `first` of the session with utterance `number`."""
        self._rules = rules
        self._frames: list[Samples] = []
        self.settled = first  # index of the first kept sample
        self.speaking = False  # whether an utterance is open
        self._number = number
        self._run = 0  # frames of speech in a row, before onset
        self._quiet = 0  # frames of silence in a row, within speech
        self._peak = 0.0  # the highest probability in the utterance, or in what may begin one
        beginning = _frames(rules.pre_roll_ms) + _frames(rules.onset_ms)
        self._recent: deque[float] = deque(maxlen=beginning)  # probabilities
        self._whole = 0  # index before which speech must not be cut apart

    @property
    def open(self) -> Utterance | None:
        """The utterance that is being spoken, as far as it has been heard."""
        if not self.speaking or not self._frames or not self._certain:
            return None
        return self._utterance(len(self._frames))

    def keep_whole(self, until: int) -> None:
        """Do not cut running speech before the sample of this index: its words are known."""
        self._whole = until

    def push(self, frame: Samples, probability: float) -> Utterance | None:
        """Take the next frame; return an utterance when this frame completes one."""
        self._frames.append(frame)
        self._recent.append(probability)
        self._peak = max(self._peak, probability) if self.speaking else max(self._recent)
        if self.speaking:
            return self._continue(probability)
        self._run = self._run + 1 if probability >= self._rules.threshold else 0
        if self._run >= _frames(self._rules.onset_ms):
            self.speaking, self._run, self._quiet = True, 0, 0
        else:
            self._forget_silence()
        return None

    def finish(self) -> Utterance | None:
        """End of the recording: return the open utterance, if any."""
        utterance = self._end() if self.speaking or self._run else None
        self.settled += sum(len(frame) for frame in self._frames)
        self._frames.clear()
        return utterance

    def _continue(self, probability: float) -> Utterance | None:
        silent = probability < self._rules.threshold - 0.15
        self._quiet = self._quiet + 1 if silent else 0
        if self._quiet >= _frames(self._rules.hangover_ms):
            return self._end()
        if len(self._frames) >= _frames(self._rules.longest_ms):
            return self._cut(self._quietest())  # speech goes on: the rest opens the next one
        return None

    def _end(self) -> Utterance | None:
        """Close the utterance, unless a cut left only silence in it: recognizers invent words."""
        utterance = None
        if self._quiet < len(self._frames):
            utterance = self._cut(len(self._frames))
        self.speaking, self._run, self._quiet, self._peak = False, 0, 0, 0.0
        self._recent.clear()
        self._forget_silence()
        return utterance

    def _quietest(self) -> int:
        """Return how many frames to hand out so that the cut falls where it hurts least."""
        whole = -(-(self._whole - self.settled) // FRAME)
        from_frame = min(max(len(self._frames) * 2 // 3, whole), len(self._frames) - 1)
        loudness = [rms(frame) for frame in self._frames[from_frame:]]
        return from_frame + int(np.argmin(loudness)) + 1

    def _cut(self, frames: int) -> Utterance | None:
        """Hand out the first frames, or let them go if nobody spoke for certain."""
        utterance = self._utterance(frames)
        del self._frames[:frames]
        self.settled += len(utterance.samples)
        self._quiet = min(self._quiet, len(self._frames))
        if not self._certain:
            return None
        self._number += 1
        return utterance

    @property
    def _certain(self) -> bool:
        return self._peak >= self._rules.certainty

    def _utterance(self, frames: int) -> Utterance:
        samples = np.concatenate(self._frames[:frames])
        return Utterance(self._number, self.settled, samples, self._spoken(frames), self._peak)

    def _spoken(self, frames: int) -> int:
        """Return how many samples of the first `frames` come before the silence that ends them."""
        silent = self._quiet - (len(self._frames) - frames)
        return sum(len(frame) for frame in self._frames[: frames - max(0, silent)])

    def _forget_silence(self) -> None:
        keep = _frames(self._rules.pre_roll_ms) + self._run
        while len(self._frames) > keep:
            self.settled += len(self._frames.pop(0))


def _frames(ms: int) -> int:
    """Return the number of whole frames that cover so many milliseconds, at least one."""
    return max(1, -(-ms * SAMPLE_RATE // (1000 * FRAME)))
