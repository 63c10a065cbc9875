"""One listener hears one stream in real time: the program as it is, or a peer in its own process.

Ours is the whole way but the window: LiveSession, the recording on disk, the client, the worker
process and back; an event counts from its arrival in the session's listener. Everybody is warm
before the clock starts: models are loaded, and one utterance has been recognised and translated.
"""

import multiprocessing
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.live.clock import Replayed, Sound
from tests.live.measures import CaptionState, Replay
from tests.live.peers import PEERS, Whisper
from tests.live.streams import Stream
from tolmach.audio.microphone import MicrophoneEvent
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.settings import Settings
from tolmach.pipeline.models import Models
from tolmach.pipeline.translation import TextTranslator
from tolmach.protocol.messages import Failed, Finished, Joined, Recognized, Translated, Unconfirmed
from tolmach.protocol.plan import Plan
from tolmach.sessions.live import LiveSession
from tolmach.sessions.plan import conversation
from tolmach.sessions.updates import State, StateChanged, Update
from tolmach.worker.client import Client

WARM_UP = 5.0  # seconds of the stream
PATIENCE = 600.0  # seconds after which nobody waits any longer


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears: "ours" or the name of a peer, with recognizers and translators."""

    name: str
    recognizers: tuple[Pack, ...]  # a peer hears with the first one
    translators: tuple[Pack, ...]
    threads: int
    speaker: str = "auto"  # as in Settings; peers are not told

    def plan(self, stream: Stream) -> Plan:
        """Return what the program would do with this conversation."""
        packs = (*self.recognizers, *self.translators)
        plan = conversation(packs, Settings(*stream.languages, speaker=self.speaker))
        return replace(plan, threads=self.threads)


def replay(listener: Listener, stream: Stream) -> Replay:
    """Return what this listener makes of the stream; takes as long as the stream does."""
    return _by_program(listener, stream) if listener.name == "ours" else _by_peer(listener, stream)


class _Screen:
    """What a window would show, and when."""

    def __init__(self) -> None:
        self.states: list[CaptionState] = []
        self.translated: dict[int, float] = {}
        self.ready, self.idle = threading.Event(), threading.Event()
        self.failures: list[str] = []
        self.source: Replayed | None = None

    def hear(self, update: Update) -> None:
        """Take what the session tells."""
        at = self.source.elapsed if self.source else 0.0
        if isinstance(update, Unconfirmed):
            text = f"{update.committed} {update.tail}".strip()
            self._show(at, update, text, final=False)
        elif isinstance(update, Recognized):
            self._show(at, update, update.text, final=True)
        elif isinstance(update, Joined):
            whole = update.recognized
            self._show(at, whole, whole.text, final=True, joined=True)
            self._show(at, replace(whole, utterance=update.tail), "", final=True, joined=True)
        elif isinstance(update, Translated) and update.final:
            self.translated[update.utterance] = at
        elif isinstance(update, Failed):
            self.failures.append(f"{update.code} {update.params}")
        elif isinstance(update, StateChanged):
            over = update.state in (State.IDLE, State.FAILED)
            if over or update.state is State.LISTENING:
                self.ready.set()
            if over:
                self.idle.set()

    def _show(
        self,
        at: float,
        event: Unconfirmed | Recognized,
        text: str,
        *,
        final: bool,
        joined: bool = False,
    ) -> None:
        row, span = event.utterance, (event.start, event.end)
        self.states.append(
            CaptionState(at, row, *span, text, final, language=event.language, joined=joined)
        )


def _by_program(listener: Listener, stream: Stream) -> Replay:
    client, screen, plan = Client(), _Screen(), listener.plan(stream)
    with TemporaryDirectory() as folder:
        try:
            _warm(client, plan, stream)

            def open_source(
                deliver: Callable[[Samples], None], report: Callable[[MicrophoneEvent], None]
            ) -> Replayed:
                screen.source = Replayed(stream.sound, deliver)
                return screen.source

            session = LiveSession(client, plan, open_source, screen.hear, Path(folder))
            session.start()
            return _listen(client, session, screen)
        finally:
            client.close()


def _listen(client: Client, session: LiveSession, screen: _Screen) -> Replay:
    """Let the session hear the stream to its end."""
    source = screen.source
    assert source is not None
    try:
        _wait(screen.ready)
        worker = psutil.Process(client.pid)
        before = _cpu(worker)
        source.go.set()
        _wait(source.finished)
        ended = source.elapsed
        session.stop()
        _wait(screen.idle)
        behind = source.elapsed - ended
        if screen.failures:
            raise RuntimeError("; ".join(screen.failures))
        used = _cpu(worker) - before
        return Replay(tuple(screen.states), screen.translated, used, behind, _memory(worker))
    finally:
        session.close()


def _warm(client: Client, plan: Plan, stream: Stream) -> None:
    ended = threading.Event()
    failures: list[Failed] = []

    def hear(event: object) -> None:
        if isinstance(event, Failed):
            failures.append(event)
        if isinstance(event, Finished | Failed):
            ended.set()

    client.listener = hear
    client.begin("warm-up", plan)
    client.feed("warm-up", stream.sound[: int(WARM_UP * SAMPLE_RATE)])
    client.end("warm-up")
    _wait(ended)
    if failures:
        raise RuntimeError(f"{failures[0].code} {failures[0].params}")


def _by_peer(listener: Listener, stream: Stream) -> Replay:
    """Let a peer hear the stream in a process of its own."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_peer, args=(sending, listener, stream), daemon=True)
    process.start()
    sending.close()
    try:
        # EOFError when it died; what it said is on the terminal.
        replayed: Replay = receiving.recv()
    finally:
        process.join(PATIENCE)
        process.kill()
        receiving.close()
    return replayed


def _peer(connection: Connection, listener: Listener, stream: Stream) -> None:
    plan = listener.plan(stream)
    whisper = Whisper(listener.recognizers[0], stream.languages, listener.threads)
    translating = TextTranslator(Models().engines(replace(plan, recognizers=())).translator)
    whisper.write(stream.sound[: int(WARM_UP * SAMPLE_RATE)], without_timestamps=True)
    for source, target in plan.targets.items():
        translating.whole("Привет.", source, target)
    process, sound = psutil.Process(), Sound(stream.sound)
    before = _cpu(process)
    states: list[CaptionState] = []
    translated: dict[int, float] = {}
    for state in PEERS[listener.name](whisper, sound):
        states.append(state)
        if state.final and state.text and (into := plan.targets.get(state.language)):
            translating.whole(state.text, state.language, into)
            translated[state.row] = sound.elapsed
    behind = sound.elapsed - stream.seconds
    used = _cpu(process) - before
    connection.send(Replay(tuple(states), translated, used, behind, _memory(process)))


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _memory(process: psutil.Process) -> float:
    return float(process.memory_info().rss / 1e6)


def _wait(event: threading.Event) -> None:
    if not event.wait(PATIENCE):
        raise TimeoutError(f"nothing came for {PATIENCE} s")


def translators(packs: Sequence[Pack]) -> tuple[Pack, ...]:
    """Return the translators among the packs."""
    return tuple(pack for pack in packs if pack.kind == "translator")
