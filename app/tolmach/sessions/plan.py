"""From what a person asks for (who speaks what, into which language) to a Plan for the worker."""

from collections.abc import Mapping, Sequence

from tolmach.core.endpointer import Endpointing
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack
from tolmach.packs import store
from tolmach.worker.protocol import Plan


def make_plan(
    packs: Sequence[Pack],
    languages: Sequence[str],
    targets: Mapping[str, str],
    preferred: str = "",
) -> Plan:
    """Choose the packs that understand `languages` and translate each into its target.

    `preferred` is a recognizer's pack id. Raises UsageError "no-recognizer" or "no-route",
    ModelError for a pack with damaged files.
    """
    recognizer = store.recognizer_for(packs, tuple(languages), preferred)
    translators = store.translators_for(packs, tuple(targets.items()))
    for pack in (recognizer, *translators):
        store.check(pack)
    longest = int(1000 * float(recognizer.options.get("max_seconds", 28)))
    return Plan(
        languages=tuple(languages),
        recognizer=recognizer,
        translators=translators,
        targets=dict(targets),
        endpointing=Endpointing(longest_ms=min(Endpointing().longest_ms, longest)),
    )


def conversation(
    packs: Sequence[Pack], left: str, right: str, speaker: str = "auto", preferred: str = ""
) -> Plan:
    """Plan a conversation of two languages, each translated into the other.

    `speaker` is "auto" when both may speak at any moment, "left" or "right" when only one does.
    """
    spoken = {"left": (left,), "right": (right,)}.get(speaker, (left, right))
    return make_plan(packs, spoken, {left: right, right: left}, preferred)


def translation(packs: Sequence[Pack], source: str, target: str) -> Plan:
    """Plan the translation of texts, without any sound; raises UsageError "no-route"."""
    translators = store.translators_for(packs, ((source, target),))
    for pack in translators:
        store.check(pack)
    return Plan(languages=(source,), translators=translators, targets={source: target})


def into(packs: Sequence[Pack], languages: Sequence[str], target: str) -> Plan:
    """Plan recognition of `languages`, everything translated into `target` ("": not at all).

    No languages means all that can be recognised and then translated.
    """
    spoken = tuple(languages)
    if not spoken:
        known = tuple(store.recognizer_for(packs, ()).languages)
        spoken = tuple(code for code in known if _translatable(packs, code, target)) or known
    targets = {source: target for source in spoken if target and source != target}
    return make_plan(packs, spoken, targets)


def _translatable(packs: Sequence[Pack], source: str, target: str) -> bool:
    try:
        store.translators_for(packs, ((source, target or source),))
    except UsageError:
        return False
    return True
