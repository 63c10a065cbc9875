"""Ctrl+C in a session: once to finish what was said, twice to keep it for later."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.packs.making import pack_folder
from tests.sessions.test_plan import only
from tolmach.cli import listen
from tolmach.cli.listen import _notices
from tolmach.cli.main import main
from tolmach.core.errors import AudioError
from tolmach.core.settings import Settings
from tolmach.packs import manifest
from tolmach.protocol.plan import Plan
from tolmach.sessions.plan import conversation


def played(home: Path) -> int:
    """Return the bytes of sound on disk so far."""
    return sum(path.stat().st_size for path in (home / "recordings").glob("*.wav"))


def worker_of(process: int) -> int:
    """Return the process id of the worker; 0 as long as there is none."""
    threads = Path(f"/proc/{process}/task").glob("*/children")
    children = [child for thread in threads for child in thread.read_text().split()]
    commands = {int(child): Path(f"/proc/{child}/cmdline").read_text() for child in children}
    return next((child for child, command in commands.items() if "spawn_main" in command), 0)


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
@pytest.mark.timeout(200)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 1), (signal.SIGTERM, 143)])
def test_stopped_at_once_the_sound_is_kept_and_transcribed_later(
    number: signal.Signals, code: int, starter: Path, own_home: Path
) -> None:
    playing = subprocess.Popen(
        [sys.executable, "-m", "tolmach", "demo", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env=dict(os.environ),
    )
    deadline = time.monotonic() + 60
    while not (worker := worker_of(playing.pid)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert worker  # 0 would stop the tests themselves
    os.kill(worker, signal.SIGSTOP)  # or it would have recognised everything before we stop it
    while played(own_home) < 64_000 and time.monotonic() < deadline:
        time.sleep(0.02)
    playing.send_signal(number)
    if number is signal.SIGINT:  # the first one only ends listening
        time.sleep(0.1)  # two signals at once are one
        playing.send_signal(number)
    output, errors = playing.communicate(timeout=60)

    assert playing.returncode == code
    (postponed,) = [json.loads(line) for line in output.splitlines() if "postponed" in line]
    (recording,) = (own_home / "recordings").glob("*.wav")
    assert postponed["seconds"] > 0
    trial, stopped = errors.splitlines()
    assert trial.startswith("Перевод пробный")
    assert stopped.startswith("Остановлено. Не распознано")
    assert errors.rstrip().endswith(f'tolmach transcribe "{recording}"')
    assert main(["transcribe", str(recording), "--from", "ru,ba"]) == 0


def test_what_a_conversation_lacks_is_said_before_it_begins(starter: Path, tmp_path: Path) -> None:
    whole = manifest.read(starter / "starter-recognizer")
    packs = [
        only(whole, "ru"),
        only(whole, "ba"),
        pack_folder(tmp_path / "ba-ru", pairs=(("ba", "ru"),)),
    ]
    notices = list(_notices(conversation(packs, Settings()), ("ru", "ba")))
    assert len(notices) == 2
    assert notices[0].startswith("Модели не отличают на слух ru от ba")
    assert notices[1] == "Перевести с ru на ba нечем: будет только запись сказанного."


def test_a_line_that_is_written_is_never_joined_to_another(
    starter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans: list[Plan] = []

    def refuse(client: object, plan: Plan, *rest: object) -> None:
        plans.append(plan)
        raise AudioError("no-microphone")

    monkeypatch.setattr(listen, "LiveSession", refuse)
    assert main(["listen"]) != 0
    [plan] = plans
    assert (plan.drafts, plan.joined) == (True, False)


def test_a_beam_that_makes_no_sense_is_wrong_use(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["listen", "--beam", "0"])
    assert caught.value.code == 2
    assert "--beam" in capsys.readouterr().err
