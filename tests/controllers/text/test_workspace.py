"""The draft, text files, and documents."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from tests.fakes import FakeTextQuestions, installed_packs, watch
from tolmach.controllers.background import Background
from tolmach.controllers.notices import Notices
from tolmach.controllers.preferences import Preferences
from tolmach.controllers.text import draft
from tolmach.controllers.text.document_job import DocumentJob, TranslateDocument
from tolmach.controllers.text.workspace import TextWorkspace
from tolmach.core import paths
from tolmach.core.errors import Cancelled, StorageError
from tolmach.core.settings import Settings
from tolmach.sessions.document_translation import DocumentRequest, DocumentResult, ProgressWatch


@pytest.fixture
def preferences(qtbot: QtBot) -> Preferences:
    return Preferences(Settings(), lambda settings: None, Notices())


def work_on(preferences: Preferences) -> TextWorkspace:
    threads = Background("questions"), Background("long work")
    return TextWorkspace(preferences, watch(), FakeTextQuestions(), *threads)


@pytest.fixture
def workspace(preferences: Preferences) -> Iterator[TextWorkspace]:
    workspace = work_on(preferences)
    yield workspace
    workspace.close()


def test_a_draft_returns_with_what_was_corrected(
    workspace: TextWorkspace, preferences: Preferences, qtbot: QtBot
) -> None:
    workspace.text.edit_source(0, 1, ["раз", "", "два"])
    qtbot.waitUntil(lambda: workspace.text.waiting == 0)
    workspace.text.edit_target(0, "БЕР")
    workspace.close()
    again = work_on(preferences)
    again.take_up_draft()
    qtbot.waitUntil(
        lambda: [paragraph.text for paragraph in again.text.paragraphs] == ["БЕР", "", "ДВА"]
    )
    assert [paragraph.source for paragraph in again.text.paragraphs] == ["раз", "", "два"]
    assert [notice.code for notice in again.text.notices.standing] == ["draft-restored"]
    again.clear()
    assert not paths.draft_file().exists()
    again.close()
    assert not paths.draft_file().exists()


def test_a_draft_is_saved_after_the_last_key(workspace: TextWorkspace, qtbot: QtBot) -> None:
    """Without the window's end: a process that is killed loses seconds."""
    workspace.text.edit_source(0, 1, ["раз"])
    qtbot.waitUntil(paths.draft_file().exists, timeout=10_000)
    workspace.text.edit_source(0, 1, ["раз и два"])
    qtbot.waitUntil(lambda: draft.load(paths.draft_file()) == (["раз и два"], {}), timeout=10_000)


def test_two_windows_have_two_drafts(
    workspace: TextWorkspace, preferences: Preferences, qtbot: QtBot
) -> None:
    second = work_on(preferences)
    second.take_up_draft()
    for window, line in ((workspace, "первое"), (second, "второе")):
        window.text.edit_source(0, 1, [line])
        window.keep_draft()
    assert draft.load(paths.draft_file()) == (["первое"], {})
    second.close()
    workspace.clear()
    workspace.close()

    only = work_on(preferences)  # the text of a window that is gone is not forgotten
    only.take_up_draft()
    assert [paragraph.source for paragraph in only.text.paragraphs] == ["второе"]
    only.clear()
    only.close()
    assert [file.name for file in paths.home().glob("draft*")] == []


def test_no_text_leaves_no_draft(workspace: TextWorkspace) -> None:
    workspace.close()
    assert not paths.draft_file().exists()


@pytest.mark.log_warnings
@pytest.mark.parametrize(
    "content",
    [
        *("{", "[]", '{"lines": 1}', '{"lines": [], "written": []}', "[" * 50_000),
        *('{"lines": [["да"]], "written": {}}', '{"lines": ["\\ud800"], "written": {}}'),
    ],
)
def test_a_damaged_draft_is_set_aside_and_told(workspace: TextWorkspace, content: str) -> None:
    path = paths.draft_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
    workspace.take_up_draft()
    assert workspace.text.blank
    assert [notice.code for notice in workspace.text.notices.standing] == ["draft-damaged"]
    workspace.clear()  # removes the draft, not what was set aside
    assert path.with_suffix(".damaged.json").read_text(encoding="utf-8") == content


@pytest.mark.log_warnings
def test_a_folder_in_the_draft_s_place_is_set_aside(workspace: TextWorkspace) -> None:
    paths.draft_file().mkdir(parents=True)
    workspace.take_up_draft()
    workspace.text.edit_source(0, 1, ["раз"])
    workspace.close()
    assert paths.draft_file().is_file()


