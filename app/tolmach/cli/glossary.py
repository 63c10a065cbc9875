"""`tolmach glossary add | list | remove | import | export`: the person's own terms."""

import argparse
import json
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from tolmach.cli.grammar import Commands, add_commands
from tolmach.core import files, paths
from tolmach.core.errors import UsageError
from tolmach.formats.suffixes import suffixes
from tolmach.formats.terms import clean, terms_from, terms_to
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
    listing = actions.add_parser("list", help=translate("cli", "показать термины"))
    _add_pair(listing)
    listing.add_argument("--json", action="store_true")
    listing.set_defaults(run=run_list)
    removing = actions.add_parser("remove", help=translate("cli", "удалить термин"))
    _add_pair(removing)
    removing.add_argument("source", metavar=translate("cli", "СЛОВО"))
    removing.set_defaults(run=run_remove)
    formats = ", ".join(suffixes("glossary")).upper()
    importing = actions.add_parser(
        "import", help=translate("cli", "взять термины из файла: {formats}", formats=formats)
    )
    importing.add_argument("path", type=Path, metavar=translate("cli", "ФАЙЛ"))
    importing.add_argument("--project", help=translate("cli", "для какого проекта"))
    importing.set_defaults(run=run_import)
    exporting = actions.add_parser(
        "export", help=translate("cli", "выгрузить термины в файл: {formats}", formats=formats)
    )
    _add_pair(exporting)
    exporting.add_argument("path", type=Path, metavar=translate("cli", "ФАЙЛ"))
    exporting.set_defaults(run=run_export)


def _register_add(actions: Commands) -> None:
    adding = actions.add_parser("add", help=translate("cli", "добавить термин"))
    _add_pair(adding, required=True)
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
    adding.set_defaults(run=run_add)


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
    terms = terms_from(files.read(arguments.path), arguments.path.name)
    if arguments.project is not None:
        terms = [replace(term, project=clean(arguments.project)) for term in terms]
    new = _store().add_terms(terms)
    print(translate("cli", "Терминов в файле: {count}, из них новых: {new}",
                    count=str(len(terms)), new=str(new)))  # fmt: skip
    return 0


def run_export(arguments: argparse.Namespace) -> int:
    """Write the chosen terms into a file."""
    terms = _chosen(arguments)
    files.write(arguments.path, terms_to(terms, arguments.path.name))
    print(translate("cli", "Выгружено терминов: {count}", count=str(len(terms))))
    return 0


def _add_pair(parser: argparse.ArgumentParser, required: bool = False) -> None:
    parser.add_argument("--from", dest="source_language", required=required, metavar="ba")
    parser.add_argument("--to", dest="target_language", required=required, metavar="ru")
    parser.add_argument("--project", help=translate("cli", "для какого проекта"))


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
