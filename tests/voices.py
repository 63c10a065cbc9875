"""Real voices that tests and reports hear, with what is said in them.

System packages: festvox-ru, 619 clips that one reader read, 99.5 minutes in all;
asterisk-core-sounds-ru-g722 with asterisk-core-sounds-ru, 571 prompts of an announcer,
24.7 minutes.
"""

import gzip
import re
from collections.abc import Sequence
from contextlib import closing
from itertools import groupby, pairwise
from pathlib import Path

import pytest

from tolmach.audio.media import open_media
from tolmach.core.samples import Samples
from tolmach.quality.error_rates import character_error_rate, word_error_rate
from tolmach.quality.normalization import normalise
from tolmach.sessions.evaluation import Spoken

FESTVOX = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")
PROMPTS = Path("/usr/share/asterisk/sounds/ru_RU_f_IvrvoiceRU")
PROMPT_TEXTS = Path("/usr/share/doc/asterisk-core-sounds-ru/core-sounds-ru.txt.gz")
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


def phrases(path: Path) -> list[tuple[float, float, tuple[str, ...]]]:
    """Return (start, end, phones) of what the reader read in one go, times in seconds."""
    groups = groupby(_phones(path), key=lambda phone: phone[2] == "pau")
    spoken = [list(phones) for silent, phones in groups if not silent]
    return [
        (phones[0][0], phones[-1][1], tuple(name for _, _, name in phones)) for phones in spoken
    ]


def _phones(path: Path) -> list[tuple[float, float, str]]:
    """Return (start, end, name) of all phones of a clip, pauses among them."""
    labels = (FESTVOX / "lab" / f"{path.stem}.lab").read_text(encoding="utf-8").splitlines()[1:]
    ends = [(float(end), name) for end, _, name in map(str.split, labels)]
    return [(start, end, name) for (start, _), (end, name) in pairwise([(0.0, ""), *ends])]


def prompts() -> list[Spoken]:
    """Return the announcer's prompts in their order, none where they are not installed.

    The list names a few prompts whose files are empty or are not there.
    """
    if not PROMPTS.is_dir() or not PROMPT_TEXTS.is_file():
        return []
    spoken = []
    for line in gzip.decompress(PROMPT_TEXTS.read_bytes()).decode().splitlines():
        name, _, text = line.partition(":")
        path = PROMPTS / f"{name.strip()}.g722"
        if path.is_file() and path.stat().st_size and not name.startswith(";"):
            spoken.append(Spoken(path, text.strip(), "ru"))
    return spoken


def prompt_sound(path: Path) -> Samples:
    """Return all of a prompt: bare G.722, which `open_media` does not know by its content."""
    import av
    import numpy as np

    with av.open(str(path), format="g722") as container:
        frames = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
    sound: Samples = np.concatenate(frames).astype(np.float32) / np.float32(32768)
    return sound


def pauses(path: Path) -> list[tuple[float, float]]:
    """Return where the reader stopped within a clip, in seconds, as its labels say."""
    phones = _phones(path)
    spans = [(start, end) for start, end, name in phones if name == "pau"]
    return [(start, end) for start, end in spans if start > 0 and end < phones[-1][1]]


def error_rates(pairs: Sequence[tuple[str, str]], language: str = "ru") -> tuple[float, float]:
    """Return WER and CER of (reference, recognised) pairs, ё as е; digits stay digits."""
    folded = [
        (normalise(first, language, fold_yo=True), normalise(second, language, fold_yo=True))
        for first, second in pairs
    ]
    return word_error_rate(folded).value, character_error_rate(folded).value
