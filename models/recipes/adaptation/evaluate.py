"""What a pack makes of voices: held-out synthetic ones, people who speak Tatar, a Russian reader.

Everything is recognised by the program's own engine, as a finished utterance in a known language.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence, Set
from contextlib import closing
from pathlib import Path

import numpy as np

from recognizer import sentences
from recognizer.features import RATE
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
NOTHING = (("3 s of silence", 3, 0.0), ("3 s of quiet noise", 3, 0.002), ("6 s of noise", 6, 0.05))

Pair = tuple[str, str]  # what is said and what was heard
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


def measure(pack: Pack, data: Path) -> Iterator[tuple[str, list[Pair]]]:
    """Yield the name of each corpus and what was made of it."""
    recognizer = WhisperRecognizer(pack, 1)
    for title, language, sounds in corpora(data):
        request = RecognitionRequest({language: 1.0})
        pairs = [(text, recognizer.recognize(samples, request).text) for samples, text in sounds]
        yield f"{title}, {language}", pairs
        if title == PEOPLE:
            yield f"{title}, weighed by letters", list(_rescored(pack, data, sounds))


def invented(pack: Pack) -> Iterator[str]:
    """Yield a line for each sound in which nobody speaks: what is written of it all the same."""
    recognizer, random = WhisperRecognizer(pack, 1), np.random.default_rng(1)
    for title, length, level in NOTHING:
        noise = (level * random.standard_normal(length * RATE)).astype(np.float32)
        texts = {
            language: recognizer.recognize(noise, RecognitionRequest({language: 1.0})).text
            for language in (*speech.LANGUAGES, "ru")
        }
        yield f"{title}: {texts}"


def _rescored(pack: Pack, data: Path, sounds: Sequence[tuple[Samples, str]]) -> Iterator[Pair]:
    model = rescoring.LetterModel(sentences.load(data).train["tt"])
    answers = rescoring.hypotheses(pack, [samples for samples, _ in sounds], "tt")
    for (_, text), candidates in zip(sounds, answers, strict=True):
        yield text, rescoring.best(candidates, model, WEIGHT, BONUS)


def by_words(pairs: Sequence[Pair], trained: Set[str]) -> Iterator[tuple[str, list[Pair]]]:
    """Yield those whose words were all spoken in training, and those of which none was."""
    shares = [[word in trained for word in _folded(text).split()] for text, _ in pairs]
    for title, test in (("every word trained on", all), ("no word trained on", _none)):
        yield title, [pair for pair, share in zip(pairs, shares, strict=True) if test(share)]


def _none(flags: Sequence[bool]) -> bool:
    return not any(flags)


def line(title: str, pairs: Sequence[Pair]) -> str:
    """Return how many there are, and CER and WER of normalised text, ё as е."""
    folded = [(_folded(text), _folded(answer)) for text, answer in pairs]
    cer, wer = character_error_rate(folded).value, word_error_rate(folded).value
    return f"{title}, {len(pairs)}: CER {cer:.3f} WER {wer:.3f}"


def trained_words(folder: Path) -> set[str]:
    """Return the words that are spoken in the shards of a folder."""
    shards = [json.loads(path.read_bytes()) for path in folder.glob("[0-9]*.json")]
    texts = [utterance["text"] for shard in shards for utterance in shard["utterances"]]
    return {word for text in texts for word in _folded(text).split()}


def _folded(text: str) -> str:
    return normalise(text, "tt", fold_yo=True)
