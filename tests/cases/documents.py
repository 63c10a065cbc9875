"""Documents: each sentence is translated once or told of, and syntax is nobody's words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from tests.cases.media import Hearing
from tolmach.formats.documents.opening import open_document


def _document(
    words: Sequence[str], syntax: Sequence[str], remarks: Mapping[str, str]
) -> Callable[[Path, Hearing], str]:
    """Return a check that these and only these words are translated, and what is told of others.

    `syntax` must be in the translation letter for letter, in a package in any of its parts.
    """

    def check(path: Path, _: Hearing) -> str:
        document = open_document(path)
        units = document.units
        untold = {remark.code: remark.params["parts"] for remark in document.remarks}
        shouted = document.written([replace(unit, text=unit.text.upper()) for unit in units])
        text = shouted.decode("cp1251" if "cp1251" in path.name else "utf-8", "replace")
        absent = [part for part in syntax if part not in text]
        return "; ".join(
            [f"translated: {[unit.text for unit in units]}"]
            * ([unit.text for unit in units] != list(words))
            + [f"told: {untold}"] * (untold != dict(remarks))
            + [f"not there: {absent}"] * bool(absent)
            + ["other bytes"] * (document.written(units) != path.read_bytes())
        )

    return check


_MARKDOWN = _document(
    [
        *("Заголовок", "Мы живём в городе. Смотри школа и <https://example.org/a_b>."),
        *("Сегодня хорошая погода.", "Имя", "Город | место", "Марат", "`код` и Уфа"),
        *("Купить хлеб", "Прочитать книгу", "Вложенный пункт", "Спасибо за помощь.", "Внимание"),
        *("Добрый вечер.", "Важно", "Я люблю читать книги.", "Подпись"),
        *("`{{ site.title }}` — мой сайт.", "Подробнее", "Пойдём домой."),
        *("Формула `$E = mc^2$` и текст. `$$\\sum_{i=1}^n i$$`", "Термин", "Определение термина."),
        *("Строка один\nстрока два\nстрока три", "Картинка города", "Название"),
    ],
    [
        *(
            "title: Добрый день\n",
            " {#якорь}\n",
            ".[^1] ",
            "\n[^1]: ",
            "][ref]",
            "# комментарий не",
        ),
        *(
            "    код с отступом\n",
            "|:----|-----:|",
            "- [x] ",
            "> [!NOTE]\n",
            ":::warning ",
            "\n:::\n",
        ),
        *('!!! note "', "{% include header.html %}\n", '{{< figure src="a.png" caption="'),
        *("{{ site.title }} — ", "<details>\n<summary>", " $E = mc^2$ ", "$$\\sum_{i=1}^n i$$"),
        *("\n: ", "  \n", "\\\n", "](img/город_1.png "),
    ],
    {"document-unread-markdown": "3: «Добрый день», «[город, школа]», «Подсказка ссылки»"},
)
_PAGE = _document(
    [
        *("Школа", "Наша школа находится в городе.", "Школа в городе"),
        *("Добрый\u00a0день! Сегодня хоро\u00adшая погода — 25°.", "Ваше имя", "Введите имя"),
        *("Отправить", "Отмена", "Очистить", "Города", "Уфа", "Казань", "Нажмите здесь"),
        *("Сохранить", "Сообщение", "Напишите текст", "Включите JavaScript.", "Рисунок"),
        *("Мой город", "Спасибо за помощь.", "Таблица", "Имя", "Имя", "Марат\nУфа", "Русский"),
        "Ваш браузер не поддерживает видео.",
        'Скорость 5<6 & 7>3. Текст с ссылкой на сайт, курсив и `print("привет")`.',
        *("Длинное слово и жирный текст.", "Подробнее", "Мы живём в городе.", "Красивый город"),
        *("Подсказка", "Закрыть окно", "X"),
    ],
    [
        *(
            '<script>var s = "Привет, <b>мир</b>";</script>',
            '{content:"Внимание"}',
            "Не переводить",
        ),
        *("<pre>Код: привет</pre>", "<!-- Комментарий -->", 'value="ufa"', "<code>print("),
    ],
    {"document-unread-page": "4: «Внутри рамки», «Код: привет», «Привет, <b>мир</b>», «Внимание»"},
)
_WORD = _document(
    [
        *("Мы живём в городе.", "Договор вступает в силу сегодня.", "Сегодня хорошая погода."),
        *("Где находится школа?", "Спасибо за помощь.", "Читайте на сайте школы каждый день."),
        *("Уфа-город, перенос.", "Телефон  находится на столе.", "Меня зовут Марат."),
        *("Как ваши дела?", "مرحبا Добрый день.", "красивый город.", "Имя", "Город"),
        *("Я люблю читать книги.", "До свидания.", "Пойдём домой.", "Казань — большой город."),
        *("Скрытый текст.", "Заглавные буквы видом.", "Выберите ответ.", "Введите ваше имя."),
        *("Слово, разорванное на куски, хорошее.", "Первая строка\nвторая строка."),
        *("Добрый вечер.", "Это важно."),
    ],
    [],
    {"document-unread-choices": "1: «Да, согласен»", "document-unread-parts": "1: «Уфа»"},
)
CHECKS = {
    "documents/all.docx": _WORD,
    "documents/extensions.md": _MARKDOWN,
    "documents/form.html": _PAGE,
    "documents/sep-line-cp1251.csv": _document(
        [
            *("Имя", "Описание", "Цена", "Марат", "Хороший человек; живёт в городе", "Айгуль"),
            *('Сказала: "Спасибо"', "Две\nстроки", "Добрый день.", "ООО «Рассвет»"),
            "Сегодня хорошая погода.",
        ],
        ["sep=;\r\n", ";1 250,50\r\n", ';"СКАЗАЛА: ""СПАСИБО""";=A1+1\r\n', "\r\n;;\r\n", ";-5%"],
        {},
    ),
    "documents/unclosed-quote.csv": _document(
        [
            *("id", "текст", 'Он сказал "привет" мне', '"Привет" сказал он', 'Диагональ 5" экран'),
            *('"Спасибо', "Добрый день."),
        ],
        ['1;ОН СКАЗАЛ "ПРИВЕТ" МНЕ\n2;"ПРИВЕТ" СКАЗАЛ', '5" ЭКРАН\n4;"СПАСИБО\n5;ДОБРЫЙ ДЕНЬ.\n'],
        {},
    ),
}
