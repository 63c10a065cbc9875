"""`tolmach transcribe FILE…`: media files to text, subtitles or JSON, translated if asked."""

import argparse
import mimetypes
import os
import sys
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from tolmach.audio.media import GAPS
from tolmach.cli import preparing
from tolmach.cli.events import Listener, clock, json_lines, remark_line, trial_notice
from tolmach.cli.grammar import Commands, add_beam, add_command, add_force, add_translation
from tolmach.cli.inputs import InputFile, is_standard, received, tally
from tolmach.cli.screen import Estimate, show_progress
from tolmach.core import files
from tolmach.core.errors import AppError, Cancelled, StorageError
from tolmach.core.settings import Settings
from tolmach.core.transcript import Transcript
from tolmach.formats.suffixes import suffixes
from tolmach.formats.transcripts import export
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.packs.selection import language_code
from tolmach.protocol.messages import Failed
from tolmach.protocol.plan import Plan
from tolmach.quality.trial import offered
from tolmach.sessions.file import FileSession
from tolmach.sessions.plan import into, trial_pairs
from tolmach.worker.client import Client

AUTO = "auto"
PARTIAL = ".partial"  # in the name of what was interrupted
_NO_SOUND = ("not-media", "no-sound-track", "file-empty", "file-is-no-file")


def register(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "записать и перевести звук из файлов")
    parser = add_command(commands, "transcribe", run, text)
    parser.add_argument(
        "files",
        nargs="+",
        type=Path,
        metavar=translate("cli", "ФАЙЛ"),
        help=translate("cli", "файлы, папки со всем, что в них, или «-» — стандартный вход"),
    )
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
    parser.add_argument(
        "--any-length",
        action="store_true",
        help=translate("cli", "и файлы, в которых больше суток звука"),
    )
    _add_output(parser)
    add_beam(parser)
    add_translation(parser)
    parser.add_argument("--json", action="store_true")


def _add_output(parser: argparse.ArgumentParser) -> None:
    """Add the options of what becomes of the text."""
    parser.add_argument("--format", default="txt", choices=suffixes("transcript"))
    parser.add_argument(
        "--out",
        type=Path,
        metavar=translate("cli", "ПАПКА"),
        help=translate(
            "cli",
            "куда записать файлы; без этого текст идёт на экран, а из папки — рядом с файлами",
        ),
    )
    parser.add_argument(
        "--beside", action="store_true", help=translate("cli", "записать рядом с каждым файлом")
    )
    add_force(parser)


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
    with received(arguments.files) as items, closing(Client()) as client:
        work = _Transcriptions(client, plan, arguments)
        for item in items:
            work.transcribe(item)
        if len(items) > 1 and work.writes(items[-1]):
            print(tally(work.finished, work.failed, work.skipped), file=sys.stderr)
    for folder in arguments.files:
        if folder.is_dir() and not any(item.folder == folder for item in work.audible):
            work.failed += 1
            _tell(str(folder), "folder-without-files", {"path": str(folder)})
    return 1 if work.failed else 0


