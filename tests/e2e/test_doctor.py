"""Forty sentences of doctor and patient through the starter: whatever comes out, it is marked.

What must come through of each is written beside it, as a reader of Bashkir would look for it. Where
the translation lacks it, a doubt must say so; that nothing is lost is not promised.
"""

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tolmach.core.translation import UNKNOWN, Sentence
from tolmach.packs import store
from tolmach.protocol.messages import Translated
from tolmach.quality.trial import offered
from tolmach.sessions.questions import TextQuestions, answered
from tolmach.worker.client import Client

NOT = r"түгел|юҡ|ярам|тый|м[аә](?:й\w*|[ғг]\w+|ҫ\w*|һ\w+|н[ые]\w*|ҡ|к)?\b"
SENTENCES: tuple[tuple[str, dict[str, str]], ...] = (
    ("Добрый день, проходите в кабинет.", {}),
    ("На что вы жалуетесь?", {}),
    ("Болит под правым ребром.", {}),
    ("Боль началась три дня назад.", {"number": r"өс|3"}),
    ("Вчера температура была тридцать девять и один.", {"number": r"утыҙ туғыҙ|39"}),
    ("Утром было тридцать шесть и шесть.", {"number": r"утыҙ алты|36"}),
    ("Аспирин мне запретили.", {"medicine": r"аспирин", "negation": f"{NOT}|тыйы"}),
    ("Супрастин мне помогает.", {"medicine": r"супрастин"}),
    ("На ибупрофен у меня сыпь.", {"medicine": r"ибупрофен"}),
    ("Ампициллин колоть нельзя.", {"medicine": r"ампициллин", "negation": NOT}),
    ("Мне нельзя вставать с постели.", {"negation": NOT}),
    ("Не пейте сырую воду.", {"negation": NOT}),
    ("Никогда не пропускайте приём лекарства.", {"negation": NOT}),
    ("Я не спал две ночи.", {"negation": NOT, "number": r"ике|2"}),
    ("У меня нет зубов сверху.", {"negation": NOT}),
    ("Я уже на восьмом месяце.", {"number": r"һигеҙ|8"}),
    ("Моей дочери полтора года.", {"number": r"ярым|1,5"}),
    ("Ей двадцать семь лет.", {"number": r"егерме ете|27"}),
    ("Намерили сто сорок на сто.", {"number": r"йөҙ ҡырҡ|140"}),
    ("Пульс семьдесят два.", {"number": r"етмеш ике|72"}),
    ("Пейте по полстакана отвара.", {"number": r"ярты|0,5"}),
    ("По четыре капли в нос.", {"number": r"дүрт|4"}),
    ("Двенадцать уколов, через день.", {"number": r"ун ике|12"}),
    ("Приём в половине одиннадцатого.", {"number": r"ун ярым|10[:.]30|ун бер"}),
    ("Анализы будут в 15:40.", {"number": r"15[:.]40|40|ҡырҡ"}),
    ("Взвесьтесь: у вас 82 килограмма?", {"number": r"82|һикһән ике"}),
    ("Дайте ребёнку пятнадцать миллилитров сиропа.", {"number": r"ун биш|15"}),
    ("Я доктор, меня зовут Флюра.", {"name": r"(?i)фл[юүи]"}),
    ("Позовите медсестру Гузель.", {"name": r"(?i)г[уүө]з[еэә]л"}),
    ("Направление выписал Рустам Наилевич.", {"name": r"(?i)рөстәм|рустам"}),
    ("Согните колено.", {}),
    ("Здесь больно нажимать?", {}),
    ("Сейчас будет немного холодно.", {}),
    ("Может быть, вы в положении?", {}),
    ("Когда были последние месячные?", {}),
    ("Хромает на левую ногу.", {}),
    ("Швы снимем на десятые сутки.", {"number": r"ун(?:ынсы)?\b|10"}),
    ("Рана не гноится.", {"negation": NOT}),
    ("Курить после операции запрещается.", {"negation": f"{NOT}|тыйы"}),
    ("Выздоравливайте, ждём вас в понедельник.", {}),
)  # fmt: skip
FLAGS = {
    "number": {"number-lost"},
    "medicine": {"medicine-lost", "kept-lost"},
    "name": {"name-lost"},
    "negation": {"negation-lost", "ban-lost"},
}


@dataclass(frozen=True)
class Line:
    """One of the sentences as it came back."""

    text: str
    translation: str
    sentence: Sentence


@pytest.fixture(scope="module")
def lines(starter: Path) -> list[Line]:
    packs = offered(store.installed((starter,)).packs, on_request=False)
    text = "\n".join(sentence for sentence, _ in SENTENCES)
    client = Client()
    try:
        ask = partial(TextQuestions(client, lambda: packs).translate, text, "ru", "ba")
        translated = answered(ask)
    finally:
        client.close()
    assert isinstance(translated, Translated)
    return [
        Line(text[part.start : part.end], translated.text[part.begin : part.until], part)
        for part in translated.sentences
    ]


def test_every_one_is_marked(lines: list[Line]) -> None:
    assert [line.text for line in lines] == [sentence for sentence, _ in SENTENCES]
    assert len(lines) == 40
    assert all(line.sentence.trial for line in lines)


def test_no_confidence_is_told(lines: list[Line]) -> None:
    assert {line.sentence.confidence for line in lines} == {UNKNOWN}


def test_what_was_lost_is_doubted(lines: list[Line]) -> None:
    """Any doubt that the model itself has may stand beside it; it is not instead of it."""
    silent = []
    for line, (_, needed) in zip(lines, SENTENCES, strict=True):
        codes = {flag.code for flag in line.sentence.doubts}
        for kind, pattern in needed.items():
            if not re.search(pattern, line.translation.casefold()) and not codes & FLAGS[kind]:
                silent.append((kind, line.text, line.translation, sorted(codes)))
    assert silent == []
