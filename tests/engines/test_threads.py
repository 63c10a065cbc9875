"""How many threads a Whisper gets: the choice with told times, the models on tiny weights."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import psutil
import pytest
from ctranslate2 import StorageView

from tests import tiny_models
from tolmach.core.whisper_folder import PROMPT
from tolmach.engines import threads
from tolmach.engines.threads import Cost, choose, cores, load_whisper, measure, quickest


@pytest.mark.parametrize(
    ("costs", "chosen"),
    [
        # A second thread helps the encoder and slows the decoder, by enough and by too little.
        ({1: Cost(0.016, 0.0088), 2: Cost(0.011, 0.0110)}, (2, 1)),
        ({1: Cost(0.0106, 0.0098), 2: Cost(0.0077, 0.0141)}, (1, 1)),
        # A second model would gain 5 %: one with the least total.
        ({1: Cost(0.063, 0.0275), 2: Cost(0.038, 0.0298)}, (2, 2)),
        ({1: Cost(0.017, 0.0100), 2: Cost(0.015, 0.0120)}, (1, 1)),
        # More threads are better throughout, or worse throughout.
        ({1: Cost(0.2, 0.03), 2: Cost(0.1, 0.02), 4: Cost(0.05, 0.01)}, (4, 4)),
        ({1: Cost(0.1, 0.01), 2: Cost(0.2, 0.02), 4: Cost(0.4, 0.04)}, (1, 1)),
        # The number with the least total is neither the encoder's nor the decoder's.
        ({1: Cost(0.067, 0.010), 2: Cost(0.017, 0.011), 4: Cost(0.010, 0.020)}, (4, 1)),
        ({1: Cost(0.033, 0.010), 2: Cost(0.018, 0.011), 4: Cost(0.017, 0.020)}, (2, 2)),
        # They cost the same: the fewest.
        ({1: Cost(0.1, 0.01), 2: Cost(0.1, 0.01)}, (1, 1)),
    ],
)
def test_a_second_model_only_where_it_gains_enough(
    costs: dict[int, Cost], chosen: tuple[int, int]
) -> None:
    assert choose(costs) == chosen


def test_each_number_is_measured_but_a_single_one() -> None:
    costs = {1: Cost(0.05, 0.01), 2: Cost(0.03, 0.02), 4: Cost(0.04, 0.03)}
    measured: list[int] = []

    def measure(count: int) -> Cost:
        measured.append(count)
        return costs[count]

    assert quickest(measure, [1, 2, 4]) == (2, 1)
    assert measured == [1, 2, 4]
    assert quickest(measure, [3]) == (3, 3)
    assert measured == [1, 2, 4]


def test_the_shortest_time_counts() -> None:
    def tell(*ends: float) -> Iterator[float]:
        for start, length in enumerate(ends):
            yield from (float(start), start + length)

    short = tell(0.03125, 0.0625, 0.015625, 0.03125, 9.0)
    assert threads._least(lambda: None, clock=short.__next__) == 0.015625
    assert next(short) == 4.0  # four times at most
    slow = tell(0.5, 0.25, 9.0)
    assert threads._least(lambda: None, clock=slow.__next__) == 0.25
    assert next(slow) == 2.0  # two times at least


# Real cores and models --------------------------------------------------------------------------


def test_cores_are_physical_and_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert 1 <= cores() <= min(4, psutil.cpu_count())
    monkeypatch.setattr(psutil, "cpu_count", lambda logical: None)
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores() == 1


@pytest.mark.skipif(not hasattr(psutil.Process, "cpu_affinity"), reason="macOS has none")
def test_a_process_that_was_given_one_core_uses_one() -> None:
    process = psutil.Process()
    before = process.cpu_affinity()
    process.cpu_affinity(before[:1])
    try:
        assert cores() == 1
    finally:
        process.cpu_affinity(before)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Модели и веса") / "двуликая"
    return tiny_models.whisper(folder, says="привет", short="аббазз", turn=300)


@pytest.fixture(params=[1, 2, 4])
def machine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """A computer with so many cores."""
    monkeypatch.setattr(threads, "cores", lambda: request.param)
    return int(request.param)


def test_the_warm_up_chooses_among_what_is_there(folder: Path, machine: int) -> None:
    weights = load_whisper(folder, 0)
    assert {weights.encoder_threads, weights.decoder_threads} <= {1, min(2, machine), machine}
    assert (weights.encoder is weights.decoder) == (
        weights.encoder_threads == weights.decoder_threads
    )
    assert weights.encoder.n_mels == 80


def test_a_number_that_was_asked_for_is_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "measure", lambda *_: pytest.fail("nothing to measure"))
    weights = load_whisper(folder, 3)
    assert (weights.encoder_threads, weights.decoder_threads) == (3, 3)
    assert weights.encoder is weights.decoder


def test_what_is_known_is_not_measured_but_for_the_cores_that_are_there(
    folder: Path, machine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "measure", lambda *_: pytest.fail("nothing to measure"))
    weights = load_whisper(folder, (4, 1))
    assert (weights.encoder_threads, weights.decoder_threads) == (machine, 1)
    assert (weights.encoder is weights.decoder) == (machine == 1)


def test_large_weights_are_neither_measured_nor_doubled(
    folder: Path, machine: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "measure", lambda *_: pytest.fail("takes too long"))
    monkeypatch.setattr(threads, "_SMALL", 1000)
    weights = load_whisper(folder, 0)
    assert (weights.encoder_threads, weights.decoder_threads) == (machine, machine)


class Listener:
    """A model whose answers are counted."""

    n_mels = 80

    def __init__(self, model: Any) -> None:
        self._model = model
        self.encode = model.encode
        self.lengths: list[int] = []
        self.beams: list[int] = []

    def generate(self, *args: Any, **options: Any) -> None:
        self.beams.append(options["beam_size"])
        self.lengths.append(len(self._model.generate(*args, **options)[0].sequences_ids[0]))


def test_a_model_with_nothing_to_say_is_measured_to_the_last_token(folder: Path) -> None:
    silent = tiny_models.whisper(folder.parent / "молчание", says="")
    model = load_whisper(silent, 1).decoder
    listener = Listener(model)
    cost = measure(listener, tiny_models.VOCABULARY.index(PROMPT[-1]))
    assert set(listener.lengths) == {8}
    assert set(listener.beams) == {5}  # a final answer's: it decides how long somebody waits
    assert cost.encode > 0
    assert cost.decode > 0


def test_a_decoder_reads_what_another_encoder_wrote(folder: Path) -> None:
    single, double = load_whisper(folder, 1).encoder, load_whisper(folder, 2).encoder
    noise = np.random.default_rng(0).normal(0, 0.5, (1, 80, 400)).astype(np.float32)
    by_single, by_double = (
        model.encode(StorageView.from_array(noise)) for model in (single, double)
    )
    assert np.array_equal(np.array(by_single), np.array(by_double))
    begin, *rest = PROMPT[:-1]
    answers = [
        model.generate(encoded, [[begin, "<|ru|>", *rest]], return_scores=True)[0]
        for model in (single, double)
        for encoded in (by_single, by_double)
    ]
    assert {"".join(answer.sequences[0]) for answer in answers} == {"аббазз"}
    assert len({answer.scores[0] for answer in answers}) == 1
