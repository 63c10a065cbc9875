"""How the worker's libraries use memory: large blocks are kept while it answers, little else.

glibc's allocator asks the system for each block above 32 MB and returns it at once: every layer of
a long window then waits for fresh pages full of zeros. Whisper base needs a third less time for
half a minute of sound when they are kept, and less memory, because all threads share one heap.
Between two answers they are of no use: what is free then goes back to the system. Other systems'
allocators stay as they are.

Small blocks that are free stay with the thread that freed them, seven of each size, and each keeps
the page that it lies on: with every new kind of answer there were more of them, megabytes an hour.
glibc can be told so only before a process starts.

CTranslate2 computes with oneDNN, which keeps what it compiled for each length of a window (2 MB for
Whisper base, a thousand of them), and with Intel's MKL, which has an allocator of its own.
"""

import ctypes
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

# The parameters' numbers in glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
_KEPT = 2**30  # bytes that may be free at the heap's end before they are returned
_TUNABLES = "GLIBC_TUNABLES"


@contextmanager
def for_new_process() -> Iterator[None]:
    """Have a process that is started meanwhile keep no small blocks for each of its threads."""
    if sys.platform != "linux":
        yield
        return
    former = os.environ.get(_TUNABLES)
    os.environ[_TUNABLES] = ":".join(filter(None, [former, "glibc.malloc.tcache_count=0"]))
    try:
        yield
    finally:
        if former is None:
            del os.environ[_TUNABLES]
        else:
            os.environ[_TUNABLES] = former


def bound_caches() -> None:
    """Let oneDNN keep what belongs to the last two lengths; before it is loaded.

    Drafts mostly have the same one; to compile for another takes some milliseconds.
    """
    os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] = "4"


def keep_large_blocks() -> None:
    """Tell the allocator of this process; before threads start and libraries are loaded."""
    if mallopt := _function("mallopt"):
        os.environ["MKL_DISABLE_FAST_MM"] = "1"  # its own would keep what this one gives back
        for parameter, value in ((_ARENA_MAX, 1), (_MMAP_MAX, 0), (_TRIM_THRESHOLD, _KEPT)):
            mallopt(parameter, value)


def return_free_blocks() -> None:
    """Give back what nothing uses, wherever in the heap it lies; takes some milliseconds."""
    if trim := _function("malloc_trim"):
        trim(0)


@cache  # ctypes makes classes for each library, and what is circular waits long to be collected
def _function(name: str) -> Callable[..., int] | None:
    """Return a function of the C library, None where it is not glibc."""
    if sys.platform != "linux":
        return None
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None), name, None)  # not in musl
    return function
