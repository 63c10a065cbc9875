"""The Whisper recognizer, on models whose answers are written into their weights."""

import base64
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from ctranslate2 import StorageView
from ctranslate2.models import Whisper
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from tests import tiny_models
from tolmach.core.errors import EngineError, ModelError, UsageError
from tolmach.core.pack import Option, Pack
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.engines import table
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.engines.whisper_model import Answer, Limits, WhisperModel, Window, safe
from tolmach.engines.whisper_text import WhisperText
from tolmach.messages.table import sentence
from tolmach.quality.recognition_doubts import Verdict

LANGUAGES = {language: f"<|{language}|>" for language in tiny_models.LANGUAGES}
MakeFolder = Callable[..., Path]


def pack(folder: Path, **options: Option) -> Pack:
    return Pack(
        id="проба",
        version="1",
        kind="recognizer",
        engine="whisper",
        folder=folder,
        title={"ru": "Проба"},
        languages=LANGUAGES,
        options=options,
    )


def request(*languages: str) -> RecognitionRequest:
    return RecognitionRequest(dict.fromkeys(languages, 1.0))


def noise(seconds: float) -> Samples:
    count = int(seconds * SAMPLE_RATE)
    return np.random.default_rng(0).normal(0, 0.1, count).astype(np.float32)


