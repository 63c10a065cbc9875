"""`tolmach listen`: the conversation in a terminal; `tolmach demo`: the same with our sample."""

import argparse
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from tolmach.audio.media import open_media
from tolmach.audio.microphone import Microphone
from tolmach.cli import preparing
from tolmach.cli.events import Listener, captions, json_lines, plain_text, trial_notice
from tolmach.cli.grammar import Commands, add_beam, add_command, add_translation
from tolmach.cli.screen import Screen
from tolmach.core import paths
from tolmach.core.interruption import Interruption
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.core.settings import Settings
from tolmach.messages.interface import translate
from tolmach.packs import store
from tolmach.packs.selection import language_code
from tolmach.protocol.messages import Failed
from tolmach.protocol.plan import Plan
from tolmach.quality.recognizers import tells_apart
from tolmach.quality.trial import offered
from tolmach.sessions.live import LiveSession, OpenSource
from tolmach.sessions.plan import conversation, trial_pairs
from tolmach.sessions.updates import Postponed, State, StateChanged, Update
from tolmach.worker.client import Client

CHUNK_SECONDS = 0.1
TICK_SECONDS = 0.1


def register(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "слушать микрофон и переводить")
    listen = add_command(commands, "listen", run, text)
    listen.add_argument("--left", default="ru", metavar="ru")
    listen.add_argument("--right", default="ba", metavar="ba")
    listen.add_argument("--microphone", default="", metavar=translate("cli", "ИМЯ"))
    listen.add_argument(
        "--model",
        default="",
        metavar="ID",
        help=translate("cli", "чем распознавать; без этого — лучшей из установленных моделей"),
    )
    add_beam(listen)
    listen.add_argument(
        "--strict",
        action="store_true",
        help=translate("cli", "показанные слова больше не меняются: для надписей на стене"),
    )
    add_translation(listen)
    listen.add_argument("--json", action="store_true")


def register_demo(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "прослушать образец разговора")
    add_command(commands, "demo", run_demo, text).add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Listen until Ctrl+C, then finish what was said."""
    packs = offered(preparing.installed(), on_request=arguments.on_request)
    settings = Settings(
        left_language=language_code(packs, arguments.left),
        right_language=language_code(packs, arguments.right),
        recognizer=arguments.model,
        beam=arguments.beam,
        strict=arguments.strict,
        project=arguments.project,
    )
    plan = conversation(packs, settings)
    orders = Orders()
    for notice in _notices(plan, settings.sides):
        print(notice, file=sys.stderr)
    if not arguments.json:
        print(translate("cli", "Говорите. Ctrl+C — закончить."), flush=True)
    return _converse(
        plan,
        lambda deliver, report: Microphone(arguments.microphone, deliver, report),
        _listener(arguments.json),
        orders,
    )


def run_demo(arguments: argparse.Namespace) -> int:
    """Play the bundled sample conversation through the same session as the microphone.

    espeak-ng speaks in it, so the starter listens: it understands no other voices, and a Whisper
    does not understand this one.
    """
    orders = Orders()
    sample = paths.resources() / "samples" / "conversation.flac"
    packs = offered(store.installed().packs, on_request=False)
    plan = conversation(packs, Settings(recognizer="starter-recognizer"))
    if trial_pairs(plan):
        print(trial_notice(), file=sys.stderr)
    return _converse(
        plan,
        lambda deliver, report: Playback(open_media(sample), deliver, orders.stop),
        _listener(arguments.json),
        orders,
    )


class Orders:
    """What Ctrl+C means: first stop and finish what was said, then stop at once, then give up."""

    def __init__(self) -> None:
        """From now on Ctrl+C is heard here."""
        self.stop = threading.Event()
        self.stop_now = threading.Event()
        self.terminated = False
        signal.signal(signal.SIGINT, self._answer)
        signal.signal(signal.SIGTERM, self._leave)

    def _leave(self, number: int, frame: object) -> None:
        """Stop at once: who sends this soon ends the process. The sound is kept."""
        self.terminated = True
        self.stop.set()
        self.stop_now.set()

    def _answer(self, number: int, frame: object) -> None:
        if self.stop.is_set():
            self.stop_now.set()
            signal.signal(signal.SIGINT, signal.default_int_handler)
        self.stop.set()


class Playback(threading.Thread):
    """A recording in the microphone's place, at the speed of speech."""

    def __init__(
        self, sound: Iterable[Samples], deliver: Callable[[Samples], None], played: threading.Event
    ) -> None:
        """`played` is set after the last sample."""
        super().__init__(name="playback", daemon=True)
        self._sound = sound
        self._deliver = deliver
        self._played = played
        self._silenced = threading.Event()

    def stop(self) -> None:
        """Play no further."""
        self._silenced.set()

    def run(self) -> None:
        """Play to the end, or until it is told to stop."""
        step = int(CHUNK_SECONDS * SAMPLE_RATE)
        try:
            for block in self._sound:
                for first in range(0, len(block), step):
                    if self._silenced.wait(CHUNK_SECONDS):
                        return
                    self._deliver(block[first : first + step])
        finally:
            self._played.set()


