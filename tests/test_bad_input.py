"""The table of bad input: what a person gives, the exact sentence they get back, the exit code.

Every path here has Cyrillic letters and spaces (tests/conftest.py makes the home so too).
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import av
import numpy as np
import pytest
import soxr

from tests.media_files import write
from tests.sound_server import spoken
from tolmach.audio import portaudio
from tolmach.cli.events import trial_notice
from tolmach.cli.main import main
from tolmach.core.samples import SAMPLE_RATE

DAMAGED_PACK = (
    "Файл {file} модели «starter-recognizer» повреждён или обрезан. Установите модель заново."
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "Запись у бабушки, 3 мая"
    folder.mkdir()
    return folder


def sound(path: Path, rate: int = SAMPLE_RATE, channels: int = 1) -> Path:
    """Write a spoken sentence."""
    pause = np.zeros(SAMPLE_RATE // 2, np.float32)
    sentence = np.concatenate([pause, spoken("Где находится больница?"), pause])
    return write(path, [soxr.resample(sentence, SAMPLE_RATE, rate)] * channels, rate)


def silent_film(path: Path) -> Path:
    with av.open(str(path), "w") as file:
        stream = file.add_stream("mpeg4", rate=5)
        stream.width = stream.height = 64
        picture = np.zeros((64, 64, 3), dtype=np.uint8)
        for _ in range(5):
            file.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        file.mux(stream.encode(None))
    return path


def text_file(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


NOT_MEDIA = (
    "«{name}» — не звук и не видео, либо файл повреждён так, что открыть его нельзя. "
    "Проверьте, открывает ли его проигрыватель."
)
FILES: list[tuple[str, Callable[[Path], object], str]] = [
    (
        "пустой файл.wav",
        lambda path: path.touch(),
        "Файл «{name}» пуст: звука в нём нет. Если его копировали, скопируйте ещё раз.",
    ),
    ("текст.wav", lambda path: text_file(path, "Здравствуйте!\n" * 50), NOT_MEDIA),
    ("список.wav", lambda path: text_file(path, "ffconcat version 1.0\nfile a.wav\n"), NOT_MEDIA),
    ("мусор.mp3", lambda path: path.write_bytes(bytes(range(256)) * 40), NOT_MEDIA),
    (
        "немое кино.mp4",
        silent_film,
        "В видео «{name}» нет звуковой дорожки. Выберите файл со звуком.",
    ),
    ("нет такого.wav", lambda path: None, "Файла «{path}» нет. Проверьте имя и папку."),
]


@pytest.mark.parametrize(("name", "make", "sentence"), FILES, ids=[row[0] for row in FILES])
def test_files_that_are_no_sound(
    starter: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    make: Callable[[Path], object],
    sentence: str,
) -> None:
    path = folder / name
    make(path)
    assert main(["transcribe", str(path)]) == 1
    printed = capsys.readouterr()
    assert printed.err == f"{path}: {sentence.format(name=name, path=path)}\n"
    assert printed.out == ""


def test_a_truncated_mp3_gives_what_is_there(
    starter: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = sound(folder / "целый.mp3")
    cut = folder / "обрезанный.mp3"
    cut.write_bytes(whole.read_bytes()[: -whole.stat().st_size // 3])
    assert main(["transcribe", str(cut), "--from", "ru"]) == 1
    printed = capsys.readouterr()
    assert printed.out.strip()
    assert printed.err == (
        f"{cut}: По заголовку файла «{cut.name}» звука в нём на 1 с больше, чем есть. Распознано "
        "всё, что есть. Если файл скопирован или скачан не до конца, возьмите его ещё раз.\n"
    )


def test_8_khz_stereo_is_simply_read(
    starter: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sound(folder / "телефон, стерео.wav", 8_000, 2)
    assert main(["transcribe", str(path)]) == 0
    assert capsys.readouterr().err == ""


def test_one_bad_file_does_not_stop_the_others(
    starter: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad, good = text_file(folder / "плохой.wav", "да"), sound(folder / "хороший.wav")
    out = folder / "тексты"
    assert main(["transcribe", str(bad), str(good), "--out", str(out)]) == 1
    assert [path.name for path in out.iterdir()] == ["хороший.txt"]
    assert "плохой.wav" in capsys.readouterr().err


USES = [
    (
        ["translate", "--from", "ru", "--to", "эльфийский", "да"],
        "Язык «эльфийский» программе не известен. Список языков: tolmach languages.",
    ),
    (
        ["translate", "--from", "ce", "--to", "ru", "да"],
        "Перевести с языка «чеченский» на «русский» нечем: с этого языка установленные модели не "
        "переводят совсем. Добавьте модель для этой пары.",
    ),
    (
        ["transcribe", "нет.wav", "--from", "cv"],
        "Распознать речь (чувашский) нечем: установленные модели знают башкирский, русский, "
        "татарский. Добавьте модель распознавания: tolmach packs add ПУТЬ.",
    ),
]


@pytest.mark.parametrize(("arguments", "sentence"), USES, ids=[row[0][-1] for row in USES])
def test_languages_that_nobody_here_knows(
    starter: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], sentence: str
) -> None:
    assert main(arguments) == 2
    assert capsys.readouterr().err == sentence + "\n"


def remade(pack: Path, edit: Callable[[Path], object]) -> None:
    """Change a pack's files and describe them truly again: damage that hashes do not show."""
    edit(pack)
    content = json.loads((pack / "pack.json").read_text(encoding="utf-8"))
    content["files"] = [
        {
            "path": file["path"],
            "size": (pack / file["path"]).stat().st_size,
            "sha256": hashlib.sha256((pack / file["path"]).read_bytes()).hexdigest(),
        }
        for file in content["files"]
        if (pack / file["path"]).exists()
    ]
    (pack / "pack.json").write_text(json.dumps(content), encoding="utf-8")


