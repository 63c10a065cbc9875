"""The command line: finds the command, shows errors as sentences, returns exit codes.

0 done, 1 the work failed, 2 wrong use, 130 Ctrl+C, 143 ended by the system. This is a Qt-free zone.
"""

import argparse
import json
import os
import signal
import sys
from collections.abc import Sequence

from tolmach import __version__
from tolmach.cli.grammar import RussianParser, add_commands
from tolmach.core import interruption
from tolmach.core.errors import AppError, Cancelled, UsageError
from tolmach.core.lazy import imported
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence

DONE, FAILED, WRONG_USE = 0, 1, 2

# In the order of the help. What registers a command is imported for it alone, or for the help.
COMMANDS = {
    "listen": "tolmach.cli.listen:register",
    "demo": "tolmach.cli.listen:register_demo",
    "transcribe": "tolmach.cli.transcribe:register",
    "translate": "tolmach.cli.translate:register",
    "glossary": "tolmach.cli.glossary:register",
    "memory": "tolmach.cli.memory:register",
    "packs": "tolmach.cli.packs:register",
    "languages": "tolmach.cli.languages:register",
    "doctor": "tolmach.cli.doctor:register",
    "update": "tolmach.cli.update:register",
    "self-test": "tolmach.cli.self_test.command:register",
    "eval": "tolmach.cli.eval:register",
}


def parser(command: str = "") -> argparse.ArgumentParser:
    """Return the parser with this command, or with all of them if it is none."""
    top = RussianParser(
        prog="tolmach",
        description=translate("cli", "Слушает, записывает сказанное и переводит — без сети."),
        epilog=translate("cli", "Без команды открывается окно."),
    )
    top.add_argument("--version", action="version", version=f"tolmach {__version__}")
    commands = add_commands(top)
    for name in [command] if command in COMMANDS else COMMANDS:
        imported(COMMANDS[name])(commands)
    return top


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code."""
    parsed = parser(*arguments[:1]).parse_args(arguments)
    try:
        with interruption.raised():
            code: int = parsed.run(parsed)
            sys.stdout.flush()
    except Cancelled:
        return FAILED
    except AppError as error:
        _tell(error, as_json=getattr(parsed, "json", False))
        return WRONG_USE if isinstance(error, UsageError) else FAILED
    except interruption.Interruption as interrupted:
        return interrupted.exit_code
    except KeyboardInterrupt:  # by who set Python's own handler
        return 128 + signal.SIGINT
    except BrokenPipeError:  # the reader of our output has seen enough: `tolmach … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # for the flush at exit
        return DONE
    return code


def _tell(error: AppError, *, as_json: bool) -> None:
    message = sentence(error.code, error.params)
    if as_json:
        failed = {"event": "failed", "code": error.code, "message": message}
        print(json.dumps(failed, ensure_ascii=False), flush=True)
    print(message, file=sys.stderr)
