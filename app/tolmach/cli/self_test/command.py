"""The command: makes all checks in order, a line each, the last line sums up.

With `--json` each line is an event: "begun" names the checks, "check" tells of one, "finished" of
all. The window's button reads them (controllers/self_test.py).
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict

from tolmach.cli.grammar import Commands, add_command
from tolmach.cli.self_test import installation, sound
from tolmach.cli.self_test.check import Check, Outcome, carried_out
from tolmach.cli.self_test.window import window
from tolmach.cli.self_test.work import WorkerChecks, can_confine, network
from tolmach.core.errors import UsageError
from tolmach.messages.interface import QT_TRANSLATE_NOOP, translate
from tolmach.worker.client import Client

MARKS = {"ok": "✓", "warning": "!", "failed": "✗"}


def register(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "проверить, что программа установлена целиком и работает")
    parser = add_command(commands, "self-test", run, text)
    parser.add_argument("names", nargs="*", metavar=translate("cli", "ПРОВЕРКА"))
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Make the checks named, or all; 1 when one failed that matters."""
    return report(_chosen(arguments.names), as_json=arguments.json)


def checks(make_client: Callable[[], Client] = Client) -> tuple[Check, ...]:
    """Return all checks in order."""
    work = WorkerChecks(make_client)
    return (
        Check("files", QT_TRANSLATE_NOOP("cli", "Файлы программы"), installation.resources),
        Check("font", QT_TRANSLATE_NOOP("cli", "Шрифт"), installation.font),
        Check("models", QT_TRANSLATE_NOOP("cli", "Модели программы"), installation.models),
        Check("folders", QT_TRANSLATE_NOOP("cli", "Папка данных"), installation.folders),
        Check("mp3", QT_TRANSLATE_NOOP("cli", "Звуковые файлы"), sound.mp3),
        Check("rate", QT_TRANSLATE_NOOP("cli", "Частота звука"), sound.resampling),
        Check(
            "microphone",
            QT_TRANSLATE_NOOP("cli", "Микрофон"),
            sound.devices,
            harmless=sound.harmless(),
        ),
        Check("voice", QT_TRANSLATE_NOOP("cli", "Речь и тишина"), work.voice),
        Check("recognizer", QT_TRANSLATE_NOOP("cli", "Распознавание речи"), work.recognizer),
        Check("translator", QT_TRANSLATE_NOOP("cli", "Перевод"), work.translator),
        Check("document", QT_TRANSLATE_NOOP("cli", "Перевод документа"), work.document),
        Check("death", QT_TRANSLATE_NOOP("cli", "Восстановление после сбоя"), work.death),
        Check("processes", QT_TRANSLATE_NOOP("cli", "Процессы программы"), work.processes),
        Check("network", QT_TRANSLATE_NOOP("cli", "Сеть"), network, essential=can_confine()),
        Check("window", QT_TRANSLATE_NOOP("cli", "Окно"), window),
    )


def report(chosen: Sequence[Check], *, as_json: bool) -> int:
    """Make the checks, print a line for each as it ends, and return the exit code."""
    began = time.monotonic()
    if as_json:
        names = [{"name": check.name, "title": translate("cli", check.title)} for check in chosen]
        _print_event("begun", checks=names)
    bad = 0
    for check in chosen:
        outcome = carried_out(check)
        bad += outcome.status == "failed"
        if as_json:
            _print_event("check", **asdict(outcome))
        else:
            print(_line(outcome), flush=True)
    seconds = f"{time.monotonic() - began:.0f}"
    message = (
        translate(
            "cli", "Не прошло проверок: {count}. Что делать, сказано в их строках.", count=str(bad)
        )
        if bad
        else translate("cli", "Программа работает. Проверка заняла {seconds} с.", seconds=seconds)
    )
    if as_json:
        _print_event("finished", ok=not bad, message=message)
    else:
        print(message)
    return 1 if bad else 0


def _chosen(names: Sequence[str]) -> Sequence[Check]:
    """Return the checks of these names; raises UsageError."""
    everything = {check.name: check for check in checks()}
    for name in names:
        if name not in everything:
            raise UsageError("check-unknown", name=name, known=", ".join(everything))
    return [everything[name] for name in names or everything]


def _line(outcome: Outcome) -> str:
    seconds = translate("cli", "{seconds} с", seconds=f"{outcome.seconds:.1f}")
    return f"{MARKS[outcome.status]} {outcome.title}: {outcome.detail} ({seconds})"


def _print_event(event: str, **fields: object) -> None:
    print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)
