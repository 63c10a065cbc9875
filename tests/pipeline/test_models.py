"""Each pack is loaded once and only when needed, and let go when nobody needs it any more."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests import tiny_models
from tests.candidates import translations
from tolmach.core import paths
from tolmach.core.errors import ModelError, UsageError
from tolmach.core.pack import Pack, PackFile
from tolmach.history.terms import current_terms
from tolmach.pipeline.models import Models
from tolmach.pipeline.text_requests import Texts
from tolmach.protocol.messages import Returned, Translate, TranslateBack, Translated
from tolmach.protocol.plan import Plan


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
    translator = Models().translator([pack, other])
    assert translator.pairs == (("ru", "ba"), ("ba", "ru"), ("tt", "ru"))
    assert translations(translator, ["да"], "tt", "ru") == ["да"]
    assert translations(translator, ["да"], "ru", "ba") == ["<2ba> да"]  # the first pack's
    assert translations(translator, ["да"], "tt", "ba") == ["<2ba> да"]


def test_a_pack_is_loaded_when_it_is_needed(pack: Pack) -> None:
    broken = replace(pack, id="нет", folder=pack.folder / "нет", pairs=(("ba", "en"),))
    translator = Models().translator([pack, broken])
    assert translations(translator, ["да"], "ru", "ba") == ["<2ba> да"]
    with pytest.raises(ModelError) as caught:
        translator.translate(["да"], "ru", "en")
    assert caught.value.code == "model-file-missing"


def test_a_pack_is_loaded_once(pack: Pack) -> None:
    """Its files are gone after the first text, and the second is translated all the same."""
    translator = Models().translator([pack])
    assert translations(translator, ["да"], "ru", "ba") == ["<2ba> да"]
    (pack.folder / "model.bin").unlink()
    assert translations(translator, ["нет"], "ba", "ru") == ["<2ru> нет"]


def with_size(pack: Pack, size: int) -> Pack:
    return replace(pack, files=(PackFile("model.bin", size, ""),))


def test_sizes_are_checked_at_every_load(pack: Pack) -> None:
    size = (pack.folder / "model.bin").stat().st_size
    with pytest.raises(ModelError, match="model-damaged"):
        Models().translator([with_size(pack, size + 1)]).translate(["да"], "ru", "ba")
    models = Models()
    translator = models.translator([with_size(pack, size)])
    assert translations(translator, ["да"], "ru", "ba") == ["<2ba> да"]
    replaced = models.translator([with_size(pack, size - 1)])  # by hand, while it is loaded
    with pytest.raises(ModelError, match="model-damaged"):
        replaced.translate(["да"], "ru", "ba")


def test_without_packs_nothing_can_be_reached() -> None:
    with pytest.raises(UsageError, match="no-route"):
        Models().translator([]).translate(["да"], "ru", "ba")


def test_session_and_text_share_a_pack_until_neither_needs_it(pack: Pack) -> None:
    models = Models()
    plan = Plan(languages=("ru",), translators=(pack,), targets={"ru": "ba"})
    planned = models.engines(plan).translator
    assert planned is not None
    assert translations(planned, ["да"], "ru", "ba") == ["<2ba> да"]
    (pack.folder / "model.bin").unlink()
    assert translations(models.translator([pack]), ["нет"], "ru", "ba") == ["<2ba> нет"]
    models.engines(Plan(languages=("ru",)))
    assert translations(models.translator([pack]), ["нет"], "ru", "ba") == ["<2ba> нет"]
    models.translator([])
    models.translator([replace(pack, id="другая")])
    with pytest.raises(ModelError):
        translations(models.translator([pack]), ["нет"], "ru", "ba")


def test_a_text_and_its_way_back_drive_no_model_out(pack: Pack) -> None:
    """The first model's files are gone when the way back has been asked for."""
    other = replace(pack, id="обратно")
    texts = Texts(Models().translator, current_terms(paths.terms_file()))
    number = ("texts", 0)
    for text in ("да", "нет", "кот"):
        _, forth, _ = texts.answer(Translate(*number, text, "ru", "ba", (pack,)))
        assert isinstance(forth, Translated)
        _, back, _ = texts.answer(TranslateBack(*number, text, "ru", "ba", (other,), text))
        assert isinstance(back, Returned)
        (pack.folder / "model.bin").unlink(missing_ok=True)
