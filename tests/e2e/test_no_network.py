"""A working day without a network, watched by the kernel: nothing even tries to reach one.

A network namespace of its own has no interfaces, so whatever happens, nothing leaves. strace sees
every process's attempts, native code included, and also those that the worker's guard refuses:
not in its fast way, --seccomp-bpf, because the guard would answer first. The environment is built
from nothing: neither the test process nor a CI may keep a library silent here. A planted thread
proves that an attempt is seen, and what becomes of it.
"""

import json
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY
from tests.e2e.working_day import TRANSLATED, TYPED
from tests.sound_server import SoundServer, sound_server, spoken
from tolmach.messages.trial import marked

SPOKEN = (("ru", "Мы завтра утром поедем в больницу."), ("ba", "Минең әсәйем ауылда йәшәй."))
ALONE = ("unshare", "--map-root-user", "--net")
# A look-up reads these files, or asks a service that looks names up for others.
LOOK_UP = r"/etc/(resolv\.conf|hosts|gai\.conf)\b|/nscd/socket|/systemd/resolve"
ATTEMPT = re.compile(rf"AF_(INET6?|PACKET|VSOCK)\b|{LOOK_UP}")
WRITING = re.compile(r'(?:openat\(\w+, "([^"]+)", \S*(?:O_WRONLY|O_RDWR|O_CREAT)|mkdir(?:at)?\(.*?"([^"]+)").* = \d')  # fmt: skip  # noqa: E501
# Of the sound system: PortAudio asks JACK, whose library keeps a table in memory.
SYSTEM = re.compile(r"/dev/null|/dev/shm/jack_db-\d+(?:/.*)?|.*/pulse-\w+/cookie")
PLANTED = """
import os, socket, sys, threading, time

def connect():
    time.sleep(float(os.environ["PLANTED_DELAY"]))
    try:
        socket.create_connection(("192.0.2.1", 443), timeout=5)  # nobody's address
        number = 0
    except OSError as error:
        number = error.errno
    with open(os.environ["PLANTED_REPORT"], "a") as report:
        report.write(f"{threading.get_native_id()} {number}\\n")

if "--multiprocessing-fork" in sys.orig_argv:  # a worker
    threading.Thread(target=connect, daemon=True).start()
    if os.environ["PLANTED_GUARD"] == "off":
        from tolmach.pipeline import confinement
        confinement.confine = lambda: False
"""
UNSILENCED = "import onnxruntime"
PERMISSION_DENIED, NETWORK_UNREACHABLE = 13, 101


@dataclass(frozen=True)
class Day:
    """What was seen of a run, and what the program said."""

    folder: Path
    output: str
    errors: str
    calls: list[str]  # as strace writes them, after the number of the thread
    planted: dict[str, int]  # thread -> error number

    @property
    def home(self) -> Path:
        """The person's folder on that day, empty in the morning."""
        return self.folder / "home"

    def attempts(self) -> list[str]:
        """Return the system calls that reach out."""
        return [call for call in self.calls if ATTEMPT.search(call)]

    def unasked(self) -> list[str]:
        """Return the attempts that no planted thread made."""
        return [call for call in self.attempts() if call.split()[0] not in self.planted]

    def written(self) -> set[Path]:
        """Return what was made or opened for writing, but for what the test itself planted."""
        matches = filter(None, map(WRITING.search, self.calls))
        paths = {match[1] or match[2] for match in matches}
        return {Path(p) for p in paths if not SYSTEM.fullmatch(p)} - {self.folder / "report"}


def refused(day: Day) -> None:
    """Assert that the planted thread spoke up, and that the kernel silenced it."""
    assert set(day.planted.values()) == {PERMISSION_DENIED}
    assert not [call for call in day.calls if "192.0.2.1" in call]


