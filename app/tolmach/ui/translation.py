"""The interface language, switchable without a restart: Russian is in the code, others in .qm."""

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, Qt, QTranslator

from tolmach.core.paths import resources
from tolmach.language.registry import languages
from tolmach.messages.interface import SOURCE_LANGUAGE, interface_language

OWN_NAMES = {"en": "English"}  # interface languages that are not among those we translate


def offered() -> list[tuple[str, str]]:
    """Return (code, own name) of every interface language there is."""
    codes = [SOURCE_LANGUAGE, *sorted(file.stem for file in (resources() / "i18n").glob("*.qm"))]
    return [(code, OWN_NAMES.get(code) or autonym(code)) for code in codes]


def use(setting: str) -> str:
    """Speak this language ("" is the system's) from now on; return its code.

    Every widget hears of it as a LanguageChange event.
    """
    application = QCoreApplication.instance()
    if application is None:
        raise RuntimeError("an interface language needs an application")
    language = interface_language(setting)
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    for old in application.findChildren(QTranslator, options=direct):
        QCoreApplication.removeTranslator(old)
        old.deleteLater()
    QLocale.setDefault(QLocale(language))
    qt_folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    _install(application, f"qtbase_{language}", qt_folder)
    _install(application, language, str(resources() / "i18n"))
    return language


def _install(application: QObject, name: str, folder: str) -> None:
    translator = QTranslator(application)
    if translator.load(name, folder):
        QCoreApplication.installTranslator(translator)


def current() -> str:
    """Return the code of the interface language."""
    return QLocale().name().split("_")[0]


def autonym(code: str) -> str:
    """Return what a language's speakers call it, as a label begins: they write it lower-case."""
    for language in languages():
        if language.code == code:
            return language.autonym[:1].upper() + language.autonym[1:]
    return code
