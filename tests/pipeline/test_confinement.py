"""The worker's guard, in processes of their own: it cannot be taken off again."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from tolmach.pipeline import confinement

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or platform.machine() not in ("x86_64", "aarch64"),
    reason="the guard is Linux's",
)
PERMISSION_DENIED = 13
TRYING = """
import ctypes, os, socket, subprocess, sys, threading
from tolmach.pipeline import confinement

def tried(attempt):
    try:
        attempt()
    except OSError as error:
        return error.errno

def system_call(number, *arguments):
    if ctypes.CDLL(None, use_errno=True).syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), "")

def in_thread():
    confined.wait()
    answers["thread"] = tried(socket.socket)

answers, confined = {}, threading.Event()
thread = threading.Thread(target=in_thread)
thread.start()  # before the guard
open_before = socket.socketpair()
assert tried(socket.socket) is None
assert confinement.confine()
confined.set()
thread.join()
for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK"):
    answers[family] = tried(lambda: socket.socket(getattr(socket, family)))
answers["io_uring"] = tried(lambda: system_call(425, 4, 0))
answers["other numbers"] = tried(lambda: system_call(0x40000000 + 41, 2, 1, 0))
child = "import socket, sys\\ntry: socket.socket()\\nexcept OSError as error: sys.exit(error.errno)"
answers["child"] = subprocess.run([sys.executable, "-c", child]).returncode
open_before[0].send(b"pipes stay open")
socket.socketpair()
assert confinement.confine(), "a second time is as good"
import json; print(json.dumps(answers))
"""
LIMITED = """
import resource
from tolmach.pipeline import confinement

bytearray(2**26)
assert confinement.limit_memory(2**25)
try:
    bytearray(2**26)
except MemoryError:
    assert confinement.limit_memory(2**40), "it may be asked for more than there is"
    print(resource.getrlimit(resource.RLIMIT_AS)[0] < 2**34)
"""
ELSEWHERE = "import platform; platform.machine = lambda: 'riscv64'"


def test_no_thread_and_no_child_gets_a_socket() -> None:
    process = subprocess.run([sys.executable, "-c", TRYING], capture_output=True, text=True)
    assert process.returncode == 0, process.stderr
    answers = json.loads(process.stdout)
    assert len(answers) == 8
    assert set(answers.values()) == {PERMISSION_DENIED}, answers


def test_whether_it_holds_is_tried_and_not_assumed() -> None:
    assert confinement.holds()


def test_doctor_says_where_it_does_not_hold(tmp_path: Path, starter: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE)
    process = subprocess.run(
        [sys.executable, "-m", "tolmach", "doctor", "--json"],
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), *sys.path))},
        capture_output=True,
        encoding="utf-8",
    )
    (network,) = [entry for entry in json.loads(process.stdout) if entry["name"] == "Сеть"]
    assert network["status"] == "warning"
    assert "не запрещает" in network["detail"]


def test_memory_beyond_the_ceiling_is_refused_for_good() -> None:
    process = subprocess.run([sys.executable, "-c", LIMITED], capture_output=True, text=True)
    assert (process.stdout, process.stderr) == ("True\n", "")
