"""The doubts of a translation in words: what seems wrong, and to ask the speaker.

The one table, as messages/table.py is for errors; tests/quality/test_translation_doubts.py demands
a sentence for every code. The window translates through Qt, the command line through
messages/interface.py; both use the context "doubts".
"""

from tolmach.core.translation import Flag
from tolmach.messages.interface import translate

CONTEXT = "doubts"

SENTENCES: dict[str, str] = {
    "number-lost": "Числа {detail} в переводе нет. Переспросите, сколько.",
    "number-added": "Числа {detail} никто не называл: перевод его добавил. Переспросите, сколько.",
    "ban-lost": "В переводе, похоже, пропало «нельзя»: запрет мог стать разрешением. "
    "Переспросите: можно или нельзя?",
    "negation-lost": "В переводе, похоже, пропало «не»: смысл может быть обратным. Переспросите: "
    "да или нет?",
    "medicine-lost": "В переводе нет лекарства «{detail}». Напишите или покажите его название.",
    "name-lost": "В переводе нет имени «{detail}». Назовите или напишите его отдельно.",
    "sentence-lost": "В переводе меньше предложений, чем сказано: часть могла пропасть. Попросите "
    "повторить по одной мысли.",
    "too-short": "Перевод намного короче сказанного: часть могла пропасть. Попросите повторить "
    "покороче, по одной мысли.",
    "too-long": "Перевод намного длиннее сказанного: в нём может быть лишнее. Переспросите, так "
    "ли это.",
    "repetition": "Перевод повторяет одно и то же: модель сбилась. Попросите сказать другими "
    "словами.",
    "untranslated": "Похоже, слова остались без перевода. Попросите сказать другими словами.",
    "wrong-script": "Перевод написан не теми буквами: модель сбилась. Попросите сказать другими "
    "словами.",
    "question-lost": "Это был вопрос, а перевод — не вопрос. Переспросите, так ли вас поняли.",
    "kept-lost": "В переводе нет «{detail}». Напишите или покажите это отдельно.",
    "term-missed": "По вашему глоссарию здесь должно быть «{detail}», а в переводе этого нет.",
    "term-forced": "«{detail}» взято из глоссария без окончания: проверьте, так ли это звучит.",
    "unsure": "Модель сама не уверена в этом переводе. Попросите сказать другими словами.",
}


def doubt_sentence(flag: Flag, interface: str = "") -> str:
    """Return what a person is told about a flag, in the interface language."""
    return translate(CONTEXT, SENTENCES[flag.code], interface, detail=flag.detail)
