"""Which of the installed packs does what is asked: who hears a language, who translates a pair."""

from collections.abc import Sequence

from tolmach.core.errors import UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.core.route import route
from tolmach.language.registry import find
from tolmach.quality.recognizers import hearers, tells_apart, unusable


def language_code(packs: Sequence[Pack], text: str) -> str:
    """Return the code of the language that a person names.

    A code that an installed pack uses is taken as it is: an Argos package for a language that our
    registry lacks is still a translator. Raises UsageError "unknown-language".
    """
    codes = {code for pack in packs for code in (*pack.languages, *sum(pack.pairs, ()))}
    return text if text in codes else find(text).code


def recognizer_for(packs: Sequence[Pack], languages: Sequence[str], preferred: str = "") -> Pack:
    """Return the first recognizer that knows all these languages, any one if there are none.

    The pack with the id `preferred` comes before the others. Raises as `hearers_for` does.
    """
    recognizers = _recognizers(packs, languages)
    for pack in sorted(recognizers, key=lambda pack: pack.id != preferred):
        if set(languages) <= set(pack.languages):
            return pack
    raise _no_recognizer(recognizers, languages)


def hearers_for(
    packs: Sequence[Pack], languages: Sequence[str], preferred: str = ""
) -> dict[str, Pack]:
    """Return who hears each of these languages; see quality/recognizers.py.

    Raises UsageError "no-recognizer-installed", or "no-recognizer", whose parameter `known` lists
    the languages that the installed ones know.
    """
    return hearers(_recognizers(packs, languages), languages, preferred)


def smaller_recognizer(
    packs: Sequence[Pack], current: Sequence[Pack], languages: Sequence[str]
) -> Pack | None:
    """Return the largest recognizer that needs less memory than the largest of the current ones.

    It knows all the languages, tells them apart if the current ones do, and understands what they
    understand: quick nonsense helps nobody. None if none does.
    """
    able = tells_apart(current, languages)
    heaviest = max((pack.memory for pack in current), default=0)
    useful = {
        code
        for code in languages
        if not all(unusable(pack, code) for pack in current if code in pack.languages)
    }
    smaller = [
        pack
        for pack in packs
        if pack.kind == "recognizer"
        and pack.memory < heaviest
        and set(languages) <= set(pack.languages)
        and tells_apart((pack,), languages) >= able
        and not any(unusable(pack, code) for code in useful)
    ]
    return max(smaller, key=lambda pack: pack.memory, default=None)


def translators_for(packs: Sequence[Pack], pairs: Sequence[Pair]) -> tuple[Pack, ...]:
    """Return the packs that translate all these pairs, through other languages where needed.

    They keep the order of `packs`, so that who chooses among them again chooses the same. Raises
    UsageError "no-route", "no-route-on-request".
    """
    able: dict[Pair, Pack] = {}
    for pack in packs:
        for pair in pack.pairs if pack.kind == "translator" else ():
            able.setdefault(pair, pack)
    on_request = {pair for pack in packs for pair in pack.on_request}
    needed = {able[step].folder for pair in pairs for step in route(able, *pair, on_request)}
    return tuple(pack for pack in packs if pack.folder in needed)


def translatable(packs: Sequence[Pack], source: str, target: str) -> bool:
    """Whether the packs translate this pair, through other languages where needed."""
    try:
        translators_for(packs, ((source, target or source),))
    except UsageError:
        return False
    return True


def _recognizers(packs: Sequence[Pack], languages: Sequence[str]) -> list[Pack]:
    """Return the recognizers, which together know all these languages; raises UsageError.

    Of several versions of one there is only the newest, the first of `packs`.
    """
    newest: dict[str, Pack] = {}
    for pack in packs:
        if pack.kind == "recognizer":
            newest.setdefault(pack.id, pack)
    recognizers = list(newest.values())
    if not recognizers:
        raise UsageError("no-recognizer-installed")
    if not set(languages) <= {code for pack in recognizers for code in pack.languages}:
        raise _no_recognizer(recognizers, languages)
    return recognizers


def _no_recognizer(recognizers: Sequence[Pack], languages: Sequence[str]) -> UsageError:
    codes = ", ".join(sorted({code for pack in recognizers for code in pack.languages}))
    return UsageError("no-recognizer", languages=", ".join(languages), known=codes)
