"""`tolmach translate --from ru --to ba "Как дела?"`: text in, text out."""

import argparse
import json
import sys
import threading

from tolmach.core.errors import AppError
from tolmach.core.texts import translate
from tolmach.packs import store
from tolmach.sessions.plan import translation
from tolmach.worker.client import Client
from tolmach.worker.protocol import Event, Failed, Plan, Translate, Translated

SESSION = "text"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("translate", help=translate("cli", "перевести текст"))
    parser.add_argument("--from", dest="source", required=True, metavar="ru")
    parser.add_argument("--to", dest="target", required=True, metavar="ba")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "text", nargs="?", default="-", help=translate("cli", "текст; «-» — со стандартного входа")
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Translate the argument, or standard input to its end."""
    packs = store.installed().packs
    source, target = (store.language_code(packs, it) for it in (arguments.source, arguments.target))
    text = sys.stdin.read().rstrip("\n") if arguments.text == "-" else arguments.text
    answer = _translate(text, source, target, translation(packs, source, target))
    if arguments.json:
        fields = {"event": "translated", "session": SESSION, "utterance": 0, "start": 0, "end": 0}
        fields |= {"language": source, "target": target, "text": answer}
        answer = json.dumps(fields, ensure_ascii=False)
    print(answer)
    return 0


def _translate(text: str, source: str, target: str, plan: Plan) -> str:
    """Translate in the worker; raises AppError."""
    answered = threading.Event()
    answers: list[Event] = []

    def listen(event: Event) -> None:
        if isinstance(event, Translated | Failed):
            answers.append(event)
            answered.set()

    client = Client(listen)
    try:
        client.begin(SESSION, plan)
        client.translate(Translate(SESSION, 0, text, source, target))
        while not answered.wait(0.2):  # an endless wait would not let Ctrl+C through on Windows
            pass
    finally:
        client.close()
    answer = answers[0]
    if isinstance(answer, Failed):
        raise AppError(answer.code, **answer.params)
    assert isinstance(answer, Translated)
    return answer.text
