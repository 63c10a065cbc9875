"""Argos packages made here: a folder as Argos installs it, and the .argosmodel file of one."""

import io
import json
import shutil
import zipfile
from collections.abc import Sequence
from pathlib import Path

from sentencepiece import SentencePieceTrainer

METADATA = {
    "package_version": "1.0",
    "argos_version": "1.5",
    "from_code": "ar",
    "from_name": "Arabic",
    "to_code": "en",
    "to_name": "English",
}


def package(folder: Path, model: Path, **metadata: str) -> Path:
    """Write metadata.json and a copy of the CTranslate2 model; the tokenizer is still missing."""
    shutil.copytree(model, folder / "model")
    (folder / "metadata.json").write_text(json.dumps(METADATA | metadata), encoding="utf-8")
    return folder


def transliteration(folder: Path, model: Path) -> Path:
    """Write a package of CTranslate2's own Arabic-to-English letters, cut into characters."""
    package(folder, model)
    letters = (model / "source_vocabulary.txt").read_text(encoding="utf-8").split("\n")[3:]
    pieces = character_pieces([letter for letter in letters if letter.strip()])
    (folder / "sentencepiece.model").write_bytes(pieces)
    return folder


def transliteration_bpe(folder: Path, model: Path) -> Path:
    """Write the same as a package with bpe.model: no merges, letters that go on marked by @@."""
    package(folder, model)
    for name in ("source_vocabulary.txt", "target_vocabulary.txt"):
        path = folder / "model" / name
        tokens = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
        marked = [*tokens[:3], *(f"{token}@@" for token in tokens[3:])]
        path.write_bytes("".join(f"{token}\n" for token in marked).encode())
    (folder / "bpe.model").write_text("#version: 0.2\nx y\n", encoding="utf-8")
    return folder


def character_pieces(letters: Sequence[str]) -> bytes:
    """Return a SentencePiece model of single characters."""
    model = io.BytesIO()
    SentencePieceTrainer.train(
        sentence_iterator=iter(letters),
        model_writer=model,
        model_type="char",
        character_coverage=1.0,
        add_dummy_prefix=False,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    return model.getvalue()


def zipped(folder: Path, archive: Path) -> Path:
    """Write the .argosmodel file of a package folder: a zip of one folder of its name."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                file.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
    return archive
