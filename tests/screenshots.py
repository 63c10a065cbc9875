"""Writes docs/screenshots: `python tests/screenshots.py [NAME…]`.

The real window plays a conversation of our own sentences. Each picture is made in a process of its
own, because the scale of the screen is fixed when Qt starts, and in a home of its own.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.fakes import FakeSession, FakeSessions, FakeTextQuestions
    from tolmach.ui.window import MainWindow

REPOSITORY = Path(__file__).resolve().parent.parent
TARGET = REPOSITORY / "docs" / "screenshots"
TALK = (
    ("ru", 0.99, "Здравствуйте! Проходите, садитесь.", "Һаумыһығыҙ! Үтегеҙ, ултырығыҙ."),
    ("ba", 0.97, "Һаумыһығыҙ, доктор. Башым ауырта.", "Здравствуйте, доктор. У меня болит голова."),
    ("ru", 0.98, "Давно болит?", "Күптән ауыртамы?"),
    ("ba", 0.62, "Өс көн инде. Кис көсәйә.", "Уже три дня. К вечеру усиливается."),
    ("ru", 0.99, "Сейчас измерим давление.", "Хәҙер ҡан баҫымын үлсәйбеҙ."),
)


@dataclass(frozen=True)
class Picture:
    """What to show, and on what screen."""

    scene: str = "talk"
    theme: str = "light"
    interface: str = "ru"
    scale: str = "1"
    size: tuple[int, int] = (1040, 760)


PICTURES = {
    "conversation-light": Picture(),
    "conversation-dark": Picture(theme="dark"),
    "conversation-200": Picture(scale="2", size=(900, 640)),
    "conversation-smallest": Picture(size=(660, 372)),
    "conversation-english": Picture(interface="en"),
    "amended": Picture("amended"),
    "amended-dark": Picture("amended", theme="dark"),
    "joined": Picture("joined"),
    "joined-dark": Picture("joined", theme="dark"),
    "unsure": Picture("unsure"),
    "unsure-dark": Picture("unsure", theme="dark"),
    "doubt": Picture("doubt"),
    "doubts": Picture("doubts"),
    "doubts-dark": Picture("doubts", theme="dark"),
    "doubts-200": Picture("doubts", scale="2", size=(900, 640)),
    "alternatives": Picture("alternatives"),
    "alternatives-dark-200": Picture("alternatives", theme="dark", scale="2", size=(900, 640)),
    "correcting": Picture("correcting"),
    "correcting-smallest": Picture("correcting", size=(660, 372)),
    "trial": Picture("trial"),
    "trial-dark": Picture("trial", theme="dark"),
    "trial-200": Picture("trial", scale="2", size=(900, 640)),
    "behind": Picture("behind"),
    "recording-only": Picture("recording-only"),
    "draining": Picture("draining"),
    "postponed": Picture("postponed"),
    "buttons": Picture("buttons"),
    "buttons-200": Picture("buttons", scale="2", size=(660, 372)),
    "empty": Picture("empty"),
    "problem": Picture("problem", theme="dark"),
    "settings": Picture("settings"),
    "text": Picture("text"),
    "text-dark": Picture("text-back", theme="dark"),
    "text-200": Picture("text", scale="2", size=(900, 640)),
    "text-smallest": Picture("text", size=(660, 372)),
    "text-empty": Picture("text-empty"),
    "text-english": Picture("text-edited", interface="en"),
    "text-glossary": Picture("text-glossary"),
    "text-term": Picture("text-term"),
    "text-document": Picture("text-document"),
    "text-remarks": Picture("text-remarks"),
    "text-trial": Picture("text-trial"),
    "text-trial-200": Picture("text-trial", theme="dark", scale="2", size=(900, 640)),
    "settings-200": Picture("settings", scale="2", size=(660, 372)),
    "self-test": Picture("self-test", size=(1040, 900)),
    "self-test-dark-200": Picture("self-test", theme="dark", scale="2", size=(900, 640)),
    "keys": Picture("keys"),
}


def main() -> None:
    """Take the pictures named on the command line, or all of them."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name in sys.argv[1:] or PICTURES:
        environment = os.environ | {
            "QT_SCALE_FACTOR": PICTURES[name].scale,
            "PYTHONPATH": os.pathsep.join(
                (str(REPOSITORY / "app"), str(REPOSITORY), os.environ.get("PYTHONPATH", ""))
            ),
        }
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        command = [sys.executable, __file__, "--take", name]
        with tempfile.TemporaryDirectory() as home:  # nobody's own glossary or draft
            subprocess.run(command, env=environment | {"TOLMACH_HOME": home}, check=True)
        sys.stdout.write(f"docs/screenshots/{name}.png\n")


