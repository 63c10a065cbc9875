"""Try the installers and the portable zip under wine, as people do: again, back, cut off, away.

Rule: what a person made is there after everything but its removal by request.
"""

import shutil
import signal
import subprocess
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import trial
import wine
from interpreter import BUILD
from steps import say
from trial import CONSOLE, WINDOW, expect

INSTALLED = wine.HOME / "AppData" / "Local" / "Programs" / "Tolmach"
MENU = wine.HOME / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
FOR_ALL = wine.PREFIX / "drive_c" / "Program Files" / "Tolmach"
ELSEWHERE = wine.PREFIX / "drive_c" / "Программы"  # no space: wine would put /D into quotes
UNINSTALL = "Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\Tolmach"
OLDER = "0.0.9"
OLDER_FILES = sorted([".tolmach-entries", CONSOLE, WINDOW, "_internal", "uninstall.exe"])
STICK = BUILD / "trial" / "Флешка Марии"
STALE = Path("_internal", "stale.dll")
NEW, OLD, ENTRIES = ".tolmach-new", ".tolmach-old", ".tolmach-entries"  # as tolmach.nsi has them
STRANGERS = wine.PREFIX / "drive_c" / "Чужие"

MakeInstaller = Callable[[Path, str], Path]


def packages(whole: Path, setup: Path, archive: Path, make_installer: MakeInstaller) -> None:
    """Try the installers with Whisper and without it, and a zip.

    `make_installer` packs a folder as a version, quickly.
    """
    for folder in (INSTALLED, FOR_ALL, ELSEWHERE, STRANGERS, trial.data()):
        shutil.rmtree(folder, ignore_errors=True)
    older = older_installer(make_installer)
    keepsake = trial.data() / "recordings" / "Разговор.flac"
    keepsake.parent.mkdir(parents=True)
    keepsake.write_bytes(b"a person's")
    old_windows(setup)
    not_writable(setup)
    install(older)
    cut_off(setup)
    upgrade(whole)
    downgrade(older)
    file_in_use(older)
    half_changed(setup)
    while_it_runs(setup)
    moved(setup)
    remove(keepsake)
    among_strangers(older)
    everybody(setup, older)
    portable(archive)
    wine.stop()


def older_installer(make_installer: MakeInstaller) -> Path:
    """Make the previous version: a few files, one of which the new one does not have."""
    folder = BUILD / "trial" / "older"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / STALE).parent.mkdir(parents=True)
    (folder / STALE).write_bytes(b"of an older version")
    for name in (CONSOLE, WINDOW):
        shutil.copyfile(wine.PYTHON, folder / name)
    return make_installer(folder, OLDER)


def install(setup: Path, *options: str) -> None:
    """Install without a question."""
    result = wine.run([setup, "/S", *options])
    expect(result.returncode == 0, f"{setup.name} {options}: {result.returncode}")


def version(root: str = "HKCU") -> str:
    """Return the version that Windows lists among the programs, "" if none."""
    answer = wine.run(["reg", "query", f"{root}\\{UNINSTALL}", "/v", "DisplayVersion"]).stdout
    return answer.split()[-1] if "REG_SZ" in answer else ""


def old_windows(setup: Path) -> None:
    """Qt 6 does not start before Windows 10 1809: nothing is installed there."""
    wine.run(["winecfg", "/v", "win7"])
    result = wine.run([setup, "/S"])
    wine.run(["winecfg", "/v", "win10"])
    expect(result.returncode == 3 and not INSTALLED.exists(), "installed on Windows 7")


def cut_off(setup: Path) -> None:
    """An upgrade that is killed while it unpacks leaves the version that was there."""
    with wine.started([setup, "/S"], BUILD / "trial" / "setup.txt") as process:
        trial.wait(lambda: list((INSTALLED / NEW).rglob("*.dll")), "nothing was unpacked")
        for pid in trial.processes_of(setup.name):
            trial.kill(pid, signal.SIGKILL)
        process.wait()
    expect((INSTALLED / STALE).is_file(), "an upgrade that was cut off took files away")
    expect((INSTALLED / WINDOW).is_file(), "an upgrade that was cut off took the program away")
    expect(version() == OLDER, "an upgrade that was cut off calls itself installed")
    say("an upgrade that was cut off leaves the earlier version")


def upgrade(setup: Path) -> None:
    """The new version has its own files and no others, whatever lay there."""
    begun = time.monotonic()
    install(setup)
    seconds = time.monotonic() - begun
    expect(not (INSTALLED / STALE).exists(), "a file of the older version is left in _internal")
    names = sorted(path.name for path in INSTALLED.iterdir())
    expect(names == contents(), f"other files: {names}")
    expect((MENU / "Толмач.lnk").is_file(), "no entry in the Start menu")
    expect(any(INSTALLED.rglob("whisper-base*")), "installed without Whisper")
    expect("self-test" in trial.tolmach(INSTALLED, "--help"), "the installed program does nothing")
    say(f"installed over {OLDER} in {seconds:.0f} s: version {version()}")


