"""Without training: the best hypotheses of the decoder, weighed by how likely letters follow.

A model of five letters before each one (Witten-Bell smoothing) of the Tatar training sentences.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import ctranslate2
import numpy as np

from recognizer.alphabet import normalise
from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.engines.log_mel import LogMel
from tolmach.engines.suppression import suppressed
from tolmach.engines.whisper_text import WhisperText

ORDER = 6
LETTERS = 60  # as many as there are, about
COUNT = 20  # hypotheses
FRAMES = 3000  # of a full window
MOST = 80  # tokens, half of them for the answer
Hypothesis = tuple[str, float]  # text, natural logarithm of its probability


class LetterModel:
    """Says how likely a text is, by its letters."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Count what letters follow what."""
        self._counts: Counter[str] = Counter()  # of a context and its next letter
        self._totals: Counter[str] = Counter()  # of a context
        self._kinds: Counter[str] = Counter()  # of letters that follow a context
        for text in texts:
            for context, letter in _steps(text):
                for size in range(ORDER):
                    before = context[ORDER - 1 - size :]
                    self._kinds[before] += not self._counts[before + letter]
                    self._counts[before + letter] += 1
                    self._totals[before] += 1

    def log_probability(self, text: str) -> float:
        """Return the natural logarithm of the probability of a text, its end included."""
        return sum(math.log(self._share(context, letter)) for context, letter in _steps(text))

    def _share(self, context: str, letter: str) -> float:
        share = 1 / LETTERS
        for size in range(ORDER):
            before = context[ORDER - 1 - size :]
            if total := self._totals[before]:
                kinds = self._kinds[before]
                share = (self._counts[before + letter] + kinds * share) / (total + kinds)
        return share


def _steps(text: str) -> Iterable[tuple[str, str]]:
    letters = "^" * (ORDER - 1) + normalise(text) + "$"
    for place in range(ORDER - 1, len(letters)):
        yield letters[place - ORDER + 1 : place], letters[place]


def best(hypotheses: Sequence[Hypothesis], model: LetterModel, weight: float, bonus: float) -> str:
    """Return the likeliest text; `bonus` is for each letter, since every letter costs."""

    def score(hypothesis: Hypothesis) -> float:
        text, log_probability = hypothesis
        letters = model.log_probability(text) + bonus * len(normalise(text))
        return log_probability + weight * letters

    return max(hypotheses, key=score)[0] if hypotheses else ""


def hypotheses(
    pack: Pack, sounds: Iterable[Samples], language: str
) -> Iterator[Sequence[Hypothesis]]:
    """Yield what the decoder thinks of each sound, in a full window; Latin is forbidden."""
    model = ctranslate2.models.Whisper(str(pack.folder), compute_type="int8", intra_threads=1)
    tokens = check_whisper_folder(pack.folder, pack.id, pack.languages.values())
    text, forbidden = WhisperText(pack.folder, pack.id, tokens), suppressed(tokens, {"Cyrl"})
    prompt = text.prompt(pack.languages[language], "", 0)
    for samples in sounds:
        mel = LogMel(model.n_mels)
        mel.extend(samples)
        features = mel.window(0)[:, :FRAMES]
        padded = np.pad(features, ((0, 0), (0, FRAMES - features.shape[1])))
        result = model.generate(
            ctranslate2.StorageView.from_array(padded[np.newaxis]),
            [prompt],
            beam_size=COUNT,
            num_hypotheses=COUNT,
            max_length=MOST,
            suppress_tokens=[-1, *forbidden],
            return_scores=True,
        )[0]
        scores = zip(result.sequences_ids, result.scores, strict=True)
        yield [(text.text(ids), score * len(ids)) for ids, score in scores]