def take(name: str) -> None:
    """Play the scene and save what the window shows."""
    from PySide6.QtWidgets import QApplication

    from tests.fakes import (
        FakeLibrary,
        FakeSessions,
        FakeTextQuestions,
        installed_packs,
        recognizer,
    )
    from tests.text_scenes import SCENES, stage_document, stage_worker
    from tolmach.controllers.notices import Notices
    from tolmach.controllers.preferences import Preferences
    from tolmach.core.settings import Settings
    from tolmach.ui.application import build_window

    picture = PICTURES[name]
    application = QApplication([])
    sessions, asking = FakeSessions(), FakeTextQuestions(waits=picture.scene in REVIEWS)
    settings = Settings(theme=picture.theme, interface=picture.interface)
    preferences = Preferences(settings, lambda changed: None, Notices())
    model = recognizer("fake", "ru", "ba", starter=picture.scene == "empty")
    asking.trial = picture.scene == "text-trial"
    library = FakeLibrary(
        installed_packs(
            model,
            buttons=picture.scene == "buttons",
            on_request=(("ru", "tt"), ("tt", "ru")),
            trial=asking.trial,
        )
    )
    if picture.scene in REVIEWS:
        teach()
    if picture.scene in SCENES:
        stage_worker(asking)
        asking.confidence = {} if asking.trial else asking.confidence
    window = build_window(application, sessions, list, preferences, library, asking)
    window._workspace.document.translate = stage_document
    window.resize(*picture.size)
    window.show()

    def settle() -> None:
        for _ in range(40):  # by turns, not by the clock: a first painting may take long
            application.processEvents()
            time.sleep(0.01)

    if picture.scene in SCENES:
        SCENES[picture.scene](window, settle)
        widget: QWidget = window
    else:
        widget = play(picture.scene, window, sessions, settle)
    if picture.scene in REVIEWS:
        REVIEWS[picture.scene](window, sessions.newest, asking, settle)
    settle()
    widget.grab().save(str(TARGET / f"{name}.png"))
    window.close()


def play(
    scene: str, window: "MainWindow", sessions: "FakeSessions", settle: Callable[[], None]
) -> "QWidget":
    """Bring the window into the scene; return the widget to take."""
    if scene not in ("empty", "settings", "self-test", "keys"):
        talk(window, sessions, settle)
    if scene in MORE:
        MORE[scene](window, sessions.newest, settle)
    if scene == "problem":
        from tolmach.protocol.messages import WorkerLost

        sessions.newest.report(WorkerLost(sessions.newest.id, -9))
        sessions.newest.failed("worker-crashed-on-utterance", len(TALK))
    if scene == "settings":
        from tolmach.ui.window import SETTINGS

        window.open(SETTINGS)
    if scene == "self-test":
        check(window, settle)
    if scene == "keys":
        window.keys.show()
        return window.keys
    return window


def check(window: "MainWindow", settle: Callable[[], None]) -> None:
    """The program has been checked, and one thing is wrong."""
    from tolmach.cli.self_test.command import checks
    from tolmach.controllers.self_test import CheckedLine
    from tolmach.messages.table import sentence
    from tolmach.ui.window import SETTINGS

    window.open(SETTINGS)
    settle()
    test = window.settings_page.self_test
    wrong = {
        "models": ("failed", sentence("program-file-damaged", {"path": "starter-ru-ba/model.bin"})),
        "microphone": ("warning", sentence("no-microphone", {})),
    }
    usual = "ok", "в порядке"
    test.lines = [CheckedLine(c.title, *wrong.get(c.name, usual)) for c in checks()]
    test.passed, test.message = False, "Не прошло проверок: 1. Что делать, сказано в их строках."
    for _ in range(2):  # what came last is brought into view when it has its place
        test.changed.emit()
        settle()


