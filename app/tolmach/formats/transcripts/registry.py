"""The formats of transcripts: what writes each, and what a person reads of a transcript."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from tolmach.core.transcript import Segment, Transcript
from tolmach.formats.registry import by_suffix
from tolmach.messages.interface import translate
from tolmach.messages.trial import marked

Writer: TypeAlias = Callable[[Transcript], str]

WRITERS: dict[str, Writer] = {}


def export(transcript: Transcript, name: str) -> str:
    """Return the transcript in a format, lines ended by "\\n".

    Raises UsageError "unknown-format".
    """
    return by_suffix(WRITERS, name)(transcript)


def readable(transcript: Transcript) -> list[Segment]:
    """Return the segments that a person reads something of.

    The first translation that is a trial has its mark: not every format has a header.
    """
    segments = [segment for segment in transcript.ordered() if visible_text(segment)]
    first = next((at for at, segment in enumerate(segments) if segment.trial), None)
    if first is not None:
        segment = segments[first]
        segments[first] = replace(segment, translation=marked(segment.translation))
    return segments


def visible_text(segment: Segment) -> str:
    """Return what a person reads for a segment: its text, or that it could not be recognised."""
    return segment.text or (translate("export", "[не распознано]") if segment.failure else "")
