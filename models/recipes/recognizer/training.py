"""Training by several single-threaded workers that share one network."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as functional
from torch import Tensor, multiprocessing

from .batches import IGNORED, Batch, Batcher, Store
from .development import Development
from .network import Recogniser, Shape
from .optimiser import MixedOptimiser

MATRIX_RATE, OTHER_RATE = 0.01, 0.001
WARM_UP = 150
DECAY_FROM = 0.3
REPORT_EVERY, CHECK_EVERY, SAVE_EVERY = 15.0, 400.0, 120.0
SMOOTHING = 0.03
_log = logging.getLogger("recognizer.training")

# Large blocks are kept instead of being returned to the system: page faults are dear.
_MEMORY_SETTINGS = {
    "MALLOC_MMAP_THRESHOLD_": "4294967296",
    "MALLOC_TRIM_THRESHOLD_": "17179869184",
    "OMP_NUM_THREADS": "1",
}


@dataclass(frozen=True)
class Plan:
    """What a training run is to do."""

    data: Path
    work: Path
    minutes: float
    """Time of training in all, earlier runs included; the rates fall to zero by then."""
    workers: int

    @property
    def checkpoint(self) -> Path:
        """Path of the checkpoint."""
        return self.work / "checkpoint.pt"


@dataclass
class Clock:
    """Time and visits, earlier runs included."""

    total: float
    spent: float = 0.0
    visits: int = 0
    step: int = 0
    begin: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds of training so far."""
        return self.spent + time.monotonic() - self.begin

    @property
    def progress(self) -> float:
        """Share of the time that has passed."""
        return min(1.0, self.seconds / self.total)

    def scale(self) -> float:
        """Return the factor of the learning rates: warm-up, plateau, fall to zero."""
        fall = min(1.0, (1.0 - self.progress) / (1.0 - DECAY_FROM))
        return min(1.0, (self.step + 1) / WARM_UP) * max(0.003, fall)


def losses(network: Recogniser, batch: Batch) -> tuple[Tensor, Tensor]:
    """Return the decoder's cross-entropy and the CTC loss per character."""
    scores, ctc_scores = network(batch.features.bfloat16(), batch.tokens, batch.classes)
    cross = functional.cross_entropy(
        scores.float().flatten(0, 1),
        batch.targets.flatten(),
        ignore_index=IGNORED,
        label_smoothing=SMOOTHING,
    )
    chances = functional.log_softmax(ctc_scores.float(), -1).transpose(0, 1)
    lengths = torch.full((len(batch.tokens),), chances.shape[0])
    ctc = functional.ctc_loss(
        chances, batch.ctc_targets, lengths, batch.ctc_lengths, zero_infinity=True
    )
    return cross, ctc


def ctc_weight(progress: float) -> float:
    """Return the share of the CTC loss: it leads at first."""
    return float(np.interp(progress, [0.0, 0.1, 0.25, 1.0], [0.7, 0.5, 0.3, 0.2]))


@dataclass
class Shared:
    """What the workers have in common."""

    network: Recogniser
    optimiser: MixedOptimiser
    barrier: Any
    numbers: Tensor
    """Per worker: visits so far, cross-entropy, CTC loss; then a stop flag."""


