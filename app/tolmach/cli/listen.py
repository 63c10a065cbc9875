"""`tolmach listen`: the conversation in a terminal; `tolmach demo`: the same with our sample."""

import argparse
import signal
import threading
from collections.abc import Callable, Iterable

from tolmach.audio.media import open_media
from tolmach.audio.microphone import Microphone
from tolmach.cli.events import Listener, json_lines, plain_text
from tolmach.core import paths
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.texts import translate
from tolmach.packs import store
from tolmach.sessions.live import LiveSession, OpenSource, State, StateChanged, Update
from tolmach.sessions.plan import conversation
from tolmach.worker.client import Client
from tolmach.worker.protocol import Failed

CHUNK_SECONDS = 0.1


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    listen = commands.add_parser("listen", help=translate("cli", "слушать микрофон и переводить"))
    listen.add_argument("--left", default="ru", metavar="ru")
    listen.add_argument("--right", default="ba", metavar="ba")
    listen.add_argument("--microphone", default="", metavar=translate("cli", "ИМЯ"))
    listen.add_argument("--json", action="store_true")
    listen.set_defaults(run=run)
    demo = commands.add_parser("demo", help=translate("cli", "прослушать образец разговора"))
    demo.add_argument("--json", action="store_true")
    demo.set_defaults(run=run_demo)


def run(arguments: argparse.Namespace) -> int:
    """Listen until Ctrl+C, then finish what was said."""
    packs = store.installed().packs
    left, right = (store.language_code(packs, it) for it in (arguments.left, arguments.right))
    stop = threading.Event()
    _stop_on_ctrl_c(stop)
    if not arguments.json:
        print(translate("cli", "Говорите. Ctrl+C — закончить."), flush=True)
    return _converse(
        (left, right),
        lambda deliver, report: Microphone(arguments.microphone, deliver, report),
        _listener(arguments.json),
        stop,
    )


def run_demo(arguments: argparse.Namespace) -> int:
    """Play the bundled sample conversation through the same session as the microphone."""
    stop = threading.Event()
    _stop_on_ctrl_c(stop)
    sample = paths.resources() / "samples" / "conversation.flac"
    return _converse(
        ("ru", "ba"),
        lambda deliver, report: Playback(open_media(sample), deliver, stop),
        _listener(arguments.json),
        stop,
    )


class Playback:
    """A recording in the microphone's place, at the speed of speech."""

    def __init__(
        self, sound: Iterable[Samples], deliver: Callable[[Samples], None], done: threading.Event
    ) -> None:
        """`done` is set after the last sample."""
        self._sound = sound
        self._deliver = deliver
        self._done = done
        self._stopped = threading.Event()

    def start(self) -> None:
        """Begin to play."""
        threading.Thread(target=self._play, name="playback", daemon=True).start()

    def stop(self) -> None:
        """Play no further."""
        self._stopped.set()

    def _play(self) -> None:
        step = int(CHUNK_SECONDS * SAMPLE_RATE)
        for block in self._sound:
            for first in range(0, len(block), step):
                if self._stopped.wait(CHUNK_SECONDS):
                    return
                self._deliver(block[first : first + step])
        self._done.set()


def _stop_on_ctrl_c(stop: threading.Event) -> None:
    """The first Ctrl+C stops and finishes what was said, the second one gives up at once."""

    def answer(number: int, frame: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        stop.set()

    signal.signal(signal.SIGINT, answer)


def _listener(as_json: bool) -> Listener:
    write = lambda line: print(line, flush=True)  # noqa: E731
    return json_lines(write) if as_json else plain_text(write)


def _converse(
    languages: tuple[str, str], open_source: OpenSource, show: Listener, stop: threading.Event
) -> int:
    """Run one session until `stop` is set and everything said has been answered."""
    ended = threading.Event()
    failed = threading.Event()

    def listen(update: Update) -> None:
        try:
            show(update)
        except OSError:  # nobody reads our output any more
            failed.set()
            stop.set()
            ended.set()
        if isinstance(update, Failed) and update.utterance < 0:
            failed.set()
        if isinstance(update, StateChanged) and update.state in (State.IDLE, State.FAILED):
            stop.set()
            ended.set()

    client = Client()
    plan = conversation(store.installed().packs, *languages)
    session = LiveSession(client, plan, open_source, listen, paths.recordings())
    try:
        session.start()
        wait(stop)
        session.stop()
        wait(ended)
    finally:
        session.close()
        client.close()
    return 1 if failed.is_set() else 0


def wait(event: threading.Event) -> None:
    """Wait in small steps: on Windows an endless wait would not let Ctrl+C through."""
    while not event.wait(0.2):
        pass
