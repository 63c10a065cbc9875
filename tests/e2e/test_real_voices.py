"""Real voices through the worker, as `tolmach transcribe` and a conversation hear them.

Whisper base understands people and no espeak-ng; the starter the other way round. So a clip and a
synthetic sentence in one recording show that each is heard by the recognizer that is right for it.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from tests import bench_sentences, voices
from tests.sound_server import spoken
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.settings import Settings
from tolmach.core.transcript import SURE
from tolmach.packs import manifest
from tolmach.pipeline.models import Models
from tolmach.protocol.messages import Event, Finished, Recognized
from tolmach.protocol.plan import Plan
from tolmach.sessions.evaluation import read_speech, recognized
from tolmach.sessions.plan import conversation, into
from tolmach.worker.client import Client

CLIPS = 8
WORST_WER = 0.3  # 8 clips vary; `make eval` holds 40 of them to 0.22
WORST_CER = 0.2  # one sentence
TATAR = 12  # clips, the longest ones; on all 105 Whisper base has 0.5, the adapted one 0.22
WORST_TATAR_CER = 0.35  # the bar of decision 42
BASHKIR = "Минең әсәйем ауылда йәшәй."  # held out from training, as in test_window.py


@pytest.fixture
def packs(whisper_base: Pack, starter: Path) -> tuple[Pack, ...]:
    names = ("starter-recognizer", "starter-ru-ba")
    return whisper_base, *(manifest.read(starter / name) for name in names)


@pytest.fixture
def client() -> Iterator[Client]:
    client = Client()
    yield client
    client.close()


@pytest.mark.timeout(300)
def test_people_are_understood(packs: tuple[Pack, ...], client: Client) -> None:
    clips = voices.clips(CLIPS)
    answers = list(recognized(client, into(packs, ["ru"], ""), clips))
    texts = [answer for answer in answers if isinstance(answer, str)]
    assert len(texts) == CLIPS
    pairs = [(clip.text, text) for clip, text in zip(clips, texts, strict=True)]
    assert voices.error_rates(pairs)[0] <= WORST_WER


@pytest.mark.timeout(300)
def test_each_language_is_heard_by_who_understands_it(
    packs: tuple[Pack, ...], client: Client
) -> None:
    [clip] = voices.clips(1)
    plan = conversation(packs, Settings())
    assert plan.hearers == {"ru": "whisper-base", "ba": "starter-recognizer"}
    assert plan.languages == ("ru", "ba")
    pause = silence(SAMPLE_RATE)
    parts = [pause, voices.sound(clip.path), pause, spoken(BASHKIR, "ba"), pause]
    finals = [final for final in _finals(client, plan, np.concatenate(parts)) if final.text]
    assert [final.language for final in finals][-1] == "ba"
    assert {final.language for final in finals[:-1]} == {"ru"}
    assert all(final.confidence >= SURE for final in finals)
    russian = " ".join(final.text for final in finals[:-1])
    assert voices.error_rates([(clip.text, russian)])[1] <= WORST_CER
    assert voices.error_rates([(BASHKIR, finals[-1].text)], "ba")[1] <= WORST_CER


@pytest.mark.timeout(300)
def test_tatar_is_heard_by_who_was_taught_it(
    packs: tuple[Pack, ...], adapted_whisper: Pack, shared: Path, client: Client
) -> None:
    """After a Russian's sentence people say phrases in Tatar."""
    plan = conversation((*packs, adapted_whisper), Settings("ru", "tt"))
    assert plan.hearers == {"ru": "whisper-base", "tt": "whisper-base-tt-ba"}
    [clip] = voices.clips(1)
    phrases = [(voices.sound(p.path), p.text) for p in read_speech(shared / "speech", "tt")]
    phrases = sorted(phrases, key=lambda phrase: len(phrase[0]))[-TATAR:]
    pause = silence(2 * SAMPLE_RATE)
    parts = [pause, voices.sound(clip.path), pause]
    for sound, _ in phrases:
        parts += [sound, pause]
    finals = [final for final in _finals(client, plan, np.concatenate(parts)) if final.text]
    assert finals[0].language == "ru"
    tatar = [final for final in finals if final.language == "tt"]
    assert len(tatar) >= 0.8 * TATAR
    pair = " ".join(text for _, text in phrases), " ".join(final.text for final in tatar)
    assert voices.error_rates([pair], "tt")[1] <= WORST_TATAR_CER


@pytest.mark.timeout(300)
def test_a_sentence_with_pauses_becomes_one_text(whisper_base: Pack) -> None:
    voices.clips(1)  # skips where there are none
    reading = bench_sentences.make(4, seed=1)
    plan = Plan(("ru", "ba"), (whisper_base,), joined=True)
    events = list(bench_sentences.listen(reading.sound, plan, Models().engines(plan)))
    outcome = bench_sentences.outcome(reading, events)
    assert sum(outcome.within) >= len(outcome.within) / 3
    assert sum(outcome.between) <= 1
    assert outcome.word_error_rate <= WORST_WER


def _finals(client: Client, plan: Plan, samples: Samples) -> list[Recognized]:
    import queue

    events: queue.SimpleQueue[Event] = queue.SimpleQueue()
    client.listener = events.put
    client.begin("s", plan)
    client.feed("s", samples)
    client.end("s")
    finals = []
    while not isinstance(event := events.get(timeout=120), Finished):
        finals += [event] if isinstance(event, Recognized) else []
    return finals
