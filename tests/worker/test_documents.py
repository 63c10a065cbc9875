"""A document in a process of its own: what comes across, what it may cost, how it is given up."""

import sys
import threading
import time
from multiprocessing.connection import Connection
from pathlib import Path

import psutil
import pytest

from tests.formats.documents.making import docx, run
from tests.worker import misbehaving
from tolmach.core.errors import AppError, Cancelled, StorageError, UsageError
from tolmach.formats.documents.opening import open_document
from tolmach.worker.documents import Allowance, DocumentApart, opened_apart, serve
from tolmach.worker.spawning import Serve

MB = 2**20


def never() -> bool:
    return False


def children() -> set[int]:
    """Return the processes of ours that hold a document."""
    every = psutil.Process().children(recursive=True)
    return {child.pid for child in every if child.status() != psutil.STATUS_ZOMBIE}


def refused(path: Path, target: Serve = serve, allowance: Allowance | None = None) -> AppError:
    """Return why a document is not opened; its process is gone by then."""
    earlier = children()
    with (
        pytest.raises(AppError) as caught,
        opened_apart(path, never, target, allowance or Allowance()),
    ):
        pass
    assert children() - earlier <= resource_trackers()
    return caught.value


def resource_trackers() -> set[int]:
    """Return the process that Python starts beside the first one of ours."""
    every = psutil.Process().children(recursive=True)
    return {child.pid for child in every if "resource_tracker" in " ".join(child.cmdline())}


def test_it_is_the_same_document_as_in_one_process(tmp_path: Path) -> None:
    path = tmp_path / "Мой договор.docx"
    path.write_bytes(docx(f"<w:p>{run('Это ')}{run('важно', '<w:b/>')}{run('.')}</w:p>"))
    plain = open_document(path)
    with opened_apart(path, never) as apart:
        assert apart.units == plain.units
        assert apart.remarks == plain.remarks == ()
        changed = tuple(plain.units)
        assert apart.written((None,), "ba") == path.read_bytes()
        assert apart.written(changed, "ba") == plain.written(changed, "ba")


def test_remarks_come_across(tmp_path: Path) -> None:
    path = tmp_path / "письмо.txt"
    path.write_bytes("Добрый день.\n".encode() + b"\xff\n")
    with opened_apart(path, never) as apart:
        (remark,) = apart.remarks
    (same,) = open_document(path).remarks
    assert (remark.code, remark.params) == (same.code, same.params)


def test_refusals_are_told_as_they_are(tmp_path: Path) -> None:
    damaged = tmp_path / "письмо.docx"
    damaged.write_bytes(b"PK")
    assert str(refused(damaged)) == "document-damaged(name=письмо.docx)"
    assert isinstance(refused(tmp_path / "нет.txt"), StorageError)
    assert isinstance(refused(tmp_path / "книга.pdf"), UsageError)


def test_more_memory_than_allowed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "книга.txt"
    path.write_text("Слово за слово. " * 2**20, encoding="utf-8")
    error = refused(path, allowance=Allowance(memory=32 * MB))
    assert str(error) == "document-memory(name=книга.txt, most=32)"


@pytest.mark.skipif(sys.platform != "linux", reason="the ceiling is Linux's")
def test_the_kernel_knows_the_ceiling(tmp_path: Path) -> None:
    path = tmp_path / "письмо.txt"
    path.write_text("Да.\n", encoding="utf-8")
    with opened_apart(path, never, allowance=Allowance(memory=64 * MB)) as apart:
        process = psutil.Process(apart.pid)
        ceiling, _ = process.rlimit(psutil.RLIMIT_AS)
        assert 0 < ceiling - process.memory_info().vms <= 64 * MB


def test_memory_is_watched_where_the_system_does_not(tmp_path: Path) -> None:
    error = refused(tmp_path / "а.txt", misbehaving.serve_hoard, Allowance(memory=200 * MB))
    assert str(error) == "document-memory(name=а.txt, most=200)"


def test_more_time_than_allowed_is_told(tmp_path: Path) -> None:
    error = refused(tmp_path / "а.txt", misbehaving.serve_never, Allowance(seconds=0.2))
    assert str(error) == "document-slow(name=а.txt, seconds=0.2)"


@pytest.mark.parametrize("target", [misbehaving.serve_death, misbehaving.serve_nonsense])
def test_a_process_that_dies_or_talks_nonsense_is_told(target: Serve, tmp_path: Path) -> None:
    assert str(refused(tmp_path / "а.txt", target)) == "document-crashed(name=а.txt)"


def test_what_nobody_thought_of_is_a_sentence_and_a_trace_in_the_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")  # what goes to the file and not to the terminal
    error = refused(tmp_path / "а.txt", misbehaving.serve_broken)
    assert str(error) == "document-crashed(name=а.txt)"
    assert "LookupError" in caplog.text


def test_cancelling_ends_it_in_the_middle(tmp_path: Path) -> None:
    cancelled = threading.Event()
    threading.Timer(0.5, cancelled.set).start()
    earlier = children()
    with (
        pytest.raises(Cancelled),
        opened_apart(tmp_path / "а.txt", cancelled.is_set, misbehaving.serve_never),
    ):
        pass
    assert children() - earlier <= resource_trackers()


def test_a_document_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "письмо.txt"
    path.write_text("Да.\n", encoding="utf-8")
    assert refused(path, target=sleeping, allowance=Allowance(seconds=1.0)).code == "document-slow"


def sleeping(connection: Connection) -> None:
    connection.recv_bytes()
    time.sleep(60)


def test_a_document_whose_process_dies_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "письмо.txt"
    path.write_text("Да.\n", encoding="utf-8")
    with opened_apart(path, never) as apart:
        kill(apart)
        with pytest.raises(StorageError, match="document-crashed"):
            apart.written((None,), "ba")


def kill(apart: DocumentApart) -> None:
    process = psutil.Process(apart.pid)
    process.kill()
    while psutil.pid_exists(apart.pid) and process.status() != psutil.STATUS_ZOMBIE:
        time.sleep(0.01)
