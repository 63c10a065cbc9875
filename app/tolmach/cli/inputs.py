"""The files that a command is to read: named, by wildcards, in folders, or from standard input."""

import glob
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tolmach.core import files
from tolmach.messages.interface import translate

STANDARD = Path("-")
STANDARD_NAME = "stdin"  # of what came that way, and of what is made of it


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file. `folder` is the named folder in which it was come upon, None for one named itself.

    `name` is what it is called where a person reads of it.
    """

    path: Path
    name: str
    folder: Path | None = None

    def result(self, name: str, out: Path | None) -> Path:
        """Return where a result of this name belongs: beside the file, or below `out`.

        There it lies in the same folders as the file below the folder that was named.
        """
        if out is None:
            return self.path.with_name(name)
        inner = self.path.parent.relative_to(self.folder) if self.folder else Path()
        return out / inner / name


def inputs(names: Sequence[Path]) -> list[InputFile]:
    """Return every file that is meant, each once, in the order of the names and of the alphabet.

    A name that does not exist stays: opening it tells so.
    """
    every: dict[str, InputFile] = {}
    for name in names:
        for path in _expanded(name):
            for item in _below(path):
                every.setdefault(os.path.normcase(item.path.absolute()), item)
    return list(every.values())


@contextmanager
def received(names: Sequence[Path], suffix: str = "") -> Iterator[list[InputFile]]:
    """Return what `inputs` does, with standard input, if it is named, as a file for that long."""
    if STANDARD not in names:
        yield inputs(names)
        return
    with TemporaryDirectory(prefix="tolmach-", ignore_cleanup_errors=True) as folder:
        path = Path(folder, f"{STANDARD_NAME}{suffix}")
        with files.writing(path.parent), path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        others = [name for name in names if name != STANDARD]
        yield [InputFile(path, str(STANDARD)), *inputs(others)]


def is_standard(item: InputFile) -> bool:
    """Whether it came from standard input and has no place of its own."""
    return item.name == str(STANDARD)


def tally(finished: int, failed: int, skipped: int) -> str:
    """Return the line at the end of several files."""
    return translate(
        "cli",
        "Файлов готово: {finished}, с ошибками: {failed}, пропущено: {skipped}.",
        finished=str(finished),
        failed=str(failed),
        skipped=str(skipped),
    )


def _expanded(name: Path) -> list[Path]:
    """Return what a wildcard means where no shell has replaced it; a real name comes first."""
    text = str(name)
    if not glob.has_magic(text) or os.path.lexists(name):
        return [name]
    matches = glob.glob(text, recursive=True)  # noqa: PTH207 - Path.glob takes no whole path
    return [Path(match) for match in sorted(matches)] or [name]


def _below(path: Path) -> Iterator[InputFile]:
    """Yield a file, or all files in a folder, at any depth; links to folders are not followed."""
    if not path.is_dir():
        yield InputFile(path, str(path))
        return
    for folder, inner, names in os.walk(path):
        inner.sort()
        for name in sorted(names):
            file = Path(folder, name)
            yield InputFile(file, str(file), path)
