"""`make bench`: what the starter packs cost on this computer, beside the plain alternative.

Both sides are measured in turn in one run, so the ratio holds where absolute times do not.
Recognition: our short window against faster-whisper's own `transcribe`, which pads to 30 s.
"""

import os
import platform
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from faster_whisper import WhisperModel

from tolmach.audio.media import open_media
from tolmach.core import paths
from tolmach.core.samples import FRAME, Samples
from tolmach.engines import table
from tolmach.engines.base import RecognitionRequest
from tolmach.packs import store
from tolmach.packs.selection import recognizer_for, translators_for
from tolmach.pipeline.endpointer import Endpointer, Utterance
from tolmach.pipeline.models import Models
from tolmach.protocol.plan import Endpointing

ROUNDS = 5
THREADS = min(4, os.cpu_count() or 1)
SENTENCES = ("Где у вас болит?", "Вам нужно отдыхать и пить больше воды.", "Спасибо, до свидания!")


def utterances(sound: Samples) -> tuple[list[Utterance], float]:
    """Return the utterances of a recording and the seconds that the VAD took."""
    detector, endpointer = table.detector(), Endpointer(Endpointing())
    answers: list[Utterance | None] = []
    began = time.perf_counter()
    for first in range(0, len(sound) - FRAME + 1, FRAME):
        frame = sound[first : first + FRAME]
        answers.append(endpointer.push(frame, detector.probability(frame)))
    answers.append(endpointer.finish())
    return [u for u in answers if u], time.perf_counter() - began


def paired(
    subject: Callable[[], object], other: Callable[[], object]
) -> tuple[float, float, float]:
    """Return median seconds of both, run in turn, and the median of their ratios."""
    times: list[tuple[float, float]] = []
    for _ in range(ROUNDS):
        pair = []
        for call in (subject, other):
            began = time.perf_counter()
            call()
            pair.append(time.perf_counter() - began)
        times.append((pair[0], pair[1]))
    first, second = zip(*times, strict=True)
    ratio = statistics.median(a / b for a, b in times)
    return statistics.median(first), statistics.median(second), ratio


def resident_mb() -> float:
    """Return this process's resident memory, 0 where the system does not say."""
    status = Path("/proc/self/status")
    if not status.exists():
        return 0.0
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def main() -> None:
    packs = store.installed().packs
    recognizer_pack = recognizer_for(packs, ("ru", "ba"))
    sound = np.concatenate(list(open_media(paths.resources() / "samples" / "conversation.flac")))
    spoken, vad_seconds = utterances(sound)
    length = sum(len(u.samples) for u in spoken) / 16_000
    say(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {THREADS} threads")
    say(f"sample: {len(sound) / 16_000:.1f} s, {len(spoken)} utterances of {length:.1f} s in all")
    say(f"VAD: {1000 * vad_seconds / (len(sound) / FRAME):.2f} ms a frame of 32 ms")

    before = resident_mb()
    recognizer = table.recognizer(recognizer_pack, THREADS)
    say(f"recognizer {recognizer_pack.id}: {resident_mb() - before:.0f} MB more resident memory")
    plain = WhisperModel(
        str(recognizer_pack.folder), compute_type="int8", cpu_threads=THREADS, local_files_only=True
    )

    def run_ours() -> None:
        for utterance in spoken:
            recognizer.recognize(utterance.samples, RecognitionRequest({"ru": 1.0, "ba": 1.0}))

    def run_plain() -> None:
        for utterance in spoken:
            list(plain.transcribe(utterance.samples, beam_size=5, temperature=0.0)[0])

    run_ours()
    run_plain()
    ours_seconds, plain_seconds, ratio = paired(run_ours, run_plain)
    say(f"recognition, ours: {ours_seconds / length:.3f} s per second of speech")
    say(f"recognition, faster-whisper as it is: {plain_seconds / length:.3f}; ratio {ratio:.2f}")

    translator = Models().translator(translators_for(packs, (("ru", "ba"),)))
    translator.translate([SENTENCES[0]], "ru", "ba")
    each, _, _ = paired(lambda: [translator.translate([s], "ru", "ba") for s in SENTENCES], list)
    say(f"translation ru>ba: {1000 * each / len(SENTENCES):.0f} ms a sentence")


if __name__ == "__main__":
    main()
