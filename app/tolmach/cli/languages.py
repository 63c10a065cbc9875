"""`tolmach languages`: languages the program knows, and what the installed packs can do."""

import argparse

from tolmach.cli.grammar import Commands, add_command
from tolmach.language.registry import languages
from tolmach.messages.interface import interface_language, translate
from tolmach.packs import store
from tolmach.quality.trial import offered


def register(commands: Commands) -> None:
    """Add the command."""
    add_command(commands, "languages", run, translate("cli", "языки: коды и названия"))


def run(arguments: argparse.Namespace) -> int:
    """Print one language a line: code, autonym, name, what can be done with it now."""
    del arguments
    packs = offered(store.installed().packs, on_request=False)
    recognized = {code for pack in packs if pack.kind == "recognizer" for code in pack.languages}
    translated = {code for pack in packs for pair in pack.pairs for code in pair}
    name = "ru" if interface_language() == "ru" else "en"
    abilities = {
        translate("cli", "распознаёт"): recognized,
        translate("cli", "переводит"): translated,
    }
    for language in languages():
        can = ", ".join(verb for verb, codes in abilities.items() if language.code in codes)
        print(f"{language.code:4} {language.autonym:24} {language.names[name]:28} {can}")
    return 0
