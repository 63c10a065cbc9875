"""Sessions in the terminal: events as JSON lines for programs, or as text for people."""

import json
from collections.abc import Callable

from tolmach.audio import microphone
from tolmach.core.messages import sentence
from tolmach.sessions.live import Update
from tolmach.worker.protocol import Failed, Finished, Lost, Recognized, Translated

Write = Callable[[str], None]
Listener = Callable[[Update], None]


def json_lines(write: Write) -> Listener:
    """Return a listener that writes one JSON object a line.

    Kinds: recognized, translated, finished, failed. Fields: session, utterance, start and end in
    seconds, language, text, target; failed has code and message too.
    """
    spans: dict[tuple[str, int], tuple[float, float]] = {}

    def listen(update: Update) -> None:
        if isinstance(update, Recognized):
            spans[update.session, update.utterance] = (update.start, update.end)
        span = (0.0, 0.0)
        if isinstance(update, Recognized | Translated | Failed):
            span = spans.get((update.session, update.utterance), span)
        fields = _fields(update, span)
        if fields is not None:
            write(json.dumps(fields, ensure_ascii=False))

    return listen


def _fields(update: Update, span: tuple[float, float]) -> dict[str, object] | None:
    if isinstance(update, Finished):
        return {"event": "finished", "session": update.session}
    if not isinstance(update, Recognized | Translated | Failed):
        return None
    fields: dict[str, object] = {
        "event": type(update).__name__.lower(),
        "session": update.session,
        "utterance": update.utterance,
        "start": round(span[0], 3),
        "end": round(span[1], 3),
    }
    if isinstance(update, Recognized):
        fields |= {"language": update.language, "confidence": round(update.confidence, 3)}
        return fields | {"text": update.text}
    if isinstance(update, Translated):
        return fields | {"language": update.source, "target": update.target, "text": update.text}
    if update.end:
        fields |= {"start": round(update.start, 3), "end": round(update.end, 3)}
    return fields | {"code": update.code, "message": sentence(update.code, update.params)}


def plain_text(write: Write) -> Listener:
    """Return a listener that writes what was said, and under it what it means."""
    said: set[str] = set()  # a replay after a crash repeats what is written already

    def listen(update: Update) -> None:
        line = _line(update)
        if isinstance(update, Recognized | Translated):
            key = f"{update.session} {update.utterance} {line}"
            line = "" if key in said else line
            said.add(key)
        if line:
            write(line)

    return listen


def _line(update: Update) -> str:
    if isinstance(update, Recognized) and update.text:
        return f"{clock(update.start)}  [{update.language}] {update.text}"
    if isinstance(update, Translated):
        return f"{'':>7}  [{update.target}] {update.text}"
    if isinstance(update, Failed):
        return sentence(update.code, update.params)
    if isinstance(update, Lost):
        return sentence("worker-restarting", {})
    if isinstance(update, microphone.Lost):
        return sentence("microphone-lost", {"name": update.name})
    if isinstance(update, microphone.Restored):
        return sentence("microphone-restored", {"name": update.name})
    if isinstance(update, microphone.Overflowed):
        return sentence("sound-overflowed", {})
    return ""


def clock(seconds: float) -> str:
    """Return seconds as minutes:seconds."""
    return f"{int(seconds // 60):>4}:{int(seconds % 60):02}"
