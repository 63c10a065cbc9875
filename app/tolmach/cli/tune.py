"""`tolmach packs tune PACK --speech FOLDER --lang ru`: how short may the windows of a Whisper be?

With `--json` each line is an event: "skipped" names a recording that cannot be read, "progress" has
done and total, "outcome" tells what a rule comes to, "tuned" what is kept.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import fields
from pathlib import Path
from typing import TypeAlias

from tolmach.cli import preparing
from tolmach.cli.grammar import Commands, add_command
from tolmach.cli.screen import show_progress
from tolmach.core import files, paths
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.core.windows import (
    ALWAYS_FULL,
    COMPUTE_TYPE,
    DRAFT,
    DYNAMIC,
    FINAL,
    FULL,
    WindowRule,
    claims_short_windows,
    forget_rules,
    keep_rules,
    knows_silence,
    tuned,
    window_rule,
)
from tolmach.messages.interface import QT_TRANSLATE_NOOP, translate
from tolmach.messages.table import sentence
from tolmach.packs import store
from tolmach.packs.selection import language_code
from tolmach.quality.windows import (
    DecodedExcerpt,
    RuleOutcome,
    candidates,
    cheapest,
    is_as_good,
    outcomes,
)
from tolmach.sessions.evaluation import read_speech
from tolmach.sessions.tuning import Excerpt, decoded, pieces
from tolmach.worker.client import Client

USES = {
    FINAL: QT_TRANSLATE_NOOP("cli", "Окончательный текст"),
    DRAFT: QT_TRANSLATE_NOOP("cli", "Слова, пока говорят"),
}
ROLES = {
    "full": QT_TRANSLATE_NOOP("cli", "полное окно"),
    "present": QT_TRANSLATE_NOOP("cli", "до настройки"),
    "chosen": QT_TRANSLATE_NOOP("cli", "выбрано"),
}
CLAIM_REFUTED = QT_TRANSLATE_NOOP(
    "cli",
    "Модель объявляет, что ей довольно коротких окон (context: dynamic), но в них она слышит хуже, "
    "чем в полном. Действует то, что измерено.",
)
_PIECES = 30  # of each length
LEAST_PIECES = 20  # by two of each, windows in which Whisper base loops were chosen

Tell: TypeAlias = Callable[..., None]  # text, event and its fields


def register(actions: Commands) -> None:
    """Add the command to those of `packs`."""
    text = translate("cli", "подобрать окна модели Whisper на своих записях")
    parser = add_command(actions, "tune", run, text)
    parser.add_argument("pack", metavar="ID")
    parser.add_argument(
        "--speech",
        type=Path,
        metavar=translate("cli", "ПАПКА"),
        help=translate("cli", "в ней файлы .tsv: путь к записи, текст, язык — через табуляцию"),
    )
    parser.add_argument("--lang", default="ru", metavar="ru")
    parser.add_argument(
        "--pieces",
        type=int,
        choices=range(LEAST_PIECES, 1001),
        default=_PIECES,
        metavar=f"{LEAST_PIECES}…1000",
        help=translate("cli", "сколько отрезков каждой длины слушать: больше — надёжнее и дольше"),
    )
    reset = translate("cli", "забыть подобранные окна")
    parser.add_argument("--reset", action="store_true", help=reset)
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Measure and keep the rules; nothing is kept of what is not measured to its end."""
    tell = _print_event if arguments.json else _print_text
    path = paths.windows_file()
    pack = tuned(path, _recognizer(preparing.installed(), arguments.pack))
    with files.writing(path.parent):
        paths.own_folder(path.parent)
    files.try_writing(path)  # before long work
    if arguments.reset:
        forget_rules(path, pack)
        tell(translate("cli", "Подобранные окна забыты."), "reset", pack=pack.id)
        return 0
    if arguments.speech is None:
        raise UsageError("tuning-needs-speech")
    language = language_code([pack], arguments.lang)
    if language not in pack.languages:
        raise UsageError("language-not-in-pack", language=language, pack=pack.id)
    spoken = read_speech(arguments.speech, language)
    store.verify(pack)  # so that it is the weights named there that are measured
    excerpts, failures = pieces(spoken, arguments.pieces)
    for recording, error in failures:
        reason = sentence(error.code, error.params)
        text = translate("cli", "Пропущено: {path}. {reason}", path=str(recording), reason=reason)
        tell(text, "skipped", path=str(recording), code=error.code, message=reason)
    about = {"pack": pack.id, "version": pack.version, "compute_type": COMPUTE_TYPE}
    text = translate("cli", "{pack} {version} ({compute_type}), отрезков: {pieces}", **about,
                     pieces=str(len(excerpts)))  # fmt: skip
    tell(text, "begun", **about, language=language, pieces=len(excerpts))
    rules = _swept(pack, language, excerpts, tell)
    keep_rules(path, pack, rules, language)
    options = {name: str(rule) for name, rule in rules.items()}
    text = translate("cli", "Подобранные окна действуют со следующего запуска модели. Забыть их: "
                     "tolmach packs tune {pack} --reset", pack=pack.id)  # fmt: skip
    tell(text, "tuned", **about, **options)
    return 0


