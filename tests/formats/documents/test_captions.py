"""Captions are found however their times are written, and a library finds no other ones."""

import pysubs2
import pytest

from tests.formats.documents.making import texts
from tolmach.core.errors import StorageError
from tolmach.formats.documents import subtitles
from tolmach.formats.documents.captions import captions_of
from tolmach.formats.documents.document import Document, Unit

ASS = """\
[Script Info]
Title: Пример
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,Не переводить
Dialogue: 0,0:00:01.00,0:00:03.00,Default,Марат,0,0,0,,{\\an8}{\\i1}Добрый день,{\\i0}\\Nкак дела?
Dialogue: 0,0:00:04.00,0:00:05.00,Default,,0,0,0,,{\\p1}m 0 0 l 100 0 n 100 100{\\p0}
Dialogue: 0,0:00:06.00,0:00:07.00,Default,,0,0,0,,{\\k20}Мы жи{\\k20}вём, и{\\c&H00FF&} в\\hгороде
"""
SBV = """\
0:00:01.000,0:00:03.000
Добрый день, Марат.
Как дела?

0:00:04.000,0:00:06.000
До свидания.
"""
MICRO_DVD = "{1}{1}25.000\n{25}{75}{y:i}Добрый день.|Как дела?\n{100}{150}До свидания.\n"
SUB_VIEWER = """\
[INFORMATION]
[TITLE]Пример
[SUBTITLE]
00:00:01.00,00:00:03.00
Добрый день.[br]Как дела?

00:00:04.00,00:00:06.00
До свидания.
"""
MPL2 = "[10][30]Добрый день.|Как дела?\n[40][60]До свидания.\n"
TMPLAYER = "00:00:01:Добрый день.|Как дела?\n00:00:04:До свидания.\n"
LRC = "[ar:Хор]\n[00:12.00]Добрый день. Как дела?\n[00:15.30][00:30.10]До свидания.\n"
GREETING = ["Добрый день. Как дела?", "До свидания."]


def opened(text: str, name: str = "ф.srt") -> Document:
    return subtitles.opened(text.encode(), name)


def srt(*captions: str) -> str:
    return "\n\n".join(f"{number}\n{caption}" for number, caption in enumerate(captions, 1))


def codes(document: Document) -> list[str]:
    return [remark.code for remark in document.remarks]


@pytest.mark.parametrize(
    "times",
    [
        "00:00:01,000 --> 00:00:02,500",
        "00:00:03 --> 00:00:04",
        "0:00:05,5 --> 0:00:06,50",
        "00:00:07,000 -> 00:00:08,000",
        "00:00:09,000 —> 00:00:10,000",
        "00:00:09,000 – > 00:00:10,000",
        "00:00:09,000 → 00:00:10,000",
        "00:00:09,000 --&gt; 00:00:10,000",
        "00:00:11:000 --> 00:00:12:000",
        "00;00;11;000 --> 00;00;12;000",
        "00.00.11,000 --> 00.00.12,000",
        "00:00:13, 000 --> 00:00:14, 000",
        "00: 00: 13,000 --> 00: 00: 14,000",
        "00:00:15,000-->00:00:16,000",
        "-00:00:01,000 --> 00:00:17,000",
        "00:00:18,000 --> 00:00:19,000 X1:100 X2:200 Y1:10 Y2:20",
        "00:00:18,000 - 00:00:19,000",
        "00:00:18,000 00:00:19,000",
        "0:00:18.000,0:00:19.000",
        "00.00.18 -- 00.00.19",
        "00:00:20,000 -->",
        "00:0O:21,000 --> 00:0O:22,000",
        "100:00:01,000 --> 100:00:02,000",
        "\t00:00:01,000\t-->\t00:00:02,000\t",
    ],
)
def test_times_however_they_are_written(times: str) -> None:
    first = "00:00:00,000 --> 00:00:00,500\nПервый."
    text = srt(first, f"{times}\nВторой.", "00:01:00,000 --> 00:01:01,000\nТретий.")
    document = opened(text)
    assert texts(document) == ["Первый.", "Второй.", "Третий."]
    assert document.units[1].context == times.strip()
    assert codes(document) == []
    translation = [Unit("Беренче."), Unit("Икенче."), Unit("Өченче.")]
    expected = text.replace("Первый", "Беренче").replace("Второй", "Икенче")
    assert document.written(translation).decode() == expected.replace("Третий", "Өченче")


@pytest.mark.parametrize("line", ["В 10:30 -> 11:00 перерыв", "10:30", "Счёт 5:3, матч 2-1"])
def test_times_that_are_words(line: str) -> None:
    assert len(captions_of(srt(f"00:00:01,000 --> 00:00:02,000\n{line}")).captions) == 1


def test_words_behind_the_times() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000 Добрый день.\nКак дела?\n"
    assert texts(opened(text)) == ["Добрый день. Как дела?"]
    assert opened(text).written([Unit("Сәлам!")]).decode().splitlines()[1].endswith("000 Сәлам!")


def test_a_number_belongs_to_the_times_below_it() -> None:
    text = "1\n00:00:01,000 --> 00:00:02,000\nСколько?\n5\n2\n00:00:03,000 --> 00:00:04,000\nШесть"
    assert texts(opened(text)) == ["Сколько? 5", "Шесть"]


