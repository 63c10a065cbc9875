"""What a person is told of words in a document that nobody translates, by code of the remark."""

CONTEXT = "errors"

SENTENCES: dict[str, str] = {
    "document-unread-markdown": "В файле «{name}» не переведены места, {parts}. Их читают "
    "программы, или разметку в них не сохранить; переведите их сами.",
    "document-unread-page": "На странице «{name}» не переведены места, {parts}. Это части "
    "программ, поля или текст, где важен каждый пробел; переведите их сами.",
    "document-unread-formulas": "В таблице «{name}» не переведены слова внутри формул, {parts}. "
    "Переведите их сами.",
    "document-unread-fields": "В документе «{name}» не переведены поля, {parts}. Обновите их в "
    "Word (Ctrl+A, F9), остальные переведите сами.",
    "document-unread-choices": "В документе «{name}» не переведены списки для выбора и подсказки "
    "полей, {parts}. Переведите их в Word.",
    "document-unread-parts": "В документе «{name}» не переведены слова в рисунках, диаграммах, "
    "примечаниях рецензентов и над строкой, {parts}. Переведите их в Word.",
}
