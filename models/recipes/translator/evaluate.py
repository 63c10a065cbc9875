"""Measure a pack as it is deployed: `python -m translator.evaluate --pack P --data D`."""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import tolmach  # noqa: F401 - silences the libraries that follow

# isort: split
import ctranslate2
import sentencepiece as spm
from sacrebleu.metrics import BLEU, CHRF

from . import corpus
from .corpus import Corpus
from .pack import write_pack_json
from .pieces import TOKENS
from .text import Pair, as_heard

EVERYDAY = "held-out everyday sentences"
GENERAL = "held-out slice of all training data"
FLORES = "FLORES-200 devtest"
TATOEBA = "Tatoeba rus-tat"
HEARD = "held-out everyday sentences, lower case, no punctuation"
PHRASES = "held-out phrases of the recipe"
DOCTOR = "held-out sentences of doctor and patient"


class PackTranslator:
    """A pack used exactly as the application uses it."""

    def __init__(self, pack: Path, threads: int = 1, beam: int = 4) -> None:
        self.pieces = spm.SentencePieceProcessor(model_proto=(pack / "source.spm").read_bytes())
        self.model = ctranslate2.Translator(str(pack), compute_type="int8", intra_threads=threads)
        self.beam = beam

    def __call__(self, sentences: Iterable[str], target: str) -> list[str]:
        rows = [[TOKENS[target], *self.pieces.encode(s, out_type=str)] for s in sentences]
        results = self.model.translate_batch(
            rows,
            beam_size=self.beam,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=160,
        )
        return [self.pieces.decode(result.hypotheses[0]) for result in results]


def chrf(translations: list[str], references: list[str]) -> float:
    """chrF++ of a whole set."""
    return round(float(CHRF(word_order=2).corpus_score(translations, [references]).score), 1)


def both_ways(translate: Callable[..., list[str]], pairs: list[Pair]) -> tuple[float, float]:
    """chrF++ from Russian and into Russian."""
    russian, other = [p.russian for p in pairs], [p.other for p in pairs]
    language = pairs[0].language
    return chrf(translate(russian, language), other), chrf(translate(other, "ru"), russian)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def _row(
    pair: tuple[str, str],
    on: str,
    translations: list[str],
    references: list[str],
    note: str = "",
) -> dict[str, Any]:
    row: dict[str, Any] = {
        "pair": list(pair),
        "metric": "chrF++",
        "value": chrf(translations, references),
        "bleu": round(BLEU().corpus_score(translations, [references]).score, 1),
        "on": on,
        "sentences": len(references),
    }
    if note:
        row["note"] = note
    return row


def _held_out(translate: PackTranslator, split: Corpus) -> list[dict[str, Any]]:
    """Both directions on what the recipe kept back from training."""
    rows = []
    sets = (
        (EVERYDAY, split.test),
        (HEARD, split.test),
        (GENERAL, split.general),
        (PHRASES, split.phrases),
        (DOCTOR, split.doctor),
    )
    for on, pairs in sets:
        russian, bashkir = [p.russian for p in pairs], [p.other for p in pairs]
        change = as_heard if on == HEARD else str
        into, back = ([change(s) for s in side] for side in (russian, bashkir))
        rows.append(_row(("ru", "ba"), on, translate(into, "ba"), bashkir))
        rows.append(_row(("ba", "ru"), on, translate(back, "ru"), russian))
    return rows


def measure(pack: Path, data: Path, beam: int = 4) -> list[dict[str, Any]]:
    """Every number of the quality table."""
    translate = PackTranslator(pack, beam=beam)
    rows = _held_out(translate, corpus.load(data))
    flores = data / "text" / "eval" / "flores200-devtest"
    russian, bashkir, tatar = (_lines(flores / f"{n}_Cyrl.txt") for n in ("rus", "bak", "tat"))
    rows.append(_row(("ru", "ba"), FLORES, translate(russian, "ba"), bashkir))
    rows.append(_row(("ba", "ru"), FLORES, translate(bashkir, "ru"), russian))
    rows.append(_row(("tt", "ru"), FLORES, translate(tatar, "ru"), russian))
    rows.append(_row(("ru", "tt"), FLORES, translate(russian, "tt"), tatar))
    tatoeba = _lines(data / "text" / "eval" / "tatoeba" / "rus-tat.tsv")
    russian, tatar = ([line.split("\t")[i] for line in tatoeba if "\t" in line] for i in (0, 1))
    rows.append(_row(("tt", "ru"), TATOEBA, translate(tatar, "ru"), russian))
    rows.append(_row(("ru", "tt"), TATOEBA, translate(russian, "tt"), tatar))
    translations = translate(russian, "ba")
    rows.append(_row(("ru", "tt"), TATOEBA, translations, tatar, "answered in Bashkir"))
    return rows


def as_table(rows: list[dict[str, Any]]) -> str:
    """The rows as a Markdown table."""
    lines = ["| pair | sentences | chrF++ | BLEU | on |", "|---|---|---|---|---|"]
    for row in rows:
        on = row["on"] + (f" ({row['note']})" if "note" in row else "")
        pair = "→".join(row["pair"])
        lines.append(f"| {pair} | {row['sentences']} | {row['value']} | {row['bleu']} | {on} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print; with --update-pack write the numbers into pack.json too."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--update-pack", action="store_true")
    parser.add_argument("--beam", type=int, default=4)
    options = parser.parse_args()
    started = time.monotonic()
    rows = measure(options.pack, options.data, options.beam)
    if options.update_pack:
        write_pack_json(options.pack, rows)
    if options.json:
        options.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    print(as_table(rows))
    print(f"{time.monotonic() - started:.0f} s")


if __name__ == "__main__":
    main()