def contents() -> list[str]:
    """Return what should lie in the folder of the program."""
    bundle = trial.PLACE.iterdir()
    return sorted([*(path.name for path in bundle), ENTRIES, "uninstall.exe"])


def downgrade(older: Path) -> None:
    """Back to the older version, if a person wants it."""
    install(older)
    expect((INSTALLED / STALE).is_file(), "the older version is not whole")
    names = sorted(path.name for path in INSTALLED.iterdir())
    expect(names == OLDER_FILES, f"of the newer one is left: {names}")
    expect(version() == OLDER, "the older version calls itself newer")
    say("the older version was installed over the newer one")


def file_in_use(older: Path) -> None:
    """Another program holds a file: the version that was there stays whole, the code says it."""
    mark = INSTALLED / "_internal" / "mark.txt"
    mark.write_bytes(b"of the version that was there")
    output = BUILD / "trial" / "held.txt"
    script = "import sys, time; file = open(sys.argv[1]); print('open', flush=True); time.sleep(99)"
    with wine.started([wine.PYTHON, "-c", script, wine.windows(INSTALLED / CONSOLE)], output):
        trial.wait(lambda: output.stat().st_size, "the file was not opened")
        result = wine.run([older, "/S"])
    expect(result.returncode == 4, f"where a file is held: {result.returncode}")
    names = sorted(path.name for path in INSTALLED.iterdir())
    expect(names == OLDER_FILES and mark.is_file(), f"where a file is held: {names}")
    say("where another program holds a file the earlier version stays whole")


def half_changed(setup: Path) -> None:
    """Cut off while the versions change places: the next installer knows what is whose."""
    (INSTALLED / OLD).mkdir()
    (INSTALLED / "_internal").rename(INSTALLED / OLD / "_internal")
    (INSTALLED / NEW / "_internal").mkdir(parents=True)
    (INSTALLED / OLD / "Мой файл.txt").write_text("a person's", encoding="utf-8")
    install(setup)
    expect((INSTALLED / "Мой файл.txt").is_file(), "what was set aside did not come back")
    (INSTALLED / "Мой файл.txt").unlink()
    names = sorted(path.name for path in INSTALLED.iterdir())
    expect(names == contents(), f"other files: {names}")
    expect(not (INSTALLED / STALE).exists(), "a file of the older version is left in _internal")
    say("what an upgrade left that was cut off in the middle is put right")


def not_writable(setup: Path) -> None:
    """Where nothing can be written nothing is left, and the code says it."""
    STRANGERS.mkdir()
    for name in (WINDOW, NEW):  # a file in the place of the folder that is unpacked into
        (STRANGERS / name).write_bytes(b"of an earlier version")
    result = wine.run([setup, "/S", f"/D=C:\\{STRANGERS.name}"])
    expect(result.returncode == 4, f"where nothing can be written: {result.returncode}")
    expect((STRANGERS / WINDOW).is_file(), "the earlier version is gone")
    expect(not version(), "not written and listed as installed")
    shutil.rmtree(STRANGERS)
    say("where nothing can be written the installer says so")


def among_strangers(setup: Path) -> None:
    """A folder where others live stays as it was; the program lies in one of its own in it."""
    files = [STRANGERS / name / "важно.txt" for name in ("new", "old", "_internal", "LICENCES")]
    for file in files:
        file.parent.mkdir(parents=True)
        file.write_text("a person's", encoding="utf-8")
    before = sorted(STRANGERS.rglob("*"))
    install(setup, f"/D=C:\\{STRANGERS.name}")
    expect((STRANGERS / "Tolmach" / WINDOW).is_file(), "not in a folder of its own")
    away(STRANGERS / "Tolmach")
    remains = sorted(STRANGERS.rglob("*"))
    expect(remains == before, f"in a folder of others: {remains}")
    shutil.rmtree(STRANGERS)
    say("in a folder where others live nothing of theirs is touched")


