"""How many threads a Whisper gets: the encoder and the decoder each what is quickest here.

CTranslate2 fixes the number when it loads a model, so two numbers are two models of the same files:
the decoder of one reads what the encoder of the other wrote, which has little else in memory.

Rule: never more threads than physical cores. A thread too many makes all wait for it.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

import numpy as np

from tolmach.core import allocation
from tolmach.core.model_files import read_vocabulary
from tolmach.core.threads import Threads
from tolmach.core.whisper_folder import PROMPT
from tolmach.core.windows import FRAMES
from tolmach.engines.whisper_files import load, load_encoder

_MOST = 4  # threads; more slowed decoding on every laptop that was measured
_SMALL = 300_000_000  # bytes of weights that are soon measured
_GAIN = 0.1  # of the time for a usual answer; less is not worth a second model
_WINDOW, _TOKENS = 10.0, 20  # seconds and tokens of a usual answer
_SECONDS = 3.0  # of noise, encoded to measure
_STEPS = 8  # tokens that are decoded to measure
_BEAM = 5  # as for a final answer: what helps with one hypothesis may hinder with several
_LEAST, _TIMES = 2, 4  # how often a time is taken
_ENOUGH = 0.15  # seconds after which it is not taken again


@dataclass(frozen=True, slots=True)
class Cost:
    """What one number of threads costs, in seconds."""

    encode: float  # a second of sound
    decode: float  # a token, of all hypotheses together

    @property
    def answer(self) -> float:
        """A usual answer: one window and its tokens."""
        return _WINDOW * self.encode + _TOKENS * self.decode


@dataclass(frozen=True, slots=True)
class LoadedWhisper:
    """Those of one Whisper, loaded once, or the encoder once more for its own threads."""

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
    if isinstance(threads, tuple):
        encoder, decoder = (min(count, cores()) for count in threads)
    elif threads or (folder / "model.bin").stat().st_size > _SMALL:
        encoder = decoder = threads or cores()
    else:
        end = read_vocabulary(folder, ["vocabulary"], folder.name).index(PROMPT[-1])
        counts = sorted({1, min(2, cores()), cores()})
        encoder, decoder = quickest(lambda count: measure(load(folder, count), end), counts)
        # What is loaded to stay reserves a gigabyte that it never uses: not where pages of those
        # that were measured are in memory.
        allocation.return_free_blocks()
    alone = None if encoder == decoder else load_encoder(folder, encoder)
    model = load(folder, decoder)
    return LoadedWhisper(alone or model, model, encoder, decoder)


def quickest(measured: Callable[[int], Cost], counts: list[int]) -> Threads:
    """Return the quickest of these numbers of threads; a single number is not measured."""
    if len(counts) == 1:
        return counts[0], counts[0]
    return choose({count: measured(count) for count in counts})


def choose(costs: Mapping[int, Cost]) -> Threads:
    """Return the numbers of threads for the encoder and the decoder; equal if one model does."""
    single = min(costs, key=lambda count: costs[count].answer)
    encoder = min(costs, key=lambda count: costs[count].encode)
    decoder = min(costs, key=lambda count: costs[count].decode)
    both = Cost(costs[encoder].encode, costs[decoder].decode).answer
    gain = 1 - both / costs[single].answer
    return (encoder, decoder) if gain >= _GAIN else (single, single)


def measure(model: Any, end: int) -> Cost:
    """Return what this model needs, hearing some noise; `end` is never written."""
    from ctranslate2 import StorageView

    noise = np.random.default_rng(0).normal(0, 0.5, (1, model.n_mels, round(_SECONDS * FRAMES)))
    features = StorageView.from_array(noise.astype(np.float32))
    encoded = model.encode(features)

    def decode() -> None:
        model.generate(
            encoded,
            [list(PROMPT[:-1])],
            beam_size=_BEAM,
            max_length=2 * _STEPS,  # CTranslate2 gives half of it to the answer
            suppress_tokens=[end],
        )

    encode = _least(lambda: model.encode(features))
    return Cost(encode / _SECONDS, _least(decode) / _STEPS)


def _least(work: Callable[[], object], clock: Callable[[], float] = perf_counter) -> float:
    """Return the shortest of several times in seconds: others only add to it."""
    times: list[float] = []
    while len(times) < _LEAST or (len(times) < _TIMES and sum(times) < _ENOUGH):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)
