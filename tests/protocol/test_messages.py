from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tolmach.core.pack import Pack, PackFile, Quality
from tolmach.protocol.messages import (
    Again,
    Begin,
    Cut,
    Decode,
    Decoded,
    Event,
    Failed,
    Feed,
    Finished,
    Joined,
    Progress,
    Recognized,
    Speaker,
    Translated,
    Unconfirmed,
)
from tolmach.protocol.plan import Endpointing, Plan
from tolmach.protocol.wire import decode_command, decode_event, encode

PACK = Pack(
    id="opus-ru-ba",
    version="1",
    kind="translator",
    engine="opus",
    folder=Path("/дом/Иван Петров/models"),
    title={"ru": "Русский — башкирский", "en": "Russian – Bashkir"},
    languages={"ba": "<2ba>"},
    pairs=(("ru", "ba"), ("ba", "ru")),
    files=(PackFile("model.bin", 7, "00"),),
    options={"beam_size": 2, "starter": True},
    quality=(Quality("ru>ba", "chrF++", 31.2, "here"),),
)


def test_a_plan_crosses_with_all_its_packs() -> None:
    plan = Plan(
        languages=("ru", "ba"),
        recognizers=(PACK,),
        translators=(PACK, PACK),
        targets={"ru": "ba"},
        endpointing=Endpointing(hangover_ms=300),
        beam=2,
        drafts=True,
    )
    message = Begin("s", plan, 16_000, 3)
    assert decode_command(encode(message)) == message


@pytest.mark.parametrize("translated", [Translated("s", 0, "ru", "ba", "Бер"), None])
def test_two_that_are_one_cross(translated: Translated | None) -> None:
    message = Joined("s", 0, 1, Recognized("s", 0, 0.5, 3.0, "ru", 0.9, "Раз"), translated)
    assert decode_event(encode(message)) == message


def test_who_speaks_crosses() -> None:
    assert decode_command(encode(Speaker("s", "ba"))) == Speaker("s", "ba")


@pytest.mark.parametrize(
    "message",
    [
        Cut("s", 1, 10, 20),
        Unconfirmed("s", 1, 0.5, 1.5, "ba", 0.9, "Һау", "мыһығыҙ"),
        Progress("s", 5, 4, 1, True),
        Recognized("s", 0, 0.5, 1.5, "ba", 0.9, "Һаумыһығыҙ!", doubtful=True),
        Translated("s", 0, "ba", "ru", "Здравствуйте!"),
        Translated("s", 0, "ba", "ru", "Здравст", final=False),
        Failed("s", "no-route", {"source": "ru"}, 2, 0.5, 1.0, "trace"),
        Decoded("s", 3, "Һау", False, True, 0.25),
        Finished("s"),
    ],
    ids=lambda message: type(message).__name__,
)
def test_events_come_back_equal(message: Event) -> None:
    assert decode_event(encode(message)) == message


@given(st.lists(st.floats(-1, 1, width=32), max_size=50), st.text(max_size=20))
def test_samples_come_back_bit_for_bit(values: list[float], session: str) -> None:
    samples = np.array(values, dtype=np.float32)
    for message in (Feed(session, samples), Again(session, 1, 2, "ru", "ba", samples),
                    Decode(session, 1, "ru", 7.5, False, True, samples)):  # fmt: skip
        back = decode_command(encode(message))
        assert type(back) is type(message)
        assert back.session == session
        assert back.samples.tobytes() == samples.tobytes()


@given(st.binary(max_size=200))
def test_noise_is_refused_and_never_run(data: bytes) -> None:
    for decode in (decode_command, decode_event):
        with pytest.raises(ValueError, match="not a message"):
            decode(data)


@pytest.mark.parametrize(
    "header",
    [
        *('["Begin"]', '["os.system", {}]', '["Feed", {"x": 1}]', "{}", "[[], {}]", "[" * 9_999),
        '["Quit", {}]',  # a command is no event
        '["WorkerLost", {"session": "s", "exit_code": 0}]',  # only the client says that
        '["Ready", {"session": 5}]',
        '["Answered", {"session": "s", "utterance": 99999999999999999999}]',
        *(
            f'["Recognized", {{"session": "s", "utterance": 0, "start": {number}, "end": 1,'
            ' "language": "ru", "confidence": 1, "text": ""}]'
            for number in ("NaN", "Infinity", "-1e300")
        ),
        '["Finished", {"session": null}]',
        '["Answered", {"session": "s", "utterance": "1"}]',
        '["Answered", {"session": "s", "utterance": true}]',
        '["Failed", {"session": "s", "code": "c", "params": {"detail": 1}}]',
        *(
            '["Translated", {"session": "s", "utterance": 0, "source": "ru", "target": "ba",'
            f' "text": "", "sentences": {sentences}}}]'
            for sentences in (
                *("null", '"abc"', "5", "{}", "[null]", '["x"]', "[5]", "[[1, 2, 3, 4]]", "[{}]"),
                '{"start": 0, "end": 0, "begin": 0, "until": 0}',
                '[{"start": 0.5, "end": 0, "begin": 0, "until": 0}]',
                '[{"start": 0, "end": 0, "begin": 0, "until": 0, "doubts": "x"}]',
                '[{"start": 0, "end": 0, "begin": 0, "until": 0, "doubts": [{"code": null}]}]',
                '[{"start": 0, "end": 0, "begin": 0, "until": 0, "confidence": NaN}]',
            )
        ),
        '["Offered", {"session": "s", "utterance": 0, "candidates": ["x"]}]',
    ],
)
def test_what_a_worker_must_not_say_is_refused(header: str) -> None:
    with pytest.raises(ValueError, match="not a message"):
        decode_event(len(header).to_bytes(4, "little") + header.encode())


def test_a_letter_that_is_not_ascii_costs_no_more_than_two_bytes() -> None:
    event = Translated("s", 0, "ru", "ba", "ҡ" * 1000 + "\ud800")
    assert len(encode(event)) < 2200
    assert decode_event(encode(event)) == event
