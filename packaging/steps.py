"""What both builds say and agree on: their steps, and the time that all files of a commit get."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

REPOSITORY = Path(__file__).resolve().parent.parent


def say(line: str) -> None:
    """Print what is done, at once."""
    sys.stdout.write(f"package: {line}\n")
    sys.stdout.flush()


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what is done and how long it took."""
    say(name)
    begun = monotonic()
    yield
    say(f"{name}: {monotonic() - begun:.0f} s")


def commit_time() -> int:
    """Return SOURCE_DATE_EPOCH, set to the time of the commit unless it is set, in seconds."""
    if "SOURCE_DATE_EPOCH" not in os.environ:
        command = ["git", "-C", str(REPOSITORY), "log", "-1", "--format=%ct"]
        answer = subprocess.run(command, check=True, capture_output=True, text=True)
        os.environ["SOURCE_DATE_EPOCH"] = answer.stdout.strip()
    return int(os.environ["SOURCE_DATE_EPOCH"])
