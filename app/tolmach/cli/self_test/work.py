"""What the worker does: hears, translates, dies and comes back, and reaches no network.

Rule: only what came with the program is asked for a fixed answer, without the terms of the person;
of another recognizer no more is expected than something like what was said. Whisper base itself
writes the same sound down in other letters on another processor.
"""

import logging
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from queue import SimpleQueue

import psutil
from rapidfuzz.distance import Levenshtein

from tolmach.cli.self_test import sound
from tolmach.core import paths
from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.formats.documents.opening import open_document
from tolmach.messages.interface import translate
from tolmach.packs import store
from tolmach.pipeline import confinement
from tolmach.protocol.messages import (
    Answered,
    Event,
    Failed,
    Finished,
    Recognized,
    Translate,
    Translated,
)
from tolmach.protocol.plan import Plan
from tolmach.sessions.document_translation import (
    DocumentRequest,
    ProgressWatch,
    translate_document,
)
from tolmach.sessions.plan import into
from tolmach.sessions.questions import TextQuestions
from tolmach.worker.client import Client

Listener = Callable[[Event], None]

MOST_PROCESSES = 4  # below this one: the worker, and on Linux what tidies up after it
_SESSION = "self-test"
_WORDS = ("здравствуйте", "голова", "доктор")  # in the sample, for the recognizer that knows it
_GREETING = "здравствуйте доктор"
_LIKE = 0.5  # of the letters: Whisper base had 0.68 at worst, other texts have 0.26 at most
_UTTERANCES = 4  # at least; six sentences are spoken
_RUSSIAN, _BASHKIR = "Спасибо, доктор.", "рәхмәт"
_PAGE = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
    "<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/'
    'officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


class WorkerChecks:
    """The checks that need a worker; each starts its own."""

    def __init__(self, make_client: Callable[[], Client] = Client) -> None:
        """`make_client` starts a worker when it is asked for something."""
        self._make_client = make_client

    def voice(self) -> str:
        """Find speech in the sample and none in silence."""
        plan = into(_bundled(), ("ru", "ba"), "")
        with closing(self._make_client()) as client:
            nothing = _recognized(client, plan, silence(3 * SAMPLE_RATE))
            utterances = _recognized(client, plan, sound.sample())
        if nothing or len(utterances) < _UTTERANCES:
            raise AppError("voice-missed", count=str(len(utterances) + len(nothing)))
        return translate("cli", "реплик в образце: {count}", count=str(len(utterances)))

    def recognizer(self) -> str:
        """Have the best recognizer for Russian hear what every one of them understands."""
        plan = into(store.installed().packs, ("ru",), "")
        with closing(self._make_client()) as client:
            expect_like(_GREETING, " ".join(_recognized(client, plan, sound.doctor())))
        return ", ".join(f"{pack.id} {pack.version}" for pack in plan.recognizers)

    def translator(self) -> str:
        """Translate a sentence with the model that came with the program."""
        with closing(self._make_client()) as client:
            return f"{_RUSSIAN} → {_translated(client)}"

    def document(self) -> str:
        """Translate a document of Word."""
        with (
            tempfile.TemporaryDirectory(prefix="tolmach-") as folder,
            closing(self._make_client()) as client,
        ):
            letter = Path(folder) / "письмо.docx"
            _write_letter(letter)
            asking = TextQuestions(client, _bundled)
            watch = ProgressWatch(lambda size, count: None, lambda: False)
            result = translate_document(asking, DocumentRequest(letter, "ru", "ba"), watch)
            text = " ".join(unit.text for unit in open_document(result.path).units)
        if result.untranslated or _RUSSIAN in text:
            raise AppError("document-untranslated", name=letter.name)
        return "DOCX"

    def death(self) -> str:
        """Kill the worker in the middle of its work: another one does what was left."""
        plan = into(_bundled(), ("ru", "ba"), "")
        with closing(self._make_client()) as client, _quiet():
            victims: list[int] = []

            def kill(event: Event) -> None:
                if isinstance(event, Recognized) and not victims and client.pid:
                    victims.append(client.pid)
                    psutil.Process(client.pid).kill()

            _expect(_recognized(client, plan, sound.sample(), kill), _WORDS)
            _translated(client)
            if not victims or client.pid in (None, *victims):
                raise AppError("work-lost")
        return translate("cli", "процесс убит, его работа не потерялась")

    def processes(self) -> str:
        """Count processes: a program that starts itself again and again fills the computer."""
        with closing(self._make_client()) as client:
            _translated(client)
            count_at_once = _count(client)
            time.sleep(1)
            count = max(count_at_once, _count(client))
        if count > MOST_PROCESSES:
            raise AppError("too-many-processes", count=str(count), most=str(MOST_PROCESSES))
        return str(count)


def can_confine() -> bool:
    """Whether this system could refuse sockets; one that cannot is no fault of the installation."""
    return sys.platform == "linux" and Path("/proc/sys/kernel/seccomp").exists()


def network() -> str:
    """Try whether the kernel refuses the worker a socket."""
    if not confinement.holds():
        raise AppError("worker-confinement-fails" if can_confine() else "worker-not-confined")
    return translate("cli", "закрыта системой для распознавания и перевода")


def _bundled() -> tuple[Pack, ...]:
    """Return the starter: its answers are known."""
    packs = store.installed((paths.bundled_packs(),)).packs
    return tuple(pack for pack in packs if pack.starter or pack.kind == "translator")


def _recognized(
    client: Client, plan: Plan, samples: Samples, listener: Listener = lambda event: None
) -> list[str]:
    """Return what was said in each utterance."""
    events: SimpleQueue[Event] = SimpleQueue()
    client.listener = events.put
    client.begin(_SESSION, plan)
    client.feed(_SESSION, samples)
    client.end(_SESSION)
    texts: dict[int, str] = {}
    while not isinstance(event := events.get(), Finished):
        listener(event)
        if isinstance(event, Failed):
            raise AppError(event.code, **event.params)
        if isinstance(event, Recognized) and event.text:
            texts[event.utterance] = event.text
    return list(texts.values())


def _expect(texts: list[str], words: tuple[str, ...]) -> None:
    text = " ".join(texts)
    if not all(word in text.casefold() for word in words):
        raise AppError("recognized-wrong", text=text)


def expect_like(reference: str, text: str) -> None:
    """Raise AppError for a text that has little of the letters of what was spoken."""
    bare = "".join(sign for sign in text.casefold() if sign.isalpha() or sign == " ")
    if Levenshtein.normalized_similarity(bare, reference) < _LIKE:
        raise AppError("recognized-wrong", text=text)


def _translated(client: Client) -> str:
    events: SimpleQueue[Event] = SimpleQueue()
    client.hear(_SESSION, events.put)
    client.ask(Translate(_SESSION, 0, _RUSSIAN, "ru", "ba", _bundled(), project=None))
    text = ""
    while not isinstance(event := events.get(), Answered):
        if isinstance(event, Failed):
            raise AppError(event.code, **event.params)
        if isinstance(event, Translated):
            text = event.text
    client.hear(_SESSION, None)
    if _BASHKIR not in text.casefold():
        raise AppError("translated-wrong", text=text)
    return text


def _count(client: Client) -> int:
    """Return how many processes there are below this one; more than any if the worker has some."""
    if client.pid and psutil.Process(client.pid).children():
        return MOST_PROCESSES + 1
    return len(psutil.Process().children(recursive=True))


def _write_letter(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", _PAGE.format(text=_RUSSIAN))


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the death that was asked for out of the log."""
    logger = logging.getLogger(Client.__module__)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)
