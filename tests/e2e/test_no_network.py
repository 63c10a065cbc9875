"""The whole way without a network, watched by the kernel: nothing even tries to reach one.

A network namespace of its own has no interfaces, and strace sees every process's attempts, native
code included. A planted attempt proves that an attempt would be seen, and that it fails.
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

INTERNET = re.compile(r"\b(socket|connect|sendto|sendmsg)\(.*\bAF_INET6?\b")
PLANTED = """
import socket, sys
try:
    socket.create_connection(("192.0.2.1", 80), timeout=5)
except OSError as error:
    sys.exit(error.errno)
"""
NETWORK_UNREACHABLE = 101


def watched(log: Path, *command: str) -> tuple[int, str, list[str]]:
    """Run a command without network; return its exit code, output, and attempts to reach one."""
    missing = [tool for tool in ("unshare", "strace") if shutil.which(tool) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this system allows no network namespaces")
    watch = ["strace", "-f", "--seccomp-bpf", "-e", "trace=network", "-o", str(log)]
    done = subprocess.run(
        [*alone, *watch, *command], cwd=REPOSITORY, capture_output=True, text=True, timeout=280
    )
    attempts = [line for line in log.read_text().splitlines() if INTERNET.search(line)]
    return done.returncode, done.stdout + done.stderr, attempts


def test_a_planted_attempt_is_seen_and_fails(tmp_path: Path) -> None:
    code, _, attempts = watched(tmp_path / "log", sys.executable, "-c", PLANTED)
    assert code == NETWORK_UNREACHABLE
    assert any("192.0.2.1" in attempt for attempt in attempts)


@pytest.mark.timeout(300)
def test_spoken_translated_and_shown_without_a_single_attempt(
    tmp_path: Path, starter: Path
) -> None:
    code, output, attempts = watched(
        tmp_path / "log",
        *(sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rs"),
        "tests/e2e/test_window.py::test_what_is_spoken_stands_in_the_window_with_its_translation",
    )
    if "1 skipped" in output:
        pytest.skip(output)
    assert code == 0, output
    assert "1 passed" in output
    assert attempts == []