def test_text_files_in_and_out(workspace: TextWorkspace, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "письмо.txt").write_bytes("раз\r\n\r\nдва\r\n".encode("cp1251"))
    workspace.open_file(tmp_path / "письмо.txt")
    qtbot.waitUntil(
        lambda: [paragraph.text for paragraph in workspace.text.paragraphs] == ["РАЗ", "", "ДВА"]
    )
    workspace.save_file(tmp_path / "хат.txt")
    saved = tmp_path / "хат.txt"
    qtbot.waitUntil(saved.exists)
    assert saved.read_text(encoding="utf-8") == "РАЗ\n\nДВА\n"


def test_a_file_that_is_no_text_is_a_notice(
    workspace: TextWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_bytes(b"\x00\x01")
    workspace.open_file(tmp_path / "a.txt")
    qtbot.waitUntil(
        lambda: [notice.code for notice in workspace.text.notices.standing] == ["document-encoding"]
    )


def job(
    translate: TranslateDocument, preferences: Preferences, *, trial: bool = False
) -> DocumentJob:
    library = watch(installed_packs(trial=trial))
    return DocumentJob(translate, preferences, library, Background("test"))


def test_a_document_is_translated_and_tells_how_far_it_is(
    preferences: Preferences, qtbot: QtBot
) -> None:
    progress: list[tuple[int, int]] = []
    document = job(_half, preferences)
    document.changed.connect(lambda: progress.append((document.translated, document.all)))
    document.start(Path("договор.docx"))
    assert document.running
    qtbot.waitUntil(lambda: document.result is not None)
    assert document.result == DocumentResult(Path("договор.ba.docx"), 4, 1, 0)
    assert (1, 2) in progress
    document.dismiss()


def test_a_trial_is_asked_about_first(preferences: Preferences, qtbot: QtBot) -> None:
    document = job(_half, preferences, trial=True)
    document.start(Path("договор.docx"))
    qtbot.wait(50)
    assert (document.asking, document.running, document.result) == (True, False, None)
    document.dismiss()
    assert document.path is None
    document.start(Path("письмо.txt"))
    document.confirm()
    qtbot.waitUntil(lambda: document.result is not None)
    assert document.result is not None
    assert document.result.path == Path("письмо.ba.txt")
    document.dismiss()


def test_a_refused_document_does_not_come_back(preferences: Preferences, qtbot: QtBot) -> None:
    document = job(_half, preferences, trial=True)
    document.start(Path("договор.docx"))
    document.dismiss()
    document.confirm()
    qtbot.wait(50)
    assert (document.path, document.result) == (None, None)
    document.dismiss()


def _half(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
    watch.progress(1, 2)
    return DocumentResult(
        request.path.with_suffix(f".{request.target}{request.path.suffix}"), 4, 1, 0
    )


def test_a_document_can_be_given_up(preferences: Preferences, qtbot: QtBot) -> None:
    stopped = Event()

    def translate(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
        while not watch.cancelled():
            stopped.wait(0.01)
        stopped.set()
        raise Cancelled

    given_up = job(translate, preferences)
    given_up.start(Path("договор.docx"))
    given_up.dismiss()
    qtbot.waitUntil(stopped.is_set)
    qtbot.wait(20)
    assert (given_up.path, given_up.failure) == (None, None)
    given_up.dismiss()


def test_what_goes_wrong_is_told(preferences: Preferences, qtbot: QtBot) -> None:
    def translate(*_: object) -> DocumentResult:
        raise StorageError("not-readable", path="договор.docx")

    failed = job(translate, preferences)
    failed.start(Path("договор.docx"))
    qtbot.waitUntil(lambda: failed.failure == ("not-readable", {"path": "договор.docx"}))
    assert not failed.running
    failed.dismiss()


def test_a_document_under_way_holds_up_no_text(
    workspace: TextWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "письмо.txt").write_text("раз", encoding="utf-8")
    go_on = Event()

    def endless(request: DocumentRequest, watch: ProgressWatch) -> DocumentResult:
        go_on.wait(30)
        raise Cancelled

    workspace.document.translate = endless
    workspace.document.start(tmp_path / "договор.docx")
    workspace.open_file(tmp_path / "письмо.txt")
    qtbot.waitUntil(lambda: workspace.text.paragraphs[0].text == "РАЗ")
    assert workspace.document.running
    go_on.set()
