"""Try the Windows program under wine as a person has it: a Cyrillic name, a folder with a space.

What it transcribes is compared with what the sources transcribe here; its worker is killed at work;
its window is looked at; its processes are counted and its connections watched. Rule: a failure ends
the build and says what was expected.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

import wine
from interpreter import BUILD
from steps import say

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "app"))

from tolmach.packs import builtin  # noqa: E402
from tolmach.quality.error_rates import character_error_rate  # noqa: E402

State = TypeVar("State")
PLACE = BUILD / "trial" / "Мария Ивановна" / "Толмач здесь"
CLIPS = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits/wav")
CLIP = CLIPS / "ru_0199.wav"
VOICES = [CLIPS / f"ru_{number:04}.wav" for number in (199, 396, 597, 744)]
SAMPLE = REPOSITORY / "resources" / "samples" / "conversation.flac"
LARGEST_DIFFERENCE = 0.05
LONG_CLIPS = 12
CONSOLE, WINDOW = "tolmach.com", "Tolmach.exe"
PICTURE = BUILD / "window.png"
SCREEN = "1366x768"
MOST_PROCESSES = 3  # the window, its worker, and one that is being started
COLOURS = 200  # a screen with a window in it has more; an empty one has a few
PATIENCE = 90.0
NOISE = re.compile(r"ALSA lib|DXGI|^\s*$")
# Where wine itself connects to, and reads the list of network cards: its own server, the names of
# users, the bus, the screen, the sound, this computer's printers (CUPS). Nothing of the internet.
OWN_SOCKETS = re.compile(
    r'AF_NETLINK|AF_UNIX, sun_path=@?"(socket|\S*(/nscd/|/dbus/|X11-unix/|/pulse/|/pulse-)\S*)"'
    r'|port=htons\(631\).*("::1"|"127\.0\.0\.1")'
)


def bundle(folder: Path) -> None:
    """Try everything that one folder can do."""
    place = settle(folder)
    commands(place)
    same_text(place)
    worker_killed(place)
    window(place)
    no_connections(place)
    wine.stop()


def full(folder: Path) -> None:
    """Try the program with Whisper: the self-test, and people's voices."""
    place = settle(folder)
    commands(place)
    same_text(place, whisper=True)
    wine.stop()


