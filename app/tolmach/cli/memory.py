"""`tolmach memory import | export`: translations that were corrected or brought along."""

import argparse

from tolmach.cli.grammar import Commands, add_commands, add_exchange
from tolmach.cli.screen import print_remarks
from tolmach.core import files, paths
from tolmach.formats.suffixes import suffixes
from tolmach.formats.terms import entries_from, entries_to, remarks_of
from tolmach.history.terms import term_store
from tolmach.language.registry import find
from tolmach.messages.interface import translate


def register(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser("memory", help=translate("cli", "память переводов"))
    actions = add_commands(parser)
    formats = ", ".join(suffixes("memory")).upper()
    add_exchange(
        actions,
        (run_import, translate("cli", "взять переводы из файла: {formats}", formats=formats)),
        (run_export, translate("cli", "выгрузить переводы в файл: {formats}", formats=formats)),
    )


def run_import(arguments: argparse.Namespace) -> int:
    """Add the translations of a file."""
    data = files.read(arguments.path)
    entries = entries_from(data, arguments.path.name, arguments.project)
    new = term_store(paths.terms_file()).remember(entries)
    print(translate("cli", "Переводов в файле: {count}, из них новых: {new}",
                    count=str(len(entries)), new=str(new)))  # fmt: skip
    return print_remarks(remarks_of(data, arguments.path.name))


def run_export(arguments: argparse.Namespace) -> int:
    """Write the translations of these languages and this project into a file."""
    source, target = (
        find(name).code if name else None
        for name in (arguments.source_language, arguments.target_language)
    )
    entries = [
        entry
        for entry in term_store(paths.terms_file()).memory()
        if source in (None, entry.source_language)
        and target in (None, entry.target_language)
        and arguments.project in (None, entry.project)
    ]
    files.write(arguments.path, entries_to(entries, arguments.path.name))
    print(translate("cli", "Выгружено переводов: {count}", count=str(len(entries))))
    return 0
