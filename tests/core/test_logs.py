"""Logs hold no text of the person's, even when an exception quotes it."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tolmach.core import logs, paths

SECRET = "сибирская язва"
LOGGING = f"""
import json, logging
from tolmach.core import logs

def fail():
    try:
        json.loads("{SECRET}")
    except ValueError as error:
        raise KeyError("{SECRET}") from error

logs.start(verbose=True)
log = logging.getLogger("tolmach.test")
"""
FAILING = """
try:
    fail()
except KeyError:
    log.exception("something failed")
"""
NOWHERE_TO_WRITE = "logging.getLogger().handlers[-1].stream.close()"
MUCH = "for _ in range(12): log.info('x' * 100_000)"


def logged(*script: str) -> str:
    """Run a script that logs; return what the terminal got."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", "\n".join((LOGGING, *script))]
    process = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8")
    assert process.returncode == 0
    return process.stderr


def test_an_exception_is_logged_without_its_message(own_home: Path) -> None:
    terminal = logged(FAILING)
    for place in (terminal, (paths.logs() / "tolmach.log").read_text(encoding="utf-8")):
        for part in ("something failed", "JSONDecodeError", "KeyError", "in fail"):
            assert part in place
        assert place.count(SECRET) == 0


def test_a_log_that_cannot_be_written_does_not_put_it_on_the_terminal(own_home: Path) -> None:
    terminal = logged(NOWHERE_TO_WRITE, FAILING)
    assert "something failed" in terminal
    assert SECRET not in terminal


def test_the_number_of_a_system_error_is_told_and_not_the_name_of_the_file() -> None:
    with pytest.raises(FileNotFoundError) as caught:
        Path(f"/nowhere/{SECRET}").read_text(encoding="utf-8")
    outline = logs.outline(caught.value)
    assert outline.endswith("FileNotFoundError 2\n")
    assert SECRET not in outline


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX rights")
def test_logs_are_their_owners_alone_also_after_they_were_full(own_home: Path) -> None:
    logged(MUCH)
    rights = {path.name: oct(stat.S_IMODE(path.stat().st_mode)) for path in paths.logs().iterdir()}
    assert rights == {"tolmach.log": "0o600", "tolmach.log.1": "0o600"}
