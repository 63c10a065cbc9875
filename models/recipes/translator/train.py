"""The training run: resumable, on a wall-clock schedule."""

from __future__ import annotations

import shutil
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch

from . import corpus, pieces, weights
from .batches import SHORT_CHUNKS, Stream
from .evaluate import EVERYDAY, PackTranslator, both_ways
from .export import save_model
from .network import Network, Shape
from .optimizer import Optimizer
from .pack import swap, write_pack_json

SMOOTHING, DROPOUT = 0.1, 0.1
MATRIX_RATE, OTHER_RATE = 0.02, 0.004
WARM_UP, FLAT = 100, 0.3
SAVE_EVERY, REPORT_EVERY, MEASURE_EVERY = 120.0, 30.0, 600.0


@dataclass
class Settings:
    """What the command line says."""

    data: Path
    work: Path
    out: Path
    minutes: float
    tokens: int
    shape: Shape
    peak: float = 1.0
    start: Path | None = None


@dataclass
class Progress:
    """Where the run stands; saved with every checkpoint."""

    seconds: float = 0.0
    chunk: int = 0
    examples: int = 0
    best: float = 0.0
    scores: tuple[float, float] = (0.0, 0.0)


class Run:
    """One training run in a work folder."""

    def __init__(self, settings: Settings) -> None:
        self.settings, self.progress, self.stopping = settings, Progress(), False
        settings.work.mkdir(parents=True, exist_ok=True)
        self.checkpoint = settings.work / "checkpoint.pt"
        self.piece_model = settings.work / "pieces.spm"
        self.corpus = corpus.load(settings.data)
        if not self.piece_model.exists():
            if settings.start:
                shutil.copyfile(settings.start / "source.spm", self.piece_model)
            else:
                pieces.train(self.corpus, self.piece_model)
        processor = pieces.load(self.piece_model)
        self.stream = Stream(self.corpus.train, processor, settings.tokens)
        torch.manual_seed(1)
        self.network = Network(settings.shape, DROPOUT)
        if settings.start:
            weights.load(self.network, settings.start)
            self.progress.chunk = SHORT_CHUNKS
        self.optimizer = Optimizer(self.network)
        self.network.bfloat16()
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, weights_only=True)
            self.optimizer.restore(saved["optimizer"])
            self.progress = Progress(**saved["progress"])
        self._say_sizes()

    def _say_sizes(self) -> None:
        kinds = ", ".join(f"{k} {len(v)}" for k, v in self.corpus.train.items())
        size = sum(weight.numel() for weight in self.network.parameters())
        print(
            f"pairs: {kinds}; dev {len(self.corpus.dev)}, test {len(self.corpus.test)}, "
            f"slice {len(self.corpus.general)}; {size / 1e6:.1f} M parameters; "
            f"from step {self.optimizer.step_number}",
            flush=True,
        )

    def _factor(self) -> float:
        """Share of the highest rate: warm-up, flat, then down to zero at the deadline."""
        share = min(1.0, self.progress.seconds / (60 * self.settings.minutes))
        down = min(1.0, max(0.0, (1 - share) / (1 - FLAT)))
        return min(1.0, (self.optimizer.step_number + 1) / WARM_UP) * down

    def _save(self) -> None:
        fresh = self.checkpoint.with_suffix(".new")
        state = {"optimizer": self.optimizer.state(), "progress": vars(self.progress)}
        torch.save(state, fresh)
        fresh.replace(self.checkpoint)

    def _measure(self) -> None:
        """Export the mean weights, score dev, and keep the pack if it is the best yet."""
        ready = self.settings.out.with_name("." + self.settings.out.name + ".new")
        save_model(
            self.optimizer.names, self.optimizer.mean, self.settings.shape, self.piece_model, ready
        )
        scores = both_ways(PackTranslator(ready, beam=2), self.corpus.dev)
        self.progress.scores = scores
        if sum(scores) >= self.progress.best or not self.settings.out.exists():
            self.progress.best = sum(scores)
            pairs = (("ru", "ba"), ("ba", "ru"))
            write_pack_json(
                ready,
                [
                    {
                        "pair": list(pair),
                        "metric": "chrF++",
                        "value": score,
                        "on": EVERYDAY + " (dev)",
                    }
                    for pair, score in zip(pairs, scores, strict=True)
                ],
            )
            swap(ready, self.settings.out)
        self._say_samples()
        self._save()

    def _say_samples(self) -> None:
        translate = PackTranslator(self.settings.out, beam=2)
        for text, target in (
            ("Как дела?", "ba"),
            ("Где находится больница?", "ba"),
            ("Мин һине яратам.", "ru"),
            ("Бөгөн һауа торошо яҡшы.", "ru"),
        ):
            print(f"    {text} -> {translate([text], target)[0]}")
        print(
            f"    dev chrF++ ru-ba {self.progress.scores[0]} ba-ru {self.progress.scores[1]}",
            flush=True,
        )

    def _report(self, losses: list[float], seconds: float, examples: int) -> None:
        progress, last = self.progress, self.settings.minutes * 60
        print(
            f"step {self.optimizer.step_number} pairs {progress.examples} "
            f"{examples / seconds:.0f}/s loss {sum(losses) / len(losses):.3f} "
            f"rate {self._factor():.3f} chunk {progress.chunk} dev chrF++ "
            f"ru-ba {progress.scores[0]} ba-ru {progress.scores[1]} "
            f"ETA {max(0.0, last - progress.seconds) / 60:.0f} min",
            flush=True,
        )

    def _ask_to_stop(self, *_: object) -> None:
        """On SIGTERM: save after the step under way, and leave."""
        self.stopping = True

    def train(self) -> None:
        """Train until the minutes are used up; measured time goes on the same clock."""
        progress, end = self.progress, 60 * self.settings.minutes
        signal.signal(signal.SIGTERM, self._ask_to_stop)
        clock = reported = saved = measured = time.monotonic()
        losses: list[float] = []
        examples = 0
        for chunk, batch in self.stream.run(progress.chunk):
            if progress.seconds >= end or self.stopping:
                break
            progress.chunk = chunk
            loss = self.network.loss(batch, SMOOTHING)
            loss.backward()
            factor = self._factor() * self.settings.peak
            self.optimizer.step(MATRIX_RATE * factor, OTHER_RATE * factor)
            losses.append(float(loss.detach()))
            examples += batch.examples
            progress.examples += batch.examples
            if (moment := time.monotonic()) - reported > REPORT_EVERY:
                self._report(losses, moment - reported, examples)
                losses, examples, reported = [], 0, moment
            if moment - measured > MEASURE_EVERY:
                self._measure()
                measured = saved = time.monotonic()
            elif moment - saved > SAVE_EVERY:
                self._save()
                saved = time.monotonic()
            progress.seconds += time.monotonic() - clock
            clock = time.monotonic()
        self._save()
        if self.stopping:
            sys.exit("stopped; the same command goes on from here")
        self._measure()
