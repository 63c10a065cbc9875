"""What a person is told about documents that cannot be translated; part of the table in
`messages/table.py`.
"""

from tolmach.messages.interface import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "document-original": QT_TRANSLATE_NOOP(
        "errors",
        "Перевод не пишется поверх самого документа «{name}». Назовите другой файл.",
    ),
    "document-too-big": QT_TRANSLATE_NOOP(
        "errors",
        "Документ «{name}» больше {most} МБ. Разделите его на части и переведите по одной.",
    ),
    "document-too-many": QT_TRANSLATE_NOOP(
        "errors",
        "В документе «{name}» больше {most} абзацев и ячеек. Разделите его на части и переведите "
        "по одной.",
    ),
    "document-encoding": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» — не текст, или он в неизвестной кодировке. Сохраните его в UTF-8.",
    ),
    "document-table": QT_TRANSLATE_NOOP(
        "errors",
        "Таблица «{name}» нарушена около строки {line}: кавычки не закрыты или ячейка слишком "
        "длинна. Сохраните её заново как CSV.",
    ),
    "document-column": QT_TRANSLATE_NOOP(
        "errors",
        "Столбца «{column}» в таблице нет. Назовите его буквой (A, B, C…) или так, как он назван в "
        "первой строке: {known}.",
    ),
    "document-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Документ «{name}» повреждён или обрезан. Откройте его в программе, в которой он сделан, "
        "и сохраните заново.",
    ),
    "document-not-word": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» — не документ Word, хотя так назван. Откройте его в программе, в которой он "
        "сделан, и сохраните как .docx.",
    ),
    "document-old-word": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» сохранён в старом формате Word. Откройте его в Word или LibreOffice и сохраните "
        "как .docx.",
    ),
    "document-encrypted": QT_TRANSLATE_NOOP(
        "errors",
        "Документ «{name}» закрыт паролем. Снимите пароль и сохраните документ заново.",
    ),
    "document-macros": QT_TRANSLATE_NOOP(
        "errors",
        "В документе «{name}» есть макросы, то есть программа. Сохраните его как .docx, без "
        "макросов.",
    ),
    "document-bomb": QT_TRANSLATE_NOOP(
        "errors",
        "Документ «{name}» распаковывается в неправдоподобно много данных и мог бы заполнить "
        "память. Он не открыт; возьмите его из другого источника.",
    ),
    "document-dangerous": QT_TRANSLATE_NOOP(
        "errors",
        "Документ «{name}» определяет собственные подстановки: так заполняют память и выманивают "
        "чужие файлы. Он не открыт; возьмите его из другого источника.",
    ),
}
