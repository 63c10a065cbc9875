"""The formats by name. Importing a format's module is what makes it known."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from tolmach.core.errors import UsageError
from tolmach.core.transcript import Segment, Transcript
from tolmach.messages.interface import translate
from tolmach.messages.trial import marked

Writer: TypeAlias = Callable[[Transcript], str]

_writers: dict[str, Writer] = {}


def format(name: str) -> Callable[[Writer], Writer]:  # noqa: A001 - reads well as a decorator
    """Mark a function as the writer of a format; `name` is also the suffix of its files."""

    def register(writer: Writer) -> Writer:
        _writers[name] = writer
        return writer

    return register


def formats() -> list[str]:
    """Return the names of all formats."""
    return sorted(_writers)


def export(transcript: Transcript, name: str) -> str:
    """Return the transcript in a format, lines ended by "\\n".

    Raises UsageError "unknown-format".
    """
    if name not in _writers:
        raise UsageError("unknown-format", format=name, known=", ".join(formats()))
    return _writers[name](transcript)


def readable(transcript: Transcript) -> list[Segment]:
    """Return the segments that a person reads something of.

    The first translation that is a trial has its mark: not every format has a header.
    """
    segments = [segment for segment in transcript.ordered() if shown(segment)]
    first = next((at for at, segment in enumerate(segments) if segment.trial), None)
    if first is not None:
        segment = segments[first]
        segments[first] = replace(segment, translation=marked(segment.translation))
    return segments


def shown(segment: Segment) -> str:
    """Return what a person reads for a segment: its text, or that it could not be recognised."""
    return segment.text or (translate("export", "[не распознано]") if segment.failure else "")
