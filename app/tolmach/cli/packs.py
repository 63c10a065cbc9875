"""`tolmach packs list | verify | add | builtin | tune`: the models on this computer."""

import argparse
import json
import queue
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from tolmach.audio.media import open_media
from tolmach.cli import preparing, tune
from tolmach.cli.grammar import Commands, add_command, add_commands
from tolmach.core import paths
from tolmach.core.errors import AppError, ModelError, UsageError
from tolmach.core.pack import Pack
from tolmach.core.windows import claims_short_windows
from tolmach.messages.interface import QT_TRANSLATE_NOOP, interface_language, translate
from tolmach.messages.table import sentence
from tolmach.packs import importer, store
from tolmach.protocol.messages import (
    Answered,
    Event,
    Failed,
    Finished,
    Ready,
    Recognized,
    Translate,
    WorkerLost,
)
from tolmach.protocol.plan import Plan
from tolmach.quality.recognition_doubts import repeats_itself
from tolmach.quality.recognizers import hearers, on_trial
from tolmach.worker.client import Client, serve
from tolmach.worker.spawning import Serve

DONE, FAILED = 0, 1
LOADING_SECONDS = 180  # the largest models take a minute from an old disk
_PROBE = "probe"  # the session in which a new pack is tried


def register(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "packs", help=translate("cli", "модели: показать, проверить, добавить")
    )
    actions = add_commands(parser)
    text = translate("cli", "показать установленные модели")
    add_command(actions, "list", run_list, text).add_argument("--json", action="store_true")
    text = translate("cli", "проверить файлы моделей")
    add_command(actions, "verify", run_verify, text).add_argument("ids", nargs="*", metavar="ID")
    text = translate("cli", "добавить модель: папку или файл .argosmodel")
    adding = add_command(actions, "add", run_add, text)
    adding.add_argument("path", type=Path, metavar=translate("cli", "ПУТЬ"))
    text = translate("cli", "подготовить Whisper, который ставится с программой")
    add_command(actions, "builtin", run_builtin, text)
    tune.register(actions)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the installed packs, and what is wrong with those that cannot be read."""
    importer.forget_leftovers(paths.user_packs())
    installed = store.installed()
    for pack in installed.packs:
        print(json.dumps(_fields(pack), ensure_ascii=False) if arguments.json else _described(pack))
    for folder, error in installed.broken:
        _tell(str(folder), error, as_json=arguments.json)
    if not (installed.packs or installed.broken or arguments.json):
        print(translate("cli", "Моделей нет. Добавить: tolmach packs add ПУТЬ"))
    return DONE


def run_verify(arguments: argparse.Namespace) -> int:
    """Read every byte of the packs named, or of all; 1 when one is damaged."""
    installed = store.installed()
    ids = {pack.id for pack in installed.packs}
    for name in arguments.ids:
        if name not in ids:
            raise UsageError("pack-unknown", pack=name, known=", ".join(sorted(ids)) or "—")
    broken = [] if arguments.ids else list(installed.broken)
    for pack in installed.packs:
        if not arguments.ids or pack.id in arguments.ids:
            try:
                store.verify(pack)
            except AppError as error:
                broken.append((pack.folder, error))
            else:
                print(translate("cli", "{pack}: файлы в порядке", pack=f"{pack.id} {pack.version}"))
    for folder, wrong in broken:
        _tell(str(folder), wrong, as_json=False)
    return FAILED if broken else DONE


def run_add(arguments: argparse.Namespace) -> int:
    """Copy a model into the person's folder of packs."""
    pack = importer.add(arguments.path, paths.user_packs(), load_once)
    print(translate("cli", "Модель добавлена:"))
    print(_described(pack))
    if claims_short_windows(pack):
        text = translate(
            "cli",
            "Модель объявляет, что ей довольно коротких окон. Проверить: tolmach packs tune {pack} "
            "--speech ПАПКА",
            pack=pack.id,
        )
        print(text)
    others = hearers(store.installed().recognizers, tuple(pack.languages))
    elsewhere = [code for code, best in others.items() if best.id != pack.id]
    if elsewhere:  # a person who adds a large model expects it to be used
        text = translate(
            "cli",
            "Эти языки пока распознают другие модели: {languages}. "
            "Чтобы распознавала эта, выберите её в настройках.",
            languages=", ".join(elsewhere),
        )
        print(text)
    return DONE