class Worker:
    """One single-threaded training process; the first one also reports and saves."""

    def __init__(self, number: int, plan: Plan, shared: Shared, clock: Clock) -> None:
        """Open the shards."""
        self._number, self._plan, self._shared, self._clock = number, plan, shared, clock
        self._store = Store(plan.work / "shards")
        self._store.refresh()
        seed = int(clock.visits) * 16 + number
        self._batcher = Batcher(self._store, seed)
        self._batcher.visits = clock.visits
        self._start_visits = clock.visits
        self._due = {"report": 0.0, "check": CHECK_EVERY, "save": SAVE_EVERY, "refresh": 60.0}

    def run(self) -> None:
        """Train until the time is over."""
        shared, batches = self._shared, iter(self._batcher)
        while not self._over():
            self._train(next(batches))
            shared.barrier.wait(timeout=600)
            scale = self._clock.scale()
            rates = (MATRIX_RATE * scale, OTHER_RATE * scale)
            shared.optimiser.step(self._number, self._clock.step + 1, rates)
            self._clock.step += 1
            visits = int(shared.numbers[: self._plan.workers, 0].sum())
            self._clock.visits = self._batcher.visits = self._start_visits + visits
            self._batcher.progress = self._clock.progress
            if self._number == 0:
                self._look_after()
            if self._is_due("refresh", 60.0):
                self._store.refresh()
            shared.barrier.wait(timeout=600)
        if self._number == 0:
            self._save()

    def _over(self) -> bool:
        """Agree on the end: the first worker decides, the others follow."""
        return bool(self._shared.numbers[-1, 0] > 0)

    def _train(self, batch: Batch) -> None:
        network = self._shared.network
        cross, ctc = losses(network, batch)
        weight = ctc_weight(self._clock.progress)
        ((1.0 - weight) * cross + weight * ctc).backward()
        gradients = {n: p.grad for n, p in network.named_parameters() if p.requires_grad}
        self._shared.optimiser.give(self._number, gradients)
        for parameter in network.parameters():
            parameter.grad = None
        numbers = self._shared.numbers[self._number]
        numbers[0] += batch.visits
        for place, value in ((1, float(cross.detach())), (2, float(ctc.detach()))):
            numbers[place] = value if numbers[0] < 500 else 0.97 * numbers[place] + 0.03 * value

    def _is_due(self, duty: str, every: float) -> bool:
        seconds = self._clock.seconds - self._clock.spent
        if seconds < self._due[duty]:
            return False
        self._due[duty] = seconds + every
        return True

    def _look_after(self) -> None:
        if self._is_due("report", REPORT_EVERY):
            self._report()
        if self._is_due("check", CHECK_EVERY):
            self._check()
        if self._is_due("save", SAVE_EVERY):
            self._save()
        if self._clock.progress >= 1.0:
            self._shared.numbers[-1, 0] = 1

    def _report(self) -> None:
        clock, numbers = self._clock, self._shared.numbers[: self._plan.workers]
        rate = (clock.visits - self._start_visits) / max(1.0, clock.seconds - clock.spent)
        _log.info(
            "step %d  visits %d  %.1f/s  loss %.3f  ctc %.3f  utterances %d  left %d min",
            clock.step,
            clock.visits,
            rate,
            float(numbers[:, 1].mean()),
            float(numbers[:, 2].mean()),
            len(self._store.index),
            (clock.total - clock.seconds) / 60,
        )

    def _check(self) -> None:
        development = Development(self._plan.data, self._plan.work)
        rates = development.error_rates(self._shared.network)
        text = "  ".join(f"{name} {rate:.3f}" for name, rate in rates.items())
        _log.info("dev CER (CTC head) at %d visits: %s", self._clock.visits, text)

    def _save(self) -> None:
        clock = self._clock
        state = {
            "optimiser": self._shared.optimiser.state(),
            "shape": Shape().as_dict(),
            "seconds": clock.seconds,
            "visits": clock.visits,
            "step": clock.step,
        }
        temporary = self._plan.checkpoint.with_suffix(".new")
        torch.save(state, temporary)
        temporary.replace(self._plan.checkpoint)


def _work(number: int, plan: Plan, shared: Shared, clock: Clock) -> None:
    """Run one worker process."""
    start_log(plan.work)
    torch.set_num_threads(1)
    torch.manual_seed(clock.visits * 16 + number)
    clock.begin = time.monotonic()
    shared.network.train()
    Worker(number, plan, shared, clock).run()


def start_log(work: Path) -> None:
    """Log to the screen and to the work folder."""
    handlers = [logging.StreamHandler(), logging.FileHandler(work / "log.txt")]
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", handlers=handlers)


def train(plan: Plan) -> None:
    """Train from the checkpoint, or from the beginning, until the time is over."""
    os.environ.update(_MEMORY_SETTINGS)
    torch.manual_seed(1)
    network = Recogniser(Shape())
    optimiser = MixedOptimiser(network, plan.workers)
    clock = Clock(plan.minutes * 60)
    if plan.checkpoint.exists():
        state = torch.load(plan.checkpoint, weights_only=True)
        optimiser.load(state["optimiser"])
        clock = Clock(plan.minutes * 60, state["seconds"], state["visits"], state["step"])
    context = multiprocessing.get_context("spawn")
    numbers = torch.zeros(plan.workers + 1, 3, dtype=torch.float64).share_memory_()
    shared = Shared(network, optimiser, context.Barrier(plan.workers), numbers)
    arguments = [(number, plan, shared, clock) for number in range(plan.workers)]
    processes = [context.Process(target=_work, args=item) for item in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("a training worker failed")