def _listener(as_json: bool) -> Listener:
    write = lambda line: print(line, flush=True)  # noqa: E731
    if as_json:
        return json_lines(write)
    return captions(Screen(sys.stdout)) if sys.stdout.isatty() else plain_text(write)


def _converse(plan: Plan, open_source: OpenSource, show: Listener, orders: Orders) -> int:
    """Run one session until it is told to stop and everything said has been answered.

    A line that is written stays: no two of them become one.
    """
    plan = replace(plan, joined=False)
    ended = threading.Event()
    failed = threading.Event()

    def listen(update: Update) -> None:
        try:
            show(update)
            if isinstance(update, Postponed):
                print(_postponed(update.seconds, session.recording), file=sys.stderr)
        except OSError:  # nobody reads our output any more
            failed.set()
            orders.stop.set()
            ended.set()
        if isinstance(update, Postponed) or (isinstance(update, Failed) and update.utterance < 0):
            failed.set()
        if isinstance(update, StateChanged) and update.state in (State.IDLE, State.FAILED):
            orders.stop.set()
            ended.set()

    with (
        closing(Client()) as client,
        closing(LiveSession(client, plan, open_source, listen, paths.recordings())) as session,
    ):
        session.start()
        _wait(orders.stop)
        session.stop()
        _wait(ended, orders.stop_now)
        session.stop_now()  # nothing happens when it has ended
    if orders.terminated:
        raise Interruption(signal.SIGTERM)
    return 1 if failed.is_set() else 0


def _wait(*events: threading.Event) -> None:
    """Wait for any of them, in small steps: an endless wait is deaf to Ctrl+C on Windows."""
    while not any(event.is_set() for event in events):
        time.sleep(TICK_SECONDS)


def _notices(plan: Plan, sides: tuple[str, str]) -> Iterator[str]:
    """Yield what a person should know of this conversation before it begins."""
    if not tells_apart(plan.recognizers, sides):
        yield translate(
            "cli",
            "Модели не отличают на слух {left} от {right}: распознаётся {left}. Чтобы говорить на "
            "другом, поменяйте --left и --right местами.",
            left=sides[0],
            right=sides[1],
        )
    for source, target in (sides, sides[::-1]):
        if source not in plan.targets:
            yield translate(
                "cli",
                "Перевести с {source} на {target} нечем: будет только запись сказанного.",
                source=source,
                target=target,
            )
    if trial_pairs(plan):
        yield trial_notice()


def _postponed(seconds: float, recording: Path) -> str:
    return translate(
        "cli",
        "Остановлено. Не распознано {seconds} с; звук сохранён, распознать его позже: "
        'tolmach transcribe "{path}"',
        seconds=f"{seconds:.0f}",
        path=str(recording),
    )
