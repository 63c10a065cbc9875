"""A translator made of translators: shortest route, each pack loaded once and only when needed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests import tiny_models
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, Pair
from tolmach.engines import table
from tolmach.engines.pivot import PivotTranslator


@dataclass(frozen=True)
class Marker:
    """A Translator that writes down which way a text went."""

    pairs: tuple[Pair, ...] = ()

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[str]:
        hint = f" ({earlier})" if earlier else ""
        return [f"{text} {source}>{target}{hint}" for text in texts]


def markers(*pairs: Pair) -> PivotTranslator:
    return PivotTranslator(dict.fromkeys(pairs, Marker))


def test_a_direct_pair_is_one_leg() -> None:
    assert markers(("ru", "ba")).translate(["а", "б"], "ru", "ba") == ["а ru>ba", "б ru>ba"]


def test_the_shortest_route_is_taken() -> None:
    translator = markers(("tt", "en"), ("en", "ru"), ("tt", "ru"), ("ru", "ba"))
    assert translator.translate(["а"], "tt", "ba") == ["а tt>ru ru>ba"]


def test_an_earlier_translation_is_a_hint_for_the_last_leg_alone() -> None:
    translator = markers(("tt", "ru"), ("ru", "ba"))
    assert translator.translate(["а"], "tt", "ba", "б") == ["а tt>ru ru>ba (б)"]


def test_into_the_same_language_nothing_changes() -> None:
    assert markers(("ru", "ba")).translate(["Да\n"], "ru", "ru") == ["Да\n"]


def test_no_route_tells_what_can_be_reached() -> None:
    with pytest.raises(UsageError) as caught:
        markers(("ru", "ba"), ("ru", "en"), ("en", "tt")).translate(["а"], "ru", "cv")
    assert caught.value.params == {"source": "ru", "target": "cv", "reachable": "ba, en, tt"}


def test_pairs_are_the_direct_ones_in_the_order_given() -> None:
    pairs: tuple[Pair, ...] = (("ru", "ba"), ("ba", "en"))
    assert markers(*pairs).pairs == pairs


# Packs -----------------------------------------------------------------------------------------


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    folder = tiny_models.echo_translator(tmp_path / "наши модели", add_source_eos=True)
    (folder / "source.spm").write_bytes(tiny_models.pieces())
    return Pack(
        id="эхо",
        version="1",
        kind="translator",
        engine="opus",
        folder=folder,
        title={"ru": "Эхо"},
        languages={"ba": "<2ba>", "ru": "<2ru>"},
        pairs=(("ru", "ba"), ("ba", "ru")),
    )


def test_packs_become_one_translator(pack: Pack) -> None:
    other = replace(pack, id="ещё", languages={}, pairs=(("tt", "ru"), ("ru", "ba")))
    translator = table.translators([pack, other], 1)
    assert translator.pairs == (("ru", "ba"), ("ba", "ru"), ("tt", "ru"))
    assert translator.translate(["да"], "tt", "ru") == ["да"]
    assert translator.translate(["да"], "ru", "ba") == ["<2ba> да"]  # the first pack's
    assert translator.translate(["да"], "tt", "ba") == ["<2ba> да"]


def test_a_pack_is_loaded_when_it_is_needed(pack: Pack) -> None:
    broken = replace(pack, id="нет", folder=pack.folder / "нет", pairs=(("ba", "en"),))
    translator = table.translators([pack, broken], 1)
    assert translator.translate(["да"], "ru", "ba") == ["<2ba> да"]
    with pytest.raises(ModelError) as caught:
        translator.translate(["да"], "ru", "en")
    assert caught.value.code == "model-file-missing"


def test_a_pack_is_loaded_once(pack: Pack) -> None:
    """Its files are gone after the first text, and the second is translated all the same."""
    translator = table.translators([pack], 1)
    assert translator.translate(["да"], "ru", "ba") == ["<2ba> да"]
    (pack.folder / "model.bin").unlink()
    assert translator.translate(["нет"], "ba", "ru") == ["<2ru> нет"]


def test_without_packs_nothing_can_be_reached() -> None:
    with pytest.raises(UsageError, match="no-route"):
        table.translators([], 1).translate(["да"], "ru", "ba")