@pytest.fixture(scope="module")
def hello(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("Модели и веса") / "приветствие"
    logits = {"ru": 1.0, "tt": 2.0, "ba": 3.0}
    return tiny_models.whisper(folder, says="привет", language_logits=logits)


@pytest.fixture(scope="module")
def two_faced(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that says one thing in windows below 12 s, another in longer ones."""
    folder = tmp_path_factory.mktemp("Модели и веса") / "двуликая"
    return tiny_models.whisper(folder, says="привет", short="аббазз", turn=300)


@pytest.fixture
def copied(hello: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(hello, tmp_path / "моя модель"))


def test_says_what_the_model_hears(hello: Path) -> None:
    recognition = table.recognizer(pack(hello), 1).recognize(noise(2), request("tt"))
    assert (recognition.text, recognition.language, recognition.confidence) == ("привет", "tt", 1.0)
    assert recognition.log_probability == pytest.approx(0.0, abs=0.01)
    assert recognition.no_speech == pytest.approx(0.0, abs=0.01)


def test_detects_among_the_languages_asked_for_and_thinks_of_all(hello: Path) -> None:
    """What speaks for a third language is no reason to be sure of one of two."""
    recognizer = table.recognizer(pack(hello), 1)
    three = recognizer.recognize(noise(1), request("ru", "tt", "ba"))
    two = recognizer.recognize(noise(1), request("ru", "tt"))
    odds = np.exp([1.0, 2.0, 3.0])
    assert (three.language, two.language) == ("ba", "tt")
    assert three.confidence == pytest.approx(odds[2] / odds.sum(), abs=0.01)
    assert two.confidence == pytest.approx(odds[1] / odds.sum(), abs=0.01)
    shares = recognizer.identify(noise(1), request("ru", "tt"))
    assert shares["ru"] / shares["tt"] == pytest.approx(odds[0] / odds[1], abs=0.01)
    related = table.recognizer(pack(hello, families="tt ba"), 1)
    sure = related.recognize(noise(1), request("ru", "tt")).confidence
    assert sure == pytest.approx((odds[1] + odds[2] / 4) / odds.sum(), abs=0.01)


def test_a_language_may_borrow_a_token(hello: Path) -> None:
    borrowed = replace(pack(hello), languages={"cv": "<|tt|>", "ru": "<|ru|>"})
    recognition = table.recognizer(borrowed, 1).recognize(noise(1), request("ru", "cv"))
    assert (recognition.language, recognition.text) == ("cv", "привет")


def test_a_language_without_a_token_is_refused(hello: Path) -> None:
    with pytest.raises(UsageError) as caught:
        table.recognizer(pack(hello), 1).recognize(noise(1), request("ru", "sah"))
    assert caught.value.code == "language-not-in-pack"
    assert caught.value.params == {"language": "sah", "pack": "проба"}


def test_the_short_window_is_used_only_where_the_pack_allows_it(two_faced: Path) -> None:
    dynamic = table.recognizer(pack(two_faced, context="dynamic"), 1)
    full = table.recognizer(pack(two_faced), 1)
    assert dynamic.recognize(noise(2), request("ru")).text == "аббазз"
    assert dynamic.recognize(noise(29), request("ru")).text == "привет"
    assert full.recognize(noise(2), request("ru")).text == "привет"


def test_a_rule_that_was_measured_is_more_than_the_claim(two_faced: Path) -> None:
    """It says one thing in windows below 12 s, another in longer ones."""
    measured = {"final_window": "12 1", "draft_window": "5 1 3"}
    recognizer = table.recognizer(pack(two_faced, context="dynamic", **measured), 1)
    draft = replace(request("ru"), draft=True)
    assert recognizer.recognize(noise(2), request("ru")).text == "привет"
    assert recognizer.recognize(noise(2), draft).text == "привет"  # below 3 s in the full window
    assert recognizer.recognize(noise(4), draft).text == "аббазз"


def test_a_language_may_have_a_window_of_its_own(two_faced: Path) -> None:
    """Which one is spoken is heard in the shortest window that is enough for one of them."""
    short = {"final_window_ru": "10 2.5"}
    recognizer = table.recognizer(pack(two_faced, **short), 1)
    assert recognizer.recognize(noise(2), request("ru")).text == "аббазз"
    assert recognizer.recognize(noise(2), request("tt")).text == "привет"
    for likelier, other, text in (("ru", "tt", "аббазз"), ("tt", "ru", "привет")):
        languages = {likelier: 1.0, other: 1e-9}
        answer = recognizer.recognize(noise(2), replace(request("ru"), languages=languages))
        assert (answer.language, answer.text) == (likelier, text)


def known_silence(folder: Path) -> NDArray[np.float32]:
    """Return what the model's encoder makes of half a minute of it."""
    model = Whisper(str(folder), device="cpu")
    features = np.zeros((1, model.n_mels, 3000), dtype=np.float32)
    encoded: NDArray[np.float32] = np.array(model.encode(StorageView.from_array(features)))[0]
    return encoded


@pytest.fixture
def silenced(two_faced: Path, tmp_path: Path) -> Path:
    """The same model, which says what silence becomes."""
    folder = Path(shutil.copytree(two_faced, tmp_path / "с тишиной"))
    np.save(folder / "silence.npy", known_silence(folder).astype(np.float16))
    return folder


def test_known_silence_makes_a_full_window_of_a_short_one(
    silenced: Path, two_faced: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says one thing in windows below 12 s, another in longer ones."""
    rules = {"final_window": "10 2.5 1 0.01 5", "draft_window": "6 1 0 0.01 3"}
    encoded: list[int] = []
    encode = WhisperModel.encode

    def watched(model: WhisperModel, start: int, frames: int) -> Window:
        encoded.append(frames)
        return encode(model, start, frames)

    monkeypatch.setattr(WhisperModel, "encode", watched)
    knowing, other = (
        table.recognizer(pack(folder, **rules), 1) for folder in (silenced, two_faced)
    )
    for seconds, draft, text, alone, frames in (
        (0.5, False, "привет", "привет", 3000),
        (2, False, "привет", "аббазз", 1000),
        (2, True, "привет", "аббазз", 600),
        (6, False, "аббазз", "аббазз", 1000),  # too long: nothing is put behind it
        (4, True, "аббазз", "аббазз", 600),
    ):
        query = replace(request("ru"), draft=draft)
        assert other.recognize(noise(seconds), query).text == alone
        encoded.clear()
        assert knowing.recognize(noise(seconds), query).text == text
        assert set(encoded) == {frames}
    encoded.clear()
    doubtful = knowing.recognize(noise(2), replace(request("ru"), certainty=0.5))
    assert (doubtful.doubtful, set(encoded)) == (True, {1000})  # that was the full window
    encoded.clear()
    named = replace(request("ru"), window=10.0)
    assert knowing.recognize(noise(2), named).text == "аббазз"  # in this window and no other
    assert knowing.recognize(noise(2), replace(named, completed=True)).text == "привет"
    assert set(encoded) == {1000}


def test_silence_follows_words_in_an_unknown_language_too(silenced: Path) -> None:
    rules = dict.fromkeys(("draft_window", "final_window"), "6 1 0 0.01 30")
    recognizer = table.recognizer(pack(silenced, **rules), 1)
    for draft, codes in product((True, False), (("ru",), ("ru", "tt"))):
        query = replace(request(*codes), draft=draft)
        assert recognizer.recognize(noise(2), query).text == "привет"


def test_the_language_decides_whether_silence_follows(silenced: Path) -> None:
    rules = {"final_window": "10 2.5 0 0.01 30", "final_window_ru": "10 2.5"}
    recognizer = table.recognizer(pack(silenced, **rules), 1)
    for likelier, other, text in (("ru", "tt", "аббазз"), ("tt", "ru", "привет")):
        languages = {likelier: 1.0, other: 1e-9}
        answer = recognizer.recognize(noise(2), replace(request("ru"), languages=languages))
        assert (answer.language, answer.text) == (likelier, text)


def test_finals_tell_languages_apart_in_ten_seconds_and_have_words_heard_in_less(
    two_faced: Path,
) -> None:
    """It says one thing in windows below 12 s, another in longer ones."""
    rules: dict[str, Option] = {"draft_window": "5 1", "final_window": "5 1"}
    for options, final in ((rules, 1000), ({**rules, "context": "dynamic"}, 500)):
        recognizer = WhisperRecognizer(pack(two_faced, **options), 1)
        for draft, frames in ((False, final), (True, 500)):
            query = replace(request("ru", "tt"), draft=draft)
            recognizer.recognize(noise(2), query)
            assert recognizer._model._last is not None
            assert recognizer._model._last[1].frames == frames
            recognizer.identify(noise(3), query)
            assert recognizer._model._last[1].frames == frames
            recognizer.recognize(noise(2), replace(request("ru"), draft=draft))
            assert recognizer._model._last[1].frames == 500


def test_a_window_that_told_the_language_is_not_encoded_again_to_write(hello: Path) -> None:
    """A group of recognizers asks for the one and then for the other."""
    recognizer = WhisperRecognizer(pack(hello, draft_window="5 1"), 1)
    query = replace(request("ru", "tt"), draft=True, utterance="one")
    recognizer.identify(noise(2), query)
    encoded = recognizer._model._last
    recognizer.recognize(noise(2), replace(query, languages={"tt": 1.0}))
    assert recognizer._model._last is encoded
    recognizer.recognize(noise(3), replace(query, languages={"tt": 1.0}))
    assert recognizer._model._last is not encoded


def spoiled_silence(content: NDArray[np.float32]) -> dict[str, bytes]:
    """Return files that are no silence of this model, by what is wrong with them."""
    missing = content.copy()
    missing[700, 0] = np.nan
    arrays = {
        "another model's": content[:, :-1],
        "too short": content[:-1],
        "no numbers": missing,
        "integers": content.astype(np.int32),
        "objects": content.astype(object),
    }
    files = {"empty": b"", "text": "тишина".encode(), "zip": b"PK\x03\x04"}
    for spoiling, array in arrays.items():
        file = BytesIO()
        np.save(file, array)
        files[spoiling] = file.getvalue()
    files["cut short"] = files["too short"][:-100]
    huge = BytesIO()
    np.lib.format.write_array_header_1_0(
        huge, {"descr": "<f4", "fortran_order": False, "shape": (1500, 2**40)}
    )
    return {**files, "huge": huge.getvalue()}


def test_silence_that_is_not_of_this_model_is_refused(silenced: Path) -> None:
    """CTranslate2 would read outside its memory."""
    for spoiling, content in spoiled_silence(known_silence(silenced)).items():
        (silenced / "silence.npy").write_bytes(content)
        error = refusal(silenced)
        assert (error.code, error.params["file"]) == ("model-damaged", "silence.npy"), spoiling


def test_a_window_that_is_named_is_heard_and_no_other(tmp_path: Path, two_faced: Path) -> None:
    recognizer = table.recognizer(pack(two_faced), 1)
    for window, text in ((10.0, "аббазз"), (12.0, "привет"), (40.0, "привет")):
        named = replace(request("ru"), window=window)
        assert recognizer.recognize(noise(2), named).text == text
    recognizer.identify(noise(2), replace(request("ru", "tt"), window=15.0))
    assert isinstance(recognizer, WhisperRecognizer)
    assert recognizer._model._last is not None
    assert recognizer._model._last[1].frames == 1500
    folder = tiny_models.whisper(tmp_path / "заика", says="привет", endless="а", turn=300)
    looping = table.recognizer(pack(folder), 1)
    recognition = looping.recognize(noise(2), replace(request("ru"), window=8.0))
    assert recognition.doubtful
    assert set(recognition.text) == {"а"}


def test_a_loop_in_a_short_window_is_decoded_again_in_the_full_one(tmp_path: Path) -> None:
    folder = tiny_models.whisper(tmp_path / "заика", says="привет", endless="а", turn=300)
    recognizer = table.recognizer(pack(folder, context="dynamic"), 1)
    assert recognizer.recognize(noise(2), request("ru")).text == "привет"


@pytest.mark.parametrize("context", ["full", "dynamic"])
def test_a_draft_is_not_decoded_again(tmp_path: Path, context: str) -> None:
    folder = tiny_models.whisper(tmp_path / "заика", says="привет", endless="а", turn=300)
    recognizer = table.recognizer(pack(folder, context=context), 1)
    draft = recognizer.recognize(noise(4), replace(request("ru"), draft=True))
    final = recognizer.recognize(noise(4), request("ru"))
    assert (draft.doubtful, set(draft.text)) == (True, {"а"})
    assert (final.doubtful, final.text) == (False, "привет")


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that never stops, in any window."""
    return tiny_models.whisper(tmp_path_factory.mktemp("Модели и веса") / "эхо", endless="а")


@pytest.mark.parametrize(
    ("seconds", "rate", "expected"), [(2.0, 25, 63), (2.0, 5, 13), (11.0, 100, 444)]
)
def test_a_decoder_without_end_is_stopped(
    endless: Path, seconds: float, rate: int, expected: int
) -> None:
    recognizer = table.recognizer(pack(endless, tokens_per_second=rate), 1)
    assert recognizer.recognize(noise(seconds), request("ru")).text == "а" * expected


def test_a_draft_adds_what_the_new_sound_may_add(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tiny_models.whisper(tmp_path / "заика", says="привет", endless="а", turn=300)
    recognizer = WhisperRecognizer(pack(folder, draft_window="5 1 3"), 1)
    monkeypatch.setattr(recognizer, "_judge", lambda *_: Verdict.NONE)

    def drafted(seconds: float, utterance: str) -> tuple[str, bool]:
        query = replace(request("ru"), draft=True, utterance=utterance)
        draft = recognizer.recognize(noise(seconds), query)
        return draft.text, draft.doubtful

    assert drafted(2, "first") == ("привет", False)
    cut_off = "а" * (len("привет") + 25 * 1 + 13)
    assert drafted(3, "first") == (cut_off, True)
    assert drafted(3, "first") == (cut_off, True)  # what was cut off is no measure
    assert drafted(3, "second") == ("а" * 88, False)
    assert drafted(3, "third") == ("а" * 88, False)


@pytest.mark.parametrize("context", ["full", "dynamic"])
@pytest.mark.parametrize("length", [0, 1, 1599])
def test_less_than_a_tenth_of_a_second_is_no_speech(hello: Path, context: str, length: int) -> None:
    recognizer = table.recognizer(pack(hello, context=context), 1)
    recognition = recognizer.recognize(silence(length), request("ru", "ba"))
    assert (recognition.text, recognition.language, recognition.no_speech) == ("", "ru", 1.0)


@pytest.mark.parametrize("context", ["full", "dynamic"])
@pytest.mark.parametrize("draft", [False, True], ids=["final", "draft"])
def test_any_length_and_any_values_are_taken(hello: Path, context: str, draft: bool) -> None:
    recognizer = table.recognizer(pack(hello, context=context), 1)
    broken = noise(1.5)
    broken[::7], broken[::11], broken[::13] = np.nan, np.inf, 1e30
    for samples in (silence(1600), noise(1.29), noise(1.6), broken, noise(30)):
        question = replace(request("ru"), draft=draft)
        assert recognizer.recognize(samples, question).text == "привет"


def test_a_longer_utterance_is_a_mistake_of_the_program(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello), 1)
    with pytest.raises(ValueError, match="30 s"):
        recognizer.recognize(silence(30 * SAMPLE_RATE + 1), request("ru"))
    with pytest.raises(ValueError, match="some languages"):
        recognizer.recognize(silence(SAMPLE_RATE), request())


@given(st.integers(1, 3000), st.sampled_from([80, 100, 128]))
def test_no_window_falls_into_the_trap(frames: int, n_mels: int) -> None:
    """CTranslate2 takes an encoder output of n_mels frames for features."""
    length = safe(frames, n_mels)
    assert frames <= length <= min(3000, frames + 2)
    assert (length + 1) // 2 != n_mels


# While it is being spoken ------------------------------------------------------------------------


def test_the_answer_begins_with_what_was_said(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello), 1)
    recognition = recognizer.recognize(noise(2), replace(request("ru"), prefix="да"))
    assert recognition.text == "даивет"  # this model writes by place: two letters were not its own


def test_words_have_times_when_asked_for(tmp_path: Path) -> None:
    folder = tiny_models.whisper(tmp_path / "слова", says="да нет")
    recognizer = table.recognizer(pack(folder), 1)
    plain = recognizer.recognize(noise(2), request("ru"))
    assert [word.text for word in plain.words] == ["да", " нет"]
    timed = recognizer.recognize(noise(3), replace(request("ru"), timed=True, start=16_000))
    assert [word.text for word in timed.words] == ["да", " нет"]
    assert all(1.0 <= word.start <= word.end <= 3.0 for word in timed.words)


def test_words_of_a_draft_have_their_probabilities(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello), 1)
    [word] = recognizer.recognize(noise(2), request("ru")).words
    assert word.probability == 1.0  # nobody asked
    draft = replace(request("ru"), draft=True)
    [word] = recognizer.recognize(noise(2), draft).words
    assert word.probability > 0.9
    [word] = recognizer.recognize(noise(2), replace(draft, prefix="да")).words
    assert word.text == "даивет"
    assert word.probability < 0.01  # two of its letters are not what this model writes


def test_a_word_is_as_probable_as_its_least_probable_part(whisper_base: Pack) -> None:
    folder, languages = whisper_base.folder, whisper_base.languages.values()
    text = WhisperText(folder, "проба", check_whisper_folder(folder, "проба", languages))
    parts = [text.encode(part) for part in (" обнимает", ",", " жмёт")]
    assert [len(part) > 1 for part in parts] == [True, False, True]
    ids = [number for part in parts for number in part]
    shares = [0.95] * len(ids)
    shares[len(parts[0]) - 1], shares[len(parts[0])], shares[-1] = 0.6, 0.1, 0.3
    words = text.words(ids, [], 0.0, shares)
    assert [(word.text, word.probability) for word in words] == [
        (" обнимает,", 0.6),
        (" жмёт", 0.3),
    ]
    assert [(word.start, word.end) for word in words] == [(0.0, 0.0)] * 2


def test_a_growing_utterance_is_heard_like_a_whole_one(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello, context="dynamic"), 1)
    sound = noise(3)
    for length in (20_000, 20_001, 48_000):
        growing = recognizer.recognize(sound[:length], replace(request("ru"), utterance=("s", 1)))
        fresh = recognizer.recognize(sound[:length], request("ru"))
        assert (growing.text, growing.log_probability) == (fresh.text, fresh.log_probability)


