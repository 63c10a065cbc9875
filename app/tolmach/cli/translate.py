"""`tolmach translate --from ru --to ba "Как дела?"`: text in, text out.

What is to be doubted goes to standard error: the translation alone can be piped on.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from tolmach.cli.events import about_utterance, measured, trial_notice
from tolmach.cli.grammar import Commands, add_command, add_force, add_translation
from tolmach.cli.translate_file import agreed, refuse_existing, translate_file
from tolmach.core import files, paths
from tolmach.core.errors import StorageError
from tolmach.core.translation import Candidate, doubts_of, has_trial
from tolmach.formats.suffixes import suffixes
from tolmach.history.terms import term_store
from tolmach.messages.doubts import doubt_sentence
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.messages.trial import marked
from tolmach.packs import store
from tolmach.packs.selection import language_code
from tolmach.protocol.messages import Offered, Returned, Translated
from tolmach.quality.trial import is_trial, offered
from tolmach.sessions.plan import translators
from tolmach.sessions.questions import TextQuestions, answered
from tolmach.worker.client import Client


def register(commands: Commands) -> None:
    """Add the command."""
    parser = add_command(commands, "translate", run, translate("cli", "перевести текст"))
    parser.add_argument("--from", dest="source", required=True, metavar="ru")
    parser.add_argument("--to", dest="target", required=True, metavar="ba")
    add_translation(parser)
    parser.add_argument(
        "--alternatives", action="store_true", help=translate("cli", "и как ещё можно сказать")
    )
    parser.add_argument(
        "--check", action="store_true", help=translate("cli", "и обратный перевод для проверки")
    )
    _add_documents(parser)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "text", nargs="?", default="-", help=translate("cli", "текст; «-» — со стандартного входа")
    )


def _add_documents(parser: argparse.ArgumentParser) -> None:
    """Add the options of files in and out."""
    parser.add_argument(
        "--file",
        type=Path,
        nargs="+",
        action="extend",
        metavar=translate("cli", "ФАЙЛ"),
        help=translate(
            "cli",
            "документы вместо текста, папки с ними или «-» — стандартный вход: {formats}",
            formats=", ".join(suffixes("document")),
        ),
    )
    parser.add_argument(
        "--out",
        type=Path,
        metavar=translate("cli", "ФАЙЛ"),
        help=translate(
            "cli",
            "куда записать перевод; без этого документ — рядом с исходным, текст — на экран",
        ),
    )
    parser.add_argument(
        "--format",
        choices=suffixes("document"),
        help=translate("cli", "что за документ приходит со стандартного входа"),
    )
    add_force(parser)


def run(arguments: argparse.Namespace) -> int:
    """Translate the argument, or standard input to its end."""
    packs = offered(store.installed().packs, on_request=arguments.on_request)
    source, target = (language_code(packs, name) for name in (arguments.source, arguments.target))
    translators(packs, source, target)  # wrong use is told before a process starts
    _tell_of_terms()
    trial = is_trial(packs, source, target)
    if trial:
        print(trial_notice(), file=sys.stderr)
    if arguments.file:
        if trial and not agreed(translate("cli", "Всё равно перевести документ?")):
            return 1
        return translate_file(arguments, packs, source, target)
    if arguments.out and not arguments.force:
        refuse_existing(arguments.out)
    text = sys.stdin.read().rstrip("\n") if arguments.text == "-" else arguments.text
    with closing(Client()) as client:
        asking = TextQuestions(client, lambda: packs)
        whole = (text, source, target)
        others: Sequence[Candidate] = ()
        back = None
        translated = answered(partial(asking.translate, *whole, project=arguments.project))
        assert isinstance(translated, Translated)
        if arguments.alternatives:
            versions = answered(partial(asking.alternatives, *whole, project=arguments.project))
            others = versions.candidates[1:] if isinstance(versions, Offered) else ()
        if arguments.check:
            returned = answered(partial(asking.back, text, translated.text, (source, target)))
            back = returned if isinstance(returned, Returned) else None
    if arguments.out:
        text = marked(translated.text) if has_trial(translated.sentences) else translated.text
        files.write(arguments.out, f"{text}\n".encode())
    if arguments.json:
        print(json.dumps(_fields(translated, others, back), ensure_ascii=False))
    else:
        _print(translated, others, back, text=not arguments.out)
    return 0


def _print(
    translated: Translated, others: Sequence[Candidate], back: Returned | None, *, text: bool
) -> None:
    if text:
        print(translated.text)
    for version in others:
        print(f"≈ {version.text}")
    if back:
        share = "" if has_trial(translated.sentences) else f" ({back.similarity:.0f} %)"
        print(f"← {back.text}{share}")
    for flag in doubts_of(translated.sentences):
        print(f"! {doubt_sentence(flag)}", file=sys.stderr)


def _fields(
    translated: Translated, others: Sequence[Candidate], back: Returned | None
) -> dict[str, object]:
    """Return the translation as JSON tells it."""
    fields = about_utterance(translated, (0, 0))
    if others:
        fields["alternatives"] = [
            {"text": version.text, "confidence": measured(version.confidence)} for version in others
        ]
    if back:
        fields["back"] = {"text": back.text, "similarity": round(back.similarity, 1)}
    return fields


def _tell_of_terms() -> None:
    """Say it where the person's terms cannot be read: the worker translates without them."""
    try:
        term_store(paths.terms_file()).terms()
    except StorageError as error:
        print(sentence(error.code, error.params), file=sys.stderr)
