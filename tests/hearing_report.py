"""Part of `make eval`: who understands people, and who hears which language they speak.

First forty read clips as `tolmach transcribe` hears them. Then, for each recognizer and language,
CER and WER on whole recordings, and how often it hears rightly that this language or another one
is spoken: the figures of models/builtin/*.json and of docs/decisions/0022. Rule: what is not on
this computer is told of and left out.
"""

import argparse
import queue
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import numpy as np
import psutil

from tests import answers, voices
from tests.answers import Outcome
from tests.live.streams import recipe, shared
from tests.sound_server import spoken
from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples
from tolmach.core.settings import Settings
from tolmach.core.transcript import SURE
from tolmach.engines import table
from tolmach.engines.base import RecognitionRequest, Recognizer
from tolmach.packs import builtin, manifest
from tolmach.pipeline.endpointer import Endpointer
from tolmach.pipeline.session import Engines
from tolmach.protocol.messages import Event, Failed, Finished
from tolmach.protocol.plan import Endpointing, Plan
from tolmach.sessions.evaluation import Spoken, read_speech, recognized
from tolmach.sessions.plan import conversation, into
from tolmach.worker.client import Client

STARTER = Path(__file__).resolve().parent.parent / "models" / "starter" / "starter-recognizer"
TRANSCRIBED = 40  # clips
EVERY_ANSWER = 3  # of so many one is measured: all take a quarter of an hour
GOAL = 0.22  # word error rate
READ = 80  # clips whose language is heard, too
SYNTHETIC = 30  # sentences a language
LONGEST = 30  # seconds
LENGTHS = (20, 90)  # characters of a synthetic sentence
PHRASES = (0.0, 1.2, 1.8, 2.6)  # seconds between which phrases are counted together
BREAK_MS = 160  # of silence that ends a phrase
PARTS = ("reader", "packs", "short", "answers", "costs")
CONFIDENCES = (0.0, 0.5, 0.8, 0.95, 1.01)  # confidences between which answers are counted together


@dataclass(frozen=True, slots=True)
class Voices:
    """Recordings of one language."""

    language: str
    origin: str
    sounds: tuple[tuple[Samples, str], ...]  # and what is said


def main() -> None:
    arguments = argparse.ArgumentParser(prog="hearing_report", description=__doc__)
    arguments.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    chosen = arguments.parse_args().only
    say(f"{datetime.now().astimezone():%Y-%m-%d %H:%M}")
    with TemporaryDirectory() as folder:
        try:
            packs = builtin.make_all(builtin.IDS, Path(folder), lambda written, total: None)
        except AppError as error:
            say(f"without Whisper base: {error.code}")
            packs = []
        if "reader" in chosen and packs and voices.FESTVOX.is_dir():
            transcribe(packs[0])
        packs.append(manifest.read(STARTER))
        corpora = list(recordings())
        for pack in packs if "packs" in chosen else ():
            measure(pack, corpora)
        if "short" in chosen:
            tell_of_short(packs[0], corpora)
        if "answers" in chosen:
            tell_of_answers(packs[0])
        for preferred in ("", *(pack.id for pack in packs)) if "costs" in chosen else ():
            weigh(packs, preferred, corpora)


def transcribe(pack: Pack) -> None:
    """Tell how well a reader is understood through the worker."""
    clips = voices.clips(TRANSCRIBED)
    client = Client()
    try:
        answers = list(recognized(client, into([pack], ["ru"], ""), clips))
    finally:
        client.close()
    failed = sum(isinstance(answer, AppError) for answer in answers)
    texts = ["" if isinstance(answer, AppError) else answer for answer in answers]
    wer, cer = voices.error_rates(
        [(clip.text, text) for clip, text in zip(clips, texts, strict=True)]
    )
    verdict = "met" if wer <= GOAL else "missed"
    say(f"{pack.id}, {len(clips)} clips of festvox-ru transcribed, {failed} failed: ")
    say(f"  WER {wer:.3f} (goal {GOAL}: {verdict}), CER {cer:.3f}")


