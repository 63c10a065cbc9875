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
from tolmach.core.sentences import fitted, parts, sentences
from tolmach.engines.native import loading, running

HINT_BIAS = 0.25  # more, and words stay that the rest of the sentence proves wrong


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
    texts: Sequence[str],
    language: str,
    fits: Callable[[str], bool],
    translate: Callable[[list[str]], list[str]],
) -> list[str]:
    """Translate the parts of all lines of all texts as one batch and put them together again."""
    cut = [_cut(text, fits, language) for text in texts]
    batch = [part for lines in cut for line in lines for whole in line for part in whole]
    done = iter(translate(batch) if batch else [])
    return [
        "\n".join(" ".join(_joined(whole, done) for whole in line).strip() for line in lines)
        for lines in cut
    ]


def _cut(text: str, fits: Callable[[str], bool], language: str) -> list[list[list[str]]]:
    """Return, line by line, the sentences, each as the parts that fit."""
    return [
        [parts(sentence, fits) for sentence in sentences(line, language)]
        for line in text.split("\n")
    ]


def _joined(whole: list[str], done: Iterator[str]) -> str:
    """Take the translations of a sentence's parts and make one sentence of them."""
    said = [next(done) for _ in whole]
    if len(whole) == 1:
        return said[0]
    return " ".join(fitted(part, one) for part, one in zip(whole, said, strict=True))


def decode(
    translator: Any,
    source: list[list[str]],
    beam: int,
    prefix: Sequence[str] = (),
    hint: Sequence[str] = (),
) -> list[list[str]]:
    """Return the best hypothesis for each list of tokens, any prefix included.

    The `hint`, for a single source, is an earlier translation of its beginning: a bias towards its
    words, so that they do not change without need (docs/decoding.md of CTranslate2). A decoder
    that finds no end is stopped at twice the longest source. Raises EngineError.
    """
    hinted = bool(hint) and len(source) == 1
    begin = [*prefix, *(hint if hinted else ())]
    with running("translation-failed"):
        results = translator.translate_batch(
            source,
            [begin] * len(source) if begin else None,
            prefix_bias_beta=HINT_BIAS if hinted else 0.0,
            **decoding(source, beam),
        )
    return [result.hypotheses[0] for result in results]


def decoding(source: list[list[str]], beam: int) -> dict[str, Any]:
    """Return the options of `translate_batch` for these lists of tokens."""
    return {
        "beam_size": beam,
        "max_batch_size": 2048,
        "batch_type": "tokens",
        "max_decoding_length": min(500, 32 + 2 * max(map(len, source))),  # of 512 positions
        "disable_unk": True,
    }
