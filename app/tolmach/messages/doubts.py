"""The doubts of a translation in words: what seems wrong, and to ask the speaker.

The one table, as messages/table.py is for errors; tests/quality/test_translation_doubts.py demands
a sentence for every code. The window translates through Qt, the command line through
messages/interface.py; both use the context "doubts".
"""

from tolmach.core.translation import Flag
from tolmach.messages.interface import QT_TRANSLATE_NOOP, translate

CONTEXT = "doubts"

SENTENCES: dict[str, str] = {
    "number-lost": QT_TRANSLATE_NOOP(
        "doubts", "Числа {detail} в переводе нет. Переспросите, сколько."
    ),
    "number-added": QT_TRANSLATE_NOOP(
        "doubts", "Числа {detail} никто не называл: перевод его добавил. Переспросите, сколько."
    ),
    "ban-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе, похоже, пропало «нельзя»: запрет мог стать разрешением. "
        "Переспросите: можно или нельзя?",
    ),
    "negation-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе, похоже, пропало «не»: смысл может быть обратным. Переспросите: "
        "да или нет?",
    ),
    "medicine-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе нет лекарства «{detail}». Напишите или покажите его название."
    ),
    "name-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе нет имени «{detail}». Назовите или напишите его отдельно."
    ),
    "sentence-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе меньше предложений, чем сказано: часть могла пропасть. Попросите "
        "повторить по одной мысли.",
    ),
    "too-short": QT_TRANSLATE_NOOP(
        "doubts", "Перевод намного короче сказанного: часть могла пропасть. Попросите повторить "
        "покороче, по одной мысли.",
    ),
    "too-long": QT_TRANSLATE_NOOP(
        "doubts", "Перевод намного длиннее сказанного: в нём может быть лишнее. Переспросите, так "
        "ли это.",
    ),
    "repetition": QT_TRANSLATE_NOOP(
        "doubts", "Перевод повторяет одно и то же: модель сбилась. Попросите сказать другими "
        "словами.",
    ),
    "untranslated": QT_TRANSLATE_NOOP(
        "doubts", "Похоже, слова остались без перевода. Попросите сказать другими словами."
    ),
    "wrong-script": QT_TRANSLATE_NOOP(
        "doubts", "Перевод написан не теми буквами: модель сбилась. Попросите сказать другими "
        "словами.",
    ),
    "question-lost": QT_TRANSLATE_NOOP(
        "doubts", "Это был вопрос, а перевод — не вопрос. Переспросите, так ли вас поняли."
    ),
    "kept-lost": QT_TRANSLATE_NOOP(
        "doubts", "В переводе нет «{detail}». Напишите или покажите это отдельно."
    ),
    "term-missed": QT_TRANSLATE_NOOP(
        "doubts", "По вашему глоссарию здесь должно быть «{detail}», а в переводе этого нет."
    ),
    "term-forced": QT_TRANSLATE_NOOP(
        "doubts", "«{detail}» взято из глоссария без окончания: проверьте, так ли это звучит."
    ),
    "unsure": QT_TRANSLATE_NOOP(
        "doubts", "Модель сама не уверена в этом переводе. Попросите сказать другими словами."
    ),
}  # fmt: skip


def doubt_sentence(flag: Flag, interface: str = "") -> str:
    """Return what a person is told about a flag, in the interface language."""
    return translate(CONTEXT, SENTENCES[flag.code], interface, detail=flag.detail)
