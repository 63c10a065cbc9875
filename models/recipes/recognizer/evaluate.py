"""Measures an exported pack: as deployed, through faster-whisper, and on real voices."""

from __future__ import annotations

import argparse
import csv
import json
import logging
import random
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tolmach  # noqa: F401 - silences the libraries that follow

# isort: split
import ctranslate2
import numpy as np
from faster_whisper import WhisperModel, decode_audio

from . import alphabet, pack, scoring, sentences, sound, voices
from .features import whisper_features

STEP = 50
NOISE_DB = 15.0
REAL_SECONDS = 25.0
READER = Path("/usr/share/festival/voices/russian/msu_ru_nsh_clunits")  # package festvox-ru
_READ = re.compile(r'\( (\w+) "(.*)" \)')
_EVERY = 8  # of its clips one
_ON = "held-out sentences, held-out voices"


@dataclass(frozen=True)
class Sample:
    """One test utterance."""

    language: str
    text: str
    wave: np.ndarray


@dataclass(frozen=True)
class Answer:
    """What came out for one sample."""

    sample: Sample
    text: str
    language: str | None
    """The detected language, where it was asked for."""


class Deployed:
    """Recognition as the application does it: a window just as long as the utterance."""

    def __init__(self, folder: Path, beam: int) -> None:
        """Load the pack."""
        self._model = ctranslate2.models.Whisper(
            str(folder), device="cpu", compute_type="int8", intra_threads=1
        )
        self._beam = beam

    def __call__(self, sample: Sample) -> Answer:
        """Recognise one sample and detect its language."""
        features = whisper_features(sample.wave)
        length = -(-len(features) // STEP) * STEP
        padded = np.zeros((1, features.shape[1], length), np.float32)
        padded[0, :, : len(features)] = features.T
        encoded = self._model.encode(ctranslate2.StorageView.from_array(padded))
        language = self._model.detect_language(encoded)[0][0][0].strip("<|>")
        prompt = [
            alphabet.START,
            alphabet.LANGUAGE_IDS[sample.language],
            alphabet.TRANSCRIBE,
            alphabet.NO_TIMESTAMPS,
        ]
        result = self._model.generate(
            encoded, [prompt], beam_size=self._beam, max_length=min(448, 20 + length // 2)
        )
        return Answer(sample, alphabet.decode(result[0].sequences_ids[0]).strip(), language)


class Unchanged:
    """Recognition by faster-whisper as it is, with windows of half a minute."""

    def __init__(self, folder: Path) -> None:
        """Load the pack."""
        self._model = WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1)

    def __call__(self, sample: Sample) -> Answer:
        """Recognise one sample with the default options."""
        segments, _ = self._model.transcribe(sample.wave, language=sample.language)
        return Answer(sample, "".join(s.text for s in segments).strip(), None)


def samples(data: Path, count: int, noise: float | None) -> Iterator[Sample]:
    """Yield test sentences spoken by held-out voices."""
    for language, texts in sentences.load(data).test.items():
        for text in texts[:count]:
            seed = int(sentences.stable_share(text) * 2**32)
            chance = random.Random(seed)
            voice = voices.choose(chance, language, voices.HELD_OUT, wild=True)
            wave = sound.pad(sound.speak(text, voice), 0.15, 0.3)
            rng = np.random.default_rng(seed)
            if noise is None:
                wave = wave + 1e-4 * sound.noise(rng, wave.size)
            else:
                wave = sound.add_noise(wave, rng, noise)
            yield Sample(language, text, wave.astype(np.float32))


def real_samples(data: Path) -> Iterator[Sample]:
    """Yield the recordings of real voices in the recogniser's languages."""
    folder = data / "speech"
    with (folder / "manifest.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["lang"] in alphabet.LANGUAGES and row["text"]:
                wave = decode_audio(str(folder / row["path"]))
                if len(wave) <= REAL_SECONDS * 16000:
                    yield Sample(row["lang"], row["text"], wave)
    transcripts = READER / "etc" / "txt.done.data"
    if transcripts.is_file():
        for name, text in _READ.findall(transcripts.read_text(encoding="utf-8"))[::_EVERY]:
            wave = decode_audio(str(READER / "wav" / f"{name}.wav"))
            if len(wave) <= REAL_SECONDS * 16000:
                yield Sample("ru", text.replace("+", ""), wave)


def measure(answers: list[Answer]) -> dict[str, dict[str, float]]:
    """Return the measures by language."""
    result = {}
    for language in alphabet.LANGUAGES:
        of_language = [answer for answer in answers if answer.sample.language == language]
        if not of_language:
            continue
        raw = [(answer.sample.text, answer.text) for answer in of_language]
        plain = [(alphabet.normalise(a), alphabet.normalise(b)) for a, b in raw]
        result[language] = {
            "CER": scoring.character_error_rate(plain),
            "WER": scoring.word_error_rate(plain),
            "raw CER": scoring.character_error_rate(raw),
            "utterances": len(of_language),
        }
        if of_language[0].language is not None:
            right = sum(answer.language == language for answer in of_language)
            result[language]["language detection"] = right / len(of_language)
    return result


def _series(options: argparse.Namespace) -> Iterator[tuple[str, list[Answer]]]:
    deployed = Deployed(options.pack, options.beam)
    clean = list(samples(options.data, options.count, None))
    yield f"{_ON}, clean", [deployed(sample) for sample in clean]
    noisy = samples(options.data, options.count, NOISE_DB)
    yield f"{_ON}, noise at {NOISE_DB:.0f} dB", [deployed(sample) for sample in noisy]
    unchanged = Unchanged(options.pack)
    part = samples(options.data, options.full, None)
    yield f"{_ON}, clean, faster-whisper unchanged", [unchanged(s) for s in part]
    yield "real voices", [deployed(sample) for sample in real_samples(options.data)]


def evaluate(options: argparse.Namespace) -> dict[str, dict[str, dict[str, float]]]:
    """Measure every series, writing a table line by line."""
    report = {}
    for name, answers in _series(options):
        report[name] = measure(answers)
        sys.stdout.write(f"{name}\n")
        for language, values in report[name].items():
            line = "  ".join(f"{key} {value:.3f}" for key, value in values.items())
            sys.stdout.write(f"  {language}: {line}\n")
        for answer in answers[:: max(1, len(answers) // options.show)] if options.show else ():
            sys.stdout.write(f"    {answer.sample.text}\n  → {answer.text}\n")
        sys.stdout.flush()
    return report


def quality(report: dict[str, dict[str, dict[str, float]]]) -> list[dict[str, Any]]:
    """Turn a report into the quality list of pack.json."""
    return [
        {"language": language, "metric": metric, "value": round(values[metric], 4), "on": name}
        for name, languages in report.items()
        for language, values in languages.items()
        for metric in ("CER", "WER", "language detection")
        if metric in values
    ]


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    result = argparse.ArgumentParser(prog="recognizer.evaluate", description=__doc__)
    result.add_argument("--pack", type=Path, required=True)
    result.add_argument("--data", type=Path, required=True)
    result.add_argument("--json", type=Path, help="write the report here")
    result.add_argument("--update-pack", action="store_true", help="write into pack.json")
    result.add_argument("--count", type=int, default=300, help="sentences per language")
    result.add_argument("--full", type=int, default=40, help="of them through faster-whisper")
    result.add_argument("--beam", type=int, default=5)
    result.add_argument("--show", type=int, default=0, help="examples to print per series")
    return result


def main(arguments: list[str] | None = None) -> None:
    """Measure a pack."""
    options = parser().parse_args(arguments)
    logging.getLogger("faster_whisper").setLevel(logging.ERROR)
    report = evaluate(options)
    if options.json:
        text = json.dumps(report, ensure_ascii=False, indent=2) + "\n"
        options.json.write_text(text, encoding="utf-8")
    if options.update_pack:
        pack.write(options.pack, quality(report))


if __name__ == "__main__":
    main()
