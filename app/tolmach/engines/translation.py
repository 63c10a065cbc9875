"""What the CTranslate2 translators share: loading, pairs, and cutting texts into sentences.

Rule: line breaks are kept and no text is dropped. A model sees one sentence at a time, shorter
than its limit; what it cannot take whole it gets in parts.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tolmach.core.errors import UsageError
from tolmach.core.model_files import check_tokens, read_vocabulary, require_files
from tolmach.core.pack import Pack, Pair
from tolmach.core.translation import Candidate
from tolmach.engines.native import loading
from tolmach.engines.wordings import Voice, Wording
from tolmach.language.sentences import fitted, parts, sentences


def load_translator(folder: Path, pack: Pack, threads: int) -> Any:
    """Return the ctranslate2.Translator of a folder; raises ModelError.

    The language tokens of the pack must be in its source vocabulary.
    """
    from ctranslate2 import Translator

    require_files(folder, ["model.bin"], pack.id)
    vocabulary = read_vocabulary(folder, ["shared_vocabulary", "source_vocabulary"], pack.id)
    check_tokens(pack.languages.values(), vocabulary, pack.id)
    with loading("model.bin", pack.id):
        return Translator(str(folder), device="cpu", compute_type="auto", intra_threads=threads)


def check_pair(pairs: Sequence[Pair], source: str, target: str) -> None:
    """Raise UsageError "no-route" unless this pair is translated directly."""
    if (source, target) not in pairs:
        reachable = ", ".join(to for begin, to in pairs if begin == source)
        raise UsageError("no-route", source=source, target=target, reachable=reachable)


def cut_lines(text: str, fits: Callable[[str], bool], language: str = "") -> list[list[str]]:
    """Return, line by line, the parts to translate: sentences, cut further where too long."""
    return [[part for whole in line for part in whole] for line in _cut(text, fits, language)]


def translate_lines(
    texts: Sequence[str], language: str, fits: Callable[[str], bool], voice: Voice
) -> list[Candidate]:
    """Translate the parts of all lines of all texts as one batch and put them together again."""
    cut = [_cut(text, fits, language) for text in texts]
    batch = [part for lines in cut for part in _parts(lines)]
    done = iter(voice.decode(batch, 1) if batch else [])
    return [_put_together(lines, [next(done)[0] for _ in _parts(lines)], voice) for lines in cut]


def _cut(text: str, fits: Callable[[str], bool], language: str) -> list[list[list[str]]]:
    """Return, line by line, the sentences, each as the parts that fit."""
    return [
        [parts(sentence, fits) for sentence in sentences(line, language)]
        for line in text.split("\n")
    ]


def _parts(lines: list[list[list[str]]]) -> Iterator[str]:
    return (part for line in lines for whole in line for part in whole)


def _put_together(lines: list[list[list[str]]], said: Sequence[Wording], voice: Voice) -> Candidate:
    texts = iter(voice.write(wording.tokens) for wording in said)
    text = "\n".join(" ".join(_joined(whole, texts) for whole in line).strip() for line in lines)
    return voice.judge(text, said)


def _joined(whole: list[str], done: Iterator[str]) -> str:
    """Take the translations of a sentence's parts and make one sentence of them."""
    said = [next(done) for _ in whole]
    if len(whole) == 1:
        return said[0]
    return " ".join(fitted(part, one) for part, one in zip(whole, said, strict=True))


def decoding(source: list[list[str]], beam: int) -> dict[str, Any]:
    """Return the options of `translate_batch` for these lists of tokens.

    A decoder that finds no end is stopped at twice the longest source.
    """
    return {
        "beam_size": beam,
        "max_batch_size": 2048,
        "batch_type": "tokens",
        "max_decoding_length": min(500, 32 + 2 * max(map(len, source))),  # of 512 positions
        "disable_unk": True,
    }
