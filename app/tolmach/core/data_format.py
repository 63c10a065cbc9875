"""The format of what the program keeps for a person, and how a newer one is known.

Each store has its own number in its own file; one without a number is of format 1. Rule: a file
whose number this program does not know is neither read nor written, moved or mended: it belongs to
a newer version, which the person may go back to.
"""

import json
from pathlib import Path

# Of all stores together, as a release's description names it: goes up when one of theirs does.
# tests/test_data_formats.py knows which numbers it stands for.
DATA_FORMAT = 1


def is_newer(path: Path, highest: int) -> bool:
    """Whether a JSON file is of a format above the `highest` that is known, or of a strange one.

    One that cannot be read is not: its reader knows what to do with it.
    """
    try:
        number = dict(json.loads(path.read_text(encoding="utf-8")).items()).get("format", 1)
    except (OSError, ValueError, AttributeError, RecursionError):
        return False
    return type(number) is not int or number > highest
