"""OPUS and NLLB: which tokens a model is sent, shown by a model that repeats its source."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import tiny_models
from tests.candidates import translations, whole
from tolmach.core.errors import EngineError, ModelError, UsageError
from tolmach.core.pack import Option, Pack, Pair
from tolmach.engines import table
from tolmach.engines.nllb import load_nllb
from tolmach.engines.opus import load_opus
from tolmach.engines.pair_decoder import PairDecoder

TOKENS = {"ru": "<2ru>", "ba": "<2ba>"}
PAIRS: tuple[Pair, ...] = (("ru", "ba"), ("ba", "ru"))
PIECE_FILES = {"opus": "source.spm", "nllb": "sentencepiece.bpe.model"}
MakePack = Callable[..., Pack]


@pytest.fixture(scope="module")
def echoes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of translators that repeat the tokens they are sent."""
    folder = tmp_path_factory.mktemp("Эхо")
    tiny_models.echo_translator(folder / "opus", add_source_eos=False)
    tiny_models.echo_translator(folder / "opus с концом", add_source_eos=True)
    tiny_models.echo_translator(folder / "nllb", add_source_eos=False, prefixed=True)
    return folder


@pytest.fixture
def make(echoes: Path, tmp_path: Path) -> MakePack:
    """Return a maker of packs around copies of these."""

    def copied(engine: str, model: str = "", **options: Option) -> Pack:
        folder = tmp_path / "модели и словари" / (model or engine)
        shutil.copytree(echoes / (model or engine), folder)
        (folder / PIECE_FILES[engine]).write_bytes(tiny_models.pieces())
        return Pack(
            id="эхо",
            version="1",
            kind="translator",
            engine=engine,
            folder=folder,
            title={"ru": "Эхо"},
            languages=TOKENS,
            pairs=PAIRS,
            options=options,
        )

    return copied


@pytest.fixture
def opus(make: MakePack) -> Pack:
    return make("opus")


@pytest.fixture
def nllb(make: MakePack) -> Pack:
    return make("nllb")


def translate(pack: Pack, text: str, source: str = "ru", target: str = "ba") -> str:
    return whole(table.translator(pack, 1), text, source, target)


# OPUS ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["opus", "opus с концом"])
def test_opus_sends_the_target_token_the_pieces_and_one_end(make: MakePack, model: str) -> None:
    """The repeater stops at the end of its source: without an end it would go on."""
    pack = make("opus", model)
    assert translate(pack, "как дела?") == "<2ba> как дела?"
    assert translate(pack, "как дела?", "ba", "ru") == "<2ru> как дела?"


def test_opus_for_one_pair_sends_no_token(opus: Pack) -> None:
    assert translate(replace(opus, languages={}), "как дела?") == "как дела?"


def test_opus_decodes_with_the_target_model_if_there_is_one(opus: Pack) -> None:
    other = tiny_models.pieces(("<2ba>", "▁привет"))
    (opus.folder / "target.spm").write_bytes(other)
    assert translate(opus, "как") == "<2ba> как"


# NLLB ------------------------------------------------------------------------------------------


def test_nllb_sends_the_source_token_first_and_takes_the_target_token_off(nllb: Pack) -> None:
    assert translate(nllb, "как дела?") == "<2ru> как дела?"
    assert translate(nllb, "как дела?", "ba", "ru") == "<2ba> как дела?"


def test_nllb_of_the_old_kind_sends_the_source_token_last(make: MakePack) -> None:
    assert translate(make("nllb", legacy=True), "как дела?") == "как дела?"


def test_nllb_needs_a_token_for_both_languages(nllb: Pack) -> None:
    with pytest.raises(UsageError) as caught:
        translate(replace(nllb, languages={"ru": "<2ru>"}), "да")
    assert caught.value.code == "language-not-in-pack"
    assert caught.value.params == {"language": "ba", "pack": "эхо"}


