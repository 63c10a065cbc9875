"""The way to a newer version, step by step: each is taken because the person pressed a button.

Rule: what goes online or reads a large file runs on a thread of its own that ends with it, and an
answer that comes after the person went elsewhere is dropped.
"""

import shutil
from collections.abc import Callable, Mapping
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from tolmach.controllers.background import Background
from tolmach.core import paths
from tolmach.updates import check, copies, installation, signature, verification
from tolmach.updates.release import Release, ReleaseFile
from tolmach.updates.verification import VerifiedUpdate


class Step(Enum):
    """Where the person is on that way."""

    IDLE = auto()
    AGREEING = auto()  # sees the address, nothing has been opened
    ASKING = auto()
    ANSWERED = auto()
    READING = auto()  # a file is being checked
    READY = auto()  # it is what it says, and can be installed
    INSTALLING = auto()
    INSTALLED = auto()  # or will be when the program is closed
    FAILED = auto()


class UpdateSearch(QObject):
    """What is known of a newer version so far."""

    changed = Signal()
    _arrived = Signal(int, object, object)  # the turn that it belongs to, the step, what was found
    _failed = Signal(int, str, object)

    def __init__(self, address: str = check.ADDRESS) -> None:
        """`address` is "" where new versions come as files only."""
        # The application's child: a thread of an answer that nobody waits for any more would be the
        # last to let it go, and destroy it under the hands of the event loop.
        super().__init__(QCoreApplication.instance())
        self.address = address
        self.step = Step.IDLE
        self.release: Release | None = None  # the newest one, or that of the file
        self.update: VerifiedUpdate | None = None  # our own copy
        self.failure: tuple[str, Mapping[str, str]] = ("", {})
        self.name = ""  # of the file that is looked at
        self._turn = 0
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._on_arrived, queued)
        self._failed.connect(self._on_failed, queued)
        self._answer: Release | None = None  # of the address
        if paths.updates().exists():
            # The copy of an update that was installed, by a process that became this one.
            self._run(partial(copies.remove_unneeded, own=True))

    @property
    def possible(self) -> bool:
        """Whether this build can check anything."""
        return signature.has_key()

    @property
    def running(self) -> bool:
        """Whether the person waits."""
        return self.step in (Step.ASKING, Step.READING, Step.INSTALLING)

    @property
    def download(self) -> tuple[ReleaseFile, str] | None:
        """The file for this computer with its address, where a newer version was found."""
        if self.step is not Step.ANSWERED or not self.release or not self.newer:
            return None
        files = installation.suitable(self.release.files)
        return (files[0], check.file_address(self.address, files[0].name)) if files else None

    @property
    def newer(self) -> bool:
        """Whether the release is newer than the program that runs."""
        return self.release is not None and self.release.judgement == "update-newer"

    def propose(self) -> None:
        """Show the address; nothing is opened yet."""
        self._go(Step.AGREEING)

    def ask(self) -> None:
        """The person agreed: ask which version is the newest."""
        self._go(Step.ASKING)
        self._find(Step.ANSWERED, partial(check.ask, self.address))

    def read(self, path: Path) -> None:
        """Check a file, or what lies beside a description, and keep a copy of it."""
        self.name = path.name
        self._go(Step.READING)
        self._find(Step.READY, partial(_staged, path, self._answer))

    def install(self) -> None:
        """Install the copy, once more looked at."""
        if self.step is not Step.READY or self.update is None:
            return
        update = self.update
        self._go(Step.INSTALLING)
        self._find(Step.INSTALLED, partial(_install, update))

    def dismiss(self) -> None:
        """Begin anew; what is on its way is dropped."""
        if self.step is Step.READY:
            self._run(partial(copies.remove_unneeded, own=True))
        self._go(Step.IDLE)

    def _go(self, step: Step) -> None:
        self._turn += 1
        self.step = step
        self.changed.emit()

    def _find(self, step: Step, job: Callable[[], object]) -> None:
        turn = self._turn
        self._run(lambda: self._arrived.emit(turn, step, job()))

    def _run(self, job: Callable[[], object]) -> None:
        thread = Background("update")
        thread.submit(job, partial(self._failed.emit, self._turn))
        thread.finish(0)  # it ends when the job has

    def _on_arrived(self, turn: int, step: Step, result: object) -> None:
        if turn != self._turn:
            if isinstance(result, VerifiedUpdate):  # cancelled while it was copied
                self._run(partial(shutil.rmtree, result.path.parent, ignore_errors=True))
            return
        if isinstance(result, Release):
            self.release = self._answer = result
        elif isinstance(result, VerifiedUpdate):
            self.update, self.release = result, result.release
        self._go(step)

    def _on_failed(self, turn: int, code: str, params: Mapping[str, str]) -> None:
        if turn == self._turn:
            self.failure = code, params
            self._go(Step.FAILED)


def _staged(path: Path, described: Release | None) -> VerifiedUpdate:
    return verification.staged(verification.located(path, described))


def _install(update: VerifiedUpdate) -> VerifiedUpdate:
    verification.check(update)
    installation.start(update.path)
    return update
