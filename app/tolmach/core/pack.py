"""A model pack as the other rooms see it: plain data, already read from its manifest.

`packs` makes these, `engines` consume them; neither imports the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["recognizer", "translator"]
Option: TypeAlias = str | int | float | bool
Pair: TypeAlias = tuple[str, str]  # (source, target) language codes


@dataclass(frozen=True, slots=True)
class PackFile:
    """One file of a pack; `path` is relative to the pack's folder, with forward slashes."""

    path: str
    size: int  # bytes
    sha256: str  # lower-case hex


@dataclass(frozen=True, slots=True)
class Quality:
    """One measured figure: CER of a language, chrF++ of a pair."""

    subject: str  # language code, or "ru>ba" for a pair
    metric: str
    value: float
    on: str  # the data it was measured on


@dataclass(frozen=True, slots=True)
class Pack:
    """A model with its manifest.

    `languages` maps a language code to the model's own token for it: fine-tunes borrow other
    languages' tokens, so it is never derived from the code. `scripts` maps a language to the
    script (ISO 15924) that the model knows it in, where that is only one of those it is written in.
    """

    id: str
    version: str
    kind: Kind
    engine: str
    folder: Path
    title: Mapping[str, str]  # interface language -> name
    languages: Mapping[str, str] = field(default_factory=dict)
    pairs: tuple[Pair, ...] = ()
    files: tuple[PackFile, ...] = ()
    memory_mb: int = 0
    licence: str = ""
    attribution: str = ""
    options: Mapping[str, Option] = field(default_factory=dict)
    quality: tuple[Quality, ...] = ()
    scripts: Mapping[str, str] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes on disk, as the manifest states them."""
        return sum(file.size for file in self.files)

    @property
    def memory(self) -> int:
        """Megabytes that its work needs, at least those on disk."""
        return max(self.memory_mb, round(self.size / 1e6))

    @property
    def starter(self) -> bool:
        """Whether this is the small model that comes with the program."""
        return bool(self.options.get("starter", False))

    @property
    def on_request(self) -> frozenset[Pair]:
        """The pairs that it hardly knows: nobody is offered them who does not ask for them.

        Of the option `on_request`, "ru>tt tt>ru"; what is no pair there is nothing.
        """
        named = str(self.options.get("on_request", "")).split()
        pairs = (name.partition(">") for name in named)
        return frozenset((source, target) for source, _, target in pairs)
