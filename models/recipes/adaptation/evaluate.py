"""What a pack makes of voices: held-out synthetic ones, people who speak Tatar, a Russian reader.

Everything is recognised by the program's own engine, as a finished utterance in a known language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from recognizer import sentences
from tolmach.audio.media import open_media
from tolmach.core.pack import Pack
from tolmach.core.samples import Samples
from tolmach.engines.base import RecognitionRequest
from tolmach.engines.whisper import WhisperRecognizer
from tolmach.quality.error_rates import character_error_rate, word_error_rate
from tolmach.quality.normalization import normalise
from tolmach.sessions.evaluation import read_speech

from . import rescoring, speech

WEIGHT, BONUS = 0.3, 1.0  # of the letters' model; set before anything was measured
PEOPLE = "people"

Corpus = tuple[str, str, list[tuple[Samples, str]]]  # title, language, sounds and what is said


def corpora(data: Path) -> Iterator[Corpus]:
    """Yield what is measured."""
    clips = [(_samples(clip.path), clip.text) for clip in read_speech(data / "speech", "tt")]
    yield PEOPLE, "tt", clips
    aside = speech.recordings()[-speech.KEPT_ASIDE :: 2]
    yield "the reader", "ru", [(_samples(path), text) for path, text in aside]
    held_out = list(speech.held_out(data))
    for language in speech.LANGUAGES:
        for title, reader in (("espeak-ng", False), ("Festival", True)):
            sounds = [
                (np.pad(samples, 3200), text)
                for spoken, text, voice, samples in held_out
                if spoken == language and (voice == speech.READER_NAME) is reader
            ]
            yield f"held-out {title}", language, sounds


def _samples(path: Path) -> Samples:
    with closing(open_media(path)) as media:
        return np.concatenate(list(media))


def measure(pack: Pack, data: Path) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield a line of figures for each corpus, and (what is said, what was heard) pairs."""
    recognizer = WhisperRecognizer(pack, 1)
    for title, language, sounds in corpora(data):
        request = RecognitionRequest({language: 1.0})
        pairs = [(text, recognizer.recognize(samples, request).text) for samples, text in sounds]
        yield _line(title, language, pairs), pairs
        if title == PEOPLE:
            pairs = list(_rescored(pack, data, sounds))
            yield _line(f"{title}, weighed by letters", language, pairs), pairs


def _rescored(
    pack: Pack, data: Path, sounds: Sequence[tuple[Samples, str]]
) -> Iterator[tuple[str, str]]:
    model = rescoring.LetterModel(sentences.load(data).train["tt"])
    answers = rescoring.hypotheses(pack, [samples for samples, _ in sounds], "tt")
    for (_, text), candidates in zip(sounds, answers, strict=True):
        yield text, rescoring.best(candidates, model, WEIGHT, BONUS)


def _line(title: str, language: str, pairs: Sequence[tuple[str, str]]) -> str:
    wer, cer = error_rates(pairs, language)
    return f"{title}, {language}, {len(pairs)}: CER {cer:.3f} WER {wer:.3f}"


def error_rates(pairs: Sequence[tuple[str, str]], language: str) -> tuple[float, float]:
    """Return WER and CER of normalised text, ё as е."""
    folded = [
        (normalise(text, language, fold_yo=True), normalise(answer, language, fold_yo=True))
        for text, answer in pairs
    ]
    return word_error_rate(folded).value, character_error_rate(folded).value
