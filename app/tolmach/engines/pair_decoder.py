"""What a CTranslate2 translator says for sentences of one language pair, and how sure it is of it.

Rule: a model sees one sentence at a time, shorter than its limit. What it cannot take whole it gets
in parts, and no part is dropped.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

from tolmach.core.translation import UNKNOWN, Candidate
from tolmach.engines.alternatives import combined
from tolmach.engines.native import running
from tolmach.language.sentences import fitted, parts
from tolmach.quality.calibration import Calibration

HINT_BIAS = 0.25  # more, and words stay that the rest of the sentence proves wrong
_SPACE = "▁"  # SentencePiece's, which stands alone before what is unknown
_BYTE = re.compile("<0x[0-9A-F]{2}>")  # SentencePiece's
_TRIED = 2  # times as many as are wanted
_LEAST = 0.02  # probability of a first word that is worth trying

Options: TypeAlias = dict[str, bool | int | float | str]  # of `translate_batch`
# Tokens without the prefix, and the logarithm of the probability of all of them and of the end.
Hypothesis: TypeAlias = tuple[list[str], float]


@dataclass(frozen=True, slots=True)
class PairDecoder:
    """A loaded model with all that one source and one target language ask of it."""

    model: Any  # a ctranslate2.Translator
    encode: Callable[[list[str]], list[list[str]]]  # sentences -> the tokens that the model wants
    encode_target: Callable[[str], list[str]]  # a translation -> its tokens
    decode: Callable[[list[str]], str]  # tokens -> text
    fits: Callable[[str], bool]  # whether the model takes a sentence as it is
    options: Callable[[list[list[str]]], Options]  # for these lists of tokens
    calibration: Calibration | None
    prefix: Sequence[str] = ()  # tokens with which every translation begins
    vocabulary: frozenset[str] = frozenset()  # the tokens that it reads

    def translate(self, sentences: Sequence[str], earlier: str = "") -> list[Candidate]:
        """Return the best translation of each sentence; raises EngineError.

        A single one is hinted at by an earlier translation of its beginning: a bias towards its
        words, so that they do not change without need (docs/decoding.md of CTranslate2).
        """
        hint = self.encode_target(earlier) if earlier else ()
        return [candidates[0] for candidates in self._candidates(sentences, 1, hint)]

    def knows(self, sign: str) -> bool:
        """Whether the model has a token for a sign: what it reads as unknown it cannot write.

        Nor, as a rule, what it reads byte by byte: it saw too little of that.
        """
        nothing, tokens = self.encode(["", sign])
        own = {*tokens} - {*nothing, _SPACE}
        return self.vocabulary.issuperset(own) and not any(map(_BYTE.fullmatch, own))

    def alternatives(self, sentence: str, count: int) -> list[Candidate]:
        """Return up to `count` translations of a sentence, the best first; at least one."""
        (candidates,) = self._candidates([sentence], count)
        return candidates

    def _candidates(
        self, sentences: Sequence[str], count: int, hint: Sequence[str] = ()
    ) -> list[list[Candidate]]:
        cut = [parts(sentence, self.fits) if sentence.strip() else [] for sentence in sentences]
        batch = [part for sentence in cut for part in sentence]
        hypotheses = iter(self._hypotheses(batch, count, hint) if batch else [])
        return [
            combined([next(hypotheses) for _ in sentence], partial(self._joined, sentence), count)
            for sentence in cut
        ]

    def _hypotheses(
        self, sentences: list[str], count: int, hint: Sequence[str]
    ) -> list[list[Hypothesis]]:
        """Return up to `count` hypotheses for each, the best first."""
        source = self.encode(sentences)
        options = self.options(source)
        hint = hint if len(source) == 1 else ()
        begin = [*self.prefix, *hint]
        penalty = float(options.get("length_penalty", 1.0))
        with running("translation-failed"):
            results = self.model.translate_batch(
                source,
                [begin] * len(source) if begin else None,
                return_scores=True,
                prefix_bias_beta=HINT_BIAS if hint else 0.0,
                **options,
            )
            hypotheses = []
            for result in results:
                (tokens,) = result.hypotheses
                total = result.scores[0] * (len(tokens) + 1) ** penalty  # the end counts
                hypotheses.append([(tokens[len(self.prefix) :], total)])
            if count > 1:
                others = self._others(source, {**options, "num_hypotheses": _TRIED * count})
                hypotheses = [best + more for best, more in zip(hypotheses, others, strict=True)]
        return hypotheses

    def _others(self, source: list[list[str]], options: Options) -> list[list[Hypothesis]]:
        """Return what begins differently, the likeliest first.

        CTranslate2 4.8 does not score such hypotheses as it scores others: they are scored again.
        """
        results = self.model.translate_batch(
            source,
            [list(self.prefix)] * len(source) if self.prefix else None,
            return_alternatives=True,
            min_alternative_expansion_prob=_LEAST,
            **options,
        )
        skip = len(self.prefix)
        others = []
        for sentence, result in zip(source, results, strict=True):
            targets = [tokens for tokens in result.hypotheses if len(tokens) > skip]
            scored = self.model.score_batch([sentence] * len(targets), targets)
            hypotheses = [
                (tokens[skip:], sum(score.log_probs[skip:]))
                for tokens, score in zip(targets, scored, strict=True)
            ]
            others.append(
                sorted(hypotheses, key=lambda hypothesis: _score([hypothesis]), reverse=True)
            )
        return others

    def _joined(self, sentence: list[str], hypotheses: list[Hypothesis]) -> Candidate:
        """Return a sentence as a whole, given a hypothesis for each of its parts."""
        texts = [self.decode(tokens) for tokens, _ in hypotheses]
        if len(texts) > 1:
            texts = list(map(fitted, sentence, texts))
        score = _score(hypotheses)
        confidence = self.calibration.confidence(score) if self.calibration and texts else UNKNOWN
        return Candidate(" ".join(texts).strip(), score, confidence)


def _score(hypotheses: list[Hypothesis]) -> float:
    """Return the mean logarithm of the probability of their tokens, each with its end."""
    count = sum(len(tokens) + 1 for tokens, _ in hypotheses)
    return sum(total for _, total in hypotheses) / count if count else 0.0
