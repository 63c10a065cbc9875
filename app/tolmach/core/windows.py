"""How much silence a Whisper is given to hear with some sound, and the rules that were tuned here.

Whisper was trained with half a minute; a shorter window costs less, and weights differ in how much
of it they do without, and in which languages. A pack may state its rules, options `final_window`
and `draft_window`, or `final_window_ru` for one language; what `tolmach packs tune` measured on its
very weights, in the very numbers they are computed in, is kept beside the settings and counts more.

Rule: a pack's own files are never written for this. They may be read-only, and the builtin one is
known to the byte.
"""

import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path
from typing import NamedTuple

from tolmach.core import files
from tolmach.core.errors import ModelError
from tolmach.core.pack import Pack

FULL = 30.0  # seconds: the window Whisper was trained with
FRAMES = 100  # feature frames a second
COMPUTE_TYPE = "int8"  # of every Whisper, in CTranslate2's words
FINAL, DRAFT = "final_window", "draft_window"  # options
SILENCE = "silence.npy"  # file of a pack: what its encoder makes of silence after speech


class WindowSize(NamedTuple):
    """A window as it is heard; ordered by length."""

    frames: int  # feature frames that are encoded
    completed: bool  # whether known silence makes half a minute of it


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How long a window is, in seconds: `least`, or the sound and `slack` where that is more."""

    least: float
    slack: float
    short: float = 0.0  # less sound gets the full window
    step: float = 1 / FRAMES  # windows are multiples of it
    completed: float = 0.0  # less sound gets known silence behind its window

    def frames(self, sound: int) -> int:
        """Return how many feature frames to encode for so many of sound."""
        if sound < round(self.short * FRAMES):
            return round(FULL * FRAMES)
        length = max(round(self.least * FRAMES), sound + round(self.slack * FRAMES))
        step = round(self.step * FRAMES)
        return min(round(FULL * FRAMES), -(-length // step) * step)

    def size(self, sound: int) -> WindowSize:
        """Return the window for so many feature frames of sound."""
        frames = self.frames(sound)
        is_completed = frames < round(FULL * FRAMES) and sound < round(self.completed * FRAMES)
        return WindowSize(frames, is_completed)

    def __str__(self) -> str:
        """Return it as an option: its numbers in their order."""
        return " ".join(f"{number:g}" for number in astuple(self))


# Stock weights repeat themselves with less, and make other words of one or two of them.
STOCK = {FINAL: WindowRule(10, 2.5, 2.5), DRAFT: WindowRule(10, 2.5)}
DYNAMIC = WindowRule(0, 0.3, step=0.5)  # of weights that were trained for it
ALWAYS_FULL = WindowRule(FULL, 0)


def window_rule(pack: Pack, name: str, language: str) -> WindowRule:
    """Return the rule for finals (FINAL) or for unconfirmed words (DRAFT) of a language.

    `context` "dynamic" is what a manifest claims; a rule of this name is more, one for the language
    still more. Raises ModelError "model-damaged" for an option that is no rule.
    """
    options = [option for option in (f"{name}_{language}", name) if option in pack.options]
    if not options:
        return DYNAMIC if claims_short_windows(pack) else STOCK[name]
    try:
        return _parsed(pack.options[options[0]])
    except ValueError as error:
        raise ModelError("model-damaged", file="pack.json", pack=pack.id) from error


def knows_silence(pack: Pack) -> bool:
    """Whether windows of a pack can be completed."""
    return any(file.path == SILENCE for file in pack.files)


def claims_short_windows(pack: Pack) -> bool:
    """Whether a pack says that its weights were trained for short windows."""
    return pack.options.get("context", "full") == "dynamic"


def tuned(path: Path, pack: Pack) -> Pack:
    """Return the pack with the rules that the file has for its weights; itself without any."""
    return replace(pack, options={**pack.options, **_rules(_read(path), pack)})


def keep_rules(path: Path, pack: Pack, rules: Mapping[str, WindowRule], language: str) -> None:
    """Keep the rules for a pack's weights and a language by their names; others stay.

    Raises StorageError "not-writable"; the file is whole then, as it was.
    """
    entries = _read(path)
    own = {f"{name}_{language}": str(rule) for name, rule in rules.items()}
    entries[_weights(pack)] = {**_rules(entries, pack), **own}
    _keep(path, entries)


def forget_rules(path: Path, pack: Pack) -> None:
    """Forget the rules for a pack's weights in all languages; raises as `keep_rules` does."""
    entries = _read(path)
    entries.pop(_weights(pack), None)
    _keep(path, entries)


def _keep(path: Path, entries: Mapping[str, object]) -> None:
    files.keep(path, json.dumps(entries, ensure_ascii=False, indent=1).encode())


def _rules(entries: Mapping[str, object], pack: Pack) -> dict[str, str]:
    """Return what makes sense of a pack's entry: options by their names."""
    own = entries.get(_weights(pack))
    if not isinstance(own, dict):
        return {}
    names = tuple(f"{name}_" for name in STOCK)
    return {name: text for name, text in own.items() if name.startswith(names) and _is_rule(text)}


def _parsed(option: object) -> WindowRule:
    """Return the rule of an option, seconds as WindowRule has them; raises ValueError."""
    numbers = [float(number) for number in str(option).split()]
    if not (2 <= len(numbers) <= len(fields(WindowRule)) and all(0 <= n <= FULL for n in numbers)):
        raise ValueError(option)
    rule = WindowRule(*numbers)
    if rule.step < 1 / FRAMES:
        raise ValueError(option)
    return rule


def _is_rule(option: object) -> bool:
    try:
        return bool(_parsed(option))
    except ValueError:
        return False


def _read(path: Path) -> dict[str, object]:
    """Return the file's entries, none where nobody can make sense of it."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return content if isinstance(content, dict) else {}


def _weights(pack: Pack) -> str:
    """Name the weights and the numbers that they are computed in: others behave in other ways."""
    hashes = [file.sha256 for file in pack.files if file.path == "model.bin"]
    return " ".join([pack.id, pack.version, *hashes, COMPUTE_TYPE])