def measure(pack: Pack, corpora: Sequence[Voices]) -> None:
    """Tell what a recognizer makes of all recordings."""
    recognizer = table.recognizer(pack, 1)
    say(f"{pack.id}: CER, WER, heard to be this language and not another, CPU s a recording")
    for corpus in corpora:
        if corpus.language not in pack.languages:
            say(f"  {corpus.language}, {corpus.origin}: unknown to it")
            continue
        began = process_time()
        request = RecognitionRequest({corpus.language: 1.0})
        pairs = [(text, recognizer.recognize(sound, request).text) for sound, text in corpus.sounds]
        cost = (process_time() - began) / len(corpus.sounds)
        wer, cer = voices.error_rates(pairs, corpus.language)
        rightly = ", ".join(
            f"{identified(recognizer, corpus, other)} ({other})"
            for other in ("ru", "ba", "tt")
            if other != corpus.language and other in pack.languages
        )
        say(
            f"  {corpus.language}, {corpus.origin}: {cer:.3f} {wer:.3f}, "
            f"of {len(corpus.sounds)}: {rightly}; {cost:.2f}"
        )


def tell_of_short(pack: Pack, corpora: Sequence[Voices]) -> None:
    """Tell how short and strange sounds are told from Russian, and how honest the confidence is."""
    recognizer = table.recognizer(pack, 1)
    request = RecognitionRequest({"ru": 1.0, "ba": 1.0})
    answers: list[tuple[float, bool]] = []  # of the language that won; whether it is right
    for least, most in pairwise(PHRASES):
        shares = [
            recognizer.identify(phrase, request)
            for sound, _ in corpora[0].sounds
            for phrase in phrases(sound)
            if least <= len(phrase) / SAMPLE_RATE < most
        ]
        answers += judged(f"{pack.id}: phrases of {least} to {most} s", shares, russian=True)
    shares = [recognizer.identify(sound, request) for sound, _ in corpora[0].sounds]
    judged(f"{pack.id}: recordings of the reader", shares, russian=True)
    folder = shared() / "speech"
    for language in ("tt", "kk", "sah") if folder.is_dir() else ():
        sounds = _voices(language, "", read_speech(folder, language)).sounds
        shares = [recognizer.identify(sound, request) for sound, _ in sounds]
        answers += judged(f"{pack.id}: recordings in {language}", shares, russian=False)
    for low, high in pairwise(CONFIDENCES):
        group = [answer for answer in answers if low <= answer[0] < high]
        if not group:
            continue
        mean, right = (sum(column) / len(group) for column in zip(*group, strict=True))
        say(
            f"  of {len(group)} with a confidence of {low} to {high}, {mean:.2f}: {right:.2f} right"
        )


def _confidence(shares: Mapping[str, float]) -> float:
    return max(shares.values())


def judged(
    title: str, shares: Sequence[Mapping[str, float]], *, russian: bool
) -> list[tuple[float, bool]]:
    """Tell how many are rightly heard as Russian, or as none; return each confidence and that."""
    answers = [(max(share.values()), (share["ru"] > share["ba"]) is russian) for share in shares]
    rightly = sum(right for _, right in answers)
    certain = sum(share["ru"] >= SURE for share in shares)
    say(f"{title}: of {len(shares)} {rightly} right, {certain} Russian for certain")
    return answers


def tell_of_answers(pack: Pack) -> None:
    """Tell what becomes of short answers, said alone in a quiet room."""
    spoken_answers = answers.read()[::EVERY_ANSWER]
    engines = Engines(table.detector(), table.recognizer(pack, 1, ("ru", "tt", "ba")), None)
    for languages in (("ru",), ("ru", "tt", "ba")):
        random = np.random.default_rng(1)
        plan = Plan(languages=languages)
        outcomes = [
            (answer, answers.outcome(answer.text, answers.alone(answer, engines, plan, random)))
            for answer in spoken_answers
        ]
        say(f"{pack.id}: short answers where {', '.join(languages)} may be spoken, per cent")
        for title, counts in answers.rows(outcomes):
            shares = ", ".join(
                f"{100 * counts[ending] / counts.total():.0f} {ending.value}" for ending in Outcome
            )
            say(f"  {title}, {counts.total()}: {shares}")