# Both ------------------------------------------------------------------------------------------


@pytest.fixture(params=["opus", "nllb"])
def pack(request: pytest.FixtureRequest, make: MakePack) -> Pack:
    copied: Pack = make(request.param)
    return copied


def echoed(pack: Pack, text: str) -> str:
    """Translate and take the language tokens out of the echo."""
    return translate(pack, text).replace("<2ba> ", "").replace("<2ru> ", "")


def test_lines_and_blank_lines_stay(pack: Pack) -> None:
    assert echoed(pack, "да\n\n нет \n") == "да\n\n нет \n"
    assert echoed(pack, "\nда") == "\nда"


@pytest.mark.parametrize("text", ["", " ", "\n", " \n\t"])
def test_blank_texts_stay_blank(pack: Pack, text: str) -> None:
    assert translate(pack, text).strip() == ""
    assert translate(pack, text).count("\n") == text.count("\n")


def test_texts_keep_their_order(pack: Pack) -> None:
    texts = ["нет", "", "а это намного длиннее", "да"]
    echoes = translations(table.translator(pack, 1), texts, "ru", "ba")
    assert [text.split("> ")[-1] for text in echoes] == texts


def test_sentences_are_translated_one_by_one(opus: Pack) -> None:
    assert translate(opus, "да! нет.") == "<2ba> да! нет."
    assert translate(opus, "да? Нет.") == "<2ba> да? <2ba> Нет."


def test_what_exceeds_the_limit_is_cut_and_nothing_is_lost(make: MakePack) -> None:
    pack = make("opus", max_tokens=12)
    text = "дом стоит, лес растёт, а река течёт далеко"
    assert translate(pack, text).count("<2ba>") == 5
    assert echoed(pack, text) == text


class Shouter:
    """A ctranslate2.Translator that ends each part with a full stop and begins it with a capital.

    It remembers what it was asked.
    """

    def __init__(self) -> None:
        self.batches: list[list[str]] = []

    def translate_batch(
        self, source: list[list[str]], prefix: None, **options: object
    ) -> list[SimpleNamespace]:
        parts = [" ".join(tokens) for tokens in source]
        self.batches.append(parts)
        sentences = [part.rstrip(",.").capitalize() + "." for part in parts]
        return [SimpleNamespace(hypotheses=[text.split()], scores=[-1.0]) for text in sentences]


def test_parts_of_a_sentence_become_one_again() -> None:
    model = Shouter()
    decoder = PairDecoder(
        model,
        encode=lambda sentences: [sentence.split() for sentence in sentences],
        encode_target=str.split,
        decode=" ".join,
        fits=lambda part: len(part) <= 17,
        options=lambda source: {},
        calibration=None,
    )
    sentences = ["Когда мы пришли, было темно.", "Да.", "", "Нет."]
    translations = decoder.translate(sentences)
    assert [candidate.text for candidate in translations] == [
        "Когда мы пришли было темно.",
        "Да.",
        "",
        "Нет.",
    ]
    assert [candidate.score for candidate in translations] == [-1.0, -1.0, 0.0, -1.0]
    assert model.batches == [["Когда мы пришли,", "было темно.", "Да.", "Нет."]]
    assert decoder.alternatives(sentences[0], 1) == translations[:1]


def test_what_a_model_has_a_token_for() -> None:
    pieces = {"а": ["▁а"], "😀": ["▁", "😀"], "§": ["▁", "<0xC2>", "<0xA7>"]}
    decoder = PairDecoder(
        Shouter(),
        encode=lambda sentences: [["<2ba>", *pieces.get(text, []), "</s>"] for text in sentences],
        encode_target=str.split,
        decode=" ".join,
        fits=lambda part: True,
        options=lambda source: {},
        calibration=None,
        vocabulary=frozenset(("▁а", "<0xC2>", "<0xA7>")),
    )
    assert [decoder.knows(sign) for sign in ("а", "😀", "§")] == [True, False, False]


