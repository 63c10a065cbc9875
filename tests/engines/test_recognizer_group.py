"""Two packs as one recognizer, on models whose answers are written into their weights."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests import tiny_models
from tests.engines.test_whisper import noise, pack, request
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, Quality
from tolmach.engines import table
from tolmach.engines.recognizer_group import EARLY

REAL = "real voices"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("две модели")


def large(folder: Path, name: str, **logits: float) -> Pack:
    """Return a model at home in Russian alone, which believes to hear what `logits` say."""
    where = tiny_models.whisper(folder / name, says="да", language_logits=logits)
    good = Quality("ru", "CER", 0.05, REAL), Quality("ba", "CER", 0.9, REAL)
    return replace(pack(where, home_share=0.25), id="large", quality=good)


def small(folder: Path, name: str) -> Pack:
    """Return a model that takes all sound for Russian."""
    where = tiny_models.whisper(folder / name, says="бар", language_logits={"ru": 9.0})
    return replace(pack(where), id="small")


def test_who_hears_the_language_writes_it_down(folder: Path) -> None:
    """Little of it is Russian, and nothing Bashkir: then it is Bashkir all the same."""
    hearers = {"ru": "large", "ba": "small"}
    other = small(folder, "small")
    strange = [large(folder, "strange", ru=1.0, ba=0.0, tt=5.0), other]
    recognition = table.recognizers(strange, hearers, {}).recognize(noise(2), request("ru", "ba"))
    assert (recognition.text, recognition.language) == ("бар", "ba")
    share = np.exp(1.0) / (np.exp(1.0) + 1 + np.exp(5.0))
    assert recognition.confidence == pytest.approx(1 - share / (share + (1 - share) / 3), abs=0.01)

    familiar = [large(folder, "familiar", ru=5.0, ba=0.0, tt=1.0), other]
    recognition = table.recognizers(familiar, hearers, {}).recognize(noise(2), request("ru", "ba"))
    assert (recognition.text, recognition.language) == ("да", "ru")
    assert recognition.confidence > 0.95


def test_a_single_pack_knows_its_strangers_too(folder: Path) -> None:
    alone = [large(folder, "alone", ru=1.0, ba=0.0, tt=5.0)]
    recognizer = table.recognizers(alone, {"ru": "large", "ba": "large"}, {})
    assert recognizer.recognize(noise(2), request("ru", "ba")).language == "ba"
    share = recognizer.identify(noise(2), request("ru", "ba"))
    assert sum(share.values()) == pytest.approx(1.0)
    assert share["ba"] > share["ru"]


@pytest.mark.parametrize("stage", ["early draft", "later draft", "final"])
def test_another_one_writes_no_draft_of_too_little_speech(folder: Path, stage: str) -> None:
    """Of half a second nearly nothing is Russian to a model that is at home in Russian alone."""
    packs = [large(folder, f"{stage} strange", ru=1.0, ba=0.0, tt=5.0), small(folder, stage)]
    several = table.recognizers(packs, {"ru": "large", "ba": "small"}, {})
    spoken = EARLY - 0.1 if stage != "later draft" else EARLY
    question = replace(request("ru", "ba"), draft=stage != "final", voiced=spoken)
    recognition = several.recognize(noise(2), question)
    assert recognition.language == "ba"
    assert recognition.text == ("" if stage == "early draft" else "бар")


@pytest.mark.parametrize("language", ["ru", "ba"])
def test_a_draft_of_little_speech_is_written_where_its_language_is_known(
    folder: Path, language: str
) -> None:
    packs = [large(folder, f"{language} known", ru=5.0, tt=1.0), small(folder, f"{language} s")]
    several = table.recognizers(packs, {"ru": "large", "ba": "small"}, {})
    languages = ("ru", "ba") if language == "ru" else ("ba",)
    question = replace(request(*languages), draft=True, voiced=EARLY / 2)
    assert several.recognize(noise(2), question).text


def test_one_language_is_not_identified(folder: Path) -> None:
    packs = [large(folder, "sure", ru=5.0, ba=0.0, tt=1.0), small(folder, "certain")]
    several = table.recognizers(packs, {"ru": "large", "ba": "small"}, {})
    recognition = several.recognize(noise(2), request("ba"))
    assert (recognition.text, recognition.language, recognition.confidence) == ("бар", "ba", 1.0)


def test_another_language_than_those_of_the_conversation_may_be_asked_for(folder: Path) -> None:
    """ "It was the other language" of a card from before the languages were changed."""
    packs = [large(folder, "for others", ru=5.0), small(folder, "for tt")]
    recognizer = table.recognizers(packs, {"ru": "large", "ba": "small"}, {})
    assert recognizer.recognize(noise(2), request("tt")).text == "да"


def test_who_cannot_tell_is_not_asked(folder: Path) -> None:
    only = [
        replace(large(folder, "only ru", ru=5.0), languages={"ru": "<|ru|>"}),
        replace(small(folder, "only ba"), languages={"ba": "<|ba|>"}),
    ]
    several = table.recognizers(only, {"ru": "large", "ba": "small"}, {})
    assert several.recognize(noise(2), request("ba")).text == "бар"
    for languages in (("ru", "ba"), ("tt",)):
        with pytest.raises(UsageError, match="no-recognizer"):
            several.recognize(noise(2), request(*languages))


@pytest.mark.parametrize("share", [0, 1, -0.5, "много"])
def test_an_impossible_share_is_refused(folder: Path, share: float) -> None:
    wrong = replace(small(folder, f"wrong {share}"), options={"home_share": share})
    with pytest.raises(ModelError, match="model-damaged"):
        table.recognizer(wrong, 1)