class _Transcriptions:
    """The files of one command, one after the other, and how many became what."""

    def __init__(self, client: Client, plan: Plan, arguments: argparse.Namespace) -> None:
        self.finished = self.failed = self.skipped = 0
        self.audible: list[InputFile] = []  # those that hold sound, or should
        self._results: set[Path] = set()
        self._client = client
        self._plan = plan
        self._arguments = arguments
        self._show: Listener | None = None
        if arguments.json:
            self._show = json_lines(lambda line: print(line, flush=True))

    def writes(self, item: InputFile) -> bool:
        """Whether its transcript becomes a file: those of a folder do, a screen has no names."""
        arguments = self._arguments
        if arguments.out or (arguments.beside and not is_standard(item)):
            return True
        return item.folder is not None and not arguments.json

    def transcribe(self, item: InputFile) -> None:
        """Transcribe a file and say what it lacks.

        When it is interrupted, what was recognised by then is written and told of.
        """
        arguments = self._arguments
        session = FileSession(
            self._client,
            self._plan,
            item.path,
            arguments.track,
            item.name,
            any_length=arguments.any_length,
        )
        try:
            failures = _follow(session, self._show)
            self.audible.append(item)
            self._write(session.transcript, item)
            remarks = [(code, params) for code, params in failures.items()]
            remarks += [(remark.code, remark.params) for remark in session.remarks]
            for code, params in remarks:
                _tell(item.name, code, params)
            if self._arguments.json:
                for remark in session.remarks:
                    print(remark_line(session.id, remark), flush=True)
            if any(code != GAPS for code, _ in remarks):
                self.failed += 1
            else:
                self.finished += 1
        except Cancelled:
            raise
        except AppError as error:
            self._refuse(item, error)
        except KeyboardInterrupt:
            show_progress()
            self._keep_part(session.transcript, item)
            raise

    def _refuse(self, item: InputFile, error: AppError) -> None:
        """Say that a file cannot be heard; in a folder, what is no sound is no failure."""
        if item.folder and error.code in _NO_SOUND and not _should_sound(item.path):
            self.skipped += 1
            text = translate("cli", "{path}: пропущено, звука в нём нет.", path=item.name)
            print(text, file=sys.stderr)
            return
        self.audible.append(item)
        self.failed += 1
        _tell(item.name, error.code, error.params)
        if self._show:
            self._show(Failed(item.name, error.code, error.params))

    def _keep_part(self, transcript: Transcript, item: InputFile) -> None:
        if not transcript.segments:
            text = translate("cli", "{path}: прервано раньше первых слов.", path=item.name)
            print(text, file=sys.stderr)
            return
        end = max(segment.end for segment in transcript.segments.values())
        path = self._write(transcript, item, PARTIAL)
        fields = {"path": item.name, "time": clock(end).strip()}
        text = translate("cli", "{path}: прервано, распознано до {time}.", **fields)
        if path:
            text = translate(
                "cli", "{path}: прервано, распознано до {time}: {out}", **fields, out=str(path)
            )
        print(text, file=sys.stderr)

    def _write(self, transcript: Transcript, item: InputFile, mark: str = "") -> Path | None:
        """Write the transcript where it belongs, or to the terminal, where JSON lines may be.

        Of a name that is taken there is another with a number, unless it is to be replaced; the
        path is returned. Raises StorageError.
        """
        arguments = self._arguments
        if not transcript.segments:
            return None
        text = export(transcript, arguments.format)
        if not self.writes(item):
            if not arguments.json:
                print(text, end="", flush=True)
            return None
        name = f"{item.path.stem}{mark}.{arguments.format}"
        path = item.result(name, arguments.out)
        with files.writing(path.parent):
            path.parent.mkdir(parents=True, exist_ok=True)
        is_ours = path in self._results or (path.exists() and path.samefile(item.path))
        if arguments.force and not is_ours:  # nor what this command read or has just written
            files.write(path, text.encode())
        else:
            path = files.write_new(path, text.encode())
        self._results.add(path)
        return path


def _should_sound(path: Path) -> bool:
    """Whether the name promises sound."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    return kind.startswith(("audio/", "video/"))


def _follow(session: FileSession, show: Listener | None) -> dict[str, dict[str, str]]:
    """Run the session to its end; on a terminal, show how far it is.

    Returns what failed on the way, each code once with its parameters.
    """
    failures: dict[str, dict[str, str]] = {}
    estimate = Estimate()
    for event in session.run():
        if isinstance(event, Failed):
            failures.setdefault(event.code, event.params)
        if show:
            show(event)
        estimate.show(session.fraction, session.id)
    show_progress()
    return failures


def _prepare(folder: Path) -> None:
    """Make the folder before hours of work; raises StorageError."""
    with files.writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise StorageError("folder-closed", path=str(folder))


def _tell(name: str, code: str, params: Mapping[str, str]) -> None:
    print(f"{name}: {sentence(code, dict(params))}", file=sys.stderr)
