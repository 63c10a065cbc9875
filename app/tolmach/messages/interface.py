"""Interface text without Qt, for the command line: Russian in the code, others from Qt's .ts files.

The window translates the same strings through QTranslator. packaging/translations.py finds them
by `translate("Context", "текст")`, by `QT_TRANSLATE_NOOP`, and in modules with SENTENCES.
"""

import ctypes
import locale
import os
import sys
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Xml

from tolmach.core.paths import resources

SOURCE_LANGUAGE = "ru"


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802 - the name lupdate looks for
    """Mark a string for translation and return it unchanged."""
    del context
    return text


def interface_language(setting: str = "") -> str:
    """Return the interface language: the setting, else the system's, else Russian.

    A system language other than those of the region we serve gets English.
    """
    language = setting or os.environ.get("TOLMACH_LANGUAGE", "") or _system_language()
    if language in ("", "c", "posix"):
        return SOURCE_LANGUAGE
    return language if language == SOURCE_LANGUAGE or catalogue_path(language).is_file() else "en"


def _system_language() -> str:
    if sys.platform == "win32":
        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        name = locale.windows_locale.get(number, "")
    else:
        names = ("LC_ALL", "LC_MESSAGES", "LANG")
        name = next((os.environ[name] for name in names if os.environ.get(name)), "")
    return name.split(".")[0].split("_")[0].lower()


def catalogue_path(language: str) -> Path:
    """Return where the .ts file of an interface language would lie."""
    return resources() / "i18n" / f"{language}.ts"


@cache
def catalogue(language: str) -> dict[tuple[str, str], str]:
    """Return the finished translations of a .ts file: (context, Russian text) -> text.

    The file comes with the program, so it is trusted; a language without one has no translations
    and every string falls back to Russian.
    """
    path = catalogue_path(language)
    if not path.is_file():
        return {}
    texts: dict[tuple[str, str], str] = {}
    root = Xml.parse(path).getroot()  # noqa: S314 - the same
    for context in root.iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            if translation is not None and translation.get("type") != "unfinished":
                key = (context.findtext("name", ""), message.findtext("source", ""))
                texts[key] = translation.text or ""
    return texts


def translate(context: str, text: str, language: str = "", /, **values: str) -> str:
    """Return the text in the interface language with its `{name}` places filled."""
    translation = catalogue(interface_language(language)).get((context, text), text)
    return translation.format_map(_Lenient(values)) if values else translation


class _Lenient(dict[str, str]):
    """Leaves a place unfilled rather than failing while telling of a failure."""

    def __missing__(self, name: str) -> str:
        return f"{{{name}}}"
