"""Whisper models in CTranslate2's format: an utterance in, its text and language out.

Rules. Nothing is downloaded: `check_whisper_folder` comes before any library, and refuses what
would crash CTranslate2. How short a window may be is a property of the weights (core/windows.py):
stock ones repeat themselves below ten seconds, and a word or two needs the full half minute.

Options of a pack:
  `context`            "dynamic": weights that were trained for short windows; "full": stock weights
  `final_window`       "10 2.5 2.5": a window of 10 s, or of the sound and 2.5 s where that is more;
                       less than 2.5 s of sound in 30 s; a fourth number, what it is a multiple of;
                       a fifth, less sound than that gets known silence behind its window
  `final_window_ru`    the same for one language
  `draft_window`       the same for unconfirmed words; all are more than what `context` claims
  `beam`               hypotheses of a final answer, 5
  `tokens_per_second`  more nobody says, 25
  `previous_tokens`    tokens of committed text that are given as context, 64, and of hotwords
  `window_seconds`     see base.Recognizer; 3 where short windows will do, else 8
  `home_share`         see quality/recognizers.py: the languages without a good figure are strangers
  `families`           "ru uk be; tt ba kk": tokens of related languages, see there, too
"""

from collections.abc import Collection, Hashable
from dataclasses import dataclass
from math import ceil

from tolmach.core import allocation
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.core.samples import SAMPLE_RATE, Samples, seconds
from tolmach.core.threads import Threads
from tolmach.core.whisper_folder import check_whisper_folder
from tolmach.core.windows import (
    DRAFT,
    FINAL,
    FRAMES,
    FULL,
    WindowSize,
    claims_short_windows,
    window_rule,
)
from tolmach.engines.base import Recognition, RecognitionRequest
from tolmach.engines.native import loading, running
from tolmach.engines.suppression import suppressed
from tolmach.engines.whisper_model import POSITIONS, Answer, Limits, WhisperModel, Window
from tolmach.engines.whisper_text import WhisperText
from tolmach.engines.whisper_tokens import LATIN, subset
from tolmach.language.registry import languages
from tolmach.quality.normalization import normalise
from tolmach.quality.recognition_doubts import Verdict, verdict_on, wrong_script
from tolmach.quality.recognizers import (
    evidence_for_strangers,
    families,
    spoken_shares,
    strangers,
    surest_share,
)

_SHORTEST = SAMPLE_RATE // 10  # samples; below this nobody has said anything
_LONGEST = 30 * SAMPLE_RATE
_HOP = SAMPLE_RATE // 100  # samples of a feature frame
_FULL = round(FULL * FRAMES)  # feature frames
_IDENTIFIED = 10 * FRAMES  # feature frames that tell the language
_SPARE_SECONDS = 0.5  # of text beyond the sound
_NAME = 2  # words at most


@dataclass(frozen=True, slots=True)
class Draft:
    """Unconfirmed words of an utterance."""

    utterance: Hashable | None
    end: float  # of the sound, in seconds
    tokens: int


