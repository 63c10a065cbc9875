"""`make bench-files`: a long recording written down by ours and by two others, in one run.

A reader's clips (festvox-ru) are joined with the short pauses of somebody who reads on, clean and
in noise. All ways have Whisper base in eight bits, the others
without our changes, and a process each, one after the other; ours
takes the threads that it found to be the quickest here, the others all cores. Texts are compared
with what was read; so are the ends of sentences, which a subtitle or a translation hangs on.
"""

import argparse
import json
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from tests import bench_live, original_whisper, voices
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.settings import Settings
from tolmach.engines.threads import cores
from tolmach.packs import builtin, manifest
from tolmach.sessions.file import FileSession
from tolmach.sessions.plan import into
from tolmach.worker.client import Client

PAUSES = (0.25, 0.9)  # seconds between two clips
LOUDNESS = 0.1  # root mean square of speech
ENDS = re.compile(r"[.!?…]+[\"»”)]*$")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one way made of a recording."""

    segments: tuple[tuple[float, float, str], ...]  # start, end, text
    processor_seconds: float
    seconds: float
    memory: float  # MB, of the process that holds the model, at its greatest


def main() -> None:
    options = parser().parse_args()
    if options.way:
        say(json.dumps(asdict(WAYS[options.way](options))))
        return
    if why := bench_live.missing(["real"]):
        sys.exit(f"bench-files: {why}")
    say(bench_live.machine(cores(), [options.seed]))
    with tempfile.TemporaryDirectory() as folder:
        pack = builtin.make(Path(folder, "whisper"), lambda written, total: None)
        options.pack = pack.folder  # not the installed one, which may be of an earlier version
        options.weights = original_whisper.in_eight_bits(pack, Path(folder, "original")).folder
        for noise in options.noise:
            sound, text = recording(options.seconds, options.seed, noise)
            path = Path(folder, f"{noise}.wav")
            _write(path, sound)
            title = "clean" if noise is None else f"noise {noise:.0f} dB below speech"
            say(f"\n{len(sound) / SAMPLE_RATE:.0f} s, {title}\n{HEAD}")
            for name in options.ways:
                say(row(name, measured(name, path, options), text))


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    arguments = argparse.ArgumentParser(prog="bench_files", description=__doc__)
    arguments.add_argument("--seconds", type=float, default=330)
    arguments.add_argument("--noise", nargs="*", type=_decibels, default=[None, 15.0])
    arguments.add_argument("--ways", nargs="+", choices=tuple(WAYS), default=tuple(WAYS))
    arguments.add_argument("--language", default="ru", help="told to all; empty: to nobody")
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--way", choices=tuple(WAYS), help=argparse.SUPPRESS)
    arguments.add_argument("--sound", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--pack", type=Path, help=argparse.SUPPRESS)
    arguments.add_argument("--weights", type=Path, help=argparse.SUPPRESS)
    return arguments


def _decibels(text: str) -> float | None:
    return None if text == "clean" else float(text)


def recording(seconds: float, seed: int, noise: float | None) -> tuple[Samples, str]:
    """Return a reader who reads on for so long, and the text; `noise` is dB below the speech."""
    chance = random.Random(seed)
    clips = voices.read()
    first = chance.randrange(len(clips) // 2)
    parts: list[Samples] = []
    texts: list[str] = []
    for clip in clips[first:]:
        if sum(map(len, parts)) >= seconds * SAMPLE_RATE:
            break
        parts += [voices.sound(clip.path), silence(int(chance.uniform(*PAUSES) * SAMPLE_RATE))]
        texts.append(clip.text)
    sound = np.concatenate(parts)
    sound *= LOUDNESS / np.sqrt(np.mean(sound[np.abs(sound) > 0.01] ** 2))
    if noise is not None:
        white = np.random.default_rng(seed).standard_normal(len(sound), dtype=np.float32)
        sound = sound + white * np.float32(LOUDNESS * 10 ** (-noise / 20))
    return sound.clip(-1, 1).astype(np.float32), " ".join(texts)


def measured(name: str, path: Path, options: argparse.Namespace) -> Outcome:
    """Run one way in a process of its own."""
    command = [sys.executable, "-m", "tests.bench_files", "--way", name, "--sound", str(path)]
    command += ["--language", options.language]
    command += ["--pack", str(options.pack), "--weights", str(options.weights)]
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
    fields = json.loads(answer.splitlines()[-1])
    return Outcome(**fields | {"segments": tuple(map(tuple, fields["segments"]))})


def transcribe(options: argparse.Namespace) -> Outcome:
    """As `tolmach transcribe` does it."""
    began = time.perf_counter()
    packs = [manifest.read(options.pack)]
    plan = into(packs, [options.language] if options.language else ["ru", "ba"], "", Settings())
    with closing(Client()) as client:
        session = FileSession(client, plan, options.sound)
        for _ in session.run():
            pass
    segments = [(s.start, s.end, s.text) for s in session.transcript.ordered() if s.text]
    return _outcome(segments, began, resource.RUSAGE_CHILDREN)


def plain(options: argparse.Namespace) -> Outcome:
    """faster-whisper with its voice activity detector."""
    from faster_whisper import WhisperModel

    began = time.perf_counter()
    model = WhisperModel(
        str(options.weights), compute_type="int8", cpu_threads=cores(), local_files_only=True
    )
    segments, _ = model.transcribe(
        str(options.sound), language=options.language or None, vad_filter=True
    )
    return _outcome([(s.start, s.end, s.text) for s in segments], began, resource.RUSAGE_SELF)


def batched(options: argparse.Namespace) -> Outcome:
    """faster-whisper's BatchedInferencePipeline."""
    from faster_whisper import BatchedInferencePipeline, WhisperModel

    began = time.perf_counter()
    model = WhisperModel(
        str(options.weights), compute_type="int8", cpu_threads=cores(), local_files_only=True
    )
    segments, _ = BatchedInferencePipeline(model).transcribe(
        str(options.sound), language=options.language or None
    )
    return _outcome([(s.start, s.end, s.text) for s in segments], began, resource.RUSAGE_SELF)