def test_stock_weights_see_ten_seconds_and_all_of_half_a_minute_for_a_word(two_faced: Path) -> None:
    """The model says another thing in windows below 12 s; see the fixture."""
    recognizer = table.recognizer(pack(two_faced), 1)
    draft, final = replace(request("ru"), draft=True), request("ru")
    for seconds, drafted, written in (
        (2, "аббазз", "привет"),
        (2.6, "аббазз", "аббазз"),
        (8, "аббазз", "аббазз"),
        (11, "привет", "привет"),  # 2.5 s of slack
    ):
        assert recognizer.recognize(noise(seconds), draft).text == drafted
        assert recognizer.recognize(noise(seconds), final).text == written


def test_letters_of_other_scripts_are_never_written(hello: Path, tmp_path: Path) -> None:
    vocabulary = [*tiny_models.VOCABULARY]
    vocabulary[vocabulary.index("а")] = "\N{GEORGIAN LETTER AN}"
    folder = tiny_models.whisper(
        tmp_path / "чужое", says="д\N{GEORGIAN LETTER AN}", vocabulary=vocabulary
    )
    shutil.copy(hello / "tokenizer.json", folder)  # there the letter is а
    recognition = table.recognizer(pack(folder), 1).recognize(noise(2), request("tt"))
    assert recognition.text.startswith("д")
    assert "а" not in recognition.text


