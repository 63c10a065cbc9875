"""What a terminal and a program see of a session."""

import io
import json

import pytest

from tolmach.audio.microphone import (
    MicrophoneLost,
    MicrophoneMuted,
    MicrophoneRestored,
    Overflowed,
)
from tolmach.cli.events import captions, json_lines, plain_text
from tolmach.cli.screen import Screen
from tolmach.protocol.messages import Recognized, Translated, Unconfirmed
from tolmach.sessions.updates import (
    Draining,
    FallingBehind,
    Postponed,
    State,
    StateChanged,
    Update,
)

COLUMNS = 40
CONVERSATION: list[Update] = [
    Unconfirmed("s", 0, 1.0, 2.0, "ru", 0.9, "", "Где"),
    Unconfirmed("s", 0, 1.0, 2.5, "ru", 0.9, "Где у", "вас"),
    Translated("s", 0, "ru", "ba", "Ҡайҙа", final=False),
    Recognized("s", 0, 1.0, 3.0, "ru", 0.9, "Где у вас болит?", doubtful=True),
    Translated("s", 0, "ru", "ba", "Ҡайһы ерегеҙ ауырта?"),
    Unconfirmed("s", 1, 4.0, 4.5, "ru", 0.5, "", "Кхм"),
    Unconfirmed("s", 1, 4.6, 4.6, "", 0.0, "", ""),  # it was nothing
    Draining(7.4, 9.0),
    Draining(0.4, 9.0),
]


@pytest.fixture(autouse=True)
def narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(COLUMNS))


def visible(written: str) -> list[str]:
    """Return what each line of a terminal shows in the end."""
    lines = []
    for line in written.split("\n"):
        cells = [" "] * COLUMNS
        for part in line.split("\r"):
            assert len(part) < COLUMNS  # a full line scrolls and cannot be taken back
            cells[: len(part)] = part
        lines.append("".join(cells).rstrip())
    return lines


def after(updates: list[Update]) -> list[str]:
    stream = io.StringIO()
    listen = captions(Screen(stream))
    for update in updates:
        listen(update)
    return visible(stream.getvalue())


def test_unconfirmed_words_give_way_to_the_final_ones() -> None:
    assert after(CONVERSATION[:1]) == ["   0:01  [ru] Где"]
    assert after(CONVERSATION[:3]) == ["   0:01  [ru] Где у вас"]
    final = ["   0:01  [ru] Где у вас болит? (?)", "         [ba] Ҡайһы ерегеҙ ауырта?"]
    assert after(CONVERSATION[:5]) == [*final, ""]
    assert after(CONVERSATION[:6]) == [*final, "   0:04  [ru] Кхм"]
    assert after(CONVERSATION[:7]) == [*final, ""]


def test_what_is_left_after_stop_is_counted_down() -> None:
    assert after(CONVERSATION[7:8])[-1].startswith("…")  # the end of it fits
    assert after(CONVERSATION[7:8])[-1].endswith("сразу.")
    assert after(CONVERSATION[7:9]) == [""]


def test_of_long_speech_the_end_is_shown() -> None:
    (line,) = after([Unconfirmed("s", 0, 0.0, 9.0, "ru", 1.0, "очень " * 20, "длинно")])
    assert len(line) == COLUMNS - 1
    assert line.startswith("…")
    assert line.endswith("очень длинно")


def test_falling_behind_names_the_way_out() -> None:
    (line,) = plain(FallingBehind(8.2, "base"))
    assert "8 с" in line
    assert line.endswith("--model base")
    (line,) = plain(FallingBehind(8.2, ""))
    assert "--model" not in line


def plain(update: Update) -> list[str]:
    lines: list[str] = []
    plain_text(lines.append)(update)
    return lines


def test_programs_hear_of_the_microphone_and_of_recording_without_words() -> None:
    lines: list[str] = []
    listen = json_lines(lines.append)
    for update in (
        StateChanged(State.LISTENING),
        MicrophoneLost("USB"),
        MicrophoneRestored("USB", 2.5),
        MicrophoneMuted("USB"),
        MicrophoneMuted("USB", muted=False),
        Overflowed(3),
        StateChanged(State.RECORDING),
    ):
        listen(update)
    assert [json.loads(line) for line in lines] == [
        {"event": "microphone-lost", "name": "USB"},
        {"event": "microphone-restored", "name": "USB", "seconds": 2.5},
        {"event": "microphone-muted", "name": "USB", "muted": True},
        {"event": "microphone-muted", "name": "USB", "muted": False},
        {"event": "overflowed", "count": 3},
        {"event": "recording-only"},
    ]
    written: list[str] = []
    plain_text(written.append)(StateChanged(State.RECORDING))
    plain_text(written.append)(MicrophoneMuted("USB"))
    assert [line.split()[0] for line in written] == ["Распознавание", "От"]


def test_programs_see_everything() -> None:
    lines: list[str] = []
    listen = json_lines(lines.append)
    for update in [*CONVERSATION, FallingBehind(8.2, "base"), Postponed("s", 3.25)]:
        listen(update)
    events = [json.loads(line) for line in lines]
    about = {"session": "s", "utterance": 0, "start": 1.0, "language": "ru"}
    assert events[1] == {
        **about, "event": "unconfirmed", "end": 2.5, "confidence": 0.9,
        "committed": "Где у", "tail": "вас",
    }  # fmt: skip
    assert events[2] == {
        **about, "event": "translated", "end": 2.5, "target": "ba", "text": "Ҡайҙа",
        "final": False, "confidence": None, "doubts": [], "trial": False,
    }  # fmt: skip
    assert events[3] == {
        **about, "event": "recognized", "end": 3.0, "confidence": 0.9,
        "text": "Где у вас болит?", "doubtful": True,
    }  # fmt: skip
    assert (events[4]["end"], events[4]["final"]) == (3.0, True)
    assert events[7:] == [
        {"event": "falling-behind", "seconds": 8.2, "smaller": "base"},
        {"event": "postponed", "session": "s", "seconds": 3.25},
    ]
