"""Large blocks stay in the worker's heap until it has answered; for each length nothing stays."""

import gc
import os
import subprocess
import sys

import pytest

from tolmach.core import allocation, paths
from tolmach.core.pack import Pack
from tolmach.engines.threads import cores

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="glibc's allocator")

LIBC = """
import ctypes, sys
libc = ctypes.CDLL(None)
class Figures(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in (
        "arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks",
        "fordblks", "keepcost",
    )]
libc.malloc.restype, libc.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
libc.free.argtypes = [ctypes.c_void_p]
libc.mallinfo2.restype = Figures
"""

# Whether glibc asked the system for one block of its own (`hblkhd`) when a large one was taken.
LARGE = (
    LIBC
    + """
from tolmach.core.allocation import keep_large_blocks
if sys.argv[1] == "kept":
    keep_large_blocks()
before = libc.mallinfo2().hblkhd
block = libc.malloc(2**26)
assert block
print(libc.mallinfo2().hblkhd - before >= 2**26)
"""
)


@pytest.mark.parametrize(("order", "mapped"), [("kept", "False"), ("as it was", "True")])
def test_a_large_block_is_not_asked_from_the_system_each_time(order: str, mapped: str) -> None:
    command = [sys.executable, "-c", LARGE, order]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    assert answer.stdout.strip() == mapped


# How many bytes are still in use of small blocks that were freed, of twenty sizes. Seven of each:
# one alone may be a block that the thread had kept before.
SMALL = (
    LIBC
    + """
libc.mallinfo2()
before = libc.mallinfo2().uordblks
for block in [libc.malloc(600 + 16 * number) for number in range(20) for _ in range(7)]:
    libc.free(block)
print(libc.mallinfo2().uordblks - before)
"""
)


def in_use() -> int:
    answer = subprocess.run([sys.executable, "-c", SMALL], check=True, capture_output=True)
    return int(answer.stdout)


def test_small_blocks_do_not_stay_with_a_thread_of_a_new_process(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for tunables in ("", "glibc.malloc.mxfast=64"):
        if tunables:
            monkeypatch.setenv("GLIBC_TUNABLES", tunables)
        usual = in_use()
        with allocation.for_new_process():
            assert in_use() < usual - 5000
        assert os.environ.get("GLIBC_TUNABLES", "") == tunables


# Whether the block is there after it was freed, with another one above it, and after the return.
RETURN = (
    LIBC
    + """
import psutil
from tolmach.core.allocation import keep_large_blocks, return_free_blocks
keep_large_blocks()
process, size = psutil.Process(), 2**27
without = process.memory_info().rss
block, above = libc.malloc(size), libc.malloc(2**20)
ctypes.memset(block, 1, size)
libc.free(block)
print(process.memory_info().rss - without > size / 2)
return_free_blocks()
print(process.memory_info().rss - without > size / 2)
"""
)


def test_what_is_free_goes_back_when_asked_to() -> None:
    answer = subprocess.run([sys.executable, "-c", RETURN], check=True, capture_output=True)
    assert answer.stdout.split() == [b"True", b"False"]


def test_to_return_it_leaves_nothing_behind() -> None:
    """Python collects what is circular when a quarter of all that it has is."""
    allocation.return_free_blocks()
    gc.collect()
    gc.disable()
    try:
        for _ in range(10):
            allocation.return_free_blocks()
        assert gc.collect() == 0
    finally:
        gc.enable()


# How many bytes the process has grown by after windows of thirty lengths; arguments: pack, order.
LENGTHS = """
import sys
import psutil
from tolmach.core import allocation
allocation.keep_large_blocks()
if sys.argv[2] == "bounded":
    allocation.bound_caches()
import numpy as np
from ctranslate2 import StorageView
from ctranslate2.models import Whisper
model = Whisper(sys.argv[1], device="cpu", compute_type="int8", intra_threads=1)

def grown(frames):
    features = np.zeros((1, model.n_mels, frames), dtype=np.float32)
    model.encode(StorageView.from_array(features))
    allocation.return_free_blocks()
    return psutil.Process().memory_info().rss

first = [grown(frames) for frames in (1300, 1300)][-1]
print(max(grown(frames) for frames in range(1000, 1300, 10)) - first)
"""


@pytest.mark.parametrize(("order", "grows"), [("bounded", False), ("as it was", True)])
def test_windows_of_many_lengths_leave_nothing_behind(
    whisper_base: Pack, order: str, grows: bool
) -> None:
    command = [sys.executable, "-c", LENGTHS, str(whisper_base.folder), order]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    assert (int(answer.stdout) > 15_000_000) == grows


# How many bytes the process has grown by with a translator that is loaded where others were; its
# argument: the pack.
LOADED = """
import sys
from pathlib import Path
import psutil
from tolmach.core import allocation
allocation.keep_large_blocks()
import ctranslate2, numpy as np
from tolmach.packs import manifest
from tolmach.pipeline.models import Models

translator = Models().translator([manifest.read(Path(sys.argv[1]))])
memory = psutil.Process().memory_info().rss
answers = np.ones(60_000_000, np.uint8)
del answers
translator.translate(["Да."], "ru", "ba")
allocation.return_free_blocks()
print(psutil.Process().memory_info().rss - memory)
"""


def test_a_translator_does_not_lie_on_what_others_used() -> None:
    """CTranslate2 reserves hundreds of megabytes for it and uses a few of them."""
    pack = paths.bundled_packs() / "starter-ru-ba"
    command = [sys.executable, "-c", LOADED, str(pack)]
    answer = subprocess.run(command, check=True, capture_output=True, text=True)
    assert int(answer.stdout) < 45_000_000


# The resident bytes of a process with a Whisper; arguments: pack, threads, what was chosen.
THREADS = """
import sys
from pathlib import Path
import psutil
from tolmach.core import allocation
allocation.keep_large_blocks()
allocation.bound_caches()
from tolmach.engines import threads

chosen = tuple(map(int, sys.argv[3]))
threads.choose = lambda costs: chosen
models = threads.load_whisper(Path(sys.argv[1]), 0 if sys.argv[2] == "measured" else chosen)
threads.measure(models.decoder, 50257)
allocation.return_free_blocks()
print(psutil.Process().memory_info().rss)
"""


def resident(pack: Pack, order: str, chosen: str) -> int:
    command = [sys.executable, "-c", THREADS, str(pack.folder), order, chosen]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def test_who_measured_threads_has_no_more_in_memory_than_who_knew_them(whisper_base: Pack) -> None:
    one_model = resident(whisper_base, "known", "11")
    assert resident(whisper_base, "measured", "11") - one_model < 15_000_000


@pytest.mark.skipif(cores() < 2, reason="the encoder has no more threads than the decoder")
def test_an_encoder_with_threads_of_its_own_takes_what_its_weights_take(
    whisper_base: Pack,
) -> None:
    one_model = resident(whisper_base, "known", "11")
    assert resident(whisper_base, "known", "21") - one_model < 45_000_000
