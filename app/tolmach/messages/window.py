"""What the window tells above the cards and in them while work goes on; part of the table in
`messages/table.py`.
"""

from tolmach.messages.interface import QT_TRANSLATE_NOOP

SENTENCES: dict[str, str] = {
    "worker-restarting": QT_TRANSLATE_NOOP(
        "errors",
        "Распознаватель остановился и перезапускается. Звук сохранён, говорите дальше.",
    ),
    "microphone-lost": QT_TRANSLATE_NOOP(
        "errors",
        "Микрофон «{name}» отключился. Проверьте провод: как только микрофон вернётся, "
        "Tolmach продолжит слушать. Или выберите другой.",
    ),
    "microphone-restored": QT_TRANSLATE_NOOP(
        "errors",
        "Микрофон «{name}» снова слышен.",
    ),
    "sound-overflowed": QT_TRANSLATE_NOOP(
        "errors",
        "Компьютер занят, и часть звука пропала. Закройте лишние программы.",
    ),
    "falling-behind": QT_TRANSLATE_NOOP(
        "errors",
        "Компьютер не успевает: текст отстаёт на {seconds} с. Звук сохраняется, ничего не "
        "пропадёт.",
    ),
    "sound-postponed": QT_TRANSLATE_NOOP(
        "errors",
        "Звук сохранён, но {time} из него ещё не записано словами.",
    ),
    "text-only": QT_TRANSLATE_NOOP(
        "errors",
        "Перевести с языка «{source}» на «{target}» нечем: будет только текст. Чтобы был и "
        "перевод, добавьте модель для этой пары.",
    ),
    "text-only-both": QT_TRANSLATE_NOOP(
        "errors",
        "Между языками «{source}» и «{target}» переводить нечем: будет только текст. Чтобы был и "
        "перевод, добавьте модели для этой пары.",
    ),
    "text-only-on-request": QT_TRANSLATE_NOOP(
        "errors",
        "Между языками «{source}» и «{target}» будет только текст: пробный переводчик этой пары "
        "почти не знает. Установите настоящий, а пробный можно включить в настройках.",
    ),
    "real-translator": QT_TRANSLATE_NOOP(
        "errors",
        "Настоящий переводчик — отдельная модель: файл .argosmodel или папка. Её добавляет команда "
        "«tolmach packs add ПУТЬ»; после этого откройте программу снова.",
    ),
    "starter-model": QT_TRANSLATE_NOOP(
        "errors",
        "Пробная модель: понимает чёткие короткие фразы. Для настоящей работы установите полную "
        "модель.",
    ),
    "recognizer-preparing": QT_TRANSLATE_NOOP(
        "errors",
        "Готовлю распознавание речи: {percent} %. Пока слушает пробная модель.",
    ),
    "letters-missing": QT_TRANSLATE_NOOP(
        "errors",
        "Ни в одном шрифте этого компьютера нет букв {letters}. Установите шрифт, в котором они "
        "есть, чтобы видеть текст целиком.",
    ),
    "still-writing": QT_TRANSLATE_NOOP(
        "errors",
        "Ещё дописываю прошлое — скажите ещё раз.",
    ),
    "request-dropped": QT_TRANSLATE_NOOP(
        "errors",
        "Вы остановили распознавание, и до этой фразы очередь не дошла. Звук сохранён; попробуйте "
        "ещё раз.",
    ),
    "nothing-translates": QT_TRANSLATE_NOOP(
        "errors",
        "Ни одна модель перевода не установлена. Добавьте её командой «tolmach packs add».",
    ),
    "draft-restored": QT_TRANSLATE_NOOP(
        "errors",
        "Это текст с прошлого раза. Он лежит только на этом компьютере; «Очистить» удалит и его "
        "копию.",
    ),
}
