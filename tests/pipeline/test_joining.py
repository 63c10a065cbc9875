"""Two utterances that are one sentence: which, and what is told of them."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest

from tests.worker.scripted import Loudness, Reversed
from tolmach.core import allocation
from tolmach.core.errors import EngineError
from tolmach.core.samples import SAMPLE_RATE, Samples, silence
from tolmach.core.translation import Candidate
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.pipeline.joining import is_one_sentence
from tolmach.pipeline.session import Engines, Pipeline
from tolmach.protocol.messages import (
    Answered,
    Begin,
    Event,
    Joined,
    Recognized,
    Translated,
)
from tolmach.protocol.plan import Endpointing, Plan

PLAN = Plan(languages=("ru",), targets={"ru": "ba"}, joined=True)
HALVES: dict[tuple[int, ...], str] = {
    (1,): "Гусев вылез из лодки.",
    (2,): "Скинул на плечо мешок.",
    (3,): "Стало тихо.",
}
WHOLE = "Гусев вылез из лодки, скинул на плечо мешок."
TEXTS = HALVES | {(1, 2): WHOLE, (2, 3): "Скинул на плечо мешок. Стало тихо."}


def words(text: str, language: str = "ru") -> Recognized:
    return Recognized("s", 0, 0.0, 1.0, language, 1.0, text)


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Гусев вылез из лодки.", "Скинул на плечо мешок.", WHOLE),
        ("Потом она легла.", "и заснула", "Потом она легла и заснула."),
        ("Глубже надевание.", "и пахлопала рукой.", "Глубже на диване и похлопала рукой."),
        ("Вы курите?", "Или бросили.", "Вы курите или бросили?"),
    ],
)
def test_a_sentence_with_a_pause_in_it(first: str, second: str, whole: str) -> None:
    assert is_one_sentence(words(first), words(second), words(whole))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Вы курите?", "Нет, не курю.", "Вы курите? Нет, не курю."),
        ("Под именем.", "Юган Валентин.", "Под именем, да."),
        ("Он писал под вымышленным именем.", "Юган.", "Он писал под вымышленным, именем."),
        ("Не пейте.", "Эти таблетки опасны.", "Эти таблетки опасны, да."),
        ("Он писал весь вечер.", "Потом ушёл.", "Он писал весь вечер, потом ушёл, потом ушёл."),
        ("никто не ставит знаков", "и не поставит", "никто не ставит знаков и не поставит"),
        ("Раз.", "Два.", ""),
        ("Раз.", "Два.", "Раз."),
    ],
)
def test_no_sentence_or_words_would_be_lost(first: str, second: str, whole: str) -> None:
    assert not is_one_sentence(words(first), words(second), words(whole))


def test_what_is_doubtful_or_of_another_language_is_not_taken() -> None:
    first, second = words(HALVES[1,]), words(HALVES[2,])
    assert not is_one_sentence(first, second, replace(words(WHOLE), doubtful=True))
    assert not is_one_sentence(first, second, words(WHOLE, "ba"))


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("Зыбью.", "и сказал, что болит рука.", "За дверью и сказал, что болит рука."),
        ("Он вошёл и сказал, что болит.", "Щегол.", "Он вошёл и сказал, что болит рука."),
    ],
)
def test_doubtful_words_become_what_they_are_with_their_neighbours(
    first: str, second: str, whole: str
) -> None:
    pair = words(first), words(second)
    fragment = min(range(2), key=lambda place: len(pair[place].text))
    marked = [replace(text, doubtful=place == fragment) for place, text in enumerate(pair)]
    assert is_one_sentence(marked[0], marked[1], words(whole))
    marked = [replace(text, doubtful=True) for text in pair]
    assert not is_one_sentence(marked[0], marked[1], words(whole))


def test_doubtful_words_are_not_lost_nor_is_what_stands_beside_them() -> None:
    fragment = replace(words("Нет болит"), doubtful=True)
    text = "и сказал, что очень болит рука."
    assert not is_one_sentence(fragment, words(text), words(f"а {text}"))
    assert not is_one_sentence(fragment, words(text), words("Летит, и спал, потому что хорошо."))
    # The last word of the neighbour is not what was said after it.
    exclamation = replace(words("Ох, Боже мой!"), doubtful=True)
    story = words("Маленькому отряду пришлось преодолеть множество препятствий.")
    assert not is_one_sentence(story, exclamation, story)
    assert not is_one_sentence(exclamation, story, story)
    several = replace(words("Они все очень долго летели."), doubtful=True)
    assert not is_one_sentence(several, words(text), words(f"Остальные дома у моря {text}"))
    sentence = words(f"Он спит. {text.capitalize()}")
    assert not is_one_sentence(fragment, words(text), sentence)


class Script:
    """A Recognizer of sound whose loudness, in tenths, says which words it is."""

    window = 8.0

    def __init__(self, texts: Mapping[tuple[int, ...], str] = TEXTS) -> None:
        self._texts = texts
        self.lengths: list[int] = []  # of what it was given, in samples

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        self.lengths.append(len(samples))
        levels = np.rint(samples * 10).astype(int)
        spoken = tuple(dict.fromkeys(levels[levels > 1] - 1))
        if spoken not in self._texts:
            raise EngineError("recognition-failed", detail=str(spoken))
        language = max(request.languages, key=request.languages.__getitem__)
        return Recognition(self._texts[spoken], language, 1.0, 0.0, 0.0)

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        return dict(request.languages)


class Choosy(Reversed):
    """A Translator that takes no sentence that is joined."""

    def translate(
        self, sentences: object, source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        if sentences == [WHOLE]:
            raise EngineError("translation-failed", detail="scripted")
        return super().translate(sentences, source, target, earlier)  # type: ignore[arg-type]


def speech(*parts: float) -> Samples:
    """Return the first words, a pause of so many seconds, the next words and so on."""
    sound = [silence(SAMPLE_RATE)]
    for number, pause in enumerate((*parts, 1.0), 1):
        level = np.full(SAMPLE_RATE, (number + 1) / 10, np.float32)
        sound += [level, silence(int(pause * SAMPLE_RATE))]
    return np.concatenate(sound)


class Listening:
    """A pipeline that is fed in tenths of a second and has time after each."""

    def __init__(
        self, plan: Plan = PLAN, script: Script | None = None, translator: Reversed | None = None
    ) -> None:
        self.script = script or Script()
        engines = Engines(Loudness(), self.script, translator or Reversed())
        self.pipeline = Pipeline(Begin("s", plan), engines)
        self.events: list[Event] = []

    def hear(self, sound: Samples) -> "Listening":
        for at in range(0, len(sound), SAMPLE_RATE // 10):
            self.events += self.pipeline.feed(sound[at : at + SAMPLE_RATE // 10])
            self.events += self.pipeline.idle()
        return self

    def joined(self) -> list[Joined]:
        return [event for event in self.events if isinstance(event, Joined)]


def test_both_are_told_and_then_that_they_are_one_sentence() -> None:
    listening = Listening().hear(speech(1.2))
    kinds = [type(e) for e in listening.events if isinstance(e, Recognized | Translated | Answered)]
    assert kinds == [Recognized, Translated, Answered] * 2
    [joined] = listening.joined()
    first, second = (e for e in listening.events if isinstance(e, Recognized))
    assert listening.events.index(joined) > listening.events.index(second)
    assert (joined.utterance, joined.tail) == (0, 1)
    assert joined.recognized == replace(first, end=second.end, text=WHOLE)
    translated = joined.translated
    assert translated is not None
    assert (translated.text, translated.utterance) == (WHOLE[::-1], 0)
    assert listening.script.lengths[-1] == round((second.end - first.start) * SAMPLE_RATE)


def test_another_sentence_stays_one_of_its_own() -> None:
    assert Listening(script=Script(HALVES | {(1, 2): " ".join(HALVES.values())})).hear(
        speech(0.8)
    ).joined() == []  # fmt: skip


def test_a_sentence_with_two_pauses() -> None:
    whole = f"{WHOLE[:-1]}, и стало тихо."
    listening = Listening(script=Script(TEXTS | {(1, 2, 3): whole})).hear(speech(0.8, 0.8))
    assert [(joined.utterance, joined.tail) for joined in listening.joined()] == [(0, 1), (0, 2)]
    assert listening.joined()[-1].recognized.text == whole


def test_after_another_sentence_nothing_is_joined_with_the_first() -> None:
    listening = Listening().hear(speech(0.8, 0.8))
    assert [(joined.utterance, joined.tail) for joined in listening.joined()] == [(0, 1)]
    with_two_and_three = Script(
        HALVES | {(1, 2): HALVES[1,], (2, 3): f"{HALVES[2,][:-1]}, стало тихо."}
    )
    listening = Listening(script=with_two_and_three).hear(speech(0.8, 0.8))
    assert [(joined.utterance, joined.tail) for joined in listening.joined()] == [(1, 2)]


@pytest.mark.parametrize(
    ("plan", "pause"),
    [
        (replace(PLAN, joined=False), 0.8),
        (PLAN, 2.2),
        (replace(PLAN, endpointing=Endpointing(gap_ms=10)), 1.0),
        (replace(PLAN, endpointing=Endpointing(sentence_ms=2000)), 0.8),
    ],
    ids=["not asked for", "long after", "farther apart than allowed", "longer than allowed"],
)
def test_two_that_are_not_tried(plan: Plan, pause: float) -> None:
    listening = Listening(plan).hear(speech(pause))
    assert listening.joined() == []
    assert len(listening.script.lengths) == 2


def test_a_joined_text_that_fails_changes_nothing() -> None:
    listening = Listening(script=Script(HALVES)).hear(speech(0.8))
    assert [e.text for e in listening.events if isinstance(e, Recognized)] == [
        HALVES[1,],
        HALVES[2,],
    ]
    assert listening.joined() == []
    assert type(listening.events[-1]).__name__ == "Progress"
    assert Listening(translator=Choosy()).hear(speech(0.8)).joined() == []


def test_what_is_not_translated_is_joined_as_well() -> None:
    [joined] = Listening(replace(PLAN, targets={})).hear(speech(0.8)).joined()
    assert joined.translated is None


def test_nothing_is_joined_while_somebody_speaks() -> None:
    """Who speaks on is heard first."""
    listening = Listening()
    sound = speech(0.8, 0.8)
    listening.events += listening.pipeline.feed(sound[: int(5.2 * SAMPLE_RATE)])
    listening.events += listening.pipeline.idle()
    assert len(listening.script.lengths) == 2
    listening.hear(sound[int(5.2 * SAMPLE_RATE) :])
    assert listening.joined() == []  # the third did not go on with the second


def test_the_last_words_are_joined_before_the_end_is_told() -> None:
    listening = Listening().hear(speech(0.8)[:-SAMPLE_RATE])
    assert listening.joined() == []
    listening.events += listening.pipeline.finish()
    assert len(listening.joined()) == 1


def test_silence_is_no_half_of_a_sentence() -> None:
    listening = Listening(script=Script({(1,): "", (2,): "Да."})).hear(speech(0.8))
    assert len(listening.script.lengths) == 2


def test_memory_goes_back_after_each_try(monkeypatch: pytest.MonkeyPatch) -> None:
    returns: list[int] = []
    listening = Listening(script=Script(HALVES))
    monkeypatch.setattr(
        allocation, "return_free_blocks", lambda: returns.append(len(listening.script.lengths))
    )
    listening.hear(speech(0.8))
    assert returns == [3]


def test_whoever_has_the_word_next_begins_a_sentence_of_his_own() -> None:
    sound = speech(0.8)
    listening = Listening().hear(sound[: int(2.6 * SAMPLE_RATE)])
    listening.events += listening.pipeline.speak("ru")
    listening.hear(sound[int(2.6 * SAMPLE_RATE) :])
    assert len([e for e in listening.events if isinstance(e, Recognized)]) == 2
    assert listening.joined() == []


def test_two_languages_are_no_sentence() -> None:
    plan = replace(PLAN, languages=("ru", "ba"))

    class Bilingual(Script):
        def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
            second = np.rint(samples.max() * 10) > 2
            return replace(super().recognize(samples, request), language="ba" if second else "ru")

    listening = Listening(plan, Bilingual()).hear(speech(0.8))
    assert listening.joined() == []
    assert len(listening.script.lengths) == 2
