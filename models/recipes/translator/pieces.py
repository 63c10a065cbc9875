"""The shared SentencePiece model."""

from __future__ import annotations

from pathlib import Path

import sentencepiece as spm

from .corpus import Corpus
from .text import LETTERS, character_rules

PIECES = 6000
TOKENS = {"ru": "<2ru>", "ba": "<2ba>", "tt": "<2tt>"}
_LATIN = "abcdefghijklmnopqrstuvwxyz"
_SIGNS = ".,:;!?()[]«»\"'-–%№$€/+&*=°@#|~_0123456789"


def _write_rules(path: Path) -> None:
    """Character rules in SentencePiece's own format: hex code points."""

    def code(text: str) -> str:
        return " ".join(f"{ord(c):X}" for c in text)

    path.write_text("".join(f"{code(a)}\t{code(b)}\n" for a, b in character_rules()))


def train(corpus: Corpus, path: Path) -> None:
    """Train the piece model on the training side of the corpus only."""
    rules, sentences = path.with_suffix(".rules.tsv"), path.with_suffix(".input.txt")
    _write_rules(rules)
    weight = {"everyday": 2, "phrases": 2}
    with sentences.open("w", encoding="utf-8") as out:
        for kind, pairs in corpus.train.items():
            for pair in pairs * weight.get(kind, 1):
                out.write(f"{pair.russian}\n{pair.other}\n")
    required = LETTERS + LETTERS.upper() + _LATIN + _LATIN.upper() + _SIGNS
    spm.SentencePieceTrainer.train(
        input=str(sentences),
        model_prefix=str(path.with_suffix("")),
        model_type="unigram",
        vocab_size=PIECES,
        byte_fallback=True,
        character_coverage=0.9999,
        required_chars="".join(dict.fromkeys(required)),
        split_digits=True,
        normalization_rule_tsv=str(rules),
        control_symbols=list(TOKENS.values()),
        unk_id=0,
        bos_id=1,
        eos_id=2,
        pad_id=-1,
        num_threads=2,
        minloglevel=2,
        input_sentence_size=0,
        max_sentence_length=4000,
    )
    path.with_suffix(".model").replace(path)
    for rest in (path.with_suffix(".vocab"), rules, sentences):
        rest.unlink(missing_ok=True)


def load(path: Path) -> spm.SentencePieceProcessor:
    """The processor of a saved model."""
    return spm.SentencePieceProcessor(model_file=str(path))
