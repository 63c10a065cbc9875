"""Sessions in the terminal: events as JSON lines for programs, or as text for people."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict

from tolmach.audio.microphone import (
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.cli.screen import Screen
from tolmach.core.errors import AppError
from tolmach.core.translation import UNKNOWN, Sentence, doubts_of, has_trial, least
from tolmach.messages.doubts import doubt_sentence
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.messages.trial import marked
from tolmach.protocol.messages import (
    Failed,
    Finished,
    Recognized,
    Translated,
    Unconfirmed,
    WorkerLost,
)
from tolmach.sessions.updates import (
    Draining,
    FallingBehind,
    Postponed,
    State,
    StateChanged,
    Update,
)

Write = Callable[[str], None]
Listener = Callable[[Update], None]


def remark_line(session: str, remark: AppError) -> str:
    """Return what is to be said of a file at the end, as `json_lines` would."""
    message = sentence(remark.code, remark.params)
    fields = {"event": "left", "session": session, "code": remark.code, "message": message}
    return json.dumps(fields, ensure_ascii=False)


def json_lines(write: Write) -> Listener:
    """Return a listener that writes one JSON object a line.

    Kinds: unconfirmed, recognized, translated, finished, failed, left, falling-behind, postponed,
    recording-only (the worker is gone, the sound is kept), microphone-lost, microphone-restored
    (with the seconds that it was away: silence in the times), microphone-muted, overflowed.
    Fields: session, utterance, start and end in seconds, language, confidence, text, target.
    unconfirmed has committed, which will stay, and tail instead of a text; recognized has
    doubtful; translated has final, false when more will follow, confidence (0..1, or null where
    nobody measured it), doubts, each with code, detail and message, and trial: true when it is not
    to be relied on and never to be spoken; failed has code and message, and so has left: what of
    a file was not heard, and why;
    falling-behind and postponed have seconds, falling-behind the id of a smaller model or "".
    """
    spans: dict[tuple[str, int], tuple[float, float]] = {}

    def listen(update: Update) -> None:
        fields = _about_session(update)
        if isinstance(update, Unconfirmed | Recognized):
            spans[update.session, update.utterance] = (update.start, update.end)
        if isinstance(update, Unconfirmed | Recognized | Translated | Failed):
            span = spans.get((update.session, update.utterance), (0.0, 0.0))
            fields = about_utterance(update, span)
        if fields is not None:
            write(json.dumps(fields, ensure_ascii=False))

    return listen


def _about_session(update: Update) -> dict[str, object] | None:
    match update:
        case Finished():
            return {"event": "finished", "session": update.session}
        case FallingBehind(seconds=seconds, smaller=smaller):
            return {"event": "falling-behind", "seconds": round(seconds, 3), "smaller": smaller}
        case Postponed(session=session, seconds=seconds):
            return {"event": "postponed", "session": session, "seconds": round(seconds, 3)}
        case StateChanged(state=State.RECORDING):
            return {"event": "recording-only"}
    return _about_microphone(update)


def _about_microphone(update: Update) -> dict[str, object] | None:
    match update:
        case MicrophoneLost(name=name):
            return {"event": "microphone-lost", "name": name}
        case MicrophoneRestored(name=name, seconds=seconds):
            return {"event": "microphone-restored", "name": name, "seconds": seconds}
        case MicrophoneMuted(name=name, muted=muted):
            return {"event": "microphone-muted", "name": name, "muted": muted}
        case Overflowed(count=count):
            return {"event": "overflowed", "count": count}
    return None


def about_utterance(
    update: Unconfirmed | Recognized | Translated | Failed, span: tuple[float, float]
) -> dict[str, object]:
    """Return what an event tells of an utterance between these seconds, as JSON."""
    fields: dict[str, object] = {
        "event": type(update).__name__.lower(),
        "session": update.session,
        "utterance": update.utterance,
        "start": round(span[0], 3),
        "end": round(span[1], 3),
    }
    if isinstance(update, Unconfirmed | Recognized):
        fields |= {"language": update.language, "confidence": round(update.confidence, 3)}
    if isinstance(update, Unconfirmed):
        return fields | {"committed": update.committed, "tail": update.tail}
    if isinstance(update, Recognized):
        return fields | {"text": update.text, "doubtful": update.doubtful}
    if isinstance(update, Translated):
        fields |= {"language": update.source, "target": update.target, "text": update.text}
        return fields | {"final": update.final} | _judged(update.sentences)
    if update.end:
        fields |= {"start": round(update.start, 3), "end": round(update.end, 3)}
    return fields | {"code": update.code, "message": sentence(update.code, update.params)}


def _judged(sentences: Sequence[Sentence]) -> dict[str, object]:
    """Return what to think of a translation, as JSON."""
    doubts = [asdict(flag) | {"message": doubt_sentence(flag)} for flag in doubts_of(sentences)]
    confidence = measured(least(part.confidence for part in sentences))
    return {"confidence": confidence, "doubts": doubts, "trial": has_trial(sentences)}


def measured(confidence: float) -> float | None:
    """Return a confidence as JSON tells it; one that nobody measured is null."""
    return None if confidence == UNKNOWN else round(confidence, 3)


def trial_notice() -> str:
    """Return what a person is told before a trial translation."""
    return translate(
        "cli",
        "Перевод пробный: он может быть совсем неверным. Настоящий переводчик: "
        "tolmach packs add ПУТЬ",
    )


def plain_text(write: Write) -> Listener:
    """Return a listener that writes what was said, and under it what it means."""
    written: set[str] = set()  # a replay after a crash repeats what is written already

    def listen(update: Update) -> None:
        line = _line(update)
        if isinstance(update, Recognized | Translated):
            key = f"{update.session} {update.utterance} {line}"
            line = "" if key in written else line
            written.add(key)
        if line:
            write(line)

    return listen


def captions(screen: Screen) -> Listener:
    """Return a listener that writes the same, and under it what is still changing."""
    write = plain_text(screen.line)

    def listen(update: Update) -> None:
        if isinstance(update, Unconfirmed):
            text = " ".join(filter(None, (update.committed.strip(), update.tail.strip())))
            screen.draft(_spoken_line(update.start, update.language, text) if text else "")
        elif isinstance(update, Draining):
            screen.draft(_remaining(update.remaining) if update.remaining >= 1 else "")
        else:
            if isinstance(update, Recognized):
                screen.draft("")
            write(update)

    return listen


def _remaining(seconds: float) -> str:
    return translate(
        "cli",
        "Осталось распознать: {seconds} с. Ctrl+C — остановить сразу.",
        seconds=f"{seconds:.0f}",
    )


def _spoken_line(start: float, language: str, text: str) -> str:
    return f"{clock(start)}  [{language}] {text}"


def _line(update: Update) -> str:
    match update:
        case Recognized() if update.text:
            line = _spoken_line(update.start, update.language, update.text)
            return line + " (?)" * update.doubtful
        case Translated() if update.final:
            doubts = [f"{'':>9}! {doubt_sentence(flag)}" for flag in doubts_of(update.sentences)]
            text = marked(update.text) if has_trial(update.sentences) else update.text
            return "\n".join([f"{'':>7}  [{update.target}] {text}", *doubts])
        case FallingBehind():
            return _late(update)
        case Failed():
            return sentence(update.code, update.params)
        case WorkerLost():
            return sentence("worker-restarting", {})
        case StateChanged(state=State.RECORDING):
            return sentence("recording-only", {})
    return _microphone_line(update)


def _microphone_line(update: Update) -> str:
    match update:
        case MicrophoneLost():
            return sentence("microphone-lost", {"name": update.name})
        case MicrophoneRestored():
            return sentence("microphone-restored", {"name": update.name})
        case MicrophoneMuted(muted=True):
            return sentence("microphone-muted", {"name": update.name})
        case Overflowed():
            return sentence("sound-overflowed", {})
    return ""


def _late(update: FallingBehind) -> str:
    seconds = f"{update.seconds:.0f}"
    if update.smaller:
        return translate(
            "cli",
            "Распознавание отстаёт на {seconds} с и не догоняет. Ничего не пропадёт, а быстрее "
            "будет с моделью поменьше: --model {pack}",
            seconds=seconds,
            pack=update.smaller,
        )
    return translate(
        "cli",
        "Распознавание отстаёт на {seconds} с и не догоняет. Ничего не пропадёт.",
        seconds=seconds,
    )


def clock(seconds: float) -> str:
    """Return seconds as minutes:seconds."""
    return f"{int(seconds // 60):>4}:{int(seconds % 60):02}"
