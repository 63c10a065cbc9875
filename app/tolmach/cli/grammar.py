"""argparse in our interface languages: it knows only English and the system's own catalogues."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

from tolmach.messages.interface import QT_TRANSLATE_NOOP, translate

# argparse's own strings (CPython 3.11 to 3.14) -> ours. One that is missing stays English.
SENTENCES = {
    "usage: ": QT_TRANSLATE_NOOP("cli", "вызов: "),
    "options": QT_TRANSLATE_NOOP("cli", "ключи"),
    "positional arguments": QT_TRANSLATE_NOOP("cli", "аргументы"),
    "show this help message and exit": QT_TRANSLATE_NOOP("cli", "показать эту справку"),
    "show program's version number and exit": QT_TRANSLATE_NOOP("cli", "показать версию"),
    "unrecognized arguments: %s": QT_TRANSLATE_NOOP("cli", "неизвестные аргументы: %s"),
    "the following arguments are required: %s": QT_TRANSLATE_NOOP("cli", "не хватает: %s"),
    "expected one argument": QT_TRANSLATE_NOOP("cli", "здесь нужно одно значение"),
    "expected at least one argument": QT_TRANSLATE_NOOP("cli", "здесь нужно хотя бы одно значение"),
    "argument %(argument_name)s: %(message)s": QT_TRANSLATE_NOOP(
        "cli", "%(argument_name)s: %(message)s"
    ),
    "invalid choice: %(value)r (choose from %(choices)s)": QT_TRANSLATE_NOOP(
        "cli", "%(value)r не подходит, возможно: %(choices)s"
    ),
    "invalid %(type)s value: %(value)r": QT_TRANSLATE_NOOP("cli", "%(value)r здесь не подходит"),
}


# What `add_parser` adds a command to; argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run: TypeAlias = Callable[[argparse.Namespace], int]  # returns the exit code


class RussianParser(argparse.ArgumentParser):
    """An argument parser that speaks Russian first, its subcommands too."""

    def error(self, message: str) -> NoReturn:
        """Print usage and the sentence, and exit with 2."""
        self.print_usage(sys.stderr)
        self.exit(2, translate("cli", "{program}: ошибка: {message}\n",
                               program=self.prog, message=message))  # fmt: skip


def add_commands(parser: argparse.ArgumentParser) -> Commands:
    """Make the parser want a command."""
    return parser.add_subparsers(
        title=translate("cli", "команды"), metavar=translate("cli", "КОМАНДА"), required=True
    )


def add_command(commands: Commands, name: str, run: Run, text: str) -> argparse.ArgumentParser:
    """Add a command, with the text that help has about it."""
    parser = commands.add_parser(name, help=text)
    parser.set_defaults(run=run)
    return parser


def add_beam(parser: argparse.ArgumentParser) -> None:
    """Add the option `--beam`."""
    parser.add_argument(
        "--beam",
        type=int,
        default=0,
        choices=range(1, 11),
        metavar="1…10",
        help=translate("cli", "сколько вариантов обдумывать: больше — точнее и медленнее"),
    )


def add_translation(parser: argparse.ArgumentParser) -> None:
    """Add the options of all that is translated: `--project` and `--on-request`."""
    parser.add_argument(
        "--project",
        default="",
        metavar=translate("cli", "ПРОЕКТ"),
        help=translate("cli", "чьи термины глоссария действуют, кроме общих"),
    )
    parser.add_argument(
        "--on-request",
        action="store_true",
        help=translate("cli", "переводить и там, где пробный переводчик почти ничего не знает"),
    )


def add_force(parser: argparse.ArgumentParser) -> None:
    """Add the option `--force`."""
    parser.add_argument(
        "--force", action="store_true", help=translate("cli", "заменять файлы, которые уже есть")
    )


def add_pair(parser: argparse.ArgumentParser, required: bool = False) -> None:
    """Add the options of what belongs to a pair of languages and a project."""
    parser.add_argument("--from", dest="source_language", required=required, metavar="ba")
    parser.add_argument("--to", dest="target_language", required=required, metavar="ru")
    parser.add_argument("--project", help=translate("cli", "для какого проекта"))


def add_exchange(actions: Commands, importing: tuple[Run, str], exporting: tuple[Run, str]) -> None:
    """Add the commands `import` and `export` of a file, each with its text."""
    taking = add_command(actions, "import", *importing)
    taking.add_argument("--project", help=translate("cli", "для какого проекта"))
    giving = add_command(actions, "export", *exporting)
    add_pair(giving)
    for parser in (taking, giving):
        parser.add_argument("path", type=Path, metavar=translate("cli", "ФАЙЛ"))


def _translated(text: str) -> str:
    return translate("cli", SENTENCES[text]) if text in SENTENCES else text


# argparse looks its strings up through this module-level name at every use; there is no other way
# in that does not need compiled gettext catalogues.
vars(argparse)["_"] = _translated
