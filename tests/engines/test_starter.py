"""The engines on the packs that come with the program: they hear a voice and translate."""

import shutil
import subprocess
from dataclasses import replace
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from faster_whisper import decode_audio

from tests.candidates import whole
from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.engines import table
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.packs import manifest
from tolmach.pipeline.models import Models

SENTENCES = {
    "ru": "Мы пришли посмотреть на новый дом и поговорить с соседями.",
    "ba": "Беҙ бөгөн ҡалаға барабыҙ һәм кисен ҡайтабыҙ.",
}


@pytest.mark.parametrize("word", ["مرحبا", "漢字", "მოსკოვი", "§§"])
def test_what_the_translator_cannot_write_comes_through(starter: Path, word: str) -> None:
    translator = table.protecting(manifest.read(starter / "starter-ru-ba"), 1)
    assert word in whole(translator, f"Слово {word} на столе.", "ru", "ba")


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Samples]:
    """Return the sentences spoken, by language."""
    if not shutil.which("espeak-ng"):
        pytest.skip("espeak-ng is not installed")
    spoken = {}
    for language, sentence in SENTENCES.items():
        path = tmp_path_factory.mktemp("звук") / f"{language}.wav"
        subprocess.run(["espeak-ng", "-v", language, "-w", str(path), sentence], check=True)
        spoken[language] = decode_audio(str(path))
    return spoken


def read(folder: Path) -> Pack:
    if not (folder / "pack.json").is_file():
        pytest.skip(f"{folder.name} is not trained yet")
    return manifest.read(folder)


@pytest.fixture(scope="module")
def recognitions(starter: Path, voices: dict[str, Samples]) -> dict[str, dict[str, Recognition]]:
    """Return what is heard, by context and language."""
    pack = read(starter / "starter-recognizer")
    recognitions = {}
    for context in ("dynamic", "full"):
        recognizer = table.recognizer(
            replace(pack, options={**pack.options, "context": context}), 1
        )
        recognitions[context] = {
            language: recognizer.recognize(samples, RecognitionRequest({"ru": 1.0, "ba": 1.0}))
            for language, samples in voices.items()
        }
    return recognitions


@pytest.mark.parametrize("context", ["dynamic", "full"])
@pytest.mark.parametrize("language", SENTENCES)
def test_hears_the_right_language(
    recognitions: dict[str, dict[str, Recognition]], context: str, language: str
) -> None:
    recognition = recognitions[context][language]
    assert recognition.language == language
    assert recognition.confidence > 0.5
    assert len(recognition.text) > 5
    assert recognition.no_speech < 0.5


@pytest.mark.parametrize("language", SENTENCES)
def test_the_short_window_hears_what_the_full_one_hears(
    starter: Path, recognitions: dict[str, dict[str, Recognition]], language: str
) -> None:
    rates = [q for q in read(starter / "starter-recognizer").quality if q.metric == "CER"]
    if not rates:
        pytest.skip("the weights are not finished: their pack states no error rate")
    short, full = recognitions["dynamic"][language].text, recognitions["full"][language].text
    assert SequenceMatcher(None, short, full).ratio() > 0.6


def test_translates_and_keeps_the_lines(starter: Path) -> None:
    pack = read(starter / "starter-ru-ba")
    translator = Models().translator([pack])
    for source, target in pack.pairs:
        text = "Добрый день!\n\nКак дела?" if source == "ru" else "Хәйерле көн!\n\nХәлдәр нисек?"
        translation = whole(translator, text, source, target)
        first, blank, last = translation.split("\n")
        assert blank == ""
        assert first.strip()
        assert last.strip()
        assert not any(sign in translation for sign in ("<2", "⁇", "▁"))
