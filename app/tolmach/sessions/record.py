"""What an event changes in the record of what was said, whoever keeps it: sessions and cards.

Rule: an utterance has one segment. A repetition and a replay after a crash change it in its place,
and what a person corrected gives way to nothing but a repetition that was asked for.
"""

from dataclasses import replace

from tolmach.core.transcript import Segment, Transcript
from tolmach.protocol.messages import Event, Failed, Joined, Recognized, Translated


def record(transcript: Transcript, event: Event) -> None:
    """Change the segment that the event is about, if it is about one."""
    if not isinstance(event, Recognized | Translated | Failed):
        return
    segment = transcript.segments.get(event.utterance)
    if segment is not None and segment.corrected:  # told again, or late: not of these words
        return
    match event:
        case Recognized():
            segment = recognized(segment, event)
        case Translated():
            segment = segment and translated(segment, event)
        case Failed():
            segment = failed(segment, event)
    transcript.keep(event.utterance, segment)


def recognized(segment: Segment | None, event: Recognized) -> Segment | None:
    """Return what was said; None where it was nothing.

    A repetition that heard nothing takes no text away.
    """
    text = event.text.strip()
    if not text:
        return segment if segment and segment.text else None
    span, sure = (event.start, event.end), event.confidence
    return Segment(event.utterance, *span, text, event.language, sure, doubtful=event.doubtful)


def translated(segment: Segment, event: Translated) -> Segment:
    """Return the segment with its translation, if this is the final one."""
    if not event.final:
        return segment
    text = event.text.strip()
    return replace(segment, target=event.target, translation=text, sentences=event.sentences)


def joined(event: Joined) -> Segment | None:
    """Return the segment of what was taken for two utterances; None where it is no words."""
    segment = recognized(None, event.recognized)
    return translated(segment, event.translated) if segment and event.translated else segment


def failed(segment: Segment | None, event: Failed) -> Segment:
    """Return the segment with what went wrong; what is known of it stays."""
    segment = segment or Segment(event.utterance, event.start, event.end)
    return replace(segment, failure=event.code, params=event.params)


def reopened(segment: Segment) -> Segment:
    """Return the segment of an utterance that is recognised once more: it may change again."""
    return replace(segment, corrected=False, failure="", params={})
