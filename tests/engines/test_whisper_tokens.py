"""A conversation in Cyrillic is written with a quarter of the tokens, as well as with all."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests import tiny_models, voices
from tolmach.core.model_files import read_vocabulary
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples
from tolmach.engines import table, whisper_model
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.recognizer_group import RecognizerGroup
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.engines.whisper_model import Limits, WhisperModel
from tolmach.engines.whisper_tokens import TokenSubset, subset

LANGUAGES = ("<|ru|>", "<|tt|>")


@pytest.fixture(scope="module")
def tokens(whisper_base: Pack) -> list[str]:
    return read_vocabulary(whisper_base.folder, ["vocabulary"], "whisper-base")


@pytest.fixture(scope="module")
def cyrillic(tokens: Sequence[str]) -> TokenSubset:
    chosen = subset(tokens, {"Cyrl"}, LANGUAGES)
    assert chosen is not None
    return chosen


@pytest.fixture(scope="module")
def clip() -> Samples:
    return voices.sound(voices.clips(40)[3].path)[: 10 * SAMPLE_RATE]


def request(*languages: str, **options: object) -> RecognitionRequest:
    return RecognitionRequest(dict.fromkeys(languages, 1.0), **options)  # type: ignore[arg-type]


def test_cyrillic_needs_a_quarter_of_the_vocabulary(
    tokens: Sequence[str], cyrillic: TokenSubset
) -> None:
    assert len(cyrillic.ids) < len(tokens) / 4
    names = {tokens[number] for number in cyrillic.ids}
    assert {"<|ru|>", "<|ba|>", "<|notimestamps|>", "<|endoftext|>", "Ġ", "Q", "5"} <= names
    assert "<|3.20|>" not in names


@pytest.mark.parametrize("scripts", [set(), {"Latn"}, {"Cyrl", "Latn"}])
def test_what_is_written_in_latin_letters_needs_all(
    tokens: Sequence[str], scripts: set[str]
) -> None:
    assert subset(tokens, scripts, LANGUAGES) is None


def test_a_vocabulary_of_letters_is_left_as_it_is() -> None:
    assert subset(tiny_models.VOCABULARY, {"Cyrl"}, []) is None


def test_a_vocabulary_of_another_order_is_left_as_it_is(tokens: Sequence[str]) -> None:
    """CTranslate2 would write outside its memory, and letters of other scripts not be noticed."""
    assert subset([*tokens[:-1], tokens[0]], {"Cyrl"}, LANGUAGES) is None  # one comes twice
    place = tokens.index("<|ru|>")
    late = [*tokens[:place], "<|xx|>", *tokens[place + 1 :], "<|ru|>"]
    assert subset(late, {"Cyrl"}, LANGUAGES) is None
    assert subset(late, {"Cyrl"}, ["<|tt|>"]) is not None
    end = tokens.index("<|endoftext|>")
    backwards = [*reversed(tokens[:end]), *tokens[end:]]
    assert subset(backwards, {"Cyrl"}, LANGUAGES) is None


def test_a_rare_name_is_spelled_with_what_there_is(
    tokens: Sequence[str], cyrillic: TokenSubset
) -> None:
    number = tokens.index("ĠPhotoshop")
    assert cyrillic.present([number]) == []
    spelled = cyrillic.common(cyrillic.own([number]))
    assert len(spelled) > 1
    assert "".join(tokens[part] for part in spelled) == "ĠPhotoshop"
    assert cyrillic.own([tokens.index("ãģ®")]) == []  # の
    usual = [tokens.index("ĠÐ²"), tokens.index("Ġthe")]
    assert cyrillic.common(cyrillic.own(usual)) == usual


def test_it_writes_what_the_whole_model_writes_without_the_others(
    whisper_base: Pack, tokens: Sequence[str], cyrillic: TokenSubset, clip: Samples
) -> None:
    """The same hypotheses as likely as there, the same languages, times and probabilities."""
    some, whole = (WhisperModel(whisper_base, 1, chosen) for chosen in (cyrillic, None))
    assert some.tokens is cyrillic
    others = sorted(set(range(len(tokens))) - set(cyrillic.ids))
    start = [tokens.index(name) for name in ("<|startoftranscript|>", "<|ru|>", "<|transcribe|>")]
    prompt = [*start, tokens.index("<|notimestamps|>")]
    answers, times, shares = [], [], []  # of some tokens, then of all
    for model in (some, whole):
        model.hear(clip, None)
        window = model.encode(0, 1250)
        shares.append(model.shares(window))
        answers += [
            model.write(window, prompt, [], Limits(100, beam, others, weighed=beam == 1))
            for beam in (5, 1)
        ]
        times.append(model.align(window, start, answers[0].ids))
    assert shares[0] == shares[1]
    assert times[0] == times[1] != []
    for answer, expected in ((answers[0], answers[2]), (answers[1], answers[3])):
        assert answer.ids == expected.ids
        assert answer.log_probability == pytest.approx(expected.log_probability, abs=1e-4)
        assert [ids for ids, _ in answer.hypotheses] == [ids for ids, _ in expected.hypotheses]
        assert np.allclose(answer.probabilities, expected.probabilities, atol=1e-4)
        # Not among fewer: it is the token's share of all that could be written.
        assert answer.no_speech == pytest.approx(expected.no_speech, abs=0.02)


def test_what_was_forced_is_written_though_it_is_spelled(whisper_base: Pack, clip: Samples) -> None:
    recognizer = table.recognizers([whisper_base], dict.fromkeys(("ru", "ba"), "whisper-base"), {})
    assert isinstance(recognizer, WhisperRecognizer)
    assert recognizer._model.tokens is not None
    prefix = " Photoshop и Bluetooth"
    query = request("ru", prefix=prefix, previous="Вот Wi-Fi.", draft=True)
    assert recognizer.recognize(clip, query).text.startswith(prefix)


def test_each_of_several_packs_has_the_tokens_of_what_it_hears(
    whisper_base: Pack, adapted_whisper: Pack
) -> None:
    hearers = {"en": whisper_base.id, "tt": adapted_whisper.id}
    group = table.recognizers([whisper_base, adapted_whisper], hearers, {})
    assert isinstance(group, RecognizerGroup)
    english, tatar = (group._hearers[code] for code in ("en", "tt"))
    assert isinstance(english, WhisperRecognizer)
    assert isinstance(tatar, WhisperRecognizer)
    assert english._model.tokens is None
    assert tatar._model.tokens is not None


def test_more_context_than_there_is_room_for_is_shortened(
    whisper_base: Pack, clip: Samples
) -> None:
    options = {**whisper_base.options, "previous_tokens": 220}
    recognizer = WhisperRecognizer(replace(whisper_base, options=options), 1, ["ru"])
    query = request("ru", previous=" ".join(["Photoshop Bluetooth Mercedes"] * 90))
    assert recognizer.recognize(clip, query).text


def test_another_script_is_written_with_all_tokens(whisper_base: Pack, clip: Samples) -> None:
    recognizer = WhisperRecognizer(whisper_base, 1, ["ru", "tt"])
    assert recognizer._model.tokens is not None
    russian = recognizer.recognize(clip, request("ru"))
    recognizer.identify(clip, request("ru", "en"))
    assert recognizer._model.tokens is not None  # nothing is written to tell languages apart
    english = recognizer.recognize(clip, request("en"))
    assert recognizer._model.tokens is None
    assert english.text.isascii()
    assert english == WhisperRecognizer(whisper_base, 1).recognize(clip, request("en"))
    again = recognizer.recognize(clip, request("ru"))
    assert again.text.split()[-3:] == russian.text.split()[-3:]


def test_where_nothing_can_be_written_all_tokens_are_loaded(
    whisper_base: Pack, cyrillic: TokenSubset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "файл").touch()
    monkeypatch.setenv("TOLMACH_HOME", str(tmp_path / "файл"))
    assert WhisperModel(whisper_base, 1, cyrillic).tokens is None


def test_large_weights_are_not_copied(
    whisper_base: Pack, cyrillic: TokenSubset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whisper_model, "_SMALL", 1000)
    assert WhisperModel(whisper_base, 1, cyrillic).tokens is None
