"""`make bench-live`: captions while people speak, ours beside three others, in one run.

Conversations are heard in real time, each by one listener after the other, with the same weights.
Ours takes the threads that it finds to be the quickest here, the others all cores. Texts are
compared with the starter packs; their tiny weights hide what a laptop pays, so times are taken with
random weights of the true shapes, too, that write five tokens a second. Whisper base itself hears a
Russian reader ("real"), with short answers among his sentences; ours has the second Whisper for
Tatar and Bashkir beside it, as the program makes both.
"""

import argparse
import json
import logging
import os
import platform
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from tests import original_whisper, voices
from tests.live import models, report, streams
from tests.live.measures import Figures
from tests.live.peers import PEERS, Whisper, decoded_turns, decoded_utterances
from tests.live.replay import Listener, replay, translators
from tolmach.core.errors import AppError
from tolmach.core.pack import Pack
from tolmach.engines.threads import cores
from tolmach.messages.table import sentence
from tolmach.packs import builtin, store
from tolmach.packs.selection import recognizer_for

SETS = ("starter", "base", "small", "real")
MEANING = ("starter", "real")  # sets whose texts mean something
SHAPES = {"base": models.BASE, "small": models.SMALL}


@dataclass(frozen=True, slots=True)
class Set:
    """Who hears what with which weights."""

    name: str
    title: str
    recognizers: dict[str, tuple[Pack, ...]]  # listener -> its packs
    conversations: Callable[[], list[streams.Stream]]
    offline: Pack | None = None  # what decodes the same sound whole, for its errors alone


def main() -> None:
    options = parser().parse_args()
    if why := missing(options.only):
        sys.exit(f"bench-live: {why}")
    logging.getLogger("faster_whisper").setLevel(logging.ERROR)
    threads = options.threads or cores()
    say(machine(threads, options.seeds))
    results: dict[str, dict[str, Figures]] = {}
    with TemporaryDirectory() as folder:
        for name in options.only:
            results[name] = measure(make_set(name, Path(folder), options), threads, options)
    for line in ("", *report.verdict(results)):
        say(line)
    if options.json:
        options.json.write_text(json.dumps(_plain(results, threads, options), indent=1) + "\n")


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    arguments = argparse.ArgumentParser(prog="bench_live", description=__doc__)
    arguments.add_argument("--seconds", type=float, default=70, help="of each conversation")
    arguments.add_argument("--only", nargs="+", choices=SETS, default=SETS, help="weights")
    arguments.add_argument("--peers", nargs="*", choices=tuple(PEERS), default=tuple(PEERS))
    arguments.add_argument(
        "--threads", type=int, default=0, help="0: ours finds its own, the others all cores"
    )
    arguments.add_argument(
        "--seeds", type=int, nargs="+", default=[1], help="each makes other conversations"
    )
    arguments.add_argument(
        "--answers", type=int, default=3, help="sentences to a short answer, set real; 0: none"
    )
    arguments.add_argument(
        "--speaker", choices=("auto", "left"), default="auto", help="what our button says"
    )
    arguments.add_argument("--json", type=Path, metavar="FILE", help="all figures, one by one")
    return arguments


def missing(only: Sequence[str]) -> str:
    """Return why these sets cannot be heard on this computer, "" if they can."""
    if "real" not in only:
        return streams.missing()
    if not voices.FESTVOX.is_dir():
        return "festvox-ru is not installed (or leave out the set real)"
    try:
        builtin.parts()
    except AppError as error:
        return sentence(error.code, error.params)
    return "" if list(only) == ["real"] else streams.missing()


