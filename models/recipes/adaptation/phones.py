"""Tatar and Bashkir in the phones of a Russian reader.

Festival joins recordings of a real person (Debian packages festival, festvox-ru). He speaks
Russian, so front vowels become Russian vowels between soft consonants: сәлам is said as сялам.
"""

from __future__ import annotations

import random
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

_BACK = {"а": "aa", "о": "oo", "у": "uu", "ы": "yy"}
_FRONT = {"ә": "aa", "ө": "oo", "ү": "uu", "э": "ee", "е": "ee", "и": "ii"}
_GLIDING = {"я": "а", "ю": "у", "ё": "о", "е": "е"}  # j before them where no consonant stands
_REDUCED = {"aa": "a", "uu": "u", "ii": "i", "yy": "y", "ee": "e"}  # sometimes, but the last one
_CONSONANTS = {
    "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "ж": "zh", "җ": "zh", "з": "z", "ҙ": "z",
    "й": "j", "к": "k", "ҡ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "п": "p", "р": "r",
    "с": "s", "ҫ": "s", "т": "t", "ф": "f", "х": "h", "һ": "h", "ц": "c", "ч": "sch", "ш": "sh",
    "щ": "sch",
}  # fmt: skip
_HARD_ONLY = {"zh", "sh", "c", "sch", "j"}
_VOWELS = "аоуыәөүэеияюё"
_PAUSE = re.compile(r"[.,:;!?–]+")


def phones(text: str, rng: random.Random) -> list[str]:
    """Return the phones of a sentence between pauses."""
    spoken = ["pau"]
    for part in _PAUSE.split(text.lower()):
        words = [phone for word in part.split() for phone in _word(word, rng)]
        spoken += [*words, "pau"] if words else []
    return spoken


def _word(word: str, rng: random.Random) -> list[str]:
    letters = [letter for letter in word if letter in _VOWELS or letter in _CONSONANTS]
    sounds: list[str] = []
    for place, letter in enumerate(letters):
        if letter in _CONSONANTS:
            phone = _CONSONANTS[letter]
            soft = phone not in _HARD_ONLY and _is_front(letters, place)
            sounds.append(phone + phone[-1] if soft else phone)
            continue
        begins = place == 0 or letters[place - 1] in _VOWELS
        if letter in _GLIDING and (begins or letter != "е"):
            sounds.append("j")
        letter = _GLIDING.get(letter, letter)
        phone = _BACK.get(letter) or _FRONT[letter]
        last = not any(other in _VOWELS for other in letters[place + 1 :])
        reduced = not last and rng.random() < 0.5
        sounds.append(_REDUCED.get(phone, phone) if reduced else phone)
    return sounds


def _is_front(letters: Sequence[str], place: int) -> bool:
    """Whether the vowel next to a consonant, the following one if there is one, is a front one."""
    after = [letter for letter in letters[place + 1 : place + 2] if letter in _VOWELS]
    before = [letter for letter in letters[:place] if letter in _VOWELS]
    nearest = after or before[-1:]
    return bool(nearest) and nearest[0] in _FRONT


def speak(spoken: Sequence[Sequence[str]], folder: Path) -> list[Path]:
    """Have the reader say each; return the sound files, 16 kHz. Some may be missing."""
    paths = [folder / f"{number}.wav" for number in range(len(spoken))]
    script = folder / "script.scm"
    lines = ["(voice_msu_ru_nsh_clunits)"]
    for path, sounds in zip(paths, spoken, strict=True):
        utterance = f"(utt.synth (Utterance Phones ({' '.join(sounds)})))"
        lines.append(f'(unwind-protect (utt.save.wave {utterance} "{path}" (quote riff)) nil)')
    script.write_text("\n".join(lines))
    subprocess.run(["festival", "-b", str(script)], capture_output=True, check=True)
    return [path for path in paths if path.exists()]