@pytest.mark.parametrize(
    ("log_probability", "no_speech", "expected"),
    [(-0.3, 0.1, Verdict.DOUBTFUL), (-1.8, 0.8, Verdict.SILENCE)],
)
def test_silence_is_silence_in_any_script(
    hello: Path, log_probability: float, no_speech: float, expected: Verdict
) -> None:
    """An Armenian does not speak in Cyrillic; but where nobody spoke there is nothing to mark."""
    armenian = replace(pack(hello), languages={"hy": "<|tt|>"})
    ids = [tiny_models.VOCABULARY.index(letter) for letter in "аб вг де"]
    answer = Answer(ids, log_probability, no_speech)
    recognizer = WhisperRecognizer(armenian, 1)
    assert recognizer._judge(answer, request("hy"), "hy") is expected


def test_words_share_the_belief_in_all_their_spellings(hello: Path) -> None:
    """How it is written is no doubt of the word."""
    recognizer = WhisperRecognizer(pack(hello), 1)
    ids = {
        text: [tiny_models.VOCABULARY.index(letter) for letter in text]
        for text in ("да", " да", "два")
    }
    hypotheses = ((ids["да"], 0.06), (ids["два"], 0.3), (ids[" да"], 0.05))
    answer = Answer(ids["да"], -0.5, 0.1, hypotheses=hypotheses)
    assert recognizer._belief(answer, "ru") == pytest.approx(0.11)
    assert recognizer._judge(answer, request("ru"), "ru") is Verdict.NONE
    alone = replace(answer, hypotheses=hypotheses[:2])
    assert recognizer._judge(alone, request("ru"), "ru") is Verdict.DOUBTFUL
    assert recognizer._judge(alone, replace(request("ru"), draft=True), "ru") is Verdict.NONE


