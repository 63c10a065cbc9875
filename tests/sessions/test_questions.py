"""Each question is answered once, whatever becomes of the worker and of the session beside it."""

import queue
import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.packs.making import pack_folder
from tests.worker import scripted
from tolmach.core.errors import AppError
from tolmach.core.settings import Settings
from tolmach.packs import manifest
from tolmach.packs.library import ModelLibrary
from tolmach.protocol.messages import Failed, Offered, Returned, Translated
from tolmach.protocol.plan import Plan
from tolmach.sessions.questions import Answer, TextQuestions, answered
from tolmach.worker.client import Client


def test_each_kind_of_question(asking: TextQuestions) -> None:
    translated = answered(lambda take: asking.translate("абв", "ru", "ba", take))
    assert isinstance(translated, Translated)
    assert translated.text == "вба"
    offered = answered(lambda take: asking.alternatives("абв", "ru", "ba", take))
    assert isinstance(offered, Offered)
    assert [candidate.text for candidate in offered.candidates] == ["вба", "абв"]
    returned = answered(lambda take: asking.back("абв", "вба", ("ru", "ba"), take))
    assert isinstance(returned, Returned)
    assert (returned.text, returned.similarity) == ("абв", 100.0)


def test_answers_come_to_who_asked(asking: TextQuestions) -> None:
    answers: queue.SimpleQueue[tuple[int, Answer]] = queue.SimpleQueue()

    def note(number: int, answer: Answer) -> None:
        answers.put((number, answer))

    for number in range(20):
        asking.translate(str(number), "ru", "ba", partial(note, number))
    for _ in range(20):
        number, answer = answers.get(timeout=30)
        assert isinstance(answer, Translated)
        assert answer.text == str(number)[::-1]


def test_what_nothing_here_translates_fails_at_once(client: Client) -> None:
    answers: list[Answer] = []
    TextQuestions(client, lambda: ()).translate("да", "ru", "ce", answers.append)
    (failed,) = answers
    assert isinstance(failed, Failed)
    assert failed.code == "no-route"
    with pytest.raises(AppError, match="no-route"):
        answered(lambda take: TextQuestions(client, lambda: ()).translate("да", "ru", "ce", take))


@pytest.mark.log_warnings
def test_a_killed_worker_costs_no_answer(asking: TextQuestions, client: Client) -> None:
    client.start()
    scripted.send_signal(client, signal.SIGSTOP)
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    asking.translate("абв", "ru", "ba", answers.put)
    scripted.send_signal(client, signal.SIGKILL)
    assert isinstance(answers.get(timeout=30), Translated)


def test_a_session_that_is_stopped_at_once_takes_no_question_with_it(
    asking: TextQuestions, client: Client
) -> None:
    client.begin("s", Plan(languages=("ru",)))
    scripted.send_signal(client, signal.SIGSTOP)
    answers: queue.SimpleQueue[Answer] = queue.SimpleQueue()
    asking.translate("абв", "ru", "ba", answers.put)
    client.cancel()
    assert isinstance(answers.get(timeout=30), Translated)


def test_a_question_does_not_read_the_disk(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one manifest, and not the sizes of files: who loads them looks at them."""
    pack_folder(tmp_path / "наоборот")
    reads: list[Path] = []

    def counted(path: Path, *arguments: Any, plain: Any = Path.open, **options: Any) -> Any:
        reads.append(path)
        return plain(path, *arguments, **options)

    def stated(path: Path, *, plain: Any = Path.stat, **options: Any) -> Any:
        reads.append(path)
        return plain(path, **options)

    monkeypatch.setattr(Path, "open", counted)
    monkeypatch.setattr(Path, "stat", stated)
    library = ModelLibrary([tmp_path])
    assert tmp_path / "наоборот" / manifest.NAME in reads
    asking = TextQuestions(client, lambda: library.installed.offered(Settings()))
    reads.clear()
    for text in ("раз", "два"):
        translated = answered(partial(asking.translate, text, "ru", "ba"))
        assert isinstance(translated, Translated)
    assert [path for path in reads if tmp_path in path.parents] == []
