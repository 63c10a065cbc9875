"""Who is compared with us hears what we hear."""

import numpy as np

from tests.live.peers import MARGIN, decoded_whole
from tests.live.streams import Stream, Turn
from tolmach.core.samples import SAMPLE_RATE


class _Counting:
    """Writes down the second at which a sound begins, and how long it is."""

    def write(self, samples: np.ndarray, language: str, **_: object) -> object:
        self.text = f"{language} {samples[0] / SAMPLE_RATE:.1f} {len(samples) / SAMPLE_RATE:.1f}"
        return self


def test_a_turn_is_decoded_whole_with_its_language() -> None:
    sound = np.arange(20 * SAMPLE_RATE, dtype=np.float32)
    turns = (Turn("да", "ru", 0.1, 1.0), Turn("бер", "tt", 3.0, 5.0))
    stream = Stream("two", ("ru", "tt"), sound, turns)
    first, second = decoded_whole(_Counting(), stream)  # type: ignore[arg-type]
    assert first == f"ru 0.0 {1.0 + MARGIN:.1f}"
    assert second == f"tt {3.0 - MARGIN:.1f} {2.0 + 2 * MARGIN:.1f}"
