"""A translator made of translators takes the shortest route."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from tests.candidates import sure, translations
from tolmach.core.errors import UsageError
from tolmach.core.pack import Pair
from tolmach.core.translation import Candidate
from tolmach.engines.base import Translator
from tolmach.engines.pivot import PivotTranslator


@dataclass
class Marker:
    """A Translator that writes down which way a text went."""

    pairs: tuple[Pair, ...] = ()

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        hint = f" ({earlier})" if earlier else ""
        return sure(f"{text} {source}>{target}{hint}" for text in texts)

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return self.translate([text], source, target)


def marker() -> Translator:
    return Marker()


def markers(*pairs: Pair) -> PivotTranslator:
    return PivotTranslator(dict.fromkeys(pairs, marker))


def test_a_direct_pair_is_one_leg() -> None:
    assert translations(markers(("ru", "ba")), ["а", "б"], "ru", "ba") == ["а ru>ba", "б ru>ba"]


def test_the_shortest_route_is_taken() -> None:
    translator = markers(("tt", "en"), ("en", "ru"), ("tt", "ru"), ("ru", "ba"))
    assert translations(translator, ["а"], "tt", "ba") == ["а tt>ru ru>ba"]


def test_an_earlier_translation_is_a_hint_for_the_last_leg_alone() -> None:
    translator = markers(("tt", "ru"), ("ru", "ba"))
    assert translations(translator, ["а"], "tt", "ba", "б") == ["а tt>ru ru>ba (б)"]


def test_into_the_same_language_nothing_changes() -> None:
    assert translations(markers(("ru", "ba")), ["Да\n"], "ru", "ru") == ["Да\n"]


def test_no_route_tells_what_can_be_reached() -> None:
    with pytest.raises(UsageError) as caught:
        markers(("ru", "ba"), ("ru", "en"), ("en", "tt")).translate(["а"], "ru", "cv")
    assert caught.value.params == {"source": "ru", "target": "cv", "reachable": "ba, en, tt"}


def test_pairs_are_the_direct_ones_in_the_order_given() -> None:
    pairs: tuple[Pair, ...] = (("ru", "ba"), ("ba", "en"))
    assert markers(*pairs).pairs == pairs