@pytest.fixture(scope="module")
def microphone(starter: Path) -> Iterator[SoundServer]:
    missing = [tool for tool in ("unshare", "strace") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    if subprocess.run([*ALONE, "true"], capture_output=True).returncode:
        pytest.skip("this system allows no network namespaces")
    with sound_server() as server:
        yield server


@contextmanager
def ended_with_us(program: "subprocess.Popen[str]", errors: Path) -> Iterator[None]:
    """End the whole day when its time is up: whoever waits for it would wait for ever."""
    try:
        yield
    except BaseException:
        os.killpg(program.pid, signal.SIGKILL)
        sys.stdout.write(errors.read_text())
        raise


def spend(folder: Path, microphone: SoundServer, *, seconds: int, planted: int, guard: str) -> Day:
    """Run a working day; `planted` seconds after its start a thread in a worker connects."""
    for name in ("home", "runtime", "planted"):
        (folder / name).mkdir(mode=0o700)
    (folder / "planted" / "sitecustomize.py").write_text(PLANTED)
    log, report, errors = folder / "log", folder / "report", folder / "errors"
    watch = ("strace", "-ff", "-qq", "-e", "trace=%network,openat,mkdir,mkdirat", "-o", str(log))
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder / "home"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "PULSE_SERVER": microphone.environment["PULSE_SERVER"],
        "PULSE_COOKIE": microphone.environment["PULSE_COOKIE"],
        "QT_QPA_PLATFORM": "offscreen",
        "TOLMACH_VERBOSE": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONPATH": str(folder / "planted"),
        "PLANTED_DELAY": str(planted),
        "PLANTED_GUARD": guard,
        "PLANTED_REPORT": str(report),
    }
    output = []
    with errors.open("w") as stderr, subprocess.Popen(
        [*ALONE, *watch, sys.executable, "-m", "tests.e2e.working_day", str(seconds)],
        cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True,
        start_new_session=True,
    ) as program, ended_with_us(program, errors):  # fmt: skip
        for line in program.stdout or ():
            output.append(line)
            if line == "listening\n":
                for language, sentence in SPOKEN:
                    microphone.play(spoken(sentence, language))
        program.wait()
    assert program.returncode == 0, errors.read_text()
    threads = [line.split() for line in report.read_text().splitlines()]
    return Day(
        folder,
        "".join(output),
        errors.read_text(),
        [
            f"{thread.suffix[1:]} {call}"
            for thread in folder.glob("log.*")
            for call in thread.read_text(errors="replace").splitlines()
        ],
        {thread: int(number) for thread, number in threads},
    )


@pytest.mark.timeout(300)
def test_ninety_seconds_of_work_without_a_word_to_the_network(
    tmp_path: Path, microphone: SoundServer
) -> None:
    day = spend(tmp_path, microphone, seconds=90, planted=30, guard="on")
    cards = json.loads(day.output.splitlines()[-1])
    assert all(cards)  # the window worked: each card has both its texts, and so has the text screen
    assert day.unasked() == []
    assert len(day.attempts()) == len(day.planted) > 0
    refused(day)

    own = day.home / ".local" / "share" / "tolmach"
    models = {own / "models", *own.glob("models/**/*"), *own.glob(".whisper-base*")}  # of anybody
    assert {path for path in day.home.rglob("*") if path.is_file()} - models == {
        own / "settings.json",
        own / "draft.json",
        own / "threads.json",
        *own.glob("recordings/*.wav"),
        *own.glob("logs/tolmach.log*"),
    }
    assert list(own.glob("recordings/*.wav"))
    assert any(path.parent == own and path.suffix == ".tolmach" for path in day.written())
    above = set(own.parents)  # made on the first day
    assert {path for path in day.written() - above if not path.is_relative_to(own)} == set()
    for path in {own, *own.rglob("*")} - models:
        rights = stat.S_IMODE(path.stat().st_mode)
        assert rights == (0o700 if path.is_dir() else 0o600), path

    logged = day.errors + "".join(log.read_text() for log in own.glob("logs/*"))
    assert "the window is open" in logged
    texts = " ".join((*cards, TYPED, TRANSLATED, day.output)).replace(marked("", "ru"), "")
    words = set(re.findall(r"[^\W\d_]{4,}", texts)) - {"listening"}
    assert {word for word in words if word in logged} == set()


@pytest.mark.timeout(200)
def test_without_the_guard_the_planted_thread_is_noticed(
    tmp_path: Path, microphone: SoundServer
) -> None:
    day = spend(tmp_path, microphone, seconds=1, planted=4, guard="off")
    assert NETWORK_UNREACHABLE in day.planted.values()
    assert any("connect" in call and "192.0.2.1" in call for call in day.attempts())
    with pytest.raises(AssertionError):
        refused(day)


def test_the_self_test_asks_no_network(tmp_path: Path, starter: Path) -> None:
    """That the guard is tried in it shows that an attempt would be seen."""
    if shutil.which("strace") is None:
        pytest.skip("not installed: strace")
    log = tmp_path / "log"
    watch = ("strace", "-f", "-qq", "-e", "trace=%network", "-o", str(log))
    subprocess.run([*watch, sys.executable, "-m", "tolmach", "self-test"], check=True, timeout=110)
    (attempt,) = filter(ATTEMPT.search, log.read_text(errors="replace").splitlines())
    assert "socket(AF_INET" in attempt
    assert "EACCES" in attempt


def test_a_library_that_nobody_silenced_is_noticed(tmp_path: Path, microphone: SoundServer) -> None:
    """A control of the control: onnxruntime still does what `SILENCE` is there to prevent."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    subprocess.run([*ALONE, sys.executable, "-c", UNSILENCED], env=environment, check=True)
    assert list(tmp_path.rglob("deviceid")) != []
