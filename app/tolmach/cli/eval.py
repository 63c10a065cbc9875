"""`tolmach eval speech FOLDER --lang tt`, `tolmach eval text FILE --from ru --to ba`: how good?"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, astuple
from pathlib import Path

from tolmach.cli import preparing
from tolmach.cli.grammar import Commands, add_command
from tolmach.cli.screen import show_progress
from tolmach.core.errors import AppError
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.packs import store
from tolmach.packs.selection import language_code
from tolmach.sessions.evaluation import (
    Measure,
    read_speech,
    read_texts,
    recognized,
    speech_measures,
    text_measures,
    translated,
)
from tolmach.sessions.plan import into, translators
from tolmach.worker.client import Client

_PERCENT = ("WER", "CER")


def register(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "eval", help=translate("cli", "измерить качество моделей на своих записях и текстах")
    )
    kinds = parser.add_subparsers(metavar=translate("cli", "ЧТО"), dest="kind", required=True)
    help_text = translate("cli", "распознавание: WER и CER")
    speech = add_command(kinds, "speech", run_speech, help_text)
    speech.add_argument(
        "path",
        type=Path,
        metavar=translate("cli", "ПАПКА"),
        help=translate("cli", "в ней файлы .tsv: путь к записи, текст, язык — через табуляцию"),
    )
    speech.add_argument("--lang", required=True, metavar="tt")
    text = add_command(kinds, "text", run_text, translate("cli", "перевод: chrF++ и BLEU"))
    text.add_argument(
        "path",
        type=Path,
        metavar=translate("cli", "ФАЙЛ"),
        help=translate("cli", "файл .tsv или папка с ними: текст и его перевод через табуляцию"),
    )
    text.add_argument("--from", dest="source", required=True, metavar="ru")
    text.add_argument("--to", dest="target", required=True, metavar="ba")
    for kind in (speech, text):
        kind.add_argument("--json", action="store_true")


def run_speech(arguments: argparse.Namespace) -> int:
    """Measure recognition; 1 when a recording failed."""
    packs = preparing.installed()
    language = language_code(packs, arguments.lang)
    spoken = read_speech(arguments.path, language)
    plan = into(packs, [language], "")
    with closing(Client()) as client:
        answers = list(_counted(recognized(client, plan, spoken), len(spoken)))
    pairs = _answered([recording.text for recording in spoken], answers)
    about: dict[str, object] = {
        "task": "speech",
        "language": language,
        "model": plan.recognizers[0].id,
        "with_digits": sum(any(map(str.isdigit, reference)) for reference, _ in pairs),
    }
    return _tell(about, pairs, speech_measures(pairs, language), answers, arguments.json)


def run_text(arguments: argparse.Namespace) -> int:
    """Measure translation; 1 when a text failed."""
    packs = store.installed().packs
    source, target = (language_code(packs, name) for name in (arguments.source, arguments.target))
    texts = read_texts(arguments.path)
    needed = translators(packs, source, target)
    with closing(Client()) as client:
        translations = translated(client, needed, [first for first, _ in texts], source, target)
        answers = list(_counted(translations, len(texts)))
    pairs = _answered([second for _, second in texts], answers)
    model = ", ".join(pack.id for pack in needed)
    about: dict[str, object] = {"task": "text", "source": source, "target": target, "model": model}
    return _tell(about, pairs, text_measures(pairs), answers, arguments.json)


def _counted(answers: Iterator[str | AppError], total: int) -> Iterator[str | AppError]:
    """Show on a terminal how far it is."""
    for number, answer in enumerate(answers, 1):
        show_progress(f"{number}/{total}")
        yield answer
    show_progress()


def _answered(
    references: Sequence[str], answers: Sequence[str | AppError]
) -> list[tuple[str, str]]:
    """Pair each reference with its answer; a failure is an empty answer."""
    return [
        (text, "" if isinstance(answer, AppError) else answer)
        for text, answer in zip(references, answers, strict=True)
    ]


def _tell(
    about: dict[str, object],
    pairs: Sequence[tuple[str, str]],
    measures: Sequence[Measure],
    answers: Sequence[str | AppError],
    as_json: bool,
) -> int:
    failures = [answer for answer in answers if isinstance(answer, AppError)]
    about |= {"count": len(pairs), "failed": len(failures)}
    if as_json:
        about["measures"] = [
            {
                "metric": measure.metric,
                **{name: round(number, 4) for name, number in asdict(measure.score).items()},
                "signature": measure.signature,
            }
            for measure in measures
        ]
        print(json.dumps(about, ensure_ascii=False))
    else:
        _table(about, measures)
    for failure in failures[:10]:
        print(sentence(failure.code, failure.params), file=sys.stderr)
    return 1 if failures else 0


def _table(about: dict[str, object], measures: Sequence[Measure]) -> None:
    print(
        translate(
            "cli",
            "Модель: {model}. Измерено: {count}, не удалось: {failed}. В скобках — границы, в "
            "которых величина окажется 95 раз из 100.",
            **{name: str(value) for name, value in about.items()},
        )
    )
    for measure in measures:
        factor, unit = (100, " %") if measure.metric.startswith(_PERCENT) else (1, "")
        value, low, high = (f"{factor * number:.1f}{unit}" for number in astuple(measure.score))
        print(f"{measure.metric:<12} {value:>8}  ({low} … {high})  {measure.signature}".rstrip())
