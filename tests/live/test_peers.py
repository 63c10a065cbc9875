"""Who is compared with us hears what we hear."""

from dataclasses import replace

import numpy as np

from tests.live.measures import CaptionState
from tests.live.peers import MARGIN, decoded_turns, decoded_utterances
from tests.live.streams import Stream, Turn
from tolmach.core.samples import SAMPLE_RATE


class _Counting:
    """Writes down the second at which a sound begins, and how long it is."""

    def write(self, samples: np.ndarray, language: str, **_: object) -> object:
        self.text = f"{language} {samples[0] / SAMPLE_RATE:.1f} {len(samples) / SAMPLE_RATE:.1f}"
        return self


SOUND = np.arange(20 * SAMPLE_RATE, dtype=np.float32)
TURNS = (Turn("да", "ru", 0.1, 1.0), Turn("бер", "tt", 3.0, 5.0))
STREAM = Stream("two", ("ru", "tt"), SOUND, TURNS)


def test_a_turn_is_decoded_whole_with_its_language() -> None:
    first, second = decoded_turns(_Counting(), STREAM)  # type: ignore[arg-type]
    assert first == f"ru 0.0 {1.0 + MARGIN:.1f}"
    assert second == f"tt {3.0 - MARGIN:.1f} {2.0 + 2 * MARGIN:.1f}"


def test_an_utterance_is_decoded_as_it_was_cut_before_it_was_joined() -> None:
    def state(row: int, start: float, end: float, final: bool = True) -> CaptionState:
        return CaptionState(end, row, start, end, "нет", final)

    states = [
        state(0, 0.0, 0.5, final=False),
        state(0, 0.0, 1.2),
        state(1, 2.9, 3.8),
        state(2, 4.1, 5.3),
        replace(state(1, 2.9, 5.3), joined=True),
        replace(state(2, 4.1, 5.3), joined=True),
    ]
    texts = decoded_utterances(_Counting(), STREAM, states)  # type: ignore[arg-type]
    assert list(texts) == ["ru 0.0 1.2", "tt 2.9 0.9", "tt 4.1 1.2"]
    texts = decoded_utterances(_Counting(), STREAM, states, with_language=False)  # type: ignore[arg-type]
    assert list(texts) == [" 0.0 1.2", " 2.9 0.9", " 4.1 1.2"]
