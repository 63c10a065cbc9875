"""Texts in the script that a model knows, answers in the script that people wrote."""

from collections.abc import Sequence
from pathlib import Path

from tests import tiny_models
from tests.candidates import translations
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines import table
from tolmach.engines.transliterating import TransliteratingTranslator


class Phrasebook:
    """A Translator that knows a few phrases and remembers what it was asked."""

    pairs: tuple[Pair, ...] = (("uz", "ru"), ("ru", "uz"), ("ru", "crh"), ("crh", "ru"))

    def __init__(self) -> None:
        self.questions: list[tuple[str, str]] = []

    def translate(
        self, texts: Sequence[str], source: str, target: str, earlier: str = ""
    ) -> list[Candidate]:
        self.questions += [(text, earlier) for text in texts]
        phrases = {"Rahmat, oʻgʻlim": "Спасибо, сын", "Спасибо": "Rahmat, oʻgʻlim", "Да": "Ebet"}
        return [Candidate(phrases.get(text, text), -1.0) for text in texts]

    def alternatives(self, text: str, source: str, target: str, count: int) -> list[Candidate]:
        return self.translate([text], source, target) * count


def translator() -> tuple[TransliteratingTranslator, Phrasebook]:
    book = Phrasebook()
    return TransliteratingTranslator(book, {"uz": "Latn", "crh": "Latn", "ru": "Arab"}), book


def test_cyrillic_goes_to_the_model_in_latin() -> None:
    around, book = translator()
    assert around.pairs == book.pairs
    assert translations(around, ["Раҳмат, ўғлим"], "uz", "ru") == ["Спасибо, сын"]
    assert book.questions == [("Rahmat, oʻgʻlim", "")]


def test_who_writes_cyrillic_is_answered_in_cyrillic() -> None:
    around, book = translator()
    assert translations(around, ["Спасибо"], "ru", "uz") == ["Rahmat, oʻgʻlim"]
    around.translate(["Салом!"], "uz", "ru")
    assert translations(around, ["Спасибо"], "ru", "uz", "Раҳмат") == ["Раҳмат, ўғлим"]
    assert book.questions[-1] == ("Спасибо", "Rahmat")
    assert translations(around, ["Да"], "ru", "crh") == ["Ebet"]  # nobody wrote Crimean Tatar yet
    around.translate(["12"], "uz", "ru")  # no letters: nothing learnt
    assert translations(around, ["Спасибо"], "ru", "uz") == ["Раҳмат, ўғлим"]
    around.translate(["Salom!"], "uz", "ru")
    assert translations(around, ["Спасибо"], "ru", "uz") == ["Rahmat, oʻgʻlim"]


def test_alternatives_too() -> None:
    around, _ = translator()
    candidates = around.alternatives("Раҳмат, ўғлим", "uz", "ru", 2)
    assert candidates == [Candidate("Спасибо, сын", -1.0)] * 2
    assert [candidate.text for candidate in around.alternatives("Спасибо", "ru", "uz", 1)] == [
        "Раҳмат, ўғлим"
    ]


def test_a_language_without_tables_is_left_as_it_is() -> None:
    around, book = translator()
    around.translate(["Привет"], "ru", "uz")
    assert book.questions == [("Привет", "")]


def test_a_pack_says_which_script_it_knows(tmp_path: Path) -> None:
    folder = tiny_models.echo_translator(tmp_path / "модели", add_source_eos=True)
    (folder / "source.spm").write_bytes(tiny_models.pieces())
    pack = Pack(
        "эхо", "1", "translator", "opus", folder, {"ru": "Эхо"}, pairs=(("uz", "ru"),),
        scripts={"uz": "Latn"},
    )  # fmt: skip
    assert isinstance(table.translator(pack, 1), TransliteratingTranslator)