def talk(window: "MainWindow", sessions: "FakeSessions", settle: Callable[[], None]) -> None:
    """Speak the conversation; somebody is in the middle of a sentence."""
    from tolmach.sessions.updates import Lag, Level

    window.conversation.start()
    settle()
    session = sessions.newest
    began = datetime(2026, 3, 2, 12, 40, 12).astimezone()
    window.conversation.cards.begin(session.id, began)
    for number, (language, confidence, text, translation) in enumerate(TALK):
        target = "ba" if language == "ru" else "ru"
        session.recognized(number, text, language, confidence)
        session.translated(number, translation, language, target)
    session.unconfirmed(len(TALK), "А вчера вечером", "кажется была ещё и температура")
    session.translated(len(TALK), "Ә кисә кис,", final=False)
    session.progress(speaking=True)
    session.report(Lag(0.84, 41.2))
    for _ in range(6):
        session.report(Level(0.16, 0.5))


def doubt(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """Somebody mumbles, and the next one is hard to tell from a Tatar."""
    number = len(TALK)
    session.doubtful(number, "Ну это как его там как его", "ru")
    session.translated(number, "Был, нисек әле, нисек әле")
    session.recognized(number + 1, "Эйе, эйе.", "ba", 0.55)
    session.translated(number + 1, "Да, да.", "ba", "ru")


def amend(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """What was heard while somebody spoke is put right when the phrase is whole."""
    number = len(TALK)
    session.unconfirmed(number, "А вчера вечером кажется была ещё и темнота")
    settle()
    session.recognized(number, "А вчера вечером, кажется, была ещё и температура.")
    session.translated(number, "Ә кисә кис, буғай, температура ла булды.")
    session.progress(speaking=False)


def join(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """Somebody stopped to think in the middle of a sentence."""
    number = len(TALK)
    session.recognized(number, "А вчера вечером, когда я пришёл домой.")
    session.translated(number, "Ә кисә кис, өйгә ҡайтҡас.")
    session.recognized(number + 1, "была ещё и темнота, тридцать восемь.")
    session.translated(number + 1, "ҡараңғы ла булды, утыҙ һигеҙ.")
    settle()
    session.joined(
        number,
        "А вчера вечером, когда я пришёл домой, была ещё и температура, тридцать восемь.",
        "Ә кисә кис, өйгә ҡайтҡас, температура ла булды, утыҙ һигеҙ.",
    )
    session.progress(speaking=False)


def wonder(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """A word that may be of either language."""
    amend(window, session, settle)
    session.unconfirmed(len(TALK) + 1, "", "Ярамаса", language="ba", confidence=0.55)
    session.progress(speaking=True)


def try_out(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """Only the starter translates: what it makes is marked, whatever it is."""
    from tolmach.core.translation import Flag, Sentence

    session.recognized(len(TALK), "Мне нельзя пенициллин.", "ru")
    flags = Flag("negation-lost"), Flag("unsure")
    wrong = Sentence(0, 22, 0, 24, doubts=flags, trial=True)
    session.translated(len(TALK), "Миңә йырларға кәрәкмәй.", sentences=(wrong,))
    session.recognized(len(TALK) + 1, "Рәхмәт, доктор.", "ba")
    right = Sentence(0, 15, 0, 17, trial=True)
    session.translated(len(TALK) + 1, "Спасибо, доктор.", "ba", "ru", sentences=(right,))


def fall_behind(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """The computer is too slow for the model."""
    from tolmach.sessions.updates import FallingBehind, Lag

    session.report(Lag(8.4, 96.0))
    session.report(FallingBehind(8.4, "small"))


def only_record(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """The worker is gone for good; the microphone is not."""
    from tolmach.protocol.messages import Failed
    from tolmach.sessions.updates import Lag, Level

    session.only_record()
    session.report(Failed(session.id, "worker-does-not-start", {"exit_code": "-9"}))
    session.report(Lag(0.0, 54.0))
    session.report(Level(0.16, 0.5))


def drain(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """The last words are being written down."""
    from tolmach.sessions.updates import Draining

    session.cut(len(TALK), 4.0 * len(TALK))
    window.conversation.stop()
    settle()
    session.report(Draining(12.0, 31.0))


def postpone(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """Somebody had no time to wait for the last words."""
    drain(window, session, settle)
    settle()
    window.conversation.stop_now()


def two_buttons(window: "MainWindow", session: "FakeSession", settle: Callable[[], None]) -> None:
    """The right one speaks."""
    window.conversation.speak("ba")
    session.recognized(len(TALK), "А вчера вечером была ещё и температура.")
    session.translated(len(TALK), "Ә кисә кис тән температураһы ла булды.")
    session.unconfirmed(len(TALK) + 1, "Ә ҡасан", "килергә", "ba")


def teach() -> None:
    """The person has a glossary."""
    from tolmach.core import paths
    from tolmach.history.terms import term_store
    from tolmach.terms.glossary import Term

    term_store(paths.terms_file()).add_terms(
        [
            Term("ru", "ba", ("таблетка",), ("дарыу төймәһе",)),
            Term("ru", "ba", ("давление",), ("ҡан баҫымы",)),
        ]
    )


def advise(session: "FakeSession") -> int:
    """The doctor says how to take the medicine, and the translation loses how often."""
    from tolmach.core.translation import Flag, Sentence

    number = len(TALK)
    text = "Принимайте по 2 таблетки 3 раза в день. До еды нельзя."
    meaning = "Көнөнә өс тапҡыр дарыу эсегеҙ. Ашар алдынан ярай."
    session.recognized(number, text)
    flags = (Flag("number-lost", "2"),), (Flag("negation-lost"), Flag("too-short"))
    session.translated(
        number,
        meaning,
        sentences=(
            Sentence(0, 39, 0, 30, 0.64, flags[0]),
            Sentence(40, 54, 31, 49, 0.32, flags[1]),
        ),
    )
    return number


def doubts(
    window: "MainWindow",
    session: "FakeSession",
    asking: "FakeTextQuestions",
    settle: Callable[[], None],
) -> None:
    """The translation lost a number and a "not", and the doctor asks whether it is right."""
    from tolmach.controllers.conversation.inquiry import InquiryKind
    from tolmach.protocol.messages import Returned

    number = advise(session)
    settle()
    card = window.conversation_page.column.visible_cards[-1]
    card.inquiring.emit((session.id, number), InquiryKind.CONFIRM)
    settle()
    asking.answer(Returned("", 0, "Пейте лекарство три раза в день. Перед едой можно.", 48.0))


def alternatives(
    window: "MainWindow",
    session: "FakeSession",
    asking: "FakeTextQuestions",
    settle: Callable[[], None],
) -> None:
    """Other ways to say it below one card, what it means below the one before."""
    from tolmach.controllers.conversation.inquiry import InquiryKind
    from tolmach.core.translation import Candidate
    from tolmach.protocol.messages import Offered, Returned

    number = len(TALK)
    session.recognized(number, "Принимайте по 2 таблетки 3 раза в день.")
    session.translated(number, "Көнөнә өс тапҡыр ике дарыу эсегеҙ.")
    settle()
    checked, offered = window.conversation_page.column.visible_cards[-2:]
    checked.inquiring.emit((session.id, number - 1), InquiryKind.CHECK)
    offered.inquiring.emit((session.id, number), InquiryKind.VERSIONS)
    settle()
    asking.answer(Returned("", 0, "Сейчас измерим кровяное давление.", 71.0))
    versions = (
        "Көнөнә өс тапҡыр икешәр төймә эсегеҙ.",
        "Көн һайын өс мәртәбә ике таблетка ҡабул итегеҙ.",
        "Ике таблетка эсегеҙ.",
    )
    asking.answer(Offered("", 1, tuple(Candidate(text, -0.4) for text in versions)))
    settle()
    offered.setFocus()


def correcting(
    window: "MainWindow",
    session: "FakeSession",
    asking: "FakeTextQuestions",
    settle: Callable[[], None],
) -> None:
    """The doctor puts the translation right; another one came from the memory."""
    from tolmach.core.translation import Sentence

    own = Sentence(0, 27, 0, 30, origin="correction")
    session.translated(len(TALK) - 1, TALK[-1][3], sentences=(own,))
    advise(session)
    settle()
    window.conversation_page.column.visible_cards[-1].edit()


MORE = {
    "amended": amend,
    "joined": join,
    "unsure": wonder,
    "doubt": doubt,
    "trial": try_out,
    "behind": fall_behind,
    "recording-only": only_record,
    "draining": drain,
    "postponed": postpone,
    "buttons": two_buttons,
}
REVIEWS = {"doubts": doubts, "alternatives": alternatives, "correcting": correcting}


if __name__ == "__main__":
    if sys.argv[1:2] == ["--take"]:
        take(sys.argv[2])
    else:
        main()
