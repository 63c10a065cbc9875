"""The application's end of the border: starts the worker, sends, reads, notices death, replays.

No method blocks: commands go through a queue to a writer thread, because a busy worker leaves the
pipe full for seconds. The listener is called on the reader thread and must hand on quickly.
"""

import logging
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import TypeAlias

from tolmach.core import paths
from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.core.threads import keep_threads, known_threads
from tolmach.core.windows import tuned
from tolmach.protocol.messages import (
    Answered,
    Begin,
    Command,
    End,
    Event,
    Failed,
    Feed,
    Finished,
    Progress,
    Quit,
    Ready,
    Request,
    Speaker,
    WorkerLost,
)
from tolmach.protocol.plan import Plan
from tolmach.protocol.wire import decode_event, encode
from tolmach.worker.journal import Journal
from tolmach.worker.spawning import Serve, spawned

log = logging.getLogger(__name__)

DEATHS_WITHOUT_WORK = 3  # in a row: it would only die again
QUIT_SECONDS = 2.0
MOST_EVENT = 2**22  # bytes; a worker that says more is not ours any more

Listener: TypeAlias = Callable[[Event], None]


def serve(connection: Connection) -> None:
    """Run the inference process; what it needs is loaded there and never here."""
    from tolmach.pipeline.server import serve as run

    run(connection)


class _Link:
    """One worker process with its pipe and the commands on their way to it."""

    def __init__(
        self, target: Serve, replay: list[Command], read: Callable[["_Link"], None]
    ) -> None:
        """`read` runs on the reader thread; it must bury the process when that is gone."""
        self.process, self.connection = spawned(target, "tolmach-worker")
        self.commands: queue.SimpleQueue[Command | None] = queue.SimpleQueue()
        for command in replay:
            self.commands.put(command)
        self._writer = threading.Thread(target=self._write, name="worker-writer", daemon=True)
        self._writer.start()
        self._reader = threading.Thread(
            target=read, args=(self,), name="worker-reader", daemon=True
        )
        self._reader.start()

    def buried(self, seconds: float | None = None) -> bool:
        """Wait until the reader has buried the process; two who wait for one confuse each other."""
        if self._reader is threading.current_thread():
            return False  # a listener asks: it is buried as soon as this one returns
        self._reader.join(seconds)
        return not self._reader.is_alive()

    def bury(self) -> int:
        """Clean up after the process, which is dead or talks nonsense; return its exit code."""
        self.process.kill()
        self.process.join()
        self.commands.put(None)
        self._writer.join()  # closing under its hands would be a TypeError there
        self.connection.close()
        return self.process.exitcode or 0

    def _write(self) -> None:
        while (command := self.commands.get()) is not None:
            try:
                self.connection.send_bytes(encode(command))
            except OSError:
                return  # the worker died: the reader notices, and the journal has it all


