"""`tolmach doctor`: what this computer has, what is missing, and how to get it."""

import argparse
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

from tolmach import __version__
from tolmach.audio import portaudio
from tolmach.cli.grammar import Commands, add_command
from tolmach.core import bundle, own_font, paths, settings
from tolmach.core.errors import AppError
from tolmach.history.terms import term_store
from tolmach.language.registry import languages
from tolmach.messages.interface import translate
from tolmach.messages.table import sentence
from tolmach.packs import builtin, store
from tolmach.pipeline import confinement
from tolmach.quality.recognizers import hearers, on_trial

LIBRARIES = {  # their packages: the folders that the program loads
    "ctranslate2": "ctranslate2", "faster-whisper": "faster_whisper", "onnxruntime": "onnxruntime",
    "sentencepiece": "sentencepiece", "av": "av", "PySide6-Essentials": "PySide6",
}  # fmt: skip
LEAST_DISK_MB = 500
MARKS = {"ok": "✓", "warning": "!", "missing": "✗"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; `status` is ok, warning or missing."""

    name: str
    status: str
    detail: str


def register(commands: Commands) -> None:
    """Add the command."""
    text = translate("cli", "чего не хватает на этом компьютере и где это взять")
    add_command(commands, "doctor", run, text).add_argument("--json", action="store_true")


def run(arguments: argparse.Namespace) -> int:
    """Print the findings; 1 when something that everything needs is missing."""
    findings = [finding for look in CHECKS for finding in look()]
    if arguments.json:
        print(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{MARKS[finding.status]} {finding.name}: {finding.detail}")
    return 1 if any(finding.status == "missing" for finding in findings) else 0


def _program() -> Iterator[Finding]:
    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    yield Finding("Tolmach", "ok", f"{__version__}, {system}")
    for name, module in LIBRARIES.items():
        if find_spec(module) is None:
            yield Finding(name, "missing", _reinstalling("."))
            continue
        try:
            yield Finding(name, "ok", version(name))
        except PackageNotFoundError:  # a bundle need not say how old its parts are
            yield Finding(name, "ok", translate("cli", "есть"))


def _other_copies() -> Iterator[Finding]:
    """Tell of other copies: data is the same for all, and the menu may start any of them."""
    for folder in bundle.other_copies():
        advice = translate(
            "cli",
            "{folder}. Записи и настройки у них общие; удалите ту, которой не пользуетесь",
            folder=str(folder),
        )
        yield Finding(translate("cli", "Вторая копия программы"), "warning", advice)


def _reinstalling(package: str) -> str:
    """Return what helps where a part of the program is missing."""
    if bundle.folder():
        return translate("cli", "нет: установите программу заново")
    return translate("cli", "нет: pip install {package}", package=package)


def _microphone() -> Iterator[Finding]:
    name = translate("cli", "Микрофон")
    try:
        names = [device.name for device in portaudio.devices()]
    except AppError as error:
        yield Finding(name, "warning", sentence(error.code, error.params))
        return
    none = translate("cli", "не найден: подключите его; файлы распознаются и без него")
    yield Finding(name, "ok" if names else "warning", ", ".join(names) or none)


def _packs() -> Iterator[Finding]:
    installed = store.installed()
    for pack in installed.packs:
        title = pack.title.get("ru", pack.id)
        try:
            store.check(pack)
        except AppError as error:
            yield Finding(title, "warning", sentence(error.code, error.params))
        else:
            yield Finding(title, "ok", f"{pack.id} {pack.version}, {pack.size / 1e6:.0f} MB")
    for folder, broken in installed.broken:
        yield Finding(str(folder), "warning", sentence(broken.code, broken.params))
    for kind, advice in (
        ("recognizer", translate("cli", "нет модели распознавания: tolmach packs add ПУТЬ")),
        ("translator", translate("cli", "нет модели перевода: tolmach packs add ПУТЬ")),
    ):
        if not any(pack.kind == kind for pack in installed.packs):
            yield Finding(translate("cli", "Модели"), "missing", advice)


def _hearers() -> Iterator[Finding]:
    """Tell who hears which language of the conversation, and what that takes."""
    file = paths.settings_file()
    preferences = settings.load(file) if file.is_file() else settings.Settings()
    recognizers = store.installed().recognizers
    chosen = hearers(recognizers, preferences.sides, preferences.recognizer)
    autonyms = {language.code: language.autonym for language in languages()}
    for code, pack in chosen.items():
        name = translate("cli", "Распознавание, {language}", language=autonyms.get(code, code))
        trial = translate("cli", "{pack}, на пробу: ошибается часто", pack=pack.id)
        sure, unsure = Finding(name, "ok", pack.id), Finding(name, "warning", trial)
        yield unsure if on_trial(pack, code) else sure
    memory = sum({pack.id: pack.memory for pack in chosen.values()}.values())
    if memory:
        detail = translate("cli", "{memory} МБ для речи", memory=str(memory))
        yield Finding(translate("cli", "Память"), "ok", detail)


def _network() -> Iterator[Finding]:
    name = translate("cli", "Сеть")
    closed = translate("cli", "закрыта системой для распознавания и перевода: проверено")
    quiet = translate("cli", "библиотекам велено молчать, но эта система соединений не запрещает")
    yield Finding(name, "ok", closed) if confinement.holds() else Finding(name, "warning", quiet)


def _builtin() -> Iterator[Finding]:
    """Yield nothing where the packs are there: `_packs` has told of them."""
    present = {pack.id for pack in store.installed().packs}
    absent = next((name for name in builtin.IDS if name not in present), None)
    if absent is None:
        return
    title = builtin.template(absent).title["ru"]
    try:
        if absent == builtin.ID:
            builtin.parts()
    except AppError as error:
        yield Finding(title, "warning", sentence(error.code, error.params))
    else:
        advice = translate("cli", "установлен, но не подготовлен: tolmach packs builtin")
        yield Finding(title, "warning", advice)


def _disk() -> Iterator[Finding]:
    name, home = translate("cli", "Папка данных"), paths.home()
    existing = next(folder for folder in (home, *home.parents) if folder.exists())
    if not (existing.is_dir() and os.access(existing, os.W_OK)):
        yield Finding(name, "missing", sentence("not-writable", {"path": str(existing)}))
        return
    free = shutil.disk_usage(existing).free // 1_000_000
    yield Finding(
        name,
        "ok" if free >= LEAST_DISK_MB else "warning",
        translate("cli", "{path}, свободно {free} МБ", path=str(home), free=str(free)),
    )


def _newer_data() -> Iterator[Finding]:
    """Tell which files a newer version of the program wrote; packs are told of by `_packs`."""
    name, terms = translate("cli", "Данные"), paths.terms_file()
    for check in (lambda: settings.check(paths.settings_file()), term_store(terms).terms):
        try:
            check()
        except AppError as error:
            yield Finding(name, "warning", sentence(error.code, error.params))


def _window() -> Iterator[Finding]:
    if sys.platform != "linux":
        return
    name = translate("cli", "Окно")
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        absent = translate("cli", "экрана нет; команды терминала работают")
        yield Finding(name, "warning", absent)
    elif not any(any(folder.glob("**/libxcb-cursor.so.0")) for folder in _library_folders()):
        yield Finding(name, "warning", "sudo apt install libxcb-cursor0")
    else:
        yield Finding(name, "ok", os.environ.get("DISPLAY") or os.environ["WAYLAND_DISPLAY"])


def _library_folders() -> Iterator[Path]:
    """Yield where libraries of the window may lie: an installer brings its own."""
    if own := bundle.folder():
        yield own
    yield from (Path("/usr/lib"), Path("/usr/lib64"))


def _font() -> Iterator[Finding]:
    name, family = translate("cli", "Шрифт"), own_font.FAMILY
    if not own_font.files():
        absent = translate("cli", "окно возьмёт шрифт системы")
        advice = _reinstalling(own_font.PACKAGE)
        yield Finding(name, "warning", f"{family} — {advice}; {absent}")
        return
    others = (entry.autonym for entry in languages() if entry.script not in own_font.SCRIPTS)
    drawn = translate(
        "cli",
        "{family}; буквы этих языков — из шрифтов системы: {languages}",
        family=family,
        languages=", ".join(others),
    )
    yield Finding(name, "ok", drawn)


CHECKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _program, _other_copies, _network, _window, _font, _microphone, _packs, _builtin, _hearers,
    _disk, _newer_data,
)  # fmt: skip
