"""Error rates on the development sentences during training."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import torch

from . import alphabet, scoring, sentences, sound, voices
from .features import whisper_features
from .network import Recogniser

SENTENCES = 50
_BATCH = 25


class Development:
    """Dev sentences spoken by held-out voices, clean; kept in the work folder."""

    def __init__(self, data: Path, work: Path) -> None:
        """Load the sounds, or make them the first time."""
        path = work / "dev.pt"
        if not path.exists():
            torch.save(self._make(data), path)
        self._items: dict[str, list[tuple[str, torch.Tensor]]] = torch.load(path)

    @staticmethod
    def _make(data: Path) -> dict[str, list[tuple[str, torch.Tensor]]]:
        items: dict[str, list[tuple[str, torch.Tensor]]] = {}
        for language, texts in sentences.load(data).dev.items():
            rng = random.Random(5)
            items[language] = []
            for text in texts[:SENTENCES]:
                voice = voices.choose(rng, language, voices.HELD_OUT, wild=False)
                wave = sound.pad(sound.speak(text, voice), 0.15, 0.3)
                features = whisper_features(wave).astype(np.float32)
                items[language].append((text, torch.from_numpy(features)))
            items[language].sort(key=lambda item: len(item[1]))
        return items

    @torch.no_grad()
    def error_rates(self, network: Recogniser) -> dict[str, float]:
        """Return the character error rate of the CTC head by language."""
        result = {}
        for language, items in self._items.items():
            pairs: list[tuple[str, str]] = []
            for start in range(0, len(items), _BATCH):
                pairs += self._recognise(network, items[start : start + _BATCH])
            result[language] = scoring.character_error_rate(pairs)
        return result

    @staticmethod
    def _recognise(
        network: Recogniser, items: list[tuple[str, torch.Tensor]]
    ) -> list[tuple[str, str]]:
        longest = max(len(features) for _, features in items)
        batch = torch.zeros(len(items), longest + longest % 2, items[0][1].shape[1])
        for row, (_, features) in zip(batch, items, strict=True):
            row[: len(features)] = features
        network.eval()
        best = network.ctc(network.encoder(batch.bfloat16())).argmax(-1).tolist()
        network.train()
        return [
            (alphabet.normalise(text), alphabet.decode_ctc(classes))
            for (text, _), classes in zip(items, best, strict=True)
        ]
