"""A disk that is full after so many bytes, without a disk."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def fullest_file(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond `size` bytes: more raises OSError, as a full disk."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)
