"""Writes docs/screenshots: `python tests/screenshots.py`. The program itself takes the pictures.

Each picture is made in a process of its own, because the scale of the screen is fixed when Qt
starts. Sentences are our own.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY / "docs" / "screenshots"
PICTURES = {  # name: (theme, scale, scene, size)
    "conversation-light": ("light", "1", "conversation", (1040, 760)),
    "conversation-dark": ("dark", "1", "conversation", (1040, 760)),
    "conversation-200": ("light", "2", "conversation", (900, 640)),
    "conversation-small": ("light", "1", "conversation", (660, 372)),
    "empty": ("light", "1", "empty", (1040, 760)),
    "problem": ("dark", "1", "problem", (1040, 760)),
    "settings": ("light", "1", "settings", (1040, 760)),
    "keys": ("light", "1", "keys", (1040, 760)),
    "conversation-english": ("light", "1", "english", (1040, 760)),
}
TALK = (
    ("ru", 0.99, "Здравствуйте! Проходите, садитесь.", "Һаумыһығыҙ! Үтегеҙ, ултырығыҙ."),
    (
        "ba",
        0.97,
        "Һаумыһығыҙ, доктор. Минең башым ауырта.",
        "Здравствуйте, доктор. У меня болит голова.",
    ),
    ("ru", 0.98, "Давно болит?", "Күптән ауыртамы?"),
    ("ba", 0.62, "Өс көн инде. Кис көсәйә.", "Уже три дня. К вечеру усиливается."),
    ("ru", 0.99, "Сейчас измерим давление.", "Хәҙер ҡан баҫымын үлсәйбеҙ."),
)


def main() -> int:
    """Take the pictures named on the command line, or all of them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        scale = PICTURES[name][1]
        environment = os.environ | {
            "QT_SCALE_FACTOR": scale,
            "TOLMACH_LANGUAGE": "ru",
            "PYTHONPATH": os.pathsep.join((str(REPOSITORY / "app"), str(REPOSITORY))),
        }
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        subprocess.run([sys.executable, __file__, "--take", name], env=environment, check=True)
        sys.stdout.write(f"docs/screenshots/{name}.png\n")
    return 0


def take(name: str) -> None:
    """Play the scene and save what the window shows."""
    from PySide6.QtWidgets import QApplication

    from tests.fakes import FakeSessions
    from tolmach.controllers.notices import Notices
    from tolmach.controllers.preferences import Preferences
    from tolmach.core.settings import Settings
    from tolmach.ui.application import build_window
    from tolmach.ui.window import Offer

    theme, _, scene, size = PICTURES[name]
    application = QApplication([])
    sessions = FakeSessions()
    interface = "en" if scene == "english" else "ru"
    preferences = Preferences(
        Settings(theme=theme, interface=interface), lambda settings: None, Notices()
    )
    window = build_window(
        application,
        sessions,
        lambda: ["Встроенный микрофон", "USB-гарнитура"],
        preferences,
        Offer(languages=("ru", "ba", "tt"), starter=scene == "empty"),
    )
    window.resize(*size)
    window.show()

    def settle() -> None:
        for _ in range(20):
            application.processEvents()

    if scene in ("conversation", "problem", "english"):
        _talk(window, sessions, settle)
    if scene == "problem":
        from tolmach.worker.protocol import Lost

        sessions.newest.report(Lost(sessions.newest.id, -9))
        sessions.newest.failed("worker-crashed-on-utterance", 5)
    if scene == "settings":
        window._open(1)
    shown = window
    if scene == "keys":
        window.keys.show()
        shown = window.keys
    import time

    for _ in range(10):  # the background thread answers meanwhile
        settle()
        time.sleep(0.02)
    shown.grab().save(str(TARGET / f"{name}.png"))
    window.close()


def _talk(window: object, sessions: object, settle: Callable[[], None]) -> None:
    import time

    from tolmach.sessions.live import Lag, Level

    conversation = window.conversation
    conversation.toggle()
    while not sessions.made or sessions.newest.state.name != "LISTENING":
        time.sleep(0.01)
    settle()
    conversation.cards.begin(datetime(2026, 3, 2, 12, 40, 12).astimezone())
    session = sessions.newest
    for number, (language, confidence, text, translation) in enumerate(TALK):
        target = "ba" if language == "ru" else "ru"
        session.cut(number, 4.0 * number)
        session.recognized(number, text, language, confidence)
        session.translated(number, translation, language, target)
    session.cut(len(TALK), 4.0 * len(TALK))
    session.progress(speaking=True)
    session.report(Lag(0.84, 41.2))
    for _ in range(6):
        session.report(Level(0.16, 0.5))
    settle()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2])
    else:
        sys.exit(main())
