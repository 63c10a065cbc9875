"""What others do with the same weights, the same sound and as many threads: three ways of captions.

  plain      faster-whisper on each utterance, after the pause that ends it
  agreement  LocalAgreement over windows of half a minute, as whisper_streaming does it
  blocks     each block of five seconds by itself, as Buzz does it

Each is treated kindly: utterances are cut by our endpointer, languages are chosen among the two
that are spoken (faster-whisper issue 1164) and kept once a word is committed, there is
a single temperature, no window is decoded for the silence after the last word, and silent blocks
are skipped. They hear samples as time passes (clock.Sound): who is slow finds more of them waiting.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from faster_whisper import WhisperModel

from tests.live.agreement import Agreement, Spoken
from tests.live.clock import Sound
from tests.live.measures import CaptionState, final_texts
from tests.live.streams import Stream
from tolmach.core.pack import Pack
from tolmach.core.samples import FRAME, SAMPLE_RATE, Samples
from tolmach.engines import table
from tolmach.pipeline.endpointer import Endpointer, Utterance
from tolmach.protocol.plan import Endpointing

BEAM = 5
STEP = 1.0  # seconds of new sound before LocalAgreement decodes again
BLOCK = 5.0  # seconds
ENDLESS_MS = 600_000  # LocalAgreement cuts nothing but at pauses
SPARE = 0.5  # seconds of text beyond the sound, as in our recognizer
POSITIONS = 448
TOKENS_PER_SECOND = 25  # our recognizer's limit where the pack says nothing
PROMPT_TOKENS = 3  # start, language, task
SILENCE = 0.5  # seconds after the last word that are not decoded once more
MARGIN = 0.3  # seconds around a turn that is decoded whole


@dataclass(frozen=True, slots=True)
class Transcription:
    """What faster-whisper wrote of some samples."""

    text: str
    words: tuple[Spoken, ...]
    segment_ends: tuple[float, ...]
    language: str
    detecting: float  # seconds that the language took


class Whisper:
    """faster-whisper with the weights of a pack, for a conversation of two languages."""

    def __init__(self, pack: Pack, languages: tuple[str, str], threads: int) -> None:
        self._model = WhisperModel(
            str(pack.folder), compute_type="int8", cpu_threads=threads, local_files_only=True
        )
        # Names of languages in faster-whisper are the tokens without their signs.
        self._names = {pack.languages[code][2:-2]: code for code in languages}
        self._rate = float(pack.options.get("tokens_per_second", TOKENS_PER_SECOND))

    def detect(self, samples: Samples) -> str:
        """Return the likelier one of the two languages."""
        _, _, shares = self._model.detect_language(samples)
        share_by_name = dict(shares)
        name = max(self._names, key=lambda name: share_by_name.get(name, 0.0))
        return self._names[name]

    def write(self, samples: Samples, language: str = "", **options: Any) -> Transcription:
        """Write down the samples, at most 30 s of them; without a language it is detected."""
        began = perf_counter()
        code = language or self.detect(samples)
        detecting = perf_counter() - began
        length = len(samples) / SAMPLE_RATE
        segments, _ = self._model.transcribe(
            samples,
            language=next(name for name, own in self._names.items() if own == code),
            beam_size=BEAM,
            temperature=0.0,
            max_new_tokens=self._most(length, options),
            **options,
        )
        window = list(_one_window(segments, length))
        words = [word for segment in window for word in segment.words or ()]
        return Transcription(
            "".join(segment.text for segment in window).strip(),
            tuple(Spoken(word.word, float(word.start), float(word.end)) for word in words),
            tuple(float(segment.end) for segment in window),
            code,
            detecting,
        )

    def _most(self, length: float, options: Mapping[str, Any]) -> int:
        """Return the limit that lets the model write as many tokens as our recognizer may.

        CTranslate2 gives an answer half of the prompt and the limit together, and one token more
        than the limit where that is less.
        """
        tokens = math.ceil(self._rate * (length + SPARE))
        before = PROMPT_TOKENS + bool(options.get("without_timestamps"))
        if prompt := (options.get("initial_prompt") or "").strip():
            encoded = self._model.hf_tokenizer.encode(" " + prompt, add_special_tokens=False)
            before += 1 + len(encoded.ids)
        return min(max(tokens - 1, 2 * tokens - before), POSITIONS - before)


def _one_window(segments: Iterator[Any], length: float) -> Iterator[Any]:
    """Yield the segments, but do not ask for more when only silence can be left."""
    for segment in segments:
        yield segment
        last = segment.words[-1].end if segment.words else segment.end
        if last >= length - SILENCE:
            return


def plain(whisper: Whisper, sound: Sound) -> Iterator[CaptionState]:
    """Each utterance when it is complete."""
    detector, endpointer = table.detector(), Endpointer(Endpointing())
    for frame in _frames(sound):
        utterance = endpointer.push(frame, detector.probability(frame))
        if utterance:
            yield _whole(whisper, sound, utterance)
    if utterance := endpointer.finish():
        yield _whole(whisper, sound, utterance)


def _whole(whisper: Whisper, sound: Sound, utterance: Utterance) -> CaptionState:
    transcription = whisper.write(
        utterance.samples, without_timestamps=True, condition_on_previous_text=False
    )
    return _state(sound, utterance.number, (utterance.start, utterance.end), transcription)


def decoded_turns(whisper: Whisper, stream: Stream) -> Iterator[str]:
    """Yield the text of each turn, cut where it really begins and ends, its language told."""
    for turn in stream.turns:
        yield _decoded(whisper, stream, turn.language, turn.start - MARGIN, turn.end + MARGIN)


def decoded_utterances(
    whisper: Whisper, stream: Stream, states: Sequence[CaptionState], *, with_language: bool = True
) -> Iterator[str]:
    """Yield the text of each utterance that somebody cut, told the language of its turn or not."""
    for last in final_texts([state for state in states if not state.joined]):
        turn = min(
            stream.turns, key=lambda turn: abs(turn.start + turn.end - last.start - last.end)
        )
        language = turn.language if with_language else ""
        yield _decoded(whisper, stream, language, last.start, last.end)


def _decoded(whisper: Whisper, stream: Stream, language: str, start: float, end: float) -> str:
    first, last = int(max(0.0, start) * SAMPLE_RATE), int(end * SAMPLE_RATE)
    return whisper.write(stream.sound[first:last], language, without_timestamps=True).text


def blocks(whisper: Whisper, sound: Sound) -> Iterator[CaptionState]:
    """Five seconds, and the next five seconds."""
    detector, size = table.detector(), int(BLOCK * SAMPLE_RATE)
    frames, voiced, number, begin = [np.zeros(0, np.float32)], False, 0, 0
    threshold = Endpointing().threshold

    def close() -> Iterator[CaptionState]:
        samples = np.concatenate(frames)
        if voiced:
            transcription = whisper.write(
                samples, without_timestamps=True, condition_on_previous_text=False
            )
            span = (begin / SAMPLE_RATE, (begin + len(samples)) / SAMPLE_RATE)
            yield _state(sound, number, span, transcription)

    for frame in _frames(sound):
        voiced |= detector.probability(frame) >= threshold
        frames.append(frame)
        if (length := sum(map(len, frames))) >= size:
            yield from close()
            frames, voiced, number, begin = [], False, number + 1, begin + length
    if frames:
        yield from close()


class _Growing(Agreement):
    """Of one utterance, with the language of what is committed: that is detected no more."""

    language = ""


def agreement(whisper: Whisper, sound: Sound) -> Iterator[CaptionState]:
    """What two windows in a row agree on, second by second; the rest at the pause."""
    detector, endpointer = table.detector(), Endpointer(Endpointing(longest_ms=ENDLESS_MS))
    growing, decoded = _Growing(), 0  # samples of the utterance that were decoded
    for frame in _frames(sound):
        utterance = endpointer.push(frame, detector.probability(frame))
        if utterance:
            yield _pass(whisper, sound, growing, utterance, last=True)
            growing, decoded = _Growing(), 0
            continue
        growth = None if sound.waiting else endpointer.open
        if growth and len(growth.samples) - decoded >= STEP * SAMPLE_RATE:
            decoded = len(growth.samples)
            yield _pass(whisper, sound, growing, growth, last=False)
    if utterance := endpointer.finish():
        yield _pass(whisper, sound, growing, utterance, last=True)


def _pass(
    whisper: Whisper, sound: Sound, growing: _Growing, utterance: Utterance, *, last: bool
) -> CaptionState:
    buffered = utterance.samples[int(growing.offset * SAMPLE_RATE) :]
    transcription = whisper.write(
        buffered,
        growing.language,
        word_timestamps=True,
        condition_on_previous_text=False,  # within the buffer; its beginning has the prompt
        initial_prompt=growing.prompt or None,
    )
    offset = growing.offset
    words = [
        Spoken(word.text, word.start + offset, word.end + offset) for word in transcription.words
    ]
    growing.take(words, last=last)
    growing.language = transcription.language if growing.committed else ""
    growing.trim(
        len(utterance.samples) / SAMPLE_RATE, [end + offset for end in transcription.segment_ends]
    )
    until = utterance.end if last else utterance.start + growing.until
    return CaptionState(
        sound.elapsed,
        utterance.number,
        utterance.start,
        until,
        growing.text,
        last,
        transcription.detecting,
        transcription.language,
    )


def _state(
    sound: Sound, row: int, span: tuple[float, float], transcription: Transcription
) -> CaptionState:
    return CaptionState(
        sound.elapsed,
        row,
        *span,
        transcription.text,
        True,
        transcription.detecting,
        transcription.language,
    )


def _frames(sound: Sound) -> Iterator[Samples]:
    """Yield whole frames as they arrive; the samples after the last whole one are silence."""
    rest = np.zeros(0, np.float32)
    for chunk in sound:
        rest = np.concatenate([rest, chunk])
        whole = len(rest) - len(rest) % FRAME
        for first in range(0, whole, FRAME):
            yield rest[first : first + FRAME]
        rest = rest[whole:]


PEERS = {"plain": plain, "agreement": agreement, "blocks": blocks}
