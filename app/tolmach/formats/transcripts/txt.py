"""Plain text for a document: what was said, one line an utterance, and under it what it means."""

from tolmach.core.transcript import Transcript
from tolmach.formats.registry import registered
from tolmach.formats.transcripts import registry


@registered(registry.WRITERS, "txt")
def write(transcript: Transcript) -> str:
    """Return one line an utterance; with translations, pairs of lines with an empty one between."""
    segments = registry.readable(transcript)
    between = "\n" if any(segment.translation for segment in segments) else ""
    texts = ((registry.visible_text(segment), segment.translation) for segment in segments)
    return between.join("".join(f"{line}\n" for line in lines if line) for lines in texts)