WAYS: dict[str, Callable[[argparse.Namespace], Outcome]] = {
    "ours": transcribe,
    "faster-whisper": plain,
    "batched": batched,
}


def _outcome(segments: Sequence[tuple[float, float, str]], began: float, holder: int) -> Outcome:
    usages = [
        resource.getrusage(holding) for holding in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    ]
    return Outcome(
        tuple(segments),
        sum(usage.ru_utime + usage.ru_stime for usage in usages),
        time.perf_counter() - began,
        resource.getrusage(holder).ru_maxrss / 1024,
    )


HEAD = " " * 16 + " segments   WER %   CPU s      s     MB  ends right %  cut inside"


def row(name: str, outcome: Outcome, text: str) -> str:
    """Return a line of the table."""
    hypothesis = " ".join(segment[2] for segment in outcome.segments)
    wer, _ = voices.error_rates([(text, hypothesis)])
    right, inside = sentence_ends(text, [segment[2] for segment in outcome.segments])
    return (
        f"{name:16}{len(outcome.segments):9}{100 * wer:8.1f}{outcome.processor_seconds:8.1f}"
        f"{outcome.seconds:7.1f}{outcome.memory:7.0f}{100 * right:14.0f}{inside:12}"
    )


def sentence_ends(text: str, segments: Sequence[str]) -> tuple[float, int]:
    """Return the share of sentences that end where they do, and the segments that end elsewhere.

    A sentence ends rightly when the word that was heard for its last one ends a sentence, too.
    """
    words = text.split()
    hypothesis = [word for segment in segments for word in segment.split()]
    last_heard = np.cumsum([len(segment.split()) for segment in segments]) - 1
    ends = {number for number, word in enumerate(words) if ENDS.search(word)}
    places: dict[int, int] = {}  # word that was heard -> word that was said
    operations = Levenshtein.opcodes(list(map(_bare, words)), list(map(_bare, hypothesis)))
    for operation in operations:
        length = min(
            operation.src_end - operation.src_start, operation.dest_end - operation.dest_start
        )
        for step in range(length):
            places[operation.dest_start + step] = operation.src_start + step
    rightly_ended = sum(
        places.get(number) in ends for number, word in enumerate(hypothesis) if ENDS.search(word)
    )
    inside = sum(places.get(int(number), -1) not in ends for number in last_heard)
    return rightly_ended / len(ends), inside


def _bare(word: str) -> str:
    return "".join(filter(str.isalnum, word)).casefold().replace("ё", "е")


def _write(path: Path, sound: Samples) -> None:
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, SAMPLE_RATE, 0, "NONE", ""))
        file.writeframes((sound * 32767).astype("<i2").tobytes())


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