def make_set(name: str, folder: Path, options: argparse.Namespace) -> Set:
    """Return the set of this name; weights that are not installed are written into the folder."""
    packs, peers = store.installed().packs, options.peers

    def talk(pairs: Sequence[tuple[str, str]]) -> Callable[[], list[streams.Stream]]:
        return lambda: [
            stream
            for seed in options.seeds
            for stream in streams.make(pairs, options.seconds, seed)
        ]

    if name == "real":
        packs = tuple(builtin.make_all(builtin.IDS, folder / "whisper", lambda size, total: None))
        peer = original_whisper.in_eight_bits(packs[0], folder / "original")
        title = f"{packs[0].id}: a Russian reader, festvox-ru"
        return Set(
            name,
            title,
            {"ours": packs} | dict.fromkeys(peers, (peer,)),
            lambda: [
                streams.real(options.seconds, seed, options.answers) for seed in options.seeds
            ],
            peer,
        )
    if name == "starter":
        pack = recognizer_for(packs, ("ru", "tt", "ba"), "starter-recognizer")
        title = f"{pack.id}: conversations in Russian with Tatar and Bashkir"
        return Set(name, title, dict.fromkeys(("ours", *peers), (pack,)), talk(streams.PAIRS))
    shape = SHAPES[name]
    where = models.write(folder / name, shape)
    dynamic, full = (models.pack(where, shape, context) for context in ("dynamic", "full"))
    # The peers know no short windows: for them both packs are the same files.
    by_listener = {"ours": (dynamic,), "ours, stock weights": (full,)}
    title = f"{name} shape, random weights, {models.TOKENS_PER_SECOND} tokens a second"
    return Set(name, title, by_listener | dict.fromkeys(peers, (full,)), talk(streams.PAIRS[:1]))


def measure(weights: Set, threads: int, options: argparse.Namespace) -> dict[str, Figures]:
    """Let everybody hear every stream of a set, and tell what came out."""
    figures = {name: Figures() for name in weights.recognizers}
    turns, utterances, untold = Figures(), Figures(), Figures()  # decoded whole
    for stream in weights.conversations():
        for name, recognizers in weights.recognizers.items():
            peer = name.partition(",")[0]
            count = options.threads if peer == "ours" else threads
            listener = Listener(
                peer, recognizers, translators(store.installed().packs), count, options.speaker
            )
            replayed = replay(listener, stream)
            figures[name].add(stream.turns, replayed)
            if peer == "ours" and weights.offline:
                whisper = Whisper(weights.offline, stream.languages, threads)
                turns.add_texts(stream.turns, decoded_turns(whisper, stream))
                for whole, hinted in ((utterances, True), (untold, False)):
                    texts = decoded_utterances(
                        whisper, stream, replayed.states, with_language=hinted
                    )
                    whole.add_texts(stream.turns, texts)
    say(f"\n{weights.title}")
    say(report.table(figures, meaning=weights.name in MEANING))
    if weights.offline:
        say(
            "whole by faster-whisper, told the language: CER of our utterances "
            f"{100 * utterances.cer:.1f}%, of the turns {100 * turns.cer:.1f}%; not told it, of "
            f"our utterances {100 * untold.cer:.1f}%"
        )
    for name, ratio in report.ratios(figures).items():
        say(f"{name}: {ratio:.2f}")
    return figures


def machine(threads: int, seeds: Sequence[int]) -> str:
    """Return the line that says where and when this was measured."""
    load = f"{os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else "unknown"
    return (
        f"{datetime.now().astimezone():%Y-%m-%d %H:%M}, {_processor()}, {cores()} cores, "
        f"{threads} threads for the others, load before the run {load}, "
        f"seed {' '.join(map(str, seeds))}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _plain(
    results: dict[str, dict[str, Figures]], threads: int, options: argparse.Namespace
) -> dict[str, object]:
    return {
        "machine": machine(threads, options.seeds),
        "seconds": options.seconds,
        "sets": {
            name: {listener: asdict(figures) for listener, figures in listeners.items()}
            for name, listeners in results.items()
        },
        "ratios": {name: report.ratios(listeners) for name, listeners in results.items()},
        "verdict": list(report.verdict(results)),
    }


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
