"""The child process: reads commands, runs the pipeline, writes events. Ends when the pipe closes.

Exceptions never cross the border: whatever happens becomes a Failed event with a code.
"""

import signal
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from tolmach.core import allocation, logs, paths
from tolmach.core.errors import AppError, EngineError
from tolmach.history.terms import current_terms
from tolmach.pipeline import confinement
from tolmach.pipeline.models import Models
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.pipeline.text_requests import LoadTranslator, Texts
from tolmach.protocol.messages import (
    Again,
    Answered,
    Begin,
    Command,
    Decode,
    End,
    Event,
    Failed,
    Feed,
    Finished,
    Quit,
    Ready,
    Request,
    Speaker,
    TextRequest,
)
from tolmach.protocol.plan import Plan
from tolmach.protocol.wire import decode_command, encode
from tolmach.terms.current import CurrentTerms


def serve(connection: Connection) -> None:
    """Run until Quit or until the application process is gone."""
    confinement.confine()  # before a library is loaded that could have something to say
    confinement.limit_memory(confinement.memory_of_computer())
    allocation.keep_large_blocks()
    allocation.bound_caches()
    models = Models()
    run(connection, Worker(models.engines, models.translator, current_terms(paths.terms_file())))


def run(connection: Connection, worker: "Worker") -> None:
    """Answer commands from the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is the application's to answer
    try:
        while not isinstance(command := decode_command(connection.recv_bytes()), Quit):
            for event in worker.answer(command):
                connection.send_bytes(encode(event))
                is_settled = isinstance(event, Ready | Answered | Finished)
                if is_settled and not isinstance(command, TextRequest):
                    allocation.return_free_blocks()  # an encoder took them; a text takes little
            if not connection.poll():  # what waits is heard first: looks can be left out
                for event in worker.idle():
                    connection.send_bytes(encode(event))
    except (EOFError, ConnectionError):
        return  # nobody is listening any more


class Worker:
    """Answers commands. Models stay loaded for as long as plans name the same ones."""

    def __init__(
        self, load: Callable[[Plan], Engines], load_translator: LoadTranslator, terms: CurrentTerms
    ) -> None:
        """Both functions may raise ModelError; `terms` is what the person taught the program."""
        self._load = load
        self._terms = terms
        self._texts = Texts(load_translator, terms)
        self._loaded: tuple[Plan, Engines] | None = None
        self._pipeline: Pipeline | None = None
        self._session = ""

    def answer(self, command: Command) -> Iterator[Event]:
        """Yield the events that answer a command; never raises."""
        return self._settled(self._do(command), command)

    def idle(self) -> Iterator[Event]:
        """Yield what one look at the open utterance tells; never raises."""
        return self._settled(self._pipeline.idle(), None) if self._pipeline else iter(())

    def _settled(self, events: Iterator[Event], command: Command | None) -> Iterator[Event]:
        """Yield events, then the failure that ended them."""
        try:
            yield from events
        except Exception as error:  # noqa: BLE001 - the border: nothing may cross it
            yield from self._failed(command, error)

    def _failed(self, command: Command | None, error: Exception) -> Iterator[Event]:
        """Tell a failure of the session, or of the one request that failed."""
        code, params = "unexpected", {"detail": f"{type(error).__name__}: {error}"}
        if isinstance(error, AppError):
            code, params = error.code, error.params
        trace = logs.outline(error)
        if isinstance(command, Request):
            yield Failed(command.session, code, params, command.utterance, trace=trace)
            yield Answered(*command.identity)
        else:
            yield Failed(self._session, code, params, trace=trace)

    def _do(self, command: Command) -> Iterator[Event]:
        if isinstance(command, Begin):
            yield from self._begin(command)
        elif isinstance(command, TextRequest):
            yield from self._texts.answer(command)
        elif self._pipeline is None:
            if isinstance(command, Again | Decode):
                raise EngineError("no-models-loaded")
            # else: the session failed to begin and said so
        elif isinstance(command, Feed):
            yield from self._pipeline.feed(command.samples)
        elif isinstance(command, Speaker):
            yield from self._pipeline.speak(command.language)
        elif isinstance(command, Again):
            yield from self._pipeline.again(command)
        elif isinstance(command, Decode):
            yield from self._pipeline.decode(command)
        elif isinstance(command, End):
            yield from self._pipeline.finish()
            yield Finished(command.session)

    def _begin(self, command: Begin) -> Iterator[Event]:
        self._session, self._pipeline = command.session, None
        if self._loaded is None or not _same_models(self._loaded[0], command.plan):
            self._loaded = None  # free the old models before the new ones come
            self._loaded = (command.plan, self._load(command.plan))
        self._pipeline = Pipeline(command, self._loaded[1], self._terms)
        yield Ready(command.session, dict(self._loaded[1].threads))


def _same_models(loaded: Plan, planned: Plan) -> bool:
    return all(
        getattr(loaded, name) == getattr(planned, name)
        for name in ("recognizers", "hearers", "translators", "threads")
    )
