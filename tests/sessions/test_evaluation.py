"""Models are measured through the worker: what fails is counted, nothing is lost or moved."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests.media_files import write_wav
from tests.worker import scripted
from tolmach.core.errors import AppError, StorageError, UsageError
from tolmach.core.samples import SAMPLE_RATE, silence
from tolmach.protocol.plan import Plan
from tolmach.sessions import evaluation
from tolmach.sessions.evaluation import Spoken
from tolmach.worker.client import Client

PLAN = Plan(languages=("ru",), targets={"ru": "ba"})


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    running = Client(target=scripted.serve)
    yield running
    running.close()


def test_speech_is_read_with_and_without_a_header(tmp_path: Path) -> None:
    (tmp_path / "а.tsv").write_text("один.wav\tРаз\ttt\nдва.wav\tДва\tru\nтри.wav\tӨч\n", "utf-8")
    (tmp_path / "б.tsv").write_text("\ufefflang\tpath\tnote\ttext\ntt\tx/y.mp3\tда\tИке\n", "utf-8")
    assert evaluation.read_speech(tmp_path, "tt") == [
        Spoken(tmp_path / "один.wav", "Раз", "tt"),
        Spoken(tmp_path / "три.wav", "Өч", "tt"),
        Spoken(tmp_path / "x/y.mp3", "Ике", "tt"),
    ]


def test_texts_are_read_from_a_file_and_from_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "пары.tsv"
    file.write_text("Да\tЭйе\tисточник\nбез пары\n\tЮҡ\nНет\tЮҡ\n", "utf-8")
    assert evaluation.read_texts(file) == [("Да", "Эйе"), ("Нет", "Юҡ")]
    assert evaluation.read_texts(tmp_path) == evaluation.read_texts(file)


def test_nothing_to_measure_is_said(tmp_path: Path) -> None:
    for read in (lambda: evaluation.read_speech(tmp_path, "tt"),
                 lambda: evaluation.read_texts(tmp_path)):  # fmt: skip
        with pytest.raises(UsageError, match="nothing-to-measure"):
            read()
    with pytest.raises(StorageError, match="file-missing"):
        evaluation.read_texts(tmp_path / "нет.tsv")
    (tmp_path / "не текст.tsv").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(StorageError, match="terms-encoding"):
        evaluation.read_texts(tmp_path / "не текст.tsv")


def test_every_text_gets_its_own_translation(client: Client) -> None:
    texts = [f"текст {number}" for number in range(200)]
    translations = list(evaluation.translated(client, (), texts, "ru", "ba"))
    assert translations == [text[::-1] for text in texts]


def test_a_recording_that_fails_hides_no_other(client: Client, tmp_path: Path) -> None:
    speech = np.full(SAMPLE_RATE, 0.5, dtype=np.float32)
    pause = silence(2 * SAMPLE_RATE)
    good = write_wav(tmp_path / "два.wav", np.concatenate([pause, speech, pause, speech, pause]))
    spoken = [Spoken(path, "", "ru") for path in (good, tmp_path / "нет.wav", good)]
    first, missing, last = evaluation.recognized(client, PLAN, spoken)
    assert isinstance(missing, AppError)
    assert missing.code == "file-missing"
    assert isinstance(first, str)
    assert len(first.split()) >= 2
    assert last == first


def test_error_rates_are_told_with_yo_both_ways() -> None:
    measures = evaluation.speech_measures([("Ещё раз", "Еще раз!")], "ru")
    assert [(measure.metric, measure.score.value) for measure in measures] == [
        ("WER", 0.5),
        ("CER", pytest.approx(1 / 7)),
        ("WER, ё = е", 0.0),
        ("CER, ё = е", 0.0),
    ]
    assert [measure.metric for measure in evaluation.speech_measures([("Да", "Да")], "tt")] == [
        "WER",
        "CER",
    ]


def test_translation_is_measured_by_sacrebleu() -> None:
    pairs = [("Мин иртәгә килмәйем.", "Мин иртәгә килмәйем."), ("Рәхмәт!", "Рәхим итегеҙ!")] * 10
    measures = {measure.metric: measure for measure in evaluation.text_measures(pairs)}
    assert set(measures) >= {"chrF++", "BLEU"}
    assert "nw:2" in measures["chrF++"].signature
    assert 0 < measures["chrF++"].score.low < measures["chrF++"].score.high <= 100.5
