"""Windows ends the processes that this one started when it ends itself, in whatever way.

They are put into a job object whose only handle is ours: the kernel closes it for us.
Source: JOBOBJECT_EXTENDED_LIMIT_INFORMATION and "Job Objects" of the Windows API.
"""

import ctypes
import logging
import sys
from functools import cache

log = logging.getLogger(__name__)

_EXTENDED_LIMITS = 9  # JobObjectExtendedLimitInformation
_KILL_ON_CLOSE = 0x2000  # JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE


class BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION."""

    _fields_ = (
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("least_working_set", ctypes.c_size_t),
        ("most_working_set", ctypes.c_size_t),
        ("most_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class ExtendedLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION."""

    _fields_ = (
        ("basic", BasicLimits),
        ("transfers", ctypes.c_uint64 * 6),  # IO_COUNTERS
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def end_with_this_process(handle: int) -> None:
    """Have the process of this handle end with ours; nothing on other systems."""
    if sys.platform != "win32":
        return
    job = _job()
    if not (job and ctypes.windll.kernel32.AssignProcessToJobObject(job, ctypes.c_void_p(handle))):
        log.info("no job object: a worker may outlive the program")


@cache
def _job() -> ctypes.c_void_p | None:
    """Make the job once; its handle is never closed by us."""
    if sys.platform != "win32":
        return None
    create = ctypes.windll.kernel32.CreateJobObjectW
    create.restype = ctypes.c_void_p
    job = ctypes.c_void_p(create(None, None))
    limits = ExtendedLimits(basic=BasicLimits(flags=_KILL_ON_CLOSE))
    size = ctypes.sizeof(limits)
    ready = ctypes.windll.kernel32.SetInformationJobObject(
        job, _EXTENDED_LIMITS, ctypes.byref(limits), size
    )
    return job if ready else None
