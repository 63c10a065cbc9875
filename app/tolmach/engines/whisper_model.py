"""A Whisper in CTranslate2: features, encoder, decoder. It decides nothing; see whisper.py.

Rule: a window is encoded once. Language detection, the decoder and the aligner read the same
output, and the last output is kept for whoever asks about the same window again.
"""

import logging
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import exp
from pathlib import Path
from typing import Any

import numpy as np

from tolmach.core.errors import ModelError
from tolmach.core.model_files import read_json
from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.core.threads import Threads
from tolmach.core.windows import SILENCE
from tolmach.engines.log_mel import Floats, LogMel
from tolmach.engines.native import CTRANSLATE2, loading
from tolmach.engines.threads import LoadedWhisper, load_whisper
from tolmach.engines.whisper_files import with_tokens
from tolmach.engines.whisper_tokens import TokenSubset

log = logging.getLogger(__name__)

POSITIONS = 448  # of the decoder, in every Whisper
_SMALL = 100_000_000  # bytes of weights; of larger ones the tokens are a smaller part
_LONGEST_PROMPT = POSITIONS // 2  # the beginning of a context can be done without
_OF_CONFIG = -1  # stands for the ids that config.json suppresses
_PLACES = 1500  # of the encoder in half a minute: 20 ms each


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an utterance, encoded."""

    encoded: Any
    sound: int  # feature frames of 10 ms that are sound
    frames: int  # feature frames that it stands for; what is not sound is silence


@dataclass(frozen=True, slots=True)
class Limits:
    """What bounds the decoder."""

    tokens: int  # of the answer at most
    beam: int
    suppress: list[int]  # ids that are never written, besides those of config.json
    weighed: bool = False  # whether the answer tells the probability of each id


@dataclass(frozen=True, slots=True)
class Answer:
    """What the decoder wrote, without the prompt but with what was forced on it."""

    ids: list[int]
    log_probability: float  # mean per token, natural logarithm
    no_speech: float  # probability, 0..1
    probabilities: tuple[float, ...] = ()  # of the ids, where they were asked for
    hypotheses: tuple[tuple[list[int], float], ...] = ()  # all of the beam, with probabilities


class WhisperModel:
    """The weights of one pack and the features of the utterance that was heard last."""

    def __init__(
        self, pack: Pack, threads: int | Threads, tokens: TokenSubset | None = None
    ) -> None:
        """Load; raises ModelError. With 0 threads a warm-up chooses how many.

        It is to write these tokens alone; it may have all the same: see `tokens`.
        """
        with loading("model.bin", pack.id, CTRANSLATE2):
            models, self.tokens = _loaded(pack.folder, threads, tokens)
        self._encoder, self._decoder = models.encoder, models.decoder
        self.threads: Threads = models.encoder_threads, models.decoder_threads
        # From the weights: preprocessor_config.json may be missing or another model's.
        self._mel = LogMel(self._encoder.n_mels)
        self._utterance: Hashable | None = None
        self._last: tuple[tuple[int, int], Window] | None = None
        with loading(SILENCE, pack.id, (OSError, EOFError, ValueError)):
            self._silence = self._known_silence(pack.folder / SILENCE)
        config = read_json(pack.folder / "config.json", pack.id)
        self._aligns = bool(config.get("alignment_heads"))

    def hear(self, samples: Samples, utterance: Hashable | None) -> None:
        """Take an utterance; of one that is known only the new samples are looked at."""
        if utterance is None or utterance != self._utterance or len(samples) < self._mel.samples:
            self._mel.reset()
            self._utterance, self._last = utterance, None
        self._mel.extend(samples[self._mel.samples :])

    def encode(self, start: int, frames: int) -> Window:
        """Encode the sound from sample `start` on, padded with zeros to so many feature frames.

        A longer window of the same sound that is encoded already will do.
        """
        from ctranslate2 import StorageView

        key = (start, self._mel.samples)
        if self._last and self._last[0] == key and self._last[1].frames >= frames:
            return self._last[1]
        features = self._mel.window(start)[:, :frames]
        sound = features.shape[1]
        padded = np.pad(features, ((0, 0), (0, safe(frames, self._encoder.n_mels) - sound)))
        encoded = self._encoder.encode(StorageView.from_array(padded[np.newaxis]))
        window = Window(encoded, sound, frames)
        self._last = (key, window)
        return window

    def completed(self, window: Window) -> Window:
        """Return a window with the silence that would follow it in half a minute, not encoded.

        The same window where the pack has no file of what silence becomes.
        """
        from ctranslate2 import StorageView

        if self._silence is None:
            return window
        encoded = np.array(window.encoded)
        whole = np.concatenate((encoded, self._silence[:, encoded.shape[1] :]), axis=1)
        return Window(StorageView.from_array(whole), window.sound, 2 * _PLACES)

    def _known_silence(self, path: Path) -> Floats | None:
        """Return what the encoder makes of silence after some speech, by place, or None.

        The shape is (1, places, width of the model). Raises ValueError for another one, which
        CTranslate2 would not survive.
        """
        from ctranslate2 import StorageView

        if not path.exists():
            return None
        least = np.zeros((1, self._encoder.n_mels, 2), dtype=np.float32)
        width = self._encoder.encode(StorageView.from_array(least)).shape[2]
        silence = np.lib.format.open_memmap(path, mode="r")  # its header may claim any size
        if silence.shape != (_PLACES, width) or silence.dtype.kind != "f":
            raise ValueError(f"silence of the shape {silence.shape}")
        if not np.isfinite(silence).all():
            raise ValueError("silence that is no numbers")
        return silence[np.newaxis].astype(np.float32)

    def shares(self, window: Window) -> dict[str, float]:
        """Return the probability of each language's token among all that the model knows."""
        return dict(self._decoder.detect_language(window.encoded)[0])

    def write(self, window: Window, prompt: list[int], forced: list[int], limits: Limits) -> Answer:
        """Decode after a prompt (context and start); the answer begins with the `forced` ids."""
        prompt, forced = self._own(prompt)[-_LONGEST_PROMPT:], self._own(forced)
        suppress = self.tokens.present(limits.suppress) if self.tokens else limits.suppress
        most = min(max(limits.tokens, len(forced) + 1), POSITIONS - len(prompt))
        result = self._decoder.generate(
            window.encoded,
            [prompt + forced],
            beam_size=limits.beam,
            num_hypotheses=limits.beam,
            # CTranslate2 gives half of it to the answer, and no more than the prompt leaves.
            max_length=max(2 * most, most + len(prompt)),
            suppress_tokens=[_OF_CONFIG, *suppress],
            return_scores=True,
            return_no_speech_prob=True,
            return_logits_vocab=limits.weighed,
        )[0]
        ids = result.sequences_ids[0]
        free = len(ids) - len(forced) + 1  # the end counts as a token; forced ones cost nothing
        steps = zip(result.logits[0] if limits.weighed else (), ids, strict=False)
        return Answer(
            self._common(ids),
            result.scores[0] * len(ids) / max(1, free),
            result.no_speech_prob,
            tuple(_probability(logits, token) for logits, token in steps),
            tuple(
                (self._common(hypothesis), exp(score * len(hypothesis)))
                for hypothesis, score in zip(result.sequences_ids, result.scores, strict=True)
            ),
        )

    def align(self, window: Window, start: Sequence[int], ids: list[int]) -> list[tuple[int, int]]:
        """Return (token, frame of 20 ms) pairs in order; none where the model cannot tell."""
        if not self._aligns or not ids:
            return []
        try:
            own = self._own(start), [self._own(ids)]
            results = self._decoder.align(window.encoded, *own, window.sound)
        except CTRANSLATE2:  # config.json names heads that the weights do not have
            self._aligns = False
            return []
        return list(results[0].alignments)

    def _own(self, ids: Sequence[int]) -> list[int]:
        """Return ids of the vocabulary as the weights number them."""
        return self.tokens.own(ids) if self.tokens else list(ids)

    def _common(self, ids: list[int]) -> list[int]:
        return self.tokens.common(ids) if self.tokens else ids


def _loaded(
    folder: Path, threads: int | Threads, tokens: TokenSubset | None
) -> tuple[LoadedWhisper, TokenSubset | None]:
    """Load what can write these tokens, all where that is too much to do or cannot be done."""
    if tokens and (folder / "model.bin").stat().st_size <= _SMALL:
        try:
            with with_tokens(folder, tokens.ids) as smaller:
                return load_whisper(smaller, threads), tokens
        except (ModelError, OSError) as error:
            log.info("all tokens are loaded: %s", error)
    return load_whisper(folder, threads), None


def _probability(logits: Any, token: int) -> float:
    """Return the probability of a token at a step with these logits of the whole vocabulary."""
    weights = np.asarray(logits, dtype=np.float32).ravel()
    with np.errstate(invalid="ignore"):  # of sound that is no sound all may be infinite
        shares = np.exp(weights - weights.max())
        return float(np.nan_to_num(shares[token] / shares.sum()))


def safe(frames: int, n_mels: int) -> int:
    """Return a length near this one whose encoder output is not taken for features.

    CTranslate2 would encode an output of n_mels frames again, without an error (`is_encoded` in
    its layers/whisper.h).
    """
    return frames + 2 if (frames + 1) // 2 == n_mels else frames