def while_it_runs(setup: Path) -> None:
    """A window and its worker are open: they are closed, then replaced."""
    with (
        trial.screen() as display,
        wine.started(
            [INSTALLED / WINDOW], BUILD / "trial" / "installed.txt", {"DISPLAY": display}
        ) as process,
    ):
        trial.wait(lambda: trial.workers(INSTALLED), "the installed window has no worker")
        trial.wait(lambda: trial.is_drawn(display), "no window of the installed program")
        result = wine.run([setup, "/S"], {"DISPLAY": display})
        expect(result.returncode == 0, f"over a running copy: {result.returncode}")
        process.wait(trial.PATIENCE)
        expect(process.returncode == 0, f"the window was killed ({process.returncode}), not closed")
        expect(not trial.running(INSTALLED), "the worker outlived the upgrade")
    say("a window that is open is closed by an upgrade, its worker, too")


def moved(setup: Path) -> None:
    """Into another folder: the copy in the old one is gone."""
    install(setup, f"/D=C:\\{ELSEWHERE.name}")
    expect((ELSEWHERE / WINDOW).is_file(), "not in the folder that was chosen")
    expect(not INSTALLED.exists(), "a copy is left in the old folder")
    expect(version(), "no entry among the programs after the move")
    trial.tolmach(ELSEWHERE, "--version")
    say("installed into another folder, gone from the old one")


def remove(keepsake: Path) -> None:
    """Gone but for what the person made; gone with it when asked."""
    (ELSEWHERE / "Мой файл.txt").write_text("a person's", encoding="utf-8")
    away(ELSEWHERE)
    remains = [path.name for path in ELSEWHERE.iterdir()]
    expect(remains == ["Мой файл.txt"], f"left after the removal: {remains}")
    expect(not (MENU / "Толмач.lnk").exists() and not version(), "entries are left")
    expect(".tolmach" not in wine.run(["reg", "query", "HKCU\\Software\\Classes"]).stdout, "types")
    expect(keepsake.is_file(), "the removal took a person's recordings")
    shutil.rmtree(ELSEWHERE)
    say("removed: nothing is left but a person's data")


def away(folder: Path, *options: str) -> None:
    """Uninstall without a question and wait: the uninstaller works out of a copy of itself."""
    wine.run([folder / "uninstall.exe", "/S", *options])
    wine.wait()
    expect(not (folder / "uninstall.exe").exists(), f"{folder} is not removed")


def everybody(setup: Path, older: Path) -> None:
    """For all users, the next version, too, unasked; then away with the data."""
    install(older, "/AllUsers")
    expect(version("HKLM") == OLDER, "not for everybody")
    away(FOR_ALL, "/Data", "/Person=WORK\\somebody")
    expect(trial.data().is_dir(), "an administrator's own data went with a person's program")
    install(older, "/AllUsers")
    install(setup)
    expect(not INSTALLED.exists() and version("HKLM") != OLDER, "a second copy, for one person")
    expect((FOR_ALL / WINDOW).is_file() and version("HKLM"), "not for everybody")
    trial.tolmach(FOR_ALL, "--version")
    away(FOR_ALL, "/Data")
    expect(not FOR_ALL.exists() and not version("HKLM"), "left for everybody")
    trial.wait(lambda: not trial.data().exists(), "the data is there though its removal was asked")
    say("installed for everybody, removed with the data")


def portable(archive: Path) -> None:
    """Out of the zip, on another drive: everything stays beside the program."""
    shutil.rmtree(STICK, ignore_errors=True)
    STICK.mkdir(parents=True)
    with zipfile.ZipFile(archive) as file:
        file.extractall(STICK)
    drive = wine.PREFIX / "dosdevices" / "m:"
    drive.unlink(missing_ok=True)
    drive.symlink_to(STICK)
    shutil.rmtree(trial.data(), ignore_errors=True)
    result = wine.run([f"M:\\Tolmach\\{CONSOLE}", "doctor"])
    expect(result.returncode == 0, f"portable: {result.stderr[-500:]}")
    place = STICK / "Tolmach" / "Tolmach data"
    expect(any(place.iterdir()), "the data does not lie beside the portable program")
    # The next version, as the settings say it: _internal away, then unpacked over the rest.
    keepsake, stale = place / "recordings" / "Разговор.flac", STICK / "Tolmach" / STALE
    keepsake.parent.mkdir(parents=True, exist_ok=True)
    keepsake.write_bytes(b"a person's")
    stale.write_bytes(b"of an older version")
    shutil.rmtree(STICK / "Tolmach" / "_internal")
    with zipfile.ZipFile(archive) as file:
        file.extractall(STICK)
    result = wine.run([f"M:\\Tolmach\\{CONSOLE}", "doctor"])
    expect(result.returncode == 0 and keepsake.is_file(), "portable, the next version")
    expect(not stale.exists(), "portable: a file of the older version is left in _internal")
    expect(not trial.data().exists(), "the portable program wrote into the person's folder")
    subprocess.run(["rm", "-rf", str(STICK)], check=True)
    say("portable, from another drive: the data lies beside the program")
