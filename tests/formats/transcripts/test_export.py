"""Exports against golden files, and the rules of subtitles for any text.

`TOLMACH_GOLDEN=write` writes the golden files anew; read the difference before it is committed.
"""

import json
import os
import pkgutil
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.errors import UsageError
from tolmach.core.transcript import Segment, Transcript
from tolmach.core.translation import Sentence
from tolmach.formats import transcripts as export_folder
from tolmach.formats.suffixes import suffixes
from tolmach.formats.transcripts import export

GOLDEN = Path(__file__).resolve().parents[2] / "golden"

MONOLOGUE = (
    Segment(0, 0.35, 2.1, "Здравствуйте!", "ru", 0.99),
    Segment(
        1,
        2.9,
        12.9,
        "Раньше в нашей деревне было сто двадцать дворов, школа на три класса и своя мельница, "
        "а теперь остались мы с соседкой да магазин, который открывают по вторникам.",
        "ru",
    ),
    Segment(3, 3725.5, 3727.25, "", "ru", failure="worker-crashed-on-utterance"),
    Segment(4, 3730.0, 3731.5, "", "ru"),
)
CONVERSATION = (
    Segment(0, 0.0, 1.92, "Хәлдәрегеҙ нисек?", "ba", 0.971, "ru", "Как у вас дела?"),
    Segment(1, 2.4, 4.1, "Спасибо, голова болит.", "ru", 1.0, "ba", "Рәхмәт, башым ауырта."),
    Segment(
        2,
        4.5,
        11.0,
        "Башығыҙ ҡасандан бирле ауырта, ниндәй дарыуҙар эстегеҙ һәм ҡан баҫымығыҙҙы үлсәнегеҙме?",
        "ba",
        1.0,
        "ru",
        "С какого времени у вас болит голова, какие лекарства вы принимали и мерили ли вы сегодня "
        "давление?",
    ),
    Segment(3, 12.0, 13.0, "Ҡолағым шаулай", "ba"),
)
TRIAL = Sentence(0, 3, 0, 4, trial=True)
TRANSCRIPTS = {"monologue": MONOLOGUE, "conversation": CONVERSATION}


def transcript(*segments: Segment) -> Transcript:
    whole = Transcript("2026-11-23 08-00-00")
    for segment in reversed(segments):
        whole.keep(segment.utterance, segment)
    return whole


@pytest.mark.parametrize("name", suffixes("transcript"))
@pytest.mark.parametrize("spoken", sorted(TRANSCRIPTS))
def test_golden(name: str, spoken: str) -> None:
    path = GOLDEN / f"{spoken}.{name}"
    written = export(transcript(*TRANSCRIPTS[spoken]), name)

    if os.environ.get("TOLMACH_GOLDEN") == "write":
        path.write_text(written, encoding="utf-8", newline="\n")
    assert written == path.read_text(encoding="utf-8")


def test_every_module_of_the_folder_is_a_format() -> None:
    modules = {module.name for module in pkgutil.iter_modules(export_folder.__path__)}

    assert set(suffixes("transcript")) == modules - {"registry"}


def test_an_unknown_format() -> None:
    with pytest.raises(UsageError) as caught:
        export(transcript(), "docx")

    assert caught.value.params == {"format": "docx", "known": "json, srt, txt"}


@pytest.mark.parametrize(("name", "content"), [("srt", ""), ("txt", "")])
def test_nothing_said(name: str, content: str) -> None:
    assert export(transcript(), name) == content


def test_json_gives_everything_back() -> None:
    content = json.loads(export(transcript(*CONVERSATION), "json"))

    assert content["format"] == 1
    trials = [segment.pop("trial") for segment in content["segments"]]
    assert [Segment(**segment) for segment in content["segments"]] == list(CONVERSATION)
    assert trials == [segment.trial for segment in CONVERSATION]


@pytest.mark.parametrize("name", sorted(set(suffixes("transcript")) - {"json"}))
def test_a_trial_is_marked_where_one_begins_to_read(name: str) -> None:
    own, first, second = (
        Segment(at, at, at + 1, "Да.", "ru", 1.0, "ba", translation, (TRIAL,) * (at > 0))
        for at, translation in enumerate(("Эйе.", "Бар.", "Юҡ."))
    )
    written = " ".join(export(transcript(own, first, second), name).split())
    before, mark, after = written.partition("[Пробный перевод — может быть неверным] Бар.")
    assert mark
    assert "Эйе." in before
    assert "Юҡ." in after
    assert "Пробный" not in before + after


def test_json_tells_of_a_trial() -> None:
    segment = Segment(0, 0, 1, "Да.", "ru", sentences=(TRIAL,))
    content = json.loads(export(transcript(segment), "json"))
    assert content["segments"][0]["trial"] is True


ACCENT = "\u0304"  # a macron: Evenki and Nanai write it over letters that have no composed form
LETTERS = ("а", "б", "ҡ", "ғ", "ҙ", f"ы{ACCENT}", f"э{ACCENT}", "-")
text = st.lists(st.lists(st.sampled_from(LETTERS), min_size=1, max_size=50).map("".join)).map(
    " ".join
)
CUE = re.compile(r"(\d+)\n(\S+) --> (\S+)\n(.*?)\n(?=\n|$)", re.S)


@given(text, text, st.floats(0, 1e5), st.floats(0.1, 30))
def test_subtitles_of_any_text(text: str, translation: str, start: float, length: float) -> None:
    written = export(
        transcript(Segment(0, start, start + length, text, "ba", 1, "ru", translation)), "srt"
    )

    cues = CUE.findall(written)
    lines = [line for cue in cues for line in cue[3].split("\n")]
    times = [moment for cue in cues for moment in cue[1:3]]
    assert [int(cue[0]) for cue in cues] == list(range(1, len(cues) + 1))
    assert times == sorted(times)
    assert all(len(cue[3].split("\n")) <= 4 for cue in cues)
    assert all(1 <= _letters(line) <= 42 for line in lines)
    assert not any(line.startswith(ACCENT) for line in lines)
    if text:
        assert sorted("".join(lines).replace(" ", "")) == sorted(
            (text + translation).replace(" ", "")
        )
        assert _milliseconds(times[0]) == round(start * 1000)
        assert _milliseconds(times[-1]) == pytest.approx((start + length) * 1000, abs=1)


def _letters(line: str) -> int:
    return sum(not unicodedata.combining(sign) for sign in line)


def _milliseconds(moment: str) -> int:
    hours, minutes, seconds, rest = map(int, re.split("[:,]", moment))
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest


def test_subtitles_cannot_be_broken_by_what_is_said() -> None:
    text = "Смотри\n\n2\n00:00:00,000 --> 00:00:01,000\nтуда"

    assert export(transcript(Segment(0, 0.0, 1.0, text, "ru")), "srt") == (
        "1\n00:00:00,000 --> 00:00:01,000\nСмотри 2 00:00:00,000 → 00:00:01,000 туда\n"
    )