def test_blank_lines_stay_and_part() -> None:
    text = srt("00:00:01 --> 00:00:02\n\nДобрый день.\n \nКак дела?", "00:00:03 --> 00:00:04\nДа.")
    document = opened(text)
    assert texts(document) == ["Добрый день.", "Как дела?", "Да."]
    written = document.written([Unit("А"), Unit("Б"), Unit("В")]).decode()
    assert written == text.replace("Добрый день.", "А").replace("Как дела?", "Б").replace(
        "Да.", "В"
    )


def test_notes_and_styles_of_vtt_are_no_words() -> None:
    text = (
        "WEBVTT - Передача\n\nNOTE\nЗаметка\n\n00:01.000 --> 00:02.000\nРаз.\n\nещё\n\n"
        "NOTE Это тоже\nзаметка\n\nSTYLE\n::cue { color: red }\n\nимя\n"
        "00:03.000 --> 00:04.000\nДва.\n"
    )
    assert texts(opened(text, "ф.vtt")) == ["Раз.", "ещё", "Два."]
    assert codes(opened(text, "ф.vtt")) == []


def test_what_stands_behind_a_note_is_not_lost_silently() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\nРаз.\n\nNOTE x\n\nПотерялось.\n"
    document = opened(text, "ф.vtt")
    assert [remark.params["lines"] for remark in document.remarks] == ["8"]


def test_lines_before_the_first_times_are_named() -> None:
    strays = "".join(f"Потерялось {number}\n" for number in range(7))
    document = opened(f"{strays}\n1\n00:00:01,000 --> 00:00:02,000\nРаз.\n")
    assert codes(document) == ["document-strays"]
    assert document.remarks[0].params["lines"] == "1, 2, 3, 4, 5, …"
    assert texts(document) == ["Раз."]


def test_a_text_without_times_is_refused() -> None:
    with pytest.raises(StorageError) as caught:
        opened("Это письмо.\nСубтитров в нём нет.")
    assert caught.value.code == "document-no-captions"
    assert opened("1\n00:00:01,000 --> 00:00:02,000\n\n").units == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (SBV.replace(", Марат", ""), "ф.sbv"),
        (MICRO_DVD, "ф.sub"),
        (SUB_VIEWER, "ф.sub"),
        (MPL2, "ф.sub"),
        (TMPLAYER, "ф.sub"),
        (LRC, "ф.lrc"),
        (SBV.replace(", Марат", ""), "ф.srt"),
    ],
)
def test_other_notations(text: str, name: str) -> None:
    document = opened(text, name)
    assert texts(document) == GREETING
    assert codes(document) == []
    translation = "Исәнмесез " * 5 + "!"
    written = document.written([Unit(translation), Unit("Сау булыгыз.")]).decode()
    times = [caption.times for caption in captions_of(written).captions]
    assert times == [caption.times for caption in captions_of(text).captions]
    assert texts(opened(written, name)) == [translation, "Сау булыгыз."]


def test_a_line_without_times_among_lines_with_them_is_named() -> None:
    document = opened(MICRO_DVD + "потерянная строка\n", "ф.sub")
    assert document.remarks[0].params["lines"] == "4"


def test_events_of_substation() -> None:
    document = opened(ASS, "ф.ass")
    assert texts(document) == ["Добрый день, как дела?", "Мы живём, и в\u00a0городе"]
    assert document.units[0].context == "0:00:01.00 --> 0:00:03.00"
    written = document.written([Unit("Исәнмесез!"), Unit("Без шәһәрдә\u00a0яшибез")]).decode()
    lines = zip(ASS.splitlines(), written.splitlines(), strict=True)
    changed = [(line, other) for line, other in lines if line != other]
    assert [line.split(",", 9)[:9] for line, _ in changed] == [
        other.split(",", 9)[:9] for _, other in changed
    ]
    assert [other.split(",", 9)[9] for _, other in changed] == [
        "{\\an8}Исәнмесез!",
        "{\\k20}Без шәһәрдә\\hяшибез",
    ]


def test_a_broken_event_is_named() -> None:
    document = opened(ASS + "Dialogue: 0,0:00:08.00,оборвано\n", "ф.ass")
    assert document.remarks[0].params["lines"] == "15"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (ASS, "ass"),
        (MICRO_DVD, "microdvd"),
        (MPL2, "mpl2"),
        (TMPLAYER, "tmp"),
        (
            srt("00:00:01,000 --> 00:00:02,000\nРаз,\nдва.", "00:00:03,000 --> 00:00:04,000\nТри."),
            "srt",
        ),
        (
            "WEBVTT\n\n00:01.000 --> 00:02.000 line:0\n<v Марат>Раз</v>\n\n"
            "00:03.000 --> 00:04.000\nДва",
            "vtt",
        ),
    ],
)
def test_a_library_reads_the_same_words(text: str, kind: str) -> None:
    file = pysubs2.SSAFile.from_string(text, format_=kind)
    events = [event for event in file if not event.is_comment and not event.is_drawing]
    words = [event.plaintext.replace("\u00a0", " ").split() for event in events]
    units = [unit.text.replace("\u00a0", " ").split() for unit in opened(text, "ф.sub").units]
    assert [line for line in words if line] == units
