"""Damaged files, each a valid one with something wrong: `python -m tests.mutations --count 2000`.

The valid ones are the cases of the shared data (TOLMACH_SHARED). A document is opened and written,
a media file is read to its end, in this process. Told are what raises anything but a reason for a
person, and what takes longer than a minute; 1 when there is any.
"""

import argparse
import random
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests import cases
from tolmach.audio.media import open_media
from tolmach.core.errors import AppError
from tolmach.formats.documents.opening import FORMATS, open_document

SLOW = 60.0  # seconds
LARGEST = 2_000_000  # bytes of a case


def flipped(data: bytearray, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)


def cut(data: bytearray, dice: random.Random) -> None:
    del data[dice.randrange(len(data)) :]


def zeroed(data: bytearray, dice: random.Random) -> None:
    start, length = dice.randrange(len(data)), dice.randint(1, 400)
    data[start : start + length] = bytes(len(data[start : start + length]))


def doubled(data: bytearray, dice: random.Random) -> None:
    start, length = dice.randrange(len(data)), dice.randint(1, 4000)
    data[start:start] = data[start : start + length]


def exaggerated(data: bytearray, dice: random.Random) -> None:
    """Make four bytes near the beginning a huge number: lengths and counts stand there."""
    start = dice.randrange(min(len(data), 400))
    data[start : start + 4] = dice.choice((b"\xff\xff\xff\xff", b"\xff\xff\xff\x7f", b"\x80\0\0\0"))


def spliced(data: bytearray, dice: random.Random) -> None:
    at, other = sorted(dice.randrange(len(data)) for _ in range(2))
    data[at:other] = b""


MUTATIONS: tuple[Callable[[bytearray, random.Random], None], ...] = (
    *(flipped, cut, zeroed, doubled, exaggerated, spliced),
)


def tried(path: Path) -> str:
    """Return what came of a file: "read", the code of a reason, or the last line of a traceback."""
    try:
        if path.suffix[1:] in FORMATS:
            document = open_document(path)
            document.written(document.units, "ba")
        else:
            with closing(open_media(path)) as media:
                for _ in media:
                    pass
    except AppError as error:
        return error.code
    except Exception:  # noqa: BLE001 - whatever it is, it is what we look for
        return "TRACEBACK " + " | ".join(traceback.format_exc().splitlines()[-3:])
    return "read"


def main() -> int:
    """Try mutated files and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    files = [path for path in sorted(cases.folder().glob("*/*")) if path.suffix != ".txt"]
    files = [
        path for path in files if path.stat().st_size <= LARGEST and path.parent.name != "hostile"
    ]
    outcomes: Counter[str] = Counter()
    faults = 0
    with TemporaryDirectory() as folder:
        for number in range(arguments.count):
            source = files[number % len(files)]
            data = bytearray(source.read_bytes())
            for mutation in dice.sample(MUTATIONS, dice.randint(1, 2)):
                if data:
                    mutation(data, dice)
            path = Path(folder) / f"{number}{source.suffix}"
            path.write_bytes(data)
            began = time.monotonic()
            outcome = tried(path)
            seconds = time.monotonic() - began
            path.unlink()
            outcomes[outcome.split(" ", 1)[0]] += 1
            if outcome.startswith("TRACEBACK") or seconds > SLOW:
                faults += 1
                sys.stdout.write(f"{number} {source.name}: {outcome} ({seconds:.0f} s)\n")
    for outcome, count in outcomes.most_common():
        sys.stdout.write(f"{count:6} {outcome}\n")
    most = psutil.Process().memory_info().rss // 2**20
    sys.stdout.write(f"{arguments.count} files, {faults} faults, {most} MB at the end\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
