"""The language of an utterance is asked about until it is sure; from then on it stays."""

from dataclasses import replace

import numpy as np
import pytest

from tests.worker.scripted import Wavering
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.pipeline.caption import Caption
from tolmach.pipeline.endpointer import Utterance
from tolmach.pipeline.utterance import UtteranceRecognition


class Undecided:
    """A Recognizer that believes something else each time, and writes no word twice."""

    window = 8.0

    def __init__(self, *beliefs: tuple[str, float]) -> None:
        self._beliefs = list(beliefs)
        self.requests: list[list[str]] = []

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        self.requests.append(list(request.languages))
        if len(request.languages) == 1:
            [language] = request.languages
            return Recognition(language, language, 1.0, 0.0, 0.0)
        language, confidence = self._beliefs.pop(0)
        return Recognition(language, language, confidence, 0.0, 0.0)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        raise NotImplementedError


def spoken(seconds: float) -> Utterance:
    length = int(seconds * SAMPLE_RATE)
    return Utterance(0, 0, np.zeros(length, np.float32), length)


def looked_at(recognizer: Undecided, *seconds: float) -> Recognition:
    """Look at these lengths of one utterance, then finish the last one."""
    request = RecognitionRequest({"ru": 1.0, "ba": 1.0})
    recognition = UtteranceRecognition(recognizer, ("s", 0), request)
    for length in seconds[:-1]:
        recognition.look(spoken(length))
    return recognition.finish(spoken(seconds[-1]))


BOTH = ["ru", "ba"]


@pytest.mark.parametrize(
    ("beliefs", "seconds", "languages", "final"),
    [
        ([("ba", 0.9)], (2.0, 3.0), [BOTH, ["ba"]], ("ba", 0.9)),
        ([("ba", 0.9), ("ru", 0.95)], (1.0, 3.0), [BOTH, BOTH], ("ru", 0.95)),
        ([("ba", 0.7), ("ru", 0.95)], (2.0, 3.0), [BOTH, BOTH], ("ru", 0.95)),
        ([("ba", 0.7), ("ru", 0.9)], (1.0, 2.0, 3.0), [BOTH, BOTH, ["ru"]], ("ru", 0.9)),
    ],
    ids=["sure", "too early", "unsure", "once decided"],
)  # fmt: skip
def test_the_language_is_decided_once(
    beliefs: list[tuple[str, float]],
    seconds: tuple[float, ...],
    languages: list[list[str]],
    final: tuple[str, float],
) -> None:
    recognizer = Undecided(*beliefs)
    recognition = looked_at(recognizer, *seconds)
    assert recognizer.requests == languages
    assert (recognition.language, recognition.confidence) == final
    assert recognition.text == final[0]  # by who hears this language


class Doubting(Wavering):
    """A Recognizer that distrusts its finals."""

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        return replace(super().recognize(samples, request), doubtful=not request.draft)


@pytest.mark.parametrize("strict", [True, False])
def test_a_doubtful_final_is_not_read_before_it_has_its_mark(strict: bool) -> None:
    """It is made in the pause, and a caption has no marks."""
    recognizer = Doubting([("Смех", 0.9)])
    recognition = UtteranceRecognition(
        recognizer, ("s", 0), RecognitionRequest({"ru": 1.0}), strict=strict
    )
    recognition.finish_ahead(spoken(1.0))
    assert recognition.caption == Caption()
    assert (recognition.committed, recognition.tail) == ("", "")
    final = recognition.finish(spoken(1.0))
    assert (final.text, final.doubtful, final.language) == ("Смех", True, "ru")


@pytest.mark.parametrize("strict", [True, False])
def test_a_word_is_not_taken_away_because_it_is_believed_less(strict: bool) -> None:
    recognizer = Wavering(
        [("Рад", 0.9), ("знакомству", 0.9), ("и", 0.9)],
        [("рад", 0.9), ("Знакомству,", 0.2), ("и", 0.1), ("вам", 0.1)],
    )
    recognition = UtteranceRecognition(
        recognizer, ("s", 0), RecognitionRequest({"ru": 1.0}), strict=strict
    )
    recognition.look(spoken(1.0))
    assert recognition.caption == Caption("", "Рад знакомству")
    recognition.look(spoken(3.0))
    assert (recognition.committed, recognition.tail) == ("рад", "")
    assert recognition.caption == Caption("рад" if strict else "Рад", "знакомству")
