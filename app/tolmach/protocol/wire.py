"""The wire format of the border: a JSON header followed by raw samples.

No pickle, because the worker parses untrusted model files and must not be able to run code in the
application process. The worker is not trusted: every field of an event has its type before anybody
looks at it.
"""

import json
import struct
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints

import numpy as np

from tolmach.protocol.messages import Command, Event, WorkerLost

_COMMANDS: dict[str, type] = {kind.__name__: kind for kind in get_args(Command)}
_EVENTS: dict[str, type] = {  # without WorkerLost: no worker can say that of itself
    kind.__name__: kind for kind in get_args(Event) if kind is not WorkerLost
}
MOST_NUMBER = 2**53
_hints = cache(get_type_hints)  # reading them anew took most of the time of a message


def encode(message: Any) -> bytes:
    """Return the message as bytes: header length, JSON header, samples."""
    content = {f.name: getattr(message, f.name) for f in fields(message)}
    samples = content.pop("samples", None)
    header = _json([type(message).__name__, content])
    body = b"" if samples is None else np.ascontiguousarray(samples, dtype="<f4").tobytes()
    return struct.pack("<I", len(header)) + header + body


def _json(content: Any) -> bytes:
    """Return JSON as short as it can be: Cyrillic letters would be three times as long escaped."""
    text = json.dumps(content, default=_plain, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def decode_command(data: bytes) -> Command:
    """Return the command of these bytes; raises ValueError for anything else."""
    command: Command = decode(data, _COMMANDS)
    return command


def decode_event(data: bytes) -> Event:
    """Return the event of these bytes; raises ValueError for anything else."""
    event: Event = decode(data, _EVENTS)
    return event


def decode(data: bytes, kinds: Mapping[str, type]) -> Any:
    """Return the message of one of these kinds, by name; raises ValueError for anything else."""
    try:
        (length,) = struct.unpack_from("<I", data)
        name, content = json.loads(data[4 : 4 + length])
        kind = kinds[name]
        if "samples" in _hints(kind):
            content["samples"] = np.frombuffer(data, dtype="<f4", offset=4 + length)
        return _rebuild(kind, content)
    except (struct.error, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("not a message of the worker protocol") from error


def _plain(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    if is_dataclass(value):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    raise TypeError(f"{type(value).__name__} does not cross the border")


def _rebuild(kind: Any, content: dict[str, Any]) -> Any:
    """Make a dataclass from its fields, giving tuples, paths and nested data their types back."""
    hints = _hints(kind)
    return kind(**{name: _restore(hints[name], value) for name, value in content.items()})


def _restore(hint: Any, value: Any) -> Any:
    if hint in (str, int, bool, float):
        return _plain_value(hint, value)
    if get_origin(hint) is dict:
        key, item = get_args(hint)
        return {_restore(key, k): _restore(item, v) for k, v in value.items()}
    if is_dataclass(hint):
        return _rebuild(hint, value)
    if get_origin(hint) is UnionType:  # of something or nothing
        return None if value is None else _restore(get_args(hint)[0], value)
    if hint is Path:
        return Path(value)
    if get_origin(hint) is tuple:
        return _restore_tuple(get_args(hint), value)
    return value  # of kinds that only commands have, and samples


def _restore_tuple(kinds: tuple[Any, ...], value: Any) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise TypeError(f"{value!r} is no list")
    if kinds[-1] is Ellipsis:
        kinds = kinds[:1] * len(value)
    return tuple(_restore(kind, item) for kind, item in zip(kinds, value, strict=True))


def _plain_value(kind: type, value: Any) -> Any:
    if isinstance(value, int | float) and not abs(value) <= MOST_NUMBER:  # not: NaN is never less
        raise ValueError(f"{value!r} counts nothing here")
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    raise TypeError(f"{value!r} is no {kind.__name__}")