class Client:
    """Keeps one worker alive and one session going, whatever happens to the process."""

    def __init__(self, listener: Listener | None = None, target: Serve = serve) -> None:
        """`listener` may be set later, while no session runs; `target` runs in the child."""
        self._target = target
        self.listener: Listener = listener or (lambda event: None)
        self._listeners: dict[str, Listener] = {}  # of sessions that have their own
        self._lock = threading.Lock()
        self._journal = Journal()
        self._link: _Link | None = None
        self._idle_deaths = 0  # in a row, without any work done in between
        self._lenient = True  # the next text that killed is not held against the worker
        self._exit_code = ""  # of the last worker that died
        self._measured: tuple[Pack, ...] = ()  # recognizers whose threads the worker chooses

    @property
    def pid(self) -> int | None:
        """Process id of the worker, None while there is none."""
        link = self._link
        return link.process.pid if link else None

    def start(self) -> None:
        """Start the worker process now rather than with the first session."""
        with self._lock:
            if self._link is None:
                self._restart()

    @property
    def session(self) -> str:
        """The session that was begun last; "" when none was, or when it was given up."""
        return self._journal.session

    def begin(self, session: str, plan: Plan, first: int = 0, utterance: int = 0) -> None:
        """Begin a session, or go on with it at sample `first`; answered by Ready or Failed."""
        self._idle_deaths, self._exit_code = 0, ""
        self._measured = () if plan.threads else plan.recognizers
        threads = known_threads(paths.threads_file(), plan.recognizers)
        tuned_packs = tuple(tuned(paths.windows_file(), pack) for pack in plan.recognizers)
        plan = replace(plan, recognizers=tuned_packs, known_threads=threads)
        self._send(Begin(session, plan, first, utterance))

    def feed(self, session: str, samples: Samples) -> None:
        """Hand on the next samples."""
        self._send(Feed(session, samples))

    def speak(self, session: str, language: str) -> None:
        """Say who speaks from here on, "" for anybody; ends the open utterance."""
        self._send(Speaker(session, language))

    def end(self, session: str) -> None:
        """Say that no samples follow; answered by Finished."""
        self._send(End(session))

    def ask(self, request: Request) -> None:
        """Make a request; whatever comes of it, Answered with its number is the last word."""
        self._send(request)

    def hear(self, session: str, listener: Listener | None) -> None:
        """Tell a listener of its own what concerns this session, which may be requests alone.

        None: from now on it is told to the client's listener.
        """
        if listener is not None:
            self._listeners[session] = listener
        else:
            self._listeners.pop(session, None)

    def cancel(self) -> None:
        """Give the session up at once: the worker is killed, the next session starts a new one.

        Requests that wait for an answer fail.
        """
        with self._lock:
            link, self._link = self._link, None
            dropped = self._journal.drop_requests()
            self._journal = Journal()
        if link:
            link.process.kill()
            link.buried()
        self._report(Failed(session, "request-dropped", {}, number) for session, number in dropped)

    def close(self) -> None:
        """End the worker process."""
        with self._lock:
            link, self._link = self._link, None
            self._journal = Journal()
        if link:
            link.commands.put(Quit())
            if not link.buried(QUIT_SECONDS):
                link.process.kill()
                link.buried()

    def _send(self, command: Begin | Feed | End | Speaker | Request) -> None:
        with self._lock:
            if isinstance(command, Feed | End | Speaker) and command.session != self.session:
                return  # that session was given up; the sound is on disk
            self._journal.note(command)
            if self._link is not None:
                self._link.commands.put(command)
            else:  # who asks after it was given up gets one more try
                self._idle_deaths = min(self._idle_deaths, DEATHS_WITHOUT_WORK - 1)
                self._restart()  # the journal tells the new worker this command too
            failures = self._given_up()
        self._report(failures)

    def _restart(self) -> None:
        """Start a worker and tell it what the journal holds, if there is any hope."""
        self._link = None
        try:
            if self._idle_deaths < DEATHS_WITHOUT_WORK:
                self._link = _Link(self._target, self._journal.replay(), self._read)
        except (OSError, RuntimeError) as error:  # nothing left to start it with, or at our end
            log.warning("the worker cannot be started: %s", error)

    def _read(self, link: _Link) -> None:
        for event in _events(link.connection):
            with self._lock:
                if link is not self._link:
                    break
                if isinstance(event, Progress | Answered | Finished):
                    self._idle_deaths, self._lenient = 0, True
                self._journal.hear(event)
            if isinstance(event, Failed) and event.trace:
                log.info("worker: %s\n%s", event.code, event.trace)  # for the file alone
            if isinstance(event, Ready):
                keep_threads(paths.threads_file(), self._measured, event.threads)
            self._tell(event)
        self._bury(link)

    def _bury(self, link: _Link) -> None:
        """Clean up after a worker; unless it was told to go, start the next one."""
        exit_code = link.bury()
        with self._lock:
            if link is not self._link:
                return  # it was told to go
            session = self._journal.session
            failure = self._journal.died(exit_code)
            self._idle_deaths += 1
            if failure and self._lenient and failure.code != "worker-does-not-start":
                self._idle_deaths, self._lenient = 0, False
            self._restart()
            self._exit_code = str(exit_code)
            failures = [failure] if failure else []
            failures += self._given_up()
        log.warning("the worker died with exit code %s", exit_code)
        self._tell(WorkerLost(session, exit_code))
        self._report(failures)

    def _given_up(self) -> list[Failed]:
        """Without a worker give up the session and all requests; return what is to be told."""
        if self._link is not None:
            return []
        session = self._journal.session
        unanswered = [(session, -1)] if session else []
        unanswered += self._journal.drop_requests()
        self._journal.drop_session()
        params = {"exit_code": self._exit_code}
        return [
            Failed(session, "worker-does-not-start", params, number)
            for session, number in unanswered
        ]

    def _report(self, failures: Iterable[Failed]) -> None:
        for failure in failures:
            self._tell(failure)
            if failure.utterance >= 0:
                self._tell(Answered(failure.session, failure.utterance))

    def _tell(self, event: Event) -> None:
        try:
            self._listeners.get(event.session, self.listener)(event)
        except Exception:
            log.exception("a listener failed; the worker is still heard")


def _events(connection: Connection) -> Iterator[Event]:
    """Yield events until the worker is gone, or says what the protocol does not know."""
    while True:
        try:
            event = decode_event(connection.recv_bytes(MOST_EVENT))
        except (EOFError, OSError, ValueError):
            return
        yield event
