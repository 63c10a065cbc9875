"""Sentences with numbers, dates, links and names in them, made at random from a seed."""

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tolmach.language.placeholders import marked

TEMPLATES = {
    "ru": (
        "Встреча будет {} в доме культуры.",
        "Позвоните мне, мой номер {}.",
        "Цена этого дома {}.",
        "Я родился в городе, а приехал сюда {}.",
        "Пишите по адресу {}, мы ответим.",
        "Мы прошли {} и остановились.",
        "Откройте {} и прочитайте.",
        "Брат работает в {} уже давно.",
        "В школе {} учится мой сын.",
        "{} мы поедем в Уфу, а {} вернёмся.",
        "Купите {} и принесите {} домой.",
        "Спросите {}, он знает {}.",
    ),
    "ba": (
        "Осрашыу {} мәҙәниәт йортонда була.",
        "Миңә шылтыратығыҙ, номерым {}.",
        "Был йорттоң хаҡы {}.",
        "Мин ҡалала тыуҙым, ә бында {} килдем.",
        "{} адресы буйынса яҙығыҙ, яуап бирербеҙ.",
        "Беҙ {} үттек һәм туҡтаныҡ.",
        "{} асығыҙ һәм уҡығыҙ.",
        "{} беҙ Өфөгә барабыҙ, ә {} ҡайтабыҙ.",
    ),
}
NAMES = (
    *("Google", "Windows", "Telegram", "YouTube", "Wikipedia", "Kaspersky", "iPhone", "VK"),
    *("Яндекс", "Газпром", "Сбербанк", "Лукойл", "КамАЗ", "Samsung"),
    *("Иванов", "Айгуль", "Нурия", "Хайруллин", "Хабиров", "Рахмон"),
)
_SITES = ("ya.ru", "bashinform.ru", "example.com", "tatar-inform.tatar", "школа5.рф")
_PATHS = ("", "/news", "/a/b?id=17", "/wiki/Уфа", "/list#top", "/2024/05/12.html")
_FILES = ("отчёт.docx", "фото_12.jpg", "list-2.csv", "C:\\Data\\plan.xlsx", "/home/user/a.txt")
_UNITS = ("кг", "км", "см", "%", "руб.", "₽", "км/ч", "°C", "га", "м")

Maker = Callable[[random.Random], str]


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and what was put into it."""

    text: str
    items: tuple[str, ...]
    names: tuple[str, ...]  # those of the items that only a person tells from other words

    @property
    def marked(self) -> str:
        """The text with its names marked, as those of a glossary are."""
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) or "(?!)"
        return re.sub(rf"(?<!\w)(?:{names})(?!\w)", lambda name: marked(name[0]), self.text)


def number(chance: random.Random) -> str:
    """Return a number as Russians write it."""
    size = 10 ** chance.randint(1, 7)
    whole = f"{chance.randrange(size // 10, size):,}".replace(",", " ")
    return chance.choice((whole, whole.replace(" ", ""), f"{whole},{chance.randrange(1, 99)}"))


MAKERS: dict[str, Maker] = {
    "number": number,
    "units": lambda chance: f"{number(chance)} {chance.choice(_UNITS)}",
    "date": lambda chance: (
        f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1950, 2030)}"
    ),
    "time": lambda chance: f"{chance.randint(0, 23)}:{chance.randint(0, 59):02}",
    "link": lambda chance: (
        f"{chance.choice(('https://', 'http://', 'www.', ''))}{chance.choice(_SITES)}"
        f"{chance.choice(_PATHS)}"
    ),
    "mail": lambda chance: f"{chance.choice(('ivan.petrov', 'info', 'a-b7'))}@mail.ru",
    "phone": lambda chance: (
        f"+7 ({chance.randint(300, 999)}) {chance.randint(100, 999)}-"
        f"{chance.randint(10, 99)}-{chance.randint(10, 99)}"
    ),
    "file": lambda chance: chance.choice(_FILES),
    "name": lambda chance: chance.choice(NAMES),
}


def samples(count: int, language: str, real: Sequence[str], seed: int = 4) -> list[Sample]:
    """Return templates and real sentences in turn, one to three items put into each."""
    chance = random.Random(seed)
    return [_filled(chance, language) if i % 2 else _inserted(chance, real) for i in range(count)]


def _filled(chance: random.Random, language: str) -> Sample:
    template = chance.choice(TEMPLATES[language])
    items, names = _items(chance, template.count("{}"))
    return Sample(template.format(*items), items, names)


def _inserted(chance: random.Random, real: Sequence[str]) -> Sample:
    words = chance.choice(real).split()
    items, names = _items(chance, chance.randint(1, 3))
    for place, item in zip(
        sorted(chance.sample(range(1, len(words)), min(len(items), len(words) - 1)), reverse=True),
        reversed(items),
        strict=False,
    ):
        words.insert(place, item)
    text = " ".join(words)
    return Sample(text, tuple(item for item in items if item in text), names)


def _items(chance: random.Random, count: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kinds = [chance.choice(tuple(MAKERS)) for _ in range(count)]
    items = tuple(MAKERS[kind](chance) for kind in kinds)
    names = [item for kind, item in zip(kinds, items, strict=True) if kind == "name"]
    return items, tuple(names)
