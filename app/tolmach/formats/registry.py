"""How a format is found by the suffix of a file's name, in one of two kinds of tables.

What reads or writes a format is a decorated function, there once its module is imported. Where that
would bring a large library, it is "module:name" (core/lazy.py), imported when a file needs it.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

from tolmach.core.errors import UsageError

Function = TypeVar("Function", bound=Callable[..., object])
Format = TypeVar("Format")


def registered(table: dict[str, Function], *suffixes: str) -> Callable[[Function], Function]:
    """Mark a function as what the table has for these suffixes."""

    def register(function: Function) -> Function:
        table.update(dict.fromkeys(suffixes, function))
        return function

    return register


def by_suffix(table: Mapping[str, Format], name: str) -> Format:
    """Return what a table has for a file or for a suffix; raises UsageError "unknown-format"."""
    suffix = name.rpartition(".")[2].lower()
    if suffix not in table:
        raise UsageError("unknown-format", format=suffix, known=", ".join(sorted(table)))
    return table[suffix]
