"""Real voices that tests and reports hear, with what is said in them.

System package: festvox-ru, 619 clips that one reader read, 99.5 minutes in all.
"""

import re
from collections.abc import Sequence
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from tolmach.audio.media import open_media
from tolmach.core.samples import Samples
from tolmach.quality.error_rates import character_error_rate, word_error_rate
from tolmach.quality.normalization import normalise
from tolmach.sessions.evaluation import Spoken

FESTVOX = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
_LINE = re.compile(r'\( (\w+) "(.*)" \)')


def clips(count: int) -> list[Spoken]:
    """Return so many clips from all over the recordings; skips where they are not installed."""
    if not FESTVOX.is_dir():
        pytest.skip("not installed: festvox-ru (apt install festvox-ru)")
    recordings = read()
    return recordings[:: len(recordings) // count][:count]


def read() -> list[Spoken]:
    """Return all clips in their order."""
    lines = (FESTVOX / "etc" / "txt.done.data").read_text(encoding="utf-8")
    return [
        Spoken(FESTVOX / "wav" / f"{name}.wav", plain(text), "ru")
        for name, text in _LINE.findall(lines)
    ]


def plain(text: str) -> str:
    """Return a transcript without the marks of stress, which stand before a vowel."""
    return text.replace("+", "")


def sound(path: Path) -> Samples:
    """Return all of a clip."""
    import numpy as np

    with closing(open_media(path)) as media:
        return np.concatenate(list(media))


def pauses(path: Path) -> list[tuple[float, float]]:
    """Return where the reader stopped within a clip, in seconds, as its labels say."""
    labels = (FESTVOX / "lab" / f"{path.stem}.lab").read_text(encoding="utf-8").splitlines()[1:]
    phones = [(float(end), name) for end, _, name in map(str.split, labels)]
    spans = [
        (start, end) for (start, _), (end, name) in pairwise([(0.0, ""), *phones]) if name == "pau"
    ]
    return [(start, end) for start, end in spans if start > 0 and end < phones[-1][0]]


def error_rates(pairs: Sequence[tuple[str, str]], language: str = "ru") -> tuple[float, float]:
    """Return WER and CER of (reference, recognised) pairs, ё as е; digits stay digits."""
    folded = [
        (normalise(first, language, fold_yo=True), normalise(second, language, fold_yo=True))
        for first, second in pairs
    ]
    return word_error_rate(folded).value, character_error_rate(folded).value