def settle(folder: Path, place: Path = PLACE) -> Path:
    """Put the bundle into a folder as people have it; what is equal takes no room twice."""
    shutil.rmtree(place, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(folder, place, copy_function=os.link)
    shutil.rmtree(data(), ignore_errors=True)
    return place


def data() -> Path:
    """Return the folder of what the person makes with an installed program."""
    return wine.HOME / "AppData" / "Local" / "tolmach"


def expect(condition: object, sentence: str) -> None:
    """End the build with a sentence unless the condition holds."""
    if not condition:
        wine.stop()
        sys.exit(f"trial: {sentence}")


def tolmach(place: Path, *arguments: str, seconds: float = 300) -> str:
    """Run a command of the program and return what it wrote; its failure ends the build."""
    result = wine.run([place / CONSOLE, *arguments], seconds=seconds)
    errors = "\n".join(line for line in result.stderr.splitlines() if not NOISE.search(line))
    expect(result.returncode == 0, f"tolmach {arguments[0]}: {result.returncode}\n{errors}")
    return result.stdout


def commands(place: Path) -> None:
    """Start it a few times; the self-test looks at everything inside."""
    begun = time.monotonic()
    version = tolmach(place, "--version")
    say(f"{version.strip()}: {time.monotonic() - begun:.1f} s to start")
    expect("transcribe" in tolmach(place, "--help"), "the help names no commands")
    tolmach(place, "doctor")
    expect(data().is_dir(), f"no data in the person's folder, {data()}")
    begun = time.monotonic()
    report = tolmach(place, "self-test", seconds=300)
    say(f"self-test: {len(report.splitlines())} lines, {time.monotonic() - begun:.0f} s")
    # As the button in the settings has it run: the program of the window, which has no terminal.
    result = wine.run([place / WINDOW, "self-test", "--json", "files", "voice"])
    events = [line for line in result.stdout.splitlines() if not NOISE.search(line)]
    expect(
        result.returncode == 0 and '"ok": true' in events[-1],
        f"{WINDOW} self-test: {result.returncode}\n{result.stdout}",
    )


def same_text(place: Path, whisper: bool = False) -> None:
    """Transcribe as the sources do here with the same models: a person's voice, or our sample.

    The wheels of CTranslate2 for both systems come from different compilers, and its arithmetic in
    eight bits makes another word of a last bit now and then, as its backends do on one system.
    """
    home = BUILD / "trial" / "home"
    shutil.rmtree(home, ignore_errors=True)
    if not whisper:
        builtin.refuse(home / "models")
    variables = os.environ | {"TOLMACH_HOME": str(home), "PYTHONPATH": str(REPOSITORY / "app")}
    command = [sys.executable, "-m", "tolmach", "transcribe", "--from", "ru"]
    pairs = []
    begun = time.monotonic()
    for file in VOICES if whisper else [SAMPLE]:
        original = subprocess.run(
            [*command, str(file)], env=variables, capture_output=True, check=True
        ).stdout.decode()
        windows_text = tolmach(place, "transcribe", "--from", "ru", wine.windows(file))
        pairs.append((" ".join(original.split()), " ".join(windows_text.split())))
    equal = sum(first == second for first, second in pairs)
    rate = character_error_rate(pairs).value
    expect(equal and rate < LARGEST_DIFFERENCE, f"other texts than the sources': {pairs}")
    say(
        f"{equal} of {len(pairs)} texts equal to the sources', {rate:.1%} of the letters differ, "
        f"{time.monotonic() - begun:.0f} s: {pairs[0][1][:60]}"
    )


def worker_killed(place: Path) -> None:
    """Kill the worker at work: the text is the same as without."""
    clips = [wine.windows(clip) for clip in sorted(CLIPS.glob("*.wav"))[:LONG_CLIPS]]
    undisturbed = tolmach(place, "transcribe", *clips, "--from", "ru")
    output = BUILD / "trial" / "killed.txt"
    with wine.started([place / CONSOLE, "transcribe", *clips, "--from", "ru"], output) as process:
        worker = wait(lambda: workers(place), "no worker came up")[0]
        wait(lambda: output.stat().st_size > 0, "the worker wrote nothing")
        os.kill(worker, signal.SIGKILL)
        expect(process.wait(PATIENCE) == 0, "the work failed when its worker was killed")
    text = output.read_text(encoding="utf-8", errors="replace")
    lines = [line for line in text.splitlines() if not NOISE.search(line)]
    absent = [line for line in undisturbed.splitlines() if line not in lines]
    expect(not absent, f"lost when the worker was killed: {absent}\n{text}")
    say(f"the worker was killed at work: all {len(undisturbed.split())} words are there")


def window(place: Path) -> None:
    """Open the window, look at it, kill its worker, close it as by its cross."""
    with screen() as display:
        begun = time.monotonic()
        output = BUILD / "trial" / "window.txt"
        variables = {"DISPLAY": display, "TOLMACH_LANGUAGE": "ru"}
        with wine.started([place / WINDOW], output, variables) as process:
            wait(lambda: is_drawn(display), "no window")
            say(f"window after {time.monotonic() - begun:.0f} s")
            worker = wait(lambda: workers(place), "the window has no worker")[0]
            count_processes(place)
            os.kill(worker, signal.SIGKILL)
            wait(lambda: worker not in workers(place) and workers(place), "no worker came again")
            count_processes(place)
            expect(process.poll() is None, "the window went with its worker")
            wait(lambda: is_drawn(display), "the window is gone")
            close_windows(display)
            wait(lambda: not running(place), "processes are left after the window was closed")


def count_processes(place: Path) -> None:
    """A frozen program that does not know its worker starts itself without end."""
    count = len(running(place))
    expect(count <= MOST_PROCESSES, f"{count} processes of one window")


def no_connections(place: Path) -> None:
    """Watch wine's server, which makes every socket, and the program: at work, tested, its window.

    The window is watched while it comes up with its worker.
    """
    for words in (["transcribe", wine.windows(CLIP)], ["self-test"]):
        with watched([place / CONSOLE, *words]) as process:
            expect(process.wait(300) == 0, f"{words[0]} failed while it was watched")
    with screen() as display, watched([place / WINDOW], display):
        wait(lambda: is_drawn(display), "no window while it was watched")
        wait(lambda: workers(place), "no worker while it was watched")


@contextmanager
def watched(words: list[str | Path], display: str = "") -> Iterator[subprocess.Popen[bytes]]:
    """Run a program with its own server of wine; end the build where it reaches for a network."""
    wine.stop()
    log = BUILD / "trial" / "strace.txt"
    strace = ["strace", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,bind,execve"]
    with subprocess.Popen(
        [*strace, "-o", str(log), wine.WINE, *map(str, words)],
        env=wine.environment({"DISPLAY": display} if display else None),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield process
        finally:
            wine.stop()
    lines = log.read_text(errors="replace").splitlines()
    # wine's start-up asks what the computer's own name means, of a server where no file says it.
    booting = {line.split()[0] for line in lines if "execve(" in line and "wineboot.exe" in line}
    calls = [line for line in lines if "sa_family=" in line and line.split()[0] not in booting]
    strangers = [line for line in calls if not OWN_SOCKETS.search(line)]
    expect(calls, "strace saw nothing of wine")
    expect(not strangers, "connections:\n" + "\n".join(strangers[:5]))
    name = "the window" if display else words[1]
    say(f"{name}: no connection but of wine's own ({len(calls)} calls)")


@contextmanager
def screen() -> Iterator[str]:
    """Give a screen that nobody sees."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{SCREEN}x24",
        "-nolisten",
        "tcp",
    ]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as line:
        display = f":{line.readline().strip()}"
    try:
        yield display
    finally:
        server.terminate()
        server.wait()


def is_drawn(display: str) -> bool:
    """Take a picture of the screen and tell whether there is a window in it."""
    time.sleep(1)
    subprocess.run(["import", "-display", display, "-window", "root", str(PICTURE)], check=True)
    command = ["identify", "-format", "%k", str(PICTURE)]
    return int(subprocess.run(command, capture_output=True, check=True).stdout) > COLOURS


def close_windows(display: str) -> None:
    """Close every window of the program, as by its cross: taskkill without /F asks."""
    wine.run(["taskkill", "/IM", WINDOW], {"DISPLAY": display})


def running(place: Path) -> list[int]:
    """Return the processes of the program in this folder."""
    names = (wine.windows(place).lower(), str(place).lower())
    return [pid for pid, command in _processes() if command.lower().startswith(names)]


def workers(place: Path) -> list[int]:
    """Return those of them that multiprocessing started."""
    programs = set(running(place))
    return [pid for pid, name in _processes() if pid in programs and "multiprocessing" in name]


def _processes() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        with suppress(OSError):  # it ended meanwhile
            if folder.name.isdigit():
                words = (folder / "cmdline").read_bytes().split(b"\0")
                name = words[0].decode(errors="replace")
                if name.endswith((".com", ".exe")) or CONSOLE in name or WINDOW in name:
                    yield int(folder.name), b" ".join(words).decode(errors="replace")


def processes_of(name: str) -> list[int]:
    """Return the processes whose command names a program."""
    return [pid for pid, command in _processes() if name in command]


def kill(pid: int, number: int = signal.SIGKILL) -> None:
    """Kill a process that may have ended already."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def wait(state: Callable[[], State], sentence: str) -> State:
    """Return the state as soon as it is true; the sentence ends the build when it never is."""
    end = time.monotonic() + PATIENCE
    while not (value := state()):
        expect(time.monotonic() < end, sentence)
        time.sleep(0.1)
    return value