def test_the_hypotheses_of_a_beam_share_what_is_believed(hello: Path) -> None:
    recognizer = WhisperRecognizer(pack(hello), 1)
    recognizer._model.hear(noise(1), None)
    window = recognizer._model.encode(0, 3000)
    prompt = recognizer._text.prompt("<|ru|>", "", 0)
    answer = recognizer._model.write(window, prompt, [], Limits(20, 5, []))
    assert len(answer.hypotheses) == 5
    assert answer.hypotheses[0][0] == answer.ids
    assert 0 < sum(probability for _, probability in answer.hypotheses) <= 1.001


def test_the_weights_of_languages_tip_the_scales(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello), 1)
    even = recognizer.recognize(noise(1), RecognitionRequest({"ru": 1.0, "tt": 1.0}))
    tipped = recognizer.recognize(noise(1), RecognitionRequest({"ru": 4.0, "tt": 1.0}))
    assert (even.language, tipped.language) == ("tt", "ru")
    odds = np.exp([1.0, 2.0, 3.0])
    assert tipped.confidence == pytest.approx(odds[0] / odds.sum(), abs=0.01)  # no surer for that


def test_a_loop_is_marked_where_the_full_window_does_not_help(endless: Path) -> None:
    recognition = table.recognizer(pack(endless), 1).recognize(noise(4), request("ru"))
    assert recognition.doubtful
    assert recognition.text


