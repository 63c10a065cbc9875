"""What the worker tells of its failures."""

from pathlib import Path

from tests.worker.scripted import Reversed
from tolmach.history.terms import current_terms
from tolmach.pipeline.server import Worker
from tolmach.pipeline.session import Engines
from tolmach.protocol.messages import Begin, Failed
from tolmach.protocol.plan import Plan

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
