"""glibc's memory allocator, told to keep the large blocks that an encoder takes and gives back.

It asks the system for each block above 32 MB and returns it at once: every layer of a long window
then waits for fresh pages full of zeros. Whisper base needs a third less time for half a minute of
sound when they are kept, and less memory, because all threads share one heap. Other systems'
allocators stay as they are.
"""

import ctypes
import sys

# The parameters' numbers in glibc's malloc.h.
_TRIM_THRESHOLD, _MMAP_MAX, _ARENA_MAX = -1, -4, -8
_KEPT = 2**30  # bytes that may be free at the heap's end before they are returned


def keep_large_blocks() -> None:
    """Tell the allocator of this process; before threads start and libraries are loaded."""
    if sys.platform != "linux":
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:  # not in musl
        for parameter, value in ((_ARENA_MAX, 1), (_MMAP_MAX, 0), (_TRIM_THRESHOLD, _KEPT)):
            mallopt(parameter, value)