def out_of_range(pack: Path) -> None:
    config = json.loads((pack / "config.json").read_text(encoding="utf-8"))
    config["suppress_ids"] = [999_999]
    (pack / "config.json").write_text(json.dumps(config), encoding="utf-8")


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


MODELS: list[tuple[str, Callable[[Path], object], str]] = [
    (
        "model.bin is missing",
        lambda pack: (pack / "model.bin").unlink(),
        "В модели «starter-recognizer» нет файла model.bin. Установите модель заново.",
    ),
    (
        "model.bin is truncated",
        lambda pack: truncate(pack / "model.bin"),
        DAMAGED_PACK.format(file="model.bin"),
    ),
    (
        "model.bin is truncated and the manifest agrees",
        lambda pack: remade(pack, lambda pack: truncate(pack / "model.bin")),
        DAMAGED_PACK.format(file="model.bin"),
    ),
    (
        "ids outside the vocabulary",
        lambda pack: remade(pack, out_of_range),
        "Настройки модели «starter-recognizer» неверны: запись suppress_ids в config.json не "
        "подходит к её словарю. Загружать такую модель опасно; возьмите её из другого источника.",
    ),
    (
        "tokenizer.json is missing",
        lambda pack: remade(pack, lambda pack: (pack / "tokenizer.json").unlink()),
        "В модели «starter-recognizer» нет файла tokenizer.json. Установите модель заново.",
    ),
]


@pytest.mark.log_warnings
@pytest.mark.parametrize(("name", "spoil", "sentence"), MODELS, ids=[row[0] for row in MODELS])
def test_models_that_are_not_whole(
    starter: Path,
    own_home: Path,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    spoil: Callable[[Path], object],
    sentence: str,
) -> None:
    pack = own_home / "models" / "моя модель"
    shutil.copytree(starter / "starter-recognizer", pack)
    spoil(pack)
    path = sound(folder / "звук.wav")
    assert main(["transcribe", str(path)]) == 1
    assert capsys.readouterr().err.removeprefix(f"{path}: ") == sentence + "\n"


@pytest.mark.usefixtures("portaudio")
def test_no_microphone(
    starter: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    if portaudio.devices():
        pytest.skip("this computer has a microphone that a test cannot hide")
    assert main(["listen"]) == 1
    assert capsys.readouterr().err == (
        f"{trial_notice()}\n"
        "Микрофон не найден. Подключите его и попробуйте ещё раз, а в Windows проверьте: "
        "«Параметры», «Конфиденциальность», «Микрофон».\n"
    )


def test_a_folder_that_cannot_be_written(
    starter: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = sound(folder / "звук.wav")
    out = text_file(folder / "занято", "") / "тексты"
    assert main(["transcribe", str(path), "--out", str(out)]) == 1
    assert capsys.readouterr().err == (
        f"В папку «{out}» не удаётся записать. Проверьте, что она есть и что это папка, или "
        "выберите другую.\n"
    )


def test_cyrillic_and_spaces_everywhere(
    starter: Path, own_home: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(starter, own_home / "models", ignore=shutil.ignore_patterns("*.md"))
    speech = spoken("Где у вас болит?")
    path = folder / "Где болит.wav"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("pcm_s16le", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(
            (speech * 32767).astype(np.int16)[None, :], format="s16", layout="mono"
        )
        frame.sample_rate = SAMPLE_RATE
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    out = folder / "Тексты и субтитры"
    arguments = ["transcribe", str(path), "--from", "ru", "--to", "ba", "--out", str(out)]
    assert main([*arguments, "--format", "srt"]) == 0
    assert capsys.readouterr().err == f"{trial_notice()}\n"
    written = (out / "Где болит.srt").read_text(encoding="utf-8")
    assert written.startswith("1\n00:00:00,")
    assert len(written.strip().splitlines()) >= 4  # number, times, what was said, what it means
