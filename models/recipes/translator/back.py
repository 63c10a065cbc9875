"""Russian sentences without a Bashkir side, translated back: `python -m translator.back`.

The model's own Bashkir becomes the source and the true Russian sentence the target, so only the
way into Russian learns from it. Training takes up `back.tsv` where it lies in the work folder.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from . import corpus
from .evaluate import PackTranslator
from .text import Pair, good_pair, key, repair

NAME = "back.tsv"
WORDS = range(4, 31)


def russian_sentences(data: Path) -> list[str]:
    """Running Russian text: the Russian side of Russian-Sakha encyclopedia, and Common Voice."""
    text = data / "text"
    lines = (text / "mono" / "ru.txt").read_text(encoding="utf-8").splitlines()
    for line in (text / "train" / "ru-sah.tsv").read_text(encoding="utf-8").splitlines():
        russian, _, source = line.split("\t")
        if source == "opus-wikimedia":
            lines.append(russian)
    clean = (repair(line) for line in lines)
    return list(dict.fromkeys(line for line in clean if len(line.split()) in WORDS))


def held_out(held: corpus.Corpus) -> set[str]:
    """The comparison keys of all Russian sentences that are measured on."""
    sets = (held.dev, held.test, held.general, held.phrases, held.doctor)
    return {key(pair.russian) for pairs in sets for pair in pairs}


def read(path: Path) -> list[Pair]:
    """The pairs of an earlier call; none where there was none."""
    if not path.exists():
        return []
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [Pair(russian, bashkir, "ba", "back") for russian, bashkir in rows]


def main() -> None:
    """Translate with a pack, keep what looks like a translation."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    options = parser.parse_args()
    measured = held_out(corpus.load(options.data))
    sentences = [s for s in russian_sentences(options.data) if key(s) not in measured]
    bashkir = PackTranslator(options.pack, beam=2)(sentences, "ba")
    pairs = [pair for pair in zip(sentences, bashkir, strict=True) if good_pair(*pair)]
    text = "".join(f"{russian}\t{other}\n" for russian, other in pairs)
    (options.work / NAME).write_text(text, encoding="utf-8")
    print(f"{len(pairs)} of {len(sentences)} sentences in {options.work / NAME}")


if __name__ == "__main__":
    main()
