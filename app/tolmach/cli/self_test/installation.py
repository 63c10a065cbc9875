"""What lies on the disk: the program's own files, its models, the person's folder.

Rule: of the person's own nothing is opened; what is written is written into a new folder beside it
and removed again.
"""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from xml.etree import ElementTree as Xml

import numpy as np

from tolmach.audio.recorder import Recorder
from tolmach.core import files, own_font, paths, settings
from tolmach.core.errors import AppError, ModelError, StorageError
from tolmach.core.samples import SAMPLE_RATE
from tolmach.history.terms import term_store
from tolmach.language.registry import languages
from tolmach.messages.interface import translate
from tolmach.packs import builtin, store
from tolmach.terms.glossary import Term

SAMPLE = "conversation.flac"
_FONT_MARKS = (b"\0\1\0\0", b"OTTO", b"true")  # how a font file begins


def resources() -> str:
    """Look at what the window and the languages are made of."""
    folder = paths.resources()
    for name in ("languages.json", "names.json"):
        with _reading(folder / name):
            json.loads((folder / name).read_bytes())
    icons, catalogues = list(folder.glob("icons/*.svg")), list(folder.glob("i18n/*.ts"))
    compiled = [path.with_suffix(".qm") for path in catalogues]
    for path in (*icons, *catalogues):
        with _reading(path):
            Xml.parse(path)  # noqa: S314 - the program's own files
    for path in (folder / "icons" / "tolmach.svg", folder / "samples" / SAMPLE, *compiled):
        _require(path)
    if not catalogues:
        _require(folder / "i18n" / "en.ts")
    for name in builtin.IDS:
        with _reading(paths.builtin_manifests() / f"{name}.json"):
            builtin.template(name)
    for path in builtin.own_files():
        _require(path)
    return translate(
        "cli",
        "языков: {languages}, значков: {icons}",
        languages=str(len(languages())),
        icons=str(len(icons)),
    )


def font() -> str:
    """Look at the font that has every letter."""
    fonts = own_font.files()
    if not fonts:
        raise AppError("font-missing", family=own_font.FAMILY)
    for path in fonts:
        with _reading(path), path.open("rb") as file:
            if file.read(4) not in _FONT_MARKS:
                raise AppError("program-file-damaged", path=str(path))
    return own_font.FAMILY


def models() -> str:
    """Read every byte of the models that came with the program."""
    installed = store.installed((paths.bundled_packs(),))
    for folder, error in installed.broken:
        raise AppError("program-file-damaged", path=str(folder)) from error
    if not {"recognizer", "translator"} <= {pack.kind for pack in installed.packs}:
        raise AppError("program-file-missing", path=str(paths.bundled_packs()))
    for pack in installed.packs:
        try:
            store.verify(pack)
        except ModelError as error:
            code = "missing" if error.code == "model-file-missing" else "damaged"
            path = pack.folder / error.params.get("file", "")
            raise AppError(f"program-file-{code}", path=str(path)) from error
    return ", ".join(f"{pack.id} {pack.version}" for pack in installed.packs)


def folders() -> str:
    """Write settings, a recording and a database where the person's are, and read them again."""
    home = paths.home()
    with files.writing(home):
        paths.own_folder(home)
        folder = Path(tempfile.mkdtemp(prefix="self-test-", dir=home))
    try:
        _keep(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return str(home)


def _keep(folder: Path) -> None:
    chosen = settings.Settings(left_language="ba", theme="dark")
    settings.save(chosen, folder / "settings.json")
    terms = [Term("ru", "ba", ("дом",), ("өй",))]
    term_store(folder / "terms.db").add_terms(terms)
    tone = (np.sin(np.arange(SAMPLE_RATE) / 10) / 2).astype(np.float32)
    with closing(Recorder(folder / "1.wav")) as recorder:
        recorder.write(tone)
        recording = recorder.read(0, SAMPLE_RATE)
    if settings.load(folder / "settings.json") != chosen:
        raise StorageError("not-kept", path=str(folder))
    if term_store(folder / "terms.db").terms() != terms:
        raise StorageError("not-kept", path=str(folder))
    if not np.allclose(recording, tone, atol=1e-4):
        raise StorageError("not-kept", path=str(folder))


def _require(path: Path) -> None:
    if not path.is_file() or not path.stat().st_size:
        raise AppError("program-file-missing", path=str(path))


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    """Turn what goes wrong with a file of the program into a sentence."""
    try:
        yield
    except OSError as error:
        raise AppError("program-file-missing", path=str(path)) from error
    except (ValueError, KeyError, Xml.ParseError) as error:
        raise AppError("program-file-damaged", path=str(path)) from error
