"""From what a person asks for (who speaks what, into which language) to a Plan for the worker."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.settings import Settings
from tolmach.packs import store
from tolmach.packs.selection import (
    hearers_for,
    recognizer_for,
    smaller_recognizer,
    translatable,
    translators_for,
)
from tolmach.protocol.plan import FILE, Endpointing, Plan
from tolmach.quality.recognizers import identifier, tells_apart
from tolmach.quality.trial import is_trial


def make_plan(
    packs: Sequence[Pack],
    hearers: Mapping[str, Pack],
    languages: Sequence[str],
    targets: Mapping[str, str],
    settings: Settings,
    endpointing: Endpointing,
) -> Plan:
    """Plan to understand `languages` and translate each into its target, as `settings` say.

    `hearers` says who hears each of these languages, and of others that may be asked for. Raises
    UsageError "no-route", ModelError for a pack with damaged files.
    """
    needed = translators_for(packs, tuple(targets.items()))
    recognizers = _each_once(hearers)
    for pack in (*recognizers, *needed):
        store.check(pack)
    return Plan(
        languages=tuple(languages),
        recognizers=recognizers,
        hearers={code: pack.id for code, pack in hearers.items()},
        translators=needed,
        targets=dict(targets),
        endpointing=_within(endpointing, recognizers),
        beam=settings.beam,
        project=settings.project,
    )


def _each_once(hearers: Mapping[str, Pack]) -> tuple[Pack, ...]:
    return tuple({pack.id: pack for pack in hearers.values()}.values())


def _within(rules: Endpointing, recognizers: Sequence[Pack]) -> Endpointing:
    """Return the rules with utterances no longer than every recognizer's own longest."""
    longest_ms, sentence_ms = rules.longest_ms, rules.sentence_ms
    for pack in recognizers:
        most = pack.options.get("max_seconds", 30)
        if not isinstance(most, int | float) or not 1 <= most <= 30:
            raise ModelError("model-damaged", file="pack.json", pack=pack.id)
        most_ms = int(1000 * most)
        longest_ms, sentence_ms = min(longest_ms, most_ms), min(sentence_ms, most_ms)
    return replace(rules, longest_ms=longest_ms, sentence_ms=sentence_ms)


def conversation(packs: Sequence[Pack], settings: Settings) -> Plan:
    """Plan a conversation of both sides, each translated into the other where that is possible.

    The speaker is "auto" when both may speak at any moment, "left" or "right" when only one does.
    "auto" with languages that cannot be told apart (see `needs_buttons`) begins with the left one.
    Raises UsageError "no-recognizer", ModelError for a pack with damaged files.
    """
    sides, preferred = settings.sides, settings.recognizer
    spoken = {"left": sides[:1], "right": sides[1:]}.get(settings.speaker, sides)
    try:  # both, so that "it was the other language" can be answered
        hearers = hearers_for(packs, sides, preferred)
    except UsageError:
        hearers = hearers_for(packs, spoken, preferred)
    if not tells_apart(_each_once(hearers), spoken):
        spoken = sides[:1]
    targets = {
        source: target
        for source, target in (sides, sides[::-1])
        if translatable(packs, source, target)
    }
    plan = make_plan(packs, hearers, spoken, targets, settings, Endpointing())
    smaller = smaller_recognizer(packs, plan.recognizers, sides)
    return replace(
        plan,
        drafts=True,
        strict=settings.strict,
        joined=not settings.strict,
        ahead=settings.ahead,
        smaller=smaller.id if smaller else "",
    )


def trial_pairs(plan: Plan) -> tuple[Pair, ...]:
    """Return the directions whose translation is only a trial: see quality/trial.py."""
    return tuple(pair for pair in plan.targets.items() if is_trial(plan.translators, *pair))


def translators(packs: Sequence[Pack], source: str, target: str) -> tuple[Pack, ...]:
    """Return what a text needs; raises UsageError "no-route", ModelError for damaged files."""
    needed = translators_for(packs, ((source, target),))
    for pack in needed:
        store.check(pack)
    return needed


def into(
    packs: Sequence[Pack], languages: Sequence[str], target: str, settings: Settings | None = None
) -> Plan:
    """Plan recognition of `languages`, everything translated into `target` ("": not at all).

    Of `settings` it takes the beam and the project. No languages means all that one recognizer,
    the one that knows the most, can tell apart and that can then be translated.
    """
    spoken = tuple(languages)
    if not spoken:
        recognizers = [pack for pack in packs if pack.kind == "recognizer"]
        best = max((tuple(pack.languages) for pack in recognizers), key=len, default=())
        spoken = tuple(code for code in best if translatable(packs, code, target)) or best
    hearers = hearers_for(packs, spoken)
    if len(spoken) > 1 and identifier(_each_once(hearers), spoken) is None:
        hearers = dict.fromkeys(spoken, recognizer_for(packs, spoken))
    targets = {source: target for source in spoken if target and source != target}
    return make_plan(packs, hearers, spoken, targets, settings or Settings(), FILE)
