"""`python -m tests.cases`: files as people really have them, each the smallest of its kind.

They lie in `cases` of the shared data (TOLMACH_SHARED), and its README says what each one holds. A
check returns what is wrong, "" where the program does what is right. A case without a check is one
that nobody has done yet, and the table says so.
"""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cases import documents, encodings, hostile, limits, media, subtitles, text
from tolmach.packs import builtin

REPOSITORY = Path(__file__).resolve().parents[2]
CHECKS: Mapping[str, Callable[[Path, media.Hearing], str]] = {
    **media.CHECKS,
    **encodings.CHECKS,
    **subtitles.CHECKS,
    **text.CHECKS,
    **limits.CHECKS,
    **hostile.CHECKS,
    **documents.CHECKS,
}


def folder() -> Path:
    """Return where the cases lie."""
    return Path(os.environ.get("TOLMACH_SHARED", REPOSITORY.parent / "shared")) / "cases"


def main() -> int:
    """Run all cases and print the table; 1 when one fails or has no check."""
    names = sorted(str(path.relative_to(folder())) for path in folder().glob("*/*"))
    unsolved = 0
    with TemporaryDirectory() as temporary:
        pack = builtin.make(Path(temporary), lambda size, total: None)
        with media.hearing(pack) as ears:
            for name in names:
                check = CHECKS.get(name)
                complaint = check(folder() / name, ears) if check else "no check yet"
                unsolved += bool(complaint)
                sys.stdout.write(f"{name:44} {complaint or 'right'}\n")
    sys.stdout.write(f"{len(names)} cases, {unsolved} not right\n")
    return 1 if unsolved else 0