def _recognizer(packs: Sequence[Pack], name: str) -> Pack:
    """Return the newest pack of this id; raises UsageError where there is none that hears."""
    pack = next((pack for pack in packs if pack.id == name), None)
    if pack is None:
        ids = sorted({pack.id for pack in packs if pack.kind == "recognizer"})
        raise UsageError("pack-unknown", pack=name, known=", ".join(ids) or "—")
    if pack.kind != "recognizer":
        raise UsageError("pack-not-recognizer", pack=name)
    return pack


def _swept(
    pack: Pack, language: str, excerpts: Sequence[Excerpt], tell: Tell
) -> dict[str, WindowRule]:
    """Return the best rule for finals and for unconfirmed words, telling of each comparison."""
    present = {name: window_rule(pack, name, language) for name in USES}
    claim = [DYNAMIC] if claims_short_windows(pack) else []
    tried = {
        name: candidates(name, present[name], *claim, completed=knows_silence(pack))
        for name in USES
    }
    every = [rule for rules in tried.values() for rule in rules]
    measured: dict[str, list[DecodedExcerpt]] = {name: [] for name in USES}
    with closing(Client()) as client:
        for row in decoded(client, pack, language, excerpts, every):
            for name, piece in row.items():
                measured[name].append(piece)
            count = len(measured[FINAL])
            tell(f"{count}/{len(excerpts)}", "progress", done=count, total=len(excerpts))
    show_progress()
    chosen: dict[str, WindowRule] = {}
    for name in USES:
        results = outcomes(name, tried[name], measured[name])
        full, best = results[ALWAYS_FULL], cheapest(name, results)
        tell(_heading(name, full), "use", use=name)
        by_role = {"full": full, "present": results[present[name]], "chosen": best}
        for role, result in by_role.items():
            tell(_line(role, result), "outcome", use=name, role=role, **_fields(result))
        if claim and not is_as_good(results[DYNAMIC], full):
            tell(translate("cli", CLAIM_REFUTED), "claim-refuted", use=name)
        chosen[name] = best.rule
    return chosen


def _heading(name: str, full: RuleOutcome) -> str:
    lengths = "".join(f"{f'≤{length:g}':>7}" for length in full.rates)
    columns = translate("cli", "сомнений  не тот язык  CPU, с  окно")
    return f"\n{translate('cli', USES[name])}\n{'':<14}{'CER, %':>7}{lengths}  {columns}"


def _line(role: str, result: RuleOutcome) -> str:
    rates = "".join(f"{100 * rate:7.1f}" for rate in (result.rate, *result.rates.values()))
    counts = f"{result.doubted:>10}{result.unidentified:>13}{result.cost:8.2f}"
    return f"{translate('cli', ROLES[role]):<14}{rates}{counts}  {_in_words(result.rule)}"


def _in_words(rule: WindowRule) -> str:
    if rule.least >= FULL:
        return translate("cli", "30 с")
    numbers = {field.name: f"{getattr(rule, field.name):g}" for field in fields(rule)}
    text = translate("cli", "{least} с или звук + {slack} с", **numbers)
    if rule.short:
        text += translate("cli", "; короче {short} с — 30 с", **numbers)
    if rule.completed:
        text += translate("cli", "; короче {completed} с — с известной тишиной", **numbers)
    return text


def _fields(result: RuleOutcome) -> dict[str, object]:
    return {
        "rule": str(result.rule),
        "cer": round(result.rate, 4),
        "cer_by_seconds": {f"{length:g}": round(rate, 4) for length, rate in result.rates.items()},
        "doubted": result.doubted,
        "unidentified": result.unidentified,
        "cpu_seconds": round(result.cost, 3),
    }


def _print_text(text: str, event: str, **fields: object) -> None:
    del fields
    if event == "progress":
        show_progress(text)
    else:
        print(text, file=sys.stderr if event == "skipped" else sys.stdout, flush=True)


def _print_event(text: str, event: str, **fields: object) -> None:
    del text
    print(json.dumps({"event": event, **fields}, ensure_ascii=False), flush=True)
