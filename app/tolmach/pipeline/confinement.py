"""What a process of ours may not do: make a socket, take all memory, live on without its parent.

Linux only. A seccomp filter refuses `socket` whatever its family, local ones too: through them a
name can be looked up or a message handed to a service that has a network. The pipe to the
application is open already. It also refuses io_uring, which makes sockets without that call, and
the system calls of other architectures, which have numbers of their own. Once set, the filter
stays for the life of the process. It stops what libraries do unasked; it is no sandbox.
Source: seccomp(2), <linux/filter.h>, <linux/seccomp.h>, <linux/audit.h>.
"""

import ctypes
import multiprocessing
import os
import platform
import signal
import socket
import struct
import sys
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class _Machine:
    """How a processor's system calls are numbered."""

    architecture: int  # AUDIT_ARCH_*
    socket: int
    seccomp: int


_MACHINES = {
    "x86_64": _Machine(0xC000003E, socket=41, seccomp=317),
    "aarch64": _Machine(0xC00000B7, socket=198, seccomp=277),
}
_IO_URING_SETUP = 425  # on every machine
_X32 = 0x40000000  # where the numbers of x86-64's other calling convention begin
_SET_DEATH_SIGNAL = 1
_SET_NO_NEW_PRIVILEGES = 38
_SET_FILTER = 1
_ALL_THREADS = 1
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _ARCHITECTURE = 0, 4  # offsets in struct seccomp_data
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # EACCES: "Permission denied"


class _Filter(ctypes.Structure):
    """struct sock_fprog."""

    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.c_char_p))


def confine() -> bool:
    """Deny this process sockets for ever; return False where the system cannot do that."""
    if sys.platform != "linux" or (machine := _MACHINES.get(platform.machine())) is None:
        return False
    instructions = (  # struct sock_filter: what, skip so many if true, if false, operand
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 0, 5, machine.architecture),
        (_LOAD, 0, 0, _NUMBER),
        (_IF_EQUAL, 3, 0, machine.socket),
        (_IF_EQUAL, 2, 0, _IO_URING_SETUP),
        (_IF_AT_LEAST, 1, 0, _X32),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    )
    program = b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)
    system = ctypes.CDLL(None)
    if system.prctl(_SET_NO_NEW_PRIVILEGES, *map(ctypes.c_ulong, (1, 0, 0, 0))):
        return False
    rules = _Filter(len(instructions), program)
    answer = system.syscall(machine.seccomp, _SET_FILTER, _ALL_THREADS, ctypes.byref(rules))
    return bool(answer == 0)


def limit_memory(size: int) -> bool:
    """Let this process take so many bytes more than it has now: then MemoryError.

    Return False where the system knows no such ceiling.
    """
    if sys.platform != "linux":
        return False
    import resource  # here: Windows has none

    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    most = pages * resource.getpagesize() + size
    _, allowed = resource.getrlimit(resource.RLIMIT_AS)
    if allowed != resource.RLIM_INFINITY:
        most = min(most, allowed)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    return True


def memory_of_computer() -> int:
    """Return how many bytes of memory the computer has, or 4 GiB if that is more or unknown."""
    least = 2**32
    if sys.platform != "linux":
        return least
    return max(least, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE"))


def die_with_parent() -> None:
    """Have Linux kill this process when the thread that started it ends, whatever it is doing."""
    ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, *map(ctypes.c_ulong, (signal.SIGKILL, 0, 0, 0)))


def holds() -> bool:
    """Try in a process of its own whether `confine` keeps its word on this computer."""
    trial = multiprocessing.get_context("spawn").Process(target=_try)
    trial.start()
    trial.join()
    return trial.exitcode == 0


def _try() -> None:
    confine()
    try:
        socket.socket().close()
    except PermissionError:
        return
    sys.exit(1)
