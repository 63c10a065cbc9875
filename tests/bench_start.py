"""`make bench-start BEFORE=path`: two checkouts side by side: window, first words, memory.

Each round starts both in turn, each with an empty home of its own, so the ratios hold where
absolute times do not. Both run with the packages of this environment. Without BEFORE the checkout
is compared with itself: what that gives is the noise.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

HERE = Path(__file__).resolve().parent.parent
ROUNDS = 9

# Leaves at the first window that is visible, and says how long that took and what it cost.
WINDOW = """
import json, multiprocessing, os, sys, threading, time
began = time.perf_counter()
def watch():
    while True:
        time.sleep(0.002)
        widgets = sys.modules.get("PySide6.QtWidgets")
        application = getattr(widgets, "QApplication", None)
        if application and application.instance() and sys.modules.get("tolmach.ui.window"):
            if any(window.isVisible() for window in application.topLevelWidgets()):
                break
    lines = open("/proc/self/status").read().splitlines()
    peak = int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024
    seconds = time.perf_counter() - began
    print(json.dumps({"seconds": seconds, "cpu": time.process_time(), "MB": peak}), flush=True)
    os._exit(0)
if __name__ == "__main__":
    threading.Thread(target=watch, daemon=True).start()
    from tolmach.__main__ import main
    sys.argv = ["tolmach"]
    main()
"""


def environment(checkout: Path, home: str) -> dict[str, str]:
    """Return the environment in which a checkout's program runs."""
    places = {"PYTHONPATH": str(checkout / "app"), "TOLMACH_HOME": home}
    return os.environ | places | {"QT_QPA_PLATFORM": "offscreen", "TOLMACH_LANGUAGE": "ru"}


def window(checkout: Path) -> Mapping[str, float]:
    """Return seconds, CPU seconds and MB of memory until the window is visible."""
    with tempfile.TemporaryDirectory() as home:
        program = Path(home) / "window.py"
        program.write_text(WINDOW, encoding="utf-8")
        command = [sys.executable, str(program)]
        run = subprocess.run(
            command, env=environment(checkout, home), capture_output=True, check=True
        )
    figures: dict[str, float] = json.loads(run.stdout.splitlines()[-1])
    return figures


def words(checkout: Path) -> Mapping[str, float]:
    """Return seconds to the first recognised words of the sample, and MB of both processes."""
    sample = HERE / "resources" / "samples" / "conversation.flac"
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "tolmach", "transcribe", str(sample), "--json"]
        command += ["--from", "ru,ba", "--to", "ru"]
        began = time.perf_counter()
        process = subprocess.Popen(
            command, env=environment(checkout, home), stdout=subprocess.PIPE, cwd=home
        )
        assert process.stdout is not None
        line = next(line for line in process.stdout if b'"recognized"' in line.lower())
        seconds = time.perf_counter() - began
        assert line
        family = [psutil.Process(process.pid), *psutil.Process(process.pid).children()]
        memory = sum(member.memory_info().rss for member in family) / 2**20
        process.stdout.read()
        process.wait()
    return {"seconds": seconds, "MB": memory}


def compare(
    name: str, measure: Callable[[Path], Mapping[str, float]], before: Path, after: Path
) -> None:
    """Print the medians of both and of their ratios."""
    rounds = [(measure(before), measure(after)) for _ in range(ROUNDS)]
    for key in rounds[0][0]:
        old, new = ([pair[side][key] for pair in rounds] for side in (0, 1))
        ratio = statistics.median(b / a for a, b in zip(old, new, strict=True))
        line = f"{name}, {key}: {statistics.median(old):.2f} -> {statistics.median(new):.2f}"
        sys.stdout.write(f"{line}; ratio {ratio:.2f}\n")
        sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--before", type=Path, default=HERE)
    before: Path = parser.parse_args().before.resolve()
    compare("window", window, before, HERE)
    compare("first words", words, before, HERE)


if __name__ == "__main__":
    main()