def phrases(sound: Samples) -> Iterator[Samples]:
    """Yield what stands between pauses that are too short to end an utterance."""
    detector, cut = table.detector(), Endpointer(Endpointing(hangover_ms=BREAK_MS))
    for first in range(0, len(sound) - FRAME + 1, FRAME):
        frame = sound[first : first + FRAME]
        if utterance := cut.push(frame, detector.probability(frame)):
            yield utterance.samples


def weigh(packs: Sequence[Pack], preferred: str, corpora: Sequence[Voices]) -> None:
    """Tell what a conversation costs in the worker: its memory, and CPU seconds of finals."""
    plan = conversation(packs, Settings(recognizer=preferred))
    first: dict[str, Samples] = {}
    for corpus in corpora:
        first.setdefault(corpus.language, corpus.sounds[0][0])
    client = Client()
    try:
        costs = []
        for language in ("ru", "ru", "ba"):  # the first one warms up
            before = cpu(client)
            hear(client, plan, first[language])
            lasts = len(first[language]) / SAMPLE_RATE
            costs.append(f"{language} {cpu(client) - before:.2f} of {lasts:.1f} s")
        memory = psutil.Process(client.pid).memory_info().rss // 1_000_000
    finally:
        client.close()
    names = ", ".join(pack.id for pack in plan.recognizers)
    say(f"{names}: worker {memory} MB; CPU s of finals: {', '.join(costs[1:])}")


def hear(client: Client, plan: Plan, sound: Samples) -> None:
    """Have a recording heard to its end."""
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client.listener = events.put
    client.begin("cost", plan)
    client.feed("cost", sound)
    client.end("cost")
    while not isinstance(event := events.get(), Finished):
        if isinstance(event, Failed):
            sys.exit(event.code)


def cpu(client: Client) -> float:
    if client.pid is None:
        return 0.0
    times = psutil.Process(client.pid).cpu_times()
    return float(times.user + times.system)


def identified(recognizer: Recognizer, corpus: Voices, other: str) -> int:
    """Return of how many recordings the language is heard rightly, the other one being possible."""
    request = RecognitionRequest({corpus.language: 1.0, other: 1.0})
    shares = [recognizer.identify(sound, request) for sound, _ in corpus.sounds]
    return sum(share[corpus.language] > share[other] for share in shares)


def recordings() -> Iterator[Voices]:
    """Yield what is on this computer, in the languages of the recognizers."""
    if voices.FESTVOX.is_dir():
        yield _voices("ru", "festvox-ru", voices.clips(READ))
    else:
        say("festvox-ru is not installed")
    folder = shared()
    if not folder.is_dir():
        say("the shared data is not here (TOLMACH_SHARED)")
        return
    for language in ("ru", "en", "tt", "kk"):
        yield _voices(language, "shared recordings", read_speech(folder / "speech", language))
    held_out = recipe()[0].load(folder).test
    least, most = LENGTHS
    for language in ("ru", "tt", "ba"):
        texts = [text for text in held_out[language] if least <= len(text) <= most][:SYNTHETIC]
        sounds = tuple((spoken(text, language), text) for text in texts)
        yield Voices(language, "espeak-ng", sounds)


def _voices(language: str, origin: str, clips: Sequence[Spoken]) -> Voices:
    sounds = [(voices.sound(clip.path), clip.text) for clip in clips]
    short = [(sound, text) for sound, text in sounds if len(sound) <= LONGEST * SAMPLE_RATE]
    return Voices(language, origin, tuple(short))


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