# Bad files -----------------------------------------------------------------------------------


def refusal(folder: Path, **options: Option) -> ModelError:
    with pytest.raises(ModelError) as caught:
        table.recognizer(pack(folder, **options), 1)
    return caught.value


@pytest.mark.parametrize("name", ["model.bin", "config.json", "tokenizer.json", "vocabulary.json"])
def test_a_missing_file_is_named(copied: Path, name: str) -> None:
    (copied / name).unlink()
    assert refusal(copied).params == {"file": name, "pack": "проба"}


@pytest.mark.parametrize("share", [0.0, 0.001, 0.5, 0.999])
def test_a_truncated_model_is_damaged(copied: Path, share: float) -> None:
    model = copied / "model.bin"
    content = model.read_bytes()
    model.write_bytes(content[: int(len(content) * share)])
    error = refusal(copied)
    assert (error.code, error.params) == ("model-damaged", {"file": "model.bin", "pack": "проба"})
    assert sentence(error.code, error.params) == (
        "Файл model.bin модели «проба» повреждён или обрезан. Установите модель заново."
    )


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"model": {"type": "BPE", "vocab": {}, "merges": [["a", "b"]]}}']
)
def test_a_broken_tokenizer_is_damaged(copied: Path, content: str) -> None:
    (copied / "tokenizer.json").write_text(content)
    error = refusal(copied)
    assert (error.code, error.params["file"]) == ("model-damaged", "tokenizer.json")