class WhisperRecognizer:
    """A Recognizer."""

    def __init__(self, pack: Pack, threads: int | Threads, languages: Collection[str] = ()) -> None:
        """Load the pack's model; raises ModelError. With 0 threads a warm-up chooses.

        `languages` will be asked for, others perhaps: from then on the whole model works. None
        stand for all.
        """
        self._tokens = check_whisper_folder(pack.folder, pack.id, pack.languages.values())
        self._text = WhisperText(pack.folder, pack.id, self._tokens)
        chosen = subset(self._tokens, _scripts(languages), pack.languages.values())
        self._model = WhisperModel(pack, threads, chosen)
        self.threads = self._model.threads
        self._pack = pack
        self._suppressed: dict[frozenset[str], list[int]] = {}  # by the scripts that are allowed
        with loading("pack.json", pack.id):
            self._rules = {
                name: {code: window_rule(pack, name, code) for code in pack.languages}
                for name in (FINAL, DRAFT)
            }
            self._dynamic = claims_short_windows(pack)
            self._beam = int(pack.options.get("beam", 5))
            self._tokens_per_second = float(pack.options.get("tokens_per_second", 25))
            self._previous = int(pack.options.get("previous_tokens", 64))
            self.window = float(pack.options.get("window_seconds", 3 if self._dynamic else 8))
            self._home_share = float(pack.options.get("home_share", 0.5))
            if not 0 < self._home_share < 1:
                raise ValueError("home_share")
            self._families = families(pack)
        self._draft: Draft | None = None  # the last one that was believed

    def recognize(self, samples: Samples, request: RecognitionRequest) -> Recognition:
        """Recognise what comes from `request.start` on; see base.Recognizer. Raises EngineError."""
        length = self._check(samples, request)
        if length < _SHORTEST:
            first = next(iter(request.languages))
            return Recognition(request.prefix, first, 1.0 / len(request.languages), 0.0, 1.0)
        with running("recognition-failed"):
            self._make_able(request.languages)
            self._model.hear(samples, request.utterance)
            frames = self._frames(length, request)
            shares = self._shares(self._model.encode(request.start, frames), request)
            code = max(shares, key=shares.__getitem__)
            window = self._window(length, request, code)
            window, answer, verdict = self._write(window, request, code)
            return self._recognition(window, answer, verdict, request, (code, shares[code]))

    def identify(self, samples: Samples, request: RecognitionRequest) -> dict[str, float]:
        """Return the probability of each language by ten seconds at most; see base.Recognizer."""
        if self._check(samples, request) < _SHORTEST:
            return dict.fromkeys(request.languages, 1.0 / len(request.languages))
        with running("recognition-failed"):
            self._model.hear(samples, request.utterance)
            frames = self._frames(len(samples) - request.start, request)
            frames = frames if request.window else min(_IDENTIFIED, frames)
            return self._shares(self._model.encode(request.start, frames), request)

    def _make_able(self, codes: Collection[str]) -> None:
        """Load all of the model where these languages have letters that it cannot write now."""
        scripts, tokens = _scripts(codes), self._model.tokens
        if tokens and not (scripts and scripts <= tokens.scripts):
            check_whisper_folder(self._pack.folder, self._pack.id, self._pack.languages.values())
            allocation.return_free_blocks()  # as in pipeline/models.py
            self._model = WhisperModel(self._pack, self.threads)
            self._suppressed.clear()

    def _check(self, samples: Samples, request: RecognitionRequest) -> int:
        """Return how many samples are to be decoded; refuse what cannot be."""
        for code in request.languages:
            if code not in self._pack.languages:
                raise UsageError("language-not-in-pack", language=code, pack=self._pack.id)
        length = len(samples) - request.start
        if not request.languages or length > _LONGEST:
            raise ValueError("an utterance lasts at most 30 s and is in one of some languages")
        return length

    def _frames(self, length: int, request: RecognitionRequest) -> int:
        """Return how many feature frames to encode: enough for one of the languages."""
        return min(self._size(length, request, code).frames for code in request.languages)

    def _window(self, length: int, request: RecognitionRequest, code: str) -> Window:
        """Return so many samples as this language needs them."""
        size = self._size(length, request, code)
        window = self._model.encode(request.start, size.frames)
        return self._model.completed(window) if size.completed else window

    def _size(self, length: int, request: RecognitionRequest, code: str) -> WindowSize:
        """Return what a language needs of so many samples; finals no less than tells them apart."""
        if request.window:
            frames = min(_FULL, round(request.window * FRAMES))
            return WindowSize(frames, request.completed)
        size = self._rules[DRAFT if request.draft else FINAL][code].size(-(-length // _HOP))
        if len(request.languages) > 1 and not (request.draft or self._dynamic):
            return WindowSize(max(_IDENTIFIED, size.frames), size.completed)
        return size

    def _shares(self, window: Window, request: RecognitionRequest) -> dict[str, float]:
        """Return the probability of each language asked for; the rest is that of all others.

        Among themselves the languages asked for are weighed by the request. But the likeliest is no
        likelier than the model thinks of all that it knows (see `surest_share`): whoever speaks a
        third language would else be taken for one of these for certain.
        """
        if len(request.languages) == 1:
            return dict.fromkeys(request.languages, 1.0)
        by_token = self._model.shares(window)
        tokens = {code: self._pack.languages[code] for code in request.languages}
        own = {code: by_token.get(token, 0.0) for code, token in tokens.items()}
        strange = strangers(self._pack, own)
        strange_tokens = {tokens[code] for code in strange}
        familiar_tokens = set(tokens.values()) - strange_tokens
        evidence = evidence_for_strangers(by_token, familiar_tokens, strange_tokens, self._families)
        spoken = spoken_shares(own, strange, evidence, self._home_share)
        weighted = {code: weight * spoken[code] for code, weight in request.languages.items()}
        likeliest, total = max(weighted, key=weighted.__getitem__), sum(weighted.values())
        if not total:
            return dict.fromkeys(weighted, 1 / len(weighted))
        most = 1.0
        if likeliest not in strange:
            most = surest_share(by_token, tokens[likeliest], set(tokens.values()), self._families)
        scale = min(1 / total, most / weighted[likeliest])
        return {code: scale * share for code, share in weighted.items()}

    def _write(
        self, window: Window, request: RecognitionRequest, code: str
    ) -> tuple[Window, Answer, Verdict]:
        """Decode; a final that is doubtful once more, in the full window, without context."""
        token = self._pack.languages[code]
        most = self._most_tokens(seconds(window.sound * _HOP))
        limits = Limits(
            tokens=min(most, self._most_so_far(window, request)) if request.draft else most,
            beam=1 if request.draft else request.beam or self._beam,
            suppress=self._forbidden(request.languages),
            weighed=request.draft,
        )
        forced = self._text.encode(request.prefix)
        prompt = self._text.prompt(token, request.previous, self._previous, request.hotwords)
        answer = self._model.write(window, prompt, forced, limits)
        verdict = self._judge(answer, request, code)
        if limits.tokens <= len(answer.ids) < most:
            verdict = Verdict.DOUBTFUL  # it would have gone on
        if verdict is Verdict.DOUBTFUL and self._may_do_better(window, request):
            window = self._model.encode(request.start, _FULL)
            answer = self._model.write(window, self._text.prompt(token, "", 0), forced, limits)
            verdict = self._judge(answer, request, code)
        if request.draft and verdict is Verdict.NONE:
            self._draft = Draft(request.utterance, _end(window, request), len(answer.ids))
        return window, answer, verdict

    def _most_tokens(self, length: float) -> int:
        """Return how many tokens anybody says in so many seconds."""
        return ceil(self._tokens_per_second * (length + _SPARE_SECONDS))

    def _most_so_far(self, window: Window, request: RecognitionRequest) -> int:
        """Return how many tokens a draft may have: the last one's and those of what was said since.

        One that repeats itself to the end of its window takes two seconds, and somebody waits.
        """
        last = self._draft
        if last is None or request.utterance is None or last.utterance != request.utterance:
            return POSITIONS
        return last.tokens + self._most_tokens(_end(window, request) - last.end)

    def _may_do_better(self, window: Window, request: RecognitionRequest) -> bool:
        """Whether the full window, without context, is another try.

        A draft is not worth one: a look costs less, and the next one hears more. Who names the
        window measures it.
        """
        if request.draft or request.window:
            return False
        context = self._previous and (request.previous or request.hotwords)
        return bool(window.frames < _FULL or context)

    def _judge(self, answer: Answer, request: RecognitionRequest, code: str) -> Verdict:
        text = self._text.text(answer.ids)
        verdict = verdict_on(
            text,
            request.voiced,
            answer.log_probability,
            answer.no_speech,
            request.certainty,
            self._belief(answer, code) if answer.hypotheses and not request.draft else 1.0,
        )
        few = len(text.split()) <= _NAME  # "YouTube" is a word of every language
        if verdict is Verdict.NONE and not few and wrong_script(text, _scripts([code])):
            return Verdict.DOUBTFUL
        return verdict

    def _belief(self, answer: Answer, code: str) -> float:
        """Return how probable these very words are, however they begin and whatever marks follow.

        "Да.", "Да!" and "да" share what the model believes of one word.
        """
        words = normalise(self._text.text(answer.ids), code)
        return sum(
            probability
            for ids, probability in answer.hypotheses
            if normalise(self._text.text(ids), code) == words
        )

    def _recognition(
        self,
        window: Window,
        answer: Answer,
        verdict: Verdict,
        request: RecognitionRequest,
        spoken: tuple[str, float],
    ) -> Recognition:
        silent = verdict is Verdict.SILENCE
        text = request.prefix if silent else self._text.text(answer.ids)
        aligned: list[tuple[int, int]] = []
        if request.timed and not silent:
            start = self._text.start(self._pack.languages[spoken[0]])
            aligned = self._model.align(window, start, self._text.written(answer.ids))
        content = answer.ids, aligned, seconds(request.start), answer.probabilities
        words = () if silent else self._text.words(*content)
        return Recognition(
            text,
            *spoken,
            answer.log_probability,
            answer.no_speech,
            verdict is Verdict.DOUBTFUL,
            tuple(words),
        )

    def _forbidden(self, codes: Collection[str]) -> list[int]:
        """Return the ids that are never written: letters that none of the languages has.

        Latin is allowed everywhere: names of things come in it.
        """
        scripts = _scripts(codes)
        if scripts not in self._suppressed:
            allowed, tokens = scripts | {LATIN}, self._model.tokens
            is_all_allowed = not scripts or (tokens and tokens.scripts <= allowed)
            wrong = [] if is_all_allowed else suppressed(self._tokens, allowed)
            self._suppressed[scripts] = wrong
        return self._suppressed[scripts]


def _end(window: Window, request: RecognitionRequest) -> float:
    """Return where in the utterance the sound of a window ends, in seconds."""
    return seconds(request.start + window.sound * _HOP)


def _scripts(codes: Collection[str]) -> frozenset[str]:
    """Return the scripts of languages; none at all when one of them is not in the registry."""
    scripts = {language.code: language.script for language in languages()}
    return (
        frozenset(scripts[code] for code in codes) if scripts.keys() >= set(codes) else frozenset()
    )
