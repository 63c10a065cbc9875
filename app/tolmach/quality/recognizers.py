"""Which recognizer hears which language, and which one tells the languages apart: by figures.

Rules. A figure counts most where it was measured on the voices of people; a model that was only
ever measured on synthetic ones may be useless for them. A person's own choice comes before all
figures (decision 22).
"""

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from tolmach.core.pack import Pack

REAL_VOICES = "real voices"  # how `Quality.on` begins where people spoke
LUCK = 0.5  # share of utterances whose language is heard rightly, of two
UNUSABLE = 0.4  # character error rate: with more of them nobody can follow a text
TRUSTED = 0.2  # with more of them nobody should rely on it
_HOME_SHARE = "home_share"  # the option of a model that is at home only where it has good figures
_FAMILIES = "families"  # the option that says who is related: "ru uk be; tt ba kk", names of tokens
_KINSHIP = 30.0  # times as much as another language counts a relative of a strange one
_MISTAKEN = 0.25  # of what a model takes for relatives of a language, this language for all we know


def error_rate(pack: Pack, language: str) -> float | None:
    """Return the character error rate that counts, None where nothing was measured.

    That is the one on real voices; without it the worst of the others.
    """
    real, other = _figures(pack, language, "CER")
    return other if real is None else real


def proven(pack: Pack, language: str) -> bool:
    """Whether people were recognised well enough to be understood."""
    real, _ = _figures(pack, language, "CER")
    return real is not None and real <= UNUSABLE


def unusable(pack: Pack, language: str) -> bool:
    """Whether it was measured that a person could not follow the text."""
    rate = error_rate(pack, language)
    return rate is not None and rate > UNUSABLE


def on_trial(pack: Pack, language: str) -> bool:
    """Whether a person should be warned of what this recognizer writes in the language.

    A pack that somebody added without figures is not suspected of anything.
    """
    real, _ = _figures(pack, language, "CER")
    suspected = pack.starter or _HOME_SHARE in pack.options
    return unusable(pack, language) or (suspected and not (real is not None and real <= TRUSTED))


def hearers(
    recognizers: Sequence[Pack], languages: Sequence[str], preferred: str = ""
) -> dict[str, Pack]:
    """Return who hears each language; a language that nobody knows is left out.

    The pack with the id `preferred` hears all that it knows, the best one everything else; of
    equally good ones as few as possible, the first ones first.
    """
    best = {code: _best(recognizers, code, preferred) for code in languages}
    best = {code: packs for code, packs in best.items() if packs}
    for count in range(1, len(best) + 1):
        for group in combinations(recognizers, count):
            chosen = {code: [p for p in group if p in packs] for code, packs in best.items()}
            if all(chosen.values()):
                return {code: packs[0] for code, packs in chosen.items()}
    return {}


def identifier(recognizers: Sequence[Pack], languages: Collection[str]) -> Pack | None:
    """Return the recognizer that is best at hearing which of the languages is spoken.

    Only one model can weigh languages against each other, and only if each has a token of its
    own: a fine-tune may borrow another language's. None where no model can.
    """
    able = [pack for pack in recognizers if _has_own_tokens(pack, languages)]
    return max(able, key=lambda pack: _judgement(pack, languages), default=None)


def _judgement(pack: Pack, languages: Collection[str]) -> tuple[bool, bool, float]:
    """Return what sorts good judges last: who was measured to be right by luck alone is none.

    Measured was the share of utterances whose language it hears rightly: of the worst language.
    """
    figures = [_figures(pack, code, "language detection") for code in languages]
    rates = [other if real is None else real for real, other in figures]
    by_luck = any(rate is not None and rate < LUCK for rate in rates)
    return not by_luck, len(strangers(pack, languages)) < 2, min(rate or 0.0 for rate in rates)


def tells_apart(recognizers: Sequence[Pack], languages: Collection[str]) -> bool:
    """Whether these recognizers can hear which of the languages is spoken."""
    if len(set(languages)) < 2:
        return True
    judge = identifier(recognizers, languages)
    return judge is not None and len(strangers(judge, languages)) < 2


def strangers(pack: Pack, languages: Collection[str]) -> set[str]:
    """Return the languages that the model takes for any other one when it hears them.

    Its own token says nothing about such a language: that none of the familiar ones is spoken
    does (option `home_share`). So it can tell one of them from the familiar ones, but not two of
    them from each other.
    """
    if _HOME_SHARE not in pack.options:
        return set()
    return {code for code in languages if not proven(pack, code)}


