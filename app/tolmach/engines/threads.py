"""How many threads a Whisper gets: the encoder and the decoder each what is quickest here.

CTranslate2 fixes the number when it loads a model, so two numbers are two models of the same files:
the decoder of one reads what the encoder of the other wrote. A second one is loaded only where it
gains enough and the weights are small.

Rule: never more threads than physical cores. A thread too many makes all wait for it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from tolmach.core.model_files import read_vocabulary
from tolmach.core.threads import Threads
from tolmach.core.whisper_folder import PROMPT

_MOST = 4  # threads; more slowed decoding on every laptop that was measured
_SMALL = 300_000_000  # bytes of weights that may be in memory twice
_GAIN = 0.15  # of the time for the encoder or the decoder; less is not worth a second model
_ANSWER = 20  # tokens of a usual answer
_STEPS = 8  # tokens that are decoded to measure
_FRAMES = 300  # feature frames of 10 ms that are encoded to measure
_LEAST, _TIMES = 2, 4  # how often a time is taken
_ENOUGH = 0.15  # seconds after which it is not taken again


@dataclass(frozen=True, slots=True)
class Cost:
    """What one number of threads costs, in seconds."""

    encode: float  # 3 s of sound
    decode: float  # a token

    @property
    def answer(self) -> float:
        """A usual answer: one window and its tokens."""
        return self.encode + _ANSWER * self.decode


@dataclass(frozen=True, slots=True)
class LoadedWhisper:
    """Those of one Whisper, loaded once or twice."""

    encoder: Any  # ctranslate2.models.Whisper; the same one as `decoder` if the numbers are equal
    decoder: Any
    encoder_threads: int
    decoder_threads: int


def cores() -> int:
    """Return how many physical cores this process may use, 4 at most."""
    import psutil  # here: the application process reads this module and needs no psutil

    process = psutil.Process()
    # On macOS nobody can restrict it.
    allowed = len(process.cpu_affinity()) if hasattr(process, "cpu_affinity") else _MOST
    return min(psutil.cpu_count(logical=False) or os.cpu_count() or 1, allowed, _MOST)


def load_whisper(folder: Path, threads: int | Threads) -> LoadedWhisper:
    """Load a folder that `check_whisper_folder` let through; raises what CTranslate2 raises.

    With 0 threads a warm-up finds the numbers: about a second for the base size, three for small
    on an idle computer. Larger weights get all cores: measuring them takes longer than it saves.
    """
    from ctranslate2.models import Whisper

    def load(count: int) -> Any:
        return Whisper(str(folder), device="cpu", compute_type="int8", intra_threads=count)

    if isinstance(threads, tuple):
        encoder, decoder = (min(count, cores()) for count in threads)
        models = {count: load(count) for count in {encoder, decoder}}
        return LoadedWhisper(models[encoder], models[decoder], encoder, decoder)
    if threads or (folder / "model.bin").stat().st_size > _SMALL:
        counts = [threads or cores()]
    else:
        counts = sorted({1, min(2, cores()), cores()})
    end = read_vocabulary(folder, ["vocabulary"], folder.name).index(PROMPT[-1])
    return fit(load, lambda model: measure(model, end), counts)


def fit(
    load: Callable[[int], Any], measured: Callable[[Any], Cost], counts: list[int]
) -> LoadedWhisper:
    """Return the quickest of these numbers of threads; a single number is not measured.

    No models are held but those wanted so far and the one being measured.
    """
    models: dict[int, Any] = {}
    costs: dict[int, Cost] = {}
    chosen = (counts[0], counts[0])
    for count in counts if len(counts) > 1 else ():
        models[count] = load(count)
        costs[count] = measured(models[count])
        chosen = choose(costs)
        models = {number: model for number, model in models.items() if number in chosen}
    for count in chosen:
        if count not in models:
            models[count] = load(count)
    encoder, decoder = chosen
    return LoadedWhisper(models[encoder], models[decoder], encoder, decoder)


def choose(costs: Mapping[int, Cost]) -> tuple[int, int]:
    """Return the numbers of threads for the encoder and the decoder; equal if one model does."""
    single = min(costs, key=lambda count: costs[count].answer)
    encoder = min(costs, key=lambda count: costs[count].encode)
    decoder = min(costs, key=lambda count: costs[count].decode)
    gains = (
        1 - costs[encoder].encode / costs[single].encode,
        1 - costs[decoder].decode / costs[single].decode,
    )
    return (encoder, decoder) if max(gains) >= _GAIN else (single, single)


def measure(model: Any, end: int) -> Cost:
    """Return what this model needs for 3 s of noise and for a token; `end` is never written."""
    from ctranslate2 import StorageView

    noise = np.random.default_rng(0).normal(0, 0.5, (1, model.n_mels, _FRAMES))
    features = StorageView.from_array(noise.astype(np.float32))
    encoded = model.encode(features)

    def decode() -> None:
        model.generate(
            encoded,
            [list(PROMPT[:-1])],
            beam_size=1,
            max_length=2 * _STEPS,  # CTranslate2 gives half of it to the answer
            suppress_tokens=[end],
        )

    return Cost(_least(lambda: model.encode(features)), _least(decode) / _STEPS)


def _least(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Return the shortest of several times in seconds: others only add to it."""
    times: list[float] = []
    while len(times) < _LEAST or (len(times) < _TIMES and sum(times) < _ENOUGH):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)
