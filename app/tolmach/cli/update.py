"""`tolmach update check | verify`: is there a newer version, is this file one of ours.

Rule: `check` prints the address before it is opened; nothing else here goes online.
"""

import argparse
import json
from pathlib import Path

from tolmach import __version__
from tolmach.cli.grammar import Commands, add_command, add_commands
from tolmach.core.errors import UsageError
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.updates import check, copies, installation, verification
from tolmach.updates.release import Release

DONE = 0


def register(commands: Commands) -> None:
    """Add the commands."""
    parser = commands.add_parser(
        "update", help=translate("cli", "новая версия: узнать о ней, проверить её файл")
    )
    actions = add_commands(parser)
    text = translate("cli", "узнать по адресу, какая версия новейшая")
    asking = add_command(actions, "check", run_check, text)
    asking.add_argument(
        "--address",
        default=check.ADDRESS,
        metavar="https://…",
        help=translate("cli", "где лежит описание выпуска; можно назвать и файл .release.json"),
    )
    asking.add_argument("--json", action="store_true")
    text = translate("cli", "проверить подпись и файл новой версии, с носителя или скачанный")
    verifying = add_command(actions, "verify", run_verify, text)
    verifying.add_argument("path", type=Path, metavar=translate("cli", "ФАЙЛ"))
    verifying.add_argument("--json", action="store_true")


def run_check(arguments: argparse.Namespace) -> int:
    """Say the address, ask it, and say what it answered."""
    address: str = arguments.address
    if not address:
        raise UsageError("update-no-address")
    if check.is_online(address):
        check.check_address(address)
        if not arguments.json:
            print(translate("cli", "Спрашиваю {address}", address=address), flush=True)
    release = check.ask(address)
    newer = release.judgement == "update-newer"
    code = release.judgement if newer else "update-newest"
    files = installation.suitable(release.files)
    places = {
        file.name: check.file_address(address, file.name)
        if check.is_online(address)
        else str(Path(address).parent / file.name)
        for file in files
    }
    if arguments.json:
        print(json.dumps({**_fields(release, code), "files": places}, ensure_ascii=False))
        return DONE
    print(_comparison(release, code))
    if newer:
        print(release.notes.strip())
        for file in files:
            print(f"{places[file.name]} ({file.size / 1e6:.1f} MB)")
    return DONE


def run_verify(arguments: argparse.Namespace) -> int:
    """Check the signature, then every byte of the file."""
    update = verification.located(arguments.path)
    by_hand = not arguments.json and installation.command(update.path)
    if by_hand:  # what root installs is our copy, not a file that may change meanwhile
        update = verification.staged(update)
        copies.keep(update.path.parent)
    else:
        verification.check(update)
    release, name = update.release, update.file.name
    if arguments.json:
        fields = {**_fields(release, release.judgement), "path": str(update.path)}
        print(json.dumps(fields, ensure_ascii=False))
        return DONE
    print(sentence("update-verified", {"name": name}))
    print(_comparison(release, release.judgement))
    if by_hand:
        print(installation.command(update.path))
    return DONE


def _comparison(release: Release, code: str) -> str:
    return sentence(code, {"version": release.version, "current": __version__})


def _fields(release: Release, code: str) -> dict[str, object]:
    return {
        "event": "update",
        "code": code,
        "message": _comparison(release, code),
        "version": release.version,
        "current": __version__,
        "date": release.date,
        "notes": release.notes,
    }
