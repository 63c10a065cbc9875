"""`tolmach glossary add | list | remove | import | export`: the person's own terms."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from tolmach.cli.grammar import Commands, add_command, add_commands, add_exchange, add_pair
from tolmach.cli.screen import print_remarks
from tolmach.core import files, paths
from tolmach.core.errors import UsageError
from tolmach.formats.suffixes import suffixes
from tolmach.formats.terms import clean, remarks_of, terms_from, terms_to
from tolmach.history.backups import Backups
from tolmach.history.terms import term_store
from tolmach.language.registry import find
from tolmach.messages.interface import translate
from tolmach.terms.glossary import Term
from tolmach.terms.store import TermStore


def register(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "glossary", help=translate("cli", "глоссарий: свои термины и их переводы")
    )
    actions = add_commands(parser)
    _register_add(actions)
    listing = add_command(actions, "list", run_list, translate("cli", "показать термины"))
    add_pair(listing)
    listing.add_argument("--json", action="store_true")
    removing = add_command(actions, "remove", run_remove, translate("cli", "удалить термин"))
    add_pair(removing)
    removing.add_argument("source", metavar=translate("cli", "СЛОВО"))
    restoring = add_command(
        actions, "restore", run_restore, translate("cli", "вернуть копию глоссария и памяти")
    )
    restoring.add_argument(
        "--date",
        type=date.fromisoformat,
        metavar=translate("cli", "ГГГГ-ММ-ДД"),
        help=translate("cli", "день копии; без него последняя"),
    )
    formats = ", ".join(suffixes("glossary")).upper()
    add_exchange(
        actions,
        (run_import, translate("cli", "взять термины из файла: {formats}", formats=formats)),
        (run_export, translate("cli", "выгрузить термины в файл: {formats}", formats=formats)),
    )


def _register_add(actions: Commands) -> None:
    adding = add_command(actions, "add", run_add, translate("cli", "добавить термин"))
    add_pair(adding, required=True)
    adding.add_argument("source", metavar=translate("cli", "СЛОВО"))
    adding.add_argument(
        "target",
        nargs="?",
        metavar=translate("cli", "ПЕРЕВОД"),
        help=translate("cli", "без перевода слово остаётся в тексте как есть"),
    )
    adding.add_argument("--form", action="append", default=[], metavar=translate("cli", "ФОРМА"),
                        help=translate("cli", "ещё одна форма слова; можно повторять"))  # fmt: skip
    adding.add_argument("--note", default="", help=translate("cli", "примечание"))


def run_add(arguments: argparse.Namespace) -> int:
    """Keep one term."""
    source = clean(arguments.source)
    target = source if arguments.target is None else clean(arguments.target)
    first, second = find(arguments.source_language).code, find(arguments.target_language).code
    if not (source and target) or first == second:
        raise UsageError("term-empty")
    forms = tuple(dict.fromkeys(filter(None, map(clean, (source, *arguments.form)))))
    project = arguments.project or ""
    term = Term(first, second, forms, (target,), project, clean(arguments.note))
    _store().add_terms([term])
    print(_described(term))
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print the terms, one a line."""
    for term in _chosen(arguments):
        if arguments.json:
            print(json.dumps({"event": "term", **asdict(term)}, ensure_ascii=False))
        else:
            print(_described(term))
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Forget every term that has this word on either side."""
    word = clean(arguments.source)
    terms = [term for term in _chosen(arguments) if word in (*term.source, *term.target)]
    if not terms:
        raise UsageError("term-unknown", term=word)
    count = _store().remove_terms(terms)
    print(translate("cli", "Удалено терминов: {count}", count=str(count)))
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Add the terms of a file."""
    data = files.read(arguments.path)
    terms = terms_from(data, arguments.path.name, arguments.project)
    new = _store().add_terms(terms)
    print(translate("cli", "Терминов в файле: {count}, из них новых: {new}",
                    count=str(len(terms)), new=str(new)))  # fmt: skip
    return print_remarks(remarks_of(data, arguments.path.name))


def run_restore(arguments: argparse.Namespace) -> int:
    """Go back to the copy of a day; what was there is set aside."""
    day = Backups(paths.terms_file()).restore(arguments.date)
    count = str(len(_store().terms()))
    print(
        translate("cli", "Возвращена копия от {date}: терминов {count}", date=str(day), count=count)
    )
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the chosen terms into a file."""
    terms = _chosen(arguments)
    files.write(arguments.path, terms_to(terms, arguments.path.name))
    print(translate("cli", "Выгружено терминов: {count}", count=str(len(terms))))
    return 0


def _chosen(arguments: argparse.Namespace) -> list[Term]:
    """Return the terms of the languages named, in either direction, and of the project."""
    named = (arguments.source_language, arguments.target_language)
    codes = {find(name).code for name in named if name}
    return [
        term
        for term in _store().terms()
        if codes <= {term.source_language, term.target_language}
        and arguments.project in (None, term.project)
    ]


def _described(term: Term) -> str:
    extra: Iterable[str] = filter(None, (term.project and f"[{term.project}]", term.note))
    forms = f"{' | '.join(term.source)} = {' | '.join(term.target)}"
    return "  ".join((f"{term.source_language} → {term.target_language}", forms, *extra))


def _store() -> TermStore:
    return term_store(paths.terms_file())
