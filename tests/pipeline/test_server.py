"""What the worker tells of its failures, and what it does when it has answered."""

import signal
from multiprocessing import Pipe
from pathlib import Path

import numpy as np
import pytest

from tests.worker.scripted import Reversed, engines, worker
from tolmach.core import allocation
from tolmach.core.samples import silence
from tolmach.history.terms import current_terms
from tolmach.pipeline.server import Worker, run
from tolmach.pipeline.session import Engines
from tolmach.protocol.messages import (
    Answered,
    Begin,
    End,
    Failed,
    Feed,
    Finished,
    Quit,
    Ready,
    Translate,
)
from tolmach.protocol.plan import Plan
from tolmach.protocol.wire import decode_event, encode

SECRET = "сибирская язва"


def test_the_trace_of_a_failure_is_fit_for_the_log(tmp_path: Path) -> None:
    def fail(plan: Plan) -> Engines:
        raise ValueError(SECRET)

    worker = Worker(fail, lambda packs: Reversed(), current_terms(tmp_path / "terms.db"))
    (failed,) = worker.answer(Begin("s", Plan(("ru",))))
    assert isinstance(failed, Failed)
    assert SECRET in failed.params["detail"]  # the person may read it
    assert SECRET not in failed.trace
    assert failed.trace.endswith("ValueError\n")


def test_memory_goes_back_when_models_are_loaded_sound_is_answered_and_all_is_finished(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    near, far = Pipe()
    events: list[str] = []

    def note_events() -> None:
        while near.poll():
            events.append(type(decode_event(near.recv_bytes())).__name__)
        events.append("returned")

    monkeypatch.setattr(allocation, "return_free_blocks", note_events)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    sound = np.concatenate((np.full(5_000, 0.5, np.float32), silence(10_000)))
    text = Translate("text", 0, "Да", "ru", "ba", ())
    for command in (Begin("s", Plan(("ru",))), Feed("s", sound), End("s"), text, Quit()):
        near.send_bytes(encode(command))
    run(far, worker(engines))
    places = [events[at - 1] for at, name in enumerate(events) if name == "returned"]
    assert places == [Ready.__name__, Answered.__name__, Finished.__name__]