def test_a_tokenizer_that_would_abort_the_process_is_damaged(copied: Path) -> None:
    described = json.loads((copied / "tokenizer.json").read_text())
    described["model"] = {
        "type": "BPE",
        "vocab": {"a": 0, "é": 1, "aé": 2},
        "merges": ["a é"],
        "continuing_subword_prefix": "z",  # shorter than the letter: cut within it
    }
    (copied / "tokenizer.json").write_text(json.dumps(described))
    error = refusal(copied)
    assert (error.code, error.params["file"]) == ("model-damaged", "tokenizer.json")


def test_ids_outside_the_vocabulary_do_not_kill_the_process(copied: Path) -> None:
    config = copied / "config.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"suppress_ids": [10**6]}))
    assert refusal(copied).code == "model-config-broken"


def test_options_that_are_no_numbers_are_refused(hello: Path) -> None:
    for name in ("final_window", "draft_window", "final_window_ru"):
        assert refusal(hello, **{name: "10 с"}).params == {"file": "pack.json", "pack": "проба"}
    assert refusal(hello, beam="пять").params["file"] == "pack.json"


def test_a_failure_of_ctranslate2_is_told_by_its_own_words(hello: Path) -> None:
    recognizer = table.recognizer(pack(hello, beam=0), 1)
    with pytest.raises(EngineError) as caught:
        recognizer.recognize(noise(1), request("ru"))
    assert caught.value.code == "recognition-failed"
    assert "beam size" in caught.value.params["detail"]


def test_an_unknown_engine_is_a_sentence(hello: Path) -> None:
    with pytest.raises(ModelError) as caught:
        table.recognizer(replace(pack(hello), engine="vosk"), 1)
    assert caught.value.code == "unknown-engine"


# The true vocabulary ---------------------------------------------------------------------------


def test_the_true_vocabulary_of_whisper_is_driven(shared: Path, tmp_path: Path) -> None:
    """51,865 tokens in OpenAI's order: languages, suppressed ids and special tokens fit."""
    lines = (shared / "whisper" / "multilingual.tiktoken").read_text().split("\n")
    ranks = [base64.b64decode(line.split()[0]) for line in lines if line]
    folder = tiny_models.whisper_of_true_vocabulary(tmp_path / "настоящий словарь", ranks)
    recognition = table.recognizer(pack(folder), 1).recognize(noise(1), request("ru", "tt", "ba"))
    assert (recognition.text, recognition.language) == ("Привет, мир", "tt")


def test_hotwords_are_context_whole_or_not_at_all(hello: Path) -> None:
    tokens = check_whisper_folder(hello, "проба", LANGUAGES.values())
    text = WhisperText(hello, "проба", tokens)
    start = text.prompt("<|ru|>", "", 64)
    place, term = text.encode(" Ишембай"), text.encode(", табип")
    before = text.prompt("<|ru|>", "да", 64)[1 : -len(start)]
    context = text.prompt("<|ru|>", "да", 64, ["Ишембай", "табип"])[: -len(start)]
    assert context[1:] == [*place, *term, *before]
    short = text.prompt("<|ru|>", "", len(place) + len(term) - 1, ["Ишембай", "табип"])
    assert short[1 : -len(start)] == place
    assert text.prompt("<|ru|>", "", 0, ["Ишембай"]) == start