def run_builtin(arguments: argparse.Namespace) -> int:
    """Make the recognizers installed with the program, or look whether they are undamaged."""
    del arguments
    for pack in preparing.make():
        print(translate("cli", "Модель готова:"))
        print(_described(pack))
    return DONE


def load_once(pack: Pack, run_worker: Serve = serve) -> None:
    """Load the pack in a worker of its own, and have a recognizer hear the bundled sample.

    Raises ModelError when that fails or kills the worker, and for weights that write one letter or
    word again and again: those of a broken conversion do.
    """
    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client = Client(events.put, run_worker)
    try:
        if pack.kind == "recognizer":
            client.begin(_PROBE, Plan(languages=tuple(pack.languages), recognizers=(pack,)))
            _await(Ready, events, pack)
            with closing(open_media(paths.resources() / "samples" / "greeting.mp3")) as sample:
                for block in sample:
                    client.feed(_PROBE, block)
            client.end(_PROBE)
            texts = _await(Finished, events, pack)
            if any(map(repeats_itself, texts)):
                raise ModelError("model-writes-nonsense", pack=pack.id)
        else:  # translators load when they are first needed
            source, target = pack.pairs[0]
            client.ask(Translate(_PROBE, 0, "а", source, target, (pack,), project=None))
            _await(Answered, events, pack)
    finally:
        client.cancel()


def _await(kind: type[Event], events: "queue.SimpleQueue[Event]", pack: Pack) -> list[str]:
    """Wait for an event of this kind; return what was recognised meanwhile."""
    texts = []
    try:
        while not isinstance(event := events.get(timeout=LOADING_SECONDS), kind):
            if isinstance(event, Recognized):
                texts.append(event.text)
            if isinstance(event, Failed):
                raise ModelError(event.code, **event.params)
            if isinstance(event, WorkerLost):
                raise ModelError("model-crashes", pack=pack.id)
    except queue.Empty:
        raise ModelError("model-crashes", pack=pack.id) from None
    return texts


def _described(pack: Pack) -> str:
    """Return a few lines about a pack."""
    lines = [
        f"{pack.id} {pack.version} — {pack.title.get(interface_language(), pack.title['ru'])}",
        f"    {_abilities(pack)}",
        f"    {pack.size / 1e6:.1f} MB, {pack.licence or '—'}, {pack.folder}",
    ]
    lines += [f"    {q.subject}: {q.metric} {q.value:g} ({q.on})" for q in pack.quality]
    return "\n".join(lines)


def _abilities(pack: Pack) -> str:
    if pack.kind == "recognizer":
        trial = ", ".join(code for code in pack.languages if on_trial(pack, code))
        sure = ", ".join(code for code in pack.languages if not on_trial(pack, code))
        return "; ".join(
            translate("cli", text, languages=codes)
            for text, codes in (
                (QT_TRANSLATE_NOOP("cli", "распознаёт: {languages}"), sure),
                (QT_TRANSLATE_NOOP("cli", "на пробу, с ошибками: {languages}"), trial),
            )
            if codes
        )
    pairs = ", ".join(f"{source} → {target}" for source, target in pack.pairs)
    return translate("cli", "переводит: {pairs}", pairs=pairs)


def _fields(pack: Pack) -> dict[str, object]:
    return {
        "event": "pack",
        "id": pack.id,
        "version": pack.version,
        "kind": pack.kind,
        "engine": pack.engine,
        "title": dict(pack.title),
        "languages": list(pack.languages),
        "pairs": pack.pairs,
        "size": pack.size,
        "memory_mb": pack.memory_mb,
        "licence": pack.licence,
        "folder": str(pack.folder),
        "quality": [asdict(figure) for figure in pack.quality],
    }


def _tell(folder: str, error: AppError, *, as_json: bool) -> None:
    message = sentence(error.code, error.params)
    if as_json:
        failed = {"event": "failed", "folder": folder, "code": error.code, "message": message}
        print(json.dumps(failed, ensure_ascii=False))
    else:
        print(f"{folder}: {message}", file=sys.stderr)