def families(pack: Pack) -> tuple[frozenset[str], ...]:
    """Return the tokens of related languages, those that nobody asks for among them."""
    groups = str(pack.options.get(_FAMILIES, "")).split(";")
    return tuple(frozenset(f"<|{name}|>" for name in group.split()) for group in groups)


def evidence_for_strangers(
    by_token: Mapping[str, float],
    familiar: Collection[str],
    strange: Collection[str],
    related: Sequence[frozenset[str]],
) -> float:
    """Return how much speaks for the strange languages rather than for the familiar ones.

    `by_token` are the probabilities of all languages that the model knows, `familiar` and `strange`
    the tokens of those asked for. Who is taken for a Turk may be a Tatar; who is taken for a Pole
    is no Tatar, and perhaps no Russian either: what is related to a familiar language counts for
    none. Where both are of one family their relatives say nothing more than others.
    """
    near = frozenset[str]().union(*(group for group in related if not group.isdisjoint(familiar)))
    far = frozenset[str]().union(*(group for group in related if not group.isdisjoint(strange)))
    weights = dict.fromkeys(near - far, 0.0) | dict.fromkeys(far - near, _KINSHIP)
    return sum(
        weights.get(token, 1.0) * share
        for token, share in by_token.items()
        if token not in familiar
    )


def surest_share(
    by_token: Mapping[str, float],
    token: str,
    possible: Collection[str],
    related: Sequence[frozenset[str]],
) -> float:
    """Return how likely a language is at most, by what the model thinks of all that it knows.

    A Russian is taken for a Ukrainian by halves: of the relatives that are not `possible`, too, a
    part is this language. Who is taken for one of them for certain does not become it.
    """
    near = frozenset[str]().union(*(group for group in related if token in group))
    relatives = sum(by_token.get(other, 0.0) for other in near - set(possible))
    return by_token.get(token, 0.0) + _MISTAKEN * relatives


def spoken_shares(
    shares: Mapping[str, float], strange: Collection[str], evidence: float, home_share: float
) -> dict[str, float]:
    """Return how likely each language is, of those asked for, up to a common factor.

    `shares` are those of the asked languages among all that the model knows, `evidence` is what
    speaks for the strange ones (see `evidence_for_strangers`): where none of it is of a family, a
    familiar language is as likely as they are at a share of `home_share`.
    """
    if not strange:
        return dict(shares)
    weighed = evidence * home_share / (1 - home_share)
    own = sum(shares[code] for code in strange)
    parts = {code: shares[code] / own if own else 1 / len(strange) for code in strange}
    return dict(shares) | {code: weighed * part for code, part in parts.items()}


def _best(recognizers: Sequence[Pack], language: str, preferred: str) -> list[Pack]:
    """Return the recognizers that are equally good for a language, none of them beaten."""
    able = [pack for pack in recognizers if language in pack.languages]
    ranks = [(pack.id != preferred, *_rank(pack, language)) for pack in able]
    return [pack for pack, rank in zip(able, ranks, strict=True) if rank == min(ranks)]


def _rank(pack: Pack, language: str) -> tuple[bool, bool, float, bool, float]:
    """Return what sorts good recognizers of a language before bad ones.

    What is known to be of no use comes last, what is known to understand people first. Where
    nobody measured that, the starter waits until nothing else is there.
    """
    real, other = _figures(pack, language, "CER")
    return (unusable(pack, language), real is None, real or 0.0, pack.starter, other or 0.0)


def _figures(pack: Pack, language: str, metric: str) -> tuple[float | None, float | None]:
    """Return the highest figure on real voices and the highest one on anything else."""
    figures = [q for q in pack.quality if q.subject == language and q.metric == metric]
    real = [q.value for q in figures if q.on.startswith(REAL_VOICES)]
    other = [q.value for q in figures if not q.on.startswith(REAL_VOICES)]
    return max(real, default=None), max(other, default=None)


def _has_own_tokens(pack: Pack, languages: Collection[str]) -> bool:
    codes = set(languages)
    tokens = {pack.languages[code] for code in codes if code in pack.languages}
    return len(tokens) == len(codes)
