"""The recording on disk: a WAV file that any player opens at any moment, even after a power cut.

The header is rewritten with every flush, because writers that fix it on close leave files which
players take for empty when the program dies (see the crash test). Nothing here knows models.
"""

import os
import struct
import threading
from io import FileIO
from pathlib import Path

import numpy as np

from tolmach.core import files, paths
from tolmach.core.errors import StorageError
from tolmach.core.samples import SAMPLE_RATE, Samples

_HEADER = struct.Struct("<4sI4s4sIHHIIHH4sI")
_FLUSH_EVERY = SAMPLE_RATE // 2  # samples: half a second may be lost to a power cut


class Recorder:
    """Writes samples as 16-bit mono WAV and reads parts of it back."""

    def __init__(self, path: Path) -> None:
        """Create the file, under the next free name if a file has this one: `path` is its own.

        Raises StorageError as `files.writing` does.
        """
        self._lock = threading.Lock()
        self.length = 0  # samples written so far
        self._unflushed = 0
        with files.writing(path.parent):
            paths.own_folder(path.parent)
            self._file = _new_file(path)
        self.path = Path(self._file.name)
        files.own(self.path)
        try:
            self._flush()
        except OSError as error:
            self._file.close()
            self.path.unlink(missing_ok=True)
            raise files.unwritable(error, path.parent) from error

    def write(self, samples: Samples) -> None:
        """Append samples in [-1, 1]; raises StorageError "recording-stopped" on a full disk.

        What was written before stays intact and readable.
        """
        data = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes()
        with self._lock:
            try:
                self._file.seek(_HEADER.size + 2 * self.length)
                self._append(data)
                self.length += len(samples)
                self._unflushed += len(samples)
                if self._unflushed >= _FLUSH_EVERY:
                    self._flush()
            except OSError as error:
                raise StorageError("recording-stopped", path=str(self.path)) from error

    def read(self, first: int, last: int) -> Samples:
        """Return samples first..last, both indices into the recording.

        Raises StorageError "not-readable".
        """
        try:
            with self._lock:
                self._file.seek(_HEADER.size + 2 * first)
                data = self._file.read(2 * (last - first))
        except (OSError, ValueError) as error:  # ValueError: the file is closed
            raise StorageError("not-readable", path=str(self.path)) from error
        return np.frombuffer(data, dtype="<i2").astype(np.float32) / np.float32(32767)

    def flush(self) -> None:
        """Bring everything written onto the disk; raises StorageError "recording-stopped"."""
        with self._lock:
            if not self._file.closed and self._unflushed:
                try:
                    self._flush()
                except OSError as error:
                    raise StorageError("recording-stopped", path=str(self.path)) from error

    def close(self) -> None:
        """Flush and close; a second call does nothing. A file without a sample is removed."""
        try:
            self.flush()
        finally:
            self._file.close()
        if not self.length:
            self.path.unlink(missing_ok=True)

    def _flush(self) -> None:
        size = 2 * self.length
        header = _HEADER.pack(
            *(b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1),
            *(SAMPLE_RATE, 2 * SAMPLE_RATE, 2, 16, b"data", size),
        )
        self._file.seek(0)  # the sound is written already: a header never promises more
        self._append(header)
        os.fsync(self._file.fileno())
        self._unflushed = 0

    def _append(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:  # an unbuffered write may take only a part
            rest = rest[self._file.write(rest) :]


def _new_file(path: Path) -> FileIO:
    """Open a file that nobody else has; raises OSError.

    The clock may be set back or stand still: the same moment never costs an earlier recording.
    """
    for name in files.numbered(path):
        try:
            return name.open("x+b", buffering=0)  # nothing may linger unsaid
        except FileExistsError:
            continue
    raise AssertionError  # numbers do not end