@pytest.mark.parametrize("name", ["opus", "nllb"])
def test_a_pack_says_what_it_has_no_token_for(name: str, request: pytest.FixtureRequest) -> None:
    pack: Pack = request.getfixturevalue(name)
    source, target = pack.pairs[0]
    load = {"opus": load_opus, "nllb": load_nllb}[name]
    translator = load(pack, 1)
    assert translator.knows("д", source, target)
    assert not translator.knows("漢", source, target)


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=st.text(alphabet="абв ,.!?\n", max_size=120))
def test_no_letter_is_lost(opus: Pack, text: str) -> None:
    assert echoed(replace(opus, options={"max_tokens": 40}), text).split() == text.split()


def test_the_usual_limit_is_two_hundred_tokens(opus: Pack) -> None:
    assert translate(opus, "а" * 199).count("<2ba>") == 1
    assert translate(opus, "а" * 200).count("<2ba>") == 2


def test_a_pair_the_pack_does_not_know_is_refused(pack: Pack) -> None:
    with pytest.raises(UsageError) as caught:
        translate(pack, "да", "ru", "tt")
    assert caught.value.code == "no-route"
    assert caught.value.params == {"source": "ru", "target": "tt", "reachable": "ba"}


def test_a_failure_of_ctranslate2_is_told_by_its_own_words(make: MakePack) -> None:
    with pytest.raises(EngineError) as caught:
        translate(make("opus", beam_size=0), "да")
    assert caught.value.code == "translation-failed"
    assert "beam size" in caught.value.params["detail"]


# Bad files -------------------------------------------------------------------------------------


def refusal(pack: Pack) -> ModelError:
    with pytest.raises(ModelError) as caught:
        table.translator(pack, 1)
    return caught.value


@pytest.mark.parametrize("name", ["model.bin", "shared_vocabulary.json", "config.json"])
def test_a_missing_file_is_named(opus: Pack, name: str) -> None:
    (opus.folder / name).unlink()
    error = refusal(opus)
    assert (error.code, error.params) == ("model-file-missing", {"file": name, "pack": "эхо"})


def test_missing_pieces_are_named(pack: Pack) -> None:
    name = PIECE_FILES[pack.engine]
    (pack.folder / name).unlink()
    assert refusal(pack).params == {"file": name, "pack": "эхо"}


@pytest.mark.parametrize("content", [b"", b"\x00", b"garbage" * 100, tiny_models.pieces()[:200]])
def test_broken_pieces_are_damaged(pack: Pack, content: bytes) -> None:
    name = PIECE_FILES[pack.engine]
    (pack.folder / name).write_bytes(content)
    error = refusal(pack)
    assert (error.code, error.params) == ("model-damaged", {"file": name, "pack": "эхо"})


@pytest.mark.parametrize("share", [0.0, 0.01, 0.9])
def test_a_truncated_model_is_damaged(pack: Pack, share: float) -> None:
    model = pack.folder / "model.bin"
    model.write_bytes(model.read_bytes()[: int(model.stat().st_size * share)])
    error = refusal(pack)
    assert (error.code, error.params["file"]) == ("model-damaged", "model.bin")


def test_a_language_token_outside_the_vocabulary_is_refused(pack: Pack) -> None:
    error = refusal(replace(pack, languages={"ru": "<2ru>", "ba": "bak_Cyrl"}))
    assert (error.code, error.params) == (
        "model-token-missing",
        {"token": "bak_Cyrl", "pack": "эхо"},
    )


def test_a_config_that_is_no_object_is_refused(opus: Pack) -> None:
    (opus.folder / "config.json").write_text(json.dumps([]))
    assert refusal(opus).params["file"] == "config.json"


def test_options_that_are_no_numbers_are_refused(pack: Pack) -> None:
    assert refusal(replace(pack, options={"max_tokens": "сто"})).params["file"] == "pack.json"
