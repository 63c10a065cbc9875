"""Whisper models in CTranslate2's format: one utterance in, its text and language out.

Rules. Nothing is downloaded: `check_whisper_folder` comes before faster-whisper, and refuses what
would crash CTranslate2. Prompts are made here: faster-whisper's own tokenizer accepts only the
languages on its list, while a pack may teach a model new ones or borrow another language's token.
Features are encoded once; language detection and decoding read the same encoder output.

Options of a pack: `context` ("full" or "dynamic"), `beam`, `tokens_per_second`.
"""

import os
import re
import zlib
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples, seconds
from tolmach.core.whisper_folder import PROMPT, check_whisper_folder
from tolmach.engines.base import Recognition
from tolmach.engines.native import CTRANSLATE2, loading, running

_SHORTEST = SAMPLE_RATE // 10  # samples; below this nobody has said anything
_LONGEST = 30 * SAMPLE_RATE
_FULL = 3000  # feature frames of 10 ms: the window Whisper was trained with
_SLACK = 30  # frames of silence kept after a short utterance
_STEP = 50
_MOST_TOKENS = 448 - 4  # the decoder's positions in every Whisper, less the prompt
_COMPRESSED = 2.4  # text that compresses better than this repeats itself (openai/whisper)
_REPEATED = re.compile(r"(.{2,30}?)\1{4,}")


class WhisperRecognizer:
    """A Recognizer."""

    def __init__(self, pack: Pack, threads: int) -> None:
        """Load the pack's model; raises ModelError. With 0 threads CTranslate2 chooses."""
        tokens = check_whisper_folder(pack.folder, pack.id, pack.languages.values())
        os.environ["HF_HUB_OFFLINE"] = "1"  # read when huggingface_hub is imported, below
        from faster_whisper import WhisperModel
        from faster_whisper.feature_extractor import FeatureExtractor

        with loading("tokenizer.json", pack.id), loading("model.bin", pack.id, CTRANSLATE2):
            whisper = WhisperModel(
                str(pack.folder),
                device="cpu",
                compute_type="int8",
                cpu_threads=threads,
                local_files_only=True,
            )
        # From the weights: preprocessor_config.json may be missing or another model's.
        self._features = FeatureExtractor(feature_size=whisper.model.n_mels)
        self._model = whisper.model
        self._tokenizer = whisper.hf_tokenizer
        self._pack = pack
        self._ids = {token: number for number, token in enumerate(tokens)}
        with loading("pack.json", pack.id):
            self._dynamic = pack.options.get("context", "full") == "dynamic"
            self._beam = int(pack.options.get("beam", 5))
            self._tokens_per_second = float(pack.options.get("tokens_per_second", 25))

    def recognize(self, samples: Samples, languages: Sequence[str]) -> Recognition:
        """Recognise one utterance of at most 30 s; see base.Recognizer. Raises EngineError."""
        tokens = [self._token(language) for language in languages]
        if not tokens or len(samples) > _LONGEST:
            raise ValueError("an utterance lasts at most 30 s and is in one of some languages")
        if len(samples) < _SHORTEST:
            return Recognition("", languages[0], 1.0 / len(tokens), 0.0, 1.0)
        features = self._log_mel(samples)
        frames = _window(features.shape[1], self._model.n_mels) if self._dynamic else _FULL
        most = min(_MOST_TOKENS, 16 + int(self._tokens_per_second * seconds(len(samples))))
        with running("recognition-failed"):
            encoded = self._encode(features, frames)
            shares = self._shares(encoded, tokens)
            best = shares.index(max(shares))
            heard = self._decode(encoded, tokens[best], most)
            if frames < _FULL and repeats_itself(heard[0]):
                heard = self._decode(self._encode(features, _FULL), tokens[best], most)
        text, log_probability, no_speech = heard
        return Recognition(text, languages[best], shares[best], log_probability, no_speech)

    def _token(self, language: str) -> str:
        if language not in self._pack.languages:
            raise UsageError("language-not-in-pack", language=language, pack=self._pack.id)
        return self._pack.languages[language]

    def _log_mel(self, samples: Samples) -> NDArray[np.float32]:
        """Return the features, (mel bands, frames of 10 ms). NaN would pass through unnoticed."""
        clean = np.clip(np.nan_to_num(samples, posinf=0.0, neginf=0.0), -1.0, 1.0)
        features: NDArray[np.float32] = self._features(clean)[:, :_FULL]
        return features

    def _encode(self, features: NDArray[np.float32], frames: int) -> Any:
        """Return the encoder's output for the features, padded as faster-whisper pads."""
        from ctranslate2 import StorageView

        padded = np.pad(features, ((0, 0), (0, frames - features.shape[1])))
        return self._model.encode(StorageView.from_array(padded[np.newaxis]))

    def _shares(self, encoded: Any, tokens: Sequence[str]) -> list[float]:
        """Return the probability of each language among these, by their tokens."""
        if len(tokens) == 1:
            return [1.0]
        found = dict(self._model.detect_language(encoded)[0])
        shares = [found.get(token, 0.0) for token in tokens]
        total = sum(shares)
        return [share / total if total else 1.0 / len(tokens) for share in shares]

    def _decode(self, encoded: Any, language: str, most: int) -> tuple[str, float, float]:
        """Return the text, its mean log probability and the probability that nobody spoke."""
        begin, transcribe, no_timestamps, end = (self._ids[token] for token in PROMPT)
        result = self._model.generate(
            encoded,
            [[begin, self._ids[language], transcribe, no_timestamps]],
            beam_size=self._beam,
            max_length=2 * most,  # CTranslate2 gives half of it to the new tokens
            return_scores=True,
            return_no_speech_prob=True,
        )[0]
        ids = result.sequences_ids[0]
        text = self._tokenizer.decode([number for number in ids if number < end]).strip()
        score = result.scores[0] * len(ids) / (len(ids) + 1)  # the end counts as a token
        return text, score, result.no_speech_prob


def repeats_itself(text: str) -> bool:
    """Whether a decoder seems to have been caught in a loop."""
    data = text.encode()
    squeezed = len(data) > _COMPRESSED * len(zlib.compress(data))
    return squeezed or _REPEATED.search(text) is not None


def _window(frames: int, n_mels: int) -> int:
    """Return how many feature frames to encode for so many frames of sound.

    Never such that the encoder's output has n_mels frames: CTranslate2 would take that output for
    features and encode it again (`is_encoded` in its layers/whisper.h).
    """
    wanted = -(-(frames + _SLACK) // _STEP) * _STEP
    if wanted // 2 == n_mels:
        wanted += _STEP
    return min(_FULL, wanted)
