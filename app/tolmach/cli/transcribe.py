"""`tolmach transcribe FILE…`: media files to text, subtitles or JSON, translated if asked."""

import argparse
import os
import sys
from collections.abc import Mapping
from contextlib import closing, suppress
from pathlib import Path

from tolmach.audio.media import GAPS
from tolmach.cli import preparing
from tolmach.cli.events import Listener, json_lines, remark_line, trial_notice
from tolmach.cli.grammar import Commands, add_beam, add_command, add_translation
from tolmach.cli.screen import show_progress
from tolmach.core import files
from tolmach.core.errors import AppError, StorageError
from tolmach.core.settings import Settings
from tolmach.core.transcript import Transcript
from tolmach.formats.suffixes import suffixes
from tolmach.formats.transcripts import export
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.packs.selection import language_code
from tolmach.protocol.messages import Failed
from tolmach.quality.trial import offered
from tolmach.sessions.file import FileSession
from tolmach.sessions.plan import into, trial_pairs
from tolmach.worker.client import Client

AUTO = "auto"


def register(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "записать и перевести звук из файлов")
    parser = add_command(commands, "transcribe", run, text)
    parser.add_argument("files", nargs="+", type=Path, metavar=translate("cli", "ФАЙЛ"))
    parser.add_argument(
        "--from",
        dest="languages",
        default=AUTO,
        metavar="auto|ru|ba,ru",
        help=translate("cli", "на каких языках говорят; auto — любой, который знает модель"),
    )
    parser.add_argument(
        "--to", dest="target", default="", metavar="ba", help=translate("cli", "язык перевода")
    )
    parser.add_argument(
        "--track",
        type=int,
        default=0,
        choices=range(1, 100),
        metavar=translate("cli", "НОМЕР"),
        help=translate("cli", "звуковая дорожка, считая с 1; без этого — главная"),
    )
    parser.add_argument("--format", default="txt", choices=suffixes("transcript"))
    parser.add_argument(
        "--out",
        type=Path,
        metavar=translate("cli", "ПАПКА"),
        help=translate("cli", "куда записать файлы; без этого текст идёт на экран"),
    )
    add_beam(parser)
    add_translation(parser)
    parser.add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Transcribe each file; one that fails does not stop the others.

    1 when any failed, was not heard whole, or had nobody speaking in it.
    """
    spoken = [] if arguments.languages == AUTO else arguments.languages.split(",")
    packs = offered(preparing.installed(), on_request=arguments.on_request)
    target = language_code(packs, arguments.target) if arguments.target else ""
    settings = Settings(beam=arguments.beam, project=arguments.project)
    plan = into(packs, [language_code(packs, name) for name in spoken], target, settings)
    if trial_pairs(plan):
        print(trial_notice(), file=sys.stderr)
    if arguments.out:
        _prepare(arguments.out)
    show = json_lines(lambda line: print(line, flush=True)) if arguments.json else None
    failed = False
    with closing(Client()) as client:
        for path in arguments.files:
            session = FileSession(client, plan, path, arguments.track)
            try:
                failures = _follow(session, show)
                if session.transcript.segments:
                    _write(session.transcript, path, arguments)
                for code, params in failures.items():
                    failed = True
                    _tell(path, code, params)
                for remark in session.remarks:
                    failed |= remark.code != GAPS
                    _tell(path, remark.code, remark.params)
                    if arguments.json:
                        print(remark_line(session.id, remark), flush=True)
            except AppError as error:
                failed = True
                _tell(path, error.code, error.params)
                if show:
                    show(Failed(session.id, error.code, error.params))
    return 1 if failed else 0


def _follow(session: FileSession, show: Listener | None) -> dict[str, dict[str, str]]:
    """Run the session to its end; on a terminal, show how far it is.

    Returns what failed on the way, each code once with its parameters.
    """
    failures: dict[str, dict[str, str]] = {}
    for event in session.run():
        if isinstance(event, Failed):
            failures.setdefault(event.code, event.params)
        if show:
            show(event)
        show_progress(f"{session.fraction:5.0%}  {session.id}")
    show_progress()
    return failures


def _write(transcript: Transcript, path: Path, arguments: argparse.Namespace) -> None:
    """Write the transcript into the folder, or to the terminal, where JSON lines may be already.

    Of a name that is taken there is another with a number. Raises StorageError "not-writable".
    """
    text = export(transcript, arguments.format)
    if not arguments.out and not arguments.json:
        print(text, end="", flush=True)
    if not arguments.out:
        return
    with files.writing(arguments.out):
        for new in files.numbered(arguments.out / f"{path.stem}.{arguments.format}"):
            with suppress(FileExistsError), new.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
                return


def _prepare(folder: Path) -> None:
    """Make the folder before hours of work; raises StorageError "not-writable"."""
    with files.writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise StorageError("not-writable", path=str(folder))


def _tell(path: Path, code: str, params: Mapping[str, str]) -> None:
    print(f"{path}: {sentence(code, dict(params))}", file=sys.stderr)
