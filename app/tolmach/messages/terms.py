"""What a person is told about glossaries, translation memories and their files; part of the table
in `messages/table.py`.
"""

from tolmach.messages.interface import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "database-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{path}» с терминами и памятью переводов повреждён. Переименуйте его или верните из "
        "резервной копии: вместо него будет создан новый.",
    ),
    "database-busy": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{path}» с терминами и памятью переводов занят другой программой. Закройте её и "
        "повторите: до тех пор термины и память не меняются.",
    ),
    "database-newer": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{path}» записан более новой версией программы. Обновите программу.",
    ),
    "term-unknown": QT_TRANSLATE_NOOP(
        "errors",
        "Термина «{term}» в глоссарии нет. Посмотреть все: tolmach glossary list.",
    ),
    "term-empty": QT_TRANSLATE_NOOP(
        "errors",
        "У термина должны быть и слово, и его перевод, на двух разных языках.",
    ),
    "terms-encoding": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» — не текст, или он в неизвестной кодировке. Сохраните таблицу в UTF-8.",
    ),
    "terms-table": QT_TRANSLATE_NOOP(
        "errors",
        "Таблица «{name}» нарушена: кавычки в ней не закрыты или ячейка слишком длинна. Сохраните "
        "её заново как CSV.",
    ),
    "terms-columns": QT_TRANSLATE_NOOP(
        "errors",
        "Первая строка таблицы «{name}» должна называть столбцы: source_language, "
        "target_language, source, target — или два языка, например ru и ba.",
    ),
    "terms-row": QT_TRANSLATE_NOOP(
        "errors",
        "В строке {row} таблицы «{name}» нет слова или его перевода. Дополните её или удалите.",
    ),
    "terms-not-xml": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» повреждён или обрезан: в строке {line} нарушена разметка. Выгрузите его "
        "заново.",
    ),
    "terms-dangerous": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» определяет собственные подстановки: так заполняют память и выманивают "
        "чужие файлы. Он не прочитан; возьмите его из другого источника.",
    ),
    "terms-none": QT_TRANSLATE_NOOP(
        "errors",
        "В файле «{name}» нет ни одной пары «слово — перевод». Проверьте, тот ли это файл.",
    ),
}
