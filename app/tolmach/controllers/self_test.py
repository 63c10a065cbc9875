"""The self-test as the window runs it: this program once more, whose lines are taken as they come.

Rule: a process that dies on the way has failed at the check that it had begun; what it says is
taken for nothing else than lines of cli/self_test/command.py.
"""

import json
import platform
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

from tolmach import __version__
from tolmach.core import bundle

STOP_MS = 3000  # a killed process is gone in a few


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """What came of one check; `status` is ok, warning, failed or, without a detail, died."""

    title: str
    status: str
    detail: str = ""


class SelfTest(QObject):
    """One run after another, never two at once."""

    changed = Signal()

    def __init__(self, arguments: Sequence[str] = ("self-test", "--json")) -> None:
        """`arguments` start the program as a self-test that answers in JSON."""
        super().__init__()
        self._arguments = arguments
        self._titles: dict[str, str] = {}  # of the checks that are still to come
        self.lines: list[CheckedLine] = []
        self.message = ""  # what the run said of itself at its end
        self.passed: bool | None = None  # None: not yet, or stopped
        self._process: QProcess | None = None

    @property
    def running(self) -> bool:
        """Whether it is on its way."""
        return self._process is not None

    @property
    def next_title(self) -> str:
        """The check that is being made."""
        return next(iter(self._titles.values()), "")

    def start(self, language: str) -> None:
        """Begin, with lines in an interface language."""
        if self.running:
            return
        self._forget()
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("TOLMACH_LANGUAGE", language)
        process = QProcess(self)
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())  # it is in the log
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._end)
        process.errorOccurred.connect(self._on_error)
        self._process = process
        program, *arguments = bundle.command(*self._arguments)
        process.start(program, arguments)
        self.changed.emit()

    def stop(self) -> None:
        """Give it up; its lines so far stay."""
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.waitForFinished(STOP_MS)
        process.deleteLater()
        self._titles = {}
        self.changed.emit()

    def dismiss(self) -> None:
        """Forget what came of it."""
        self.stop()
        self._forget()
        self.changed.emit()

    def report(self) -> str:
        """Return the lines as a text to hand on."""
        system = f"{platform.system()} {platform.release()}, {platform.machine()}"
        lines = [f"{line.status}\t{line.title}: {line.detail}" for line in self.lines]
        return "\n".join((f"Tolmach {__version__}, {system}", *lines, self.message)).strip()

    def _forget(self) -> None:
        self.lines, self._titles, self.message, self.passed = [], {}, "", None

    def _read(self) -> None:
        if self._process is None:
            return
        while self._process.canReadLine():
            self._take(bytes(self._process.readLine().data()))
        self.changed.emit()

    def _take(self, line: bytes) -> None:
        try:
            event = json.loads(line)
        except ValueError:
            return  # a library printed something
        match event:
            case {"event": "begun", "checks": list(checks)}:
                self._titles = dict(_titles(checks))
            case {"event": "check", "name": name, "title": title, "status": status, **more}:
                self._titles.pop(str(name), None)
                line_of_check = CheckedLine(str(title), str(status), str(more.get("detail", "")))
                self.lines.append(line_of_check)
            case {"event": "finished", "ok": bool(ok), "message": message}:
                self.passed, self.message = ok, str(message)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:  # then `finished` never comes
            self._end()

    def _end(self) -> None:
        process = self._process
        if process is None:
            return  # it was stopped
        self._read()
        self._process = None
        process.deleteLater()
        if self.passed is None:
            self.passed = False
            self.lines.append(CheckedLine(self.next_title, "died"))
        self._titles = {}
        self.changed.emit()


def _titles(checks: list[Any]) -> Iterator[tuple[str, str]]:
    for check in checks:
        match check:
            case {"name": str(name), "title": str(title)}:
                yield name, title
