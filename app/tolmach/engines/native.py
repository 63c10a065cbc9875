"""What native libraries raise, turned into our errors at the two places where it can happen.

Rule: nothing from ctranslate2, tokenizers, sentencepiece or onnxruntime leaves this room as an
exception of theirs.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from tolmach.core.errors import AppError, EngineError, ModelError

CTRANSLATE2 = (RuntimeError, ValueError)  # what it raises, besides MemoryError


@contextmanager
def loading(
    file: str, pack: str, failures: tuple[type[BaseException], ...] = (BaseException,)
) -> Iterator[None]:
    """While a model file is loaded: a failure is ModelError "model-damaged" naming this file.

    Running out of memory is "model-needs-memory": the file may be perfectly good.
    """
    try:
        yield
    except (AppError, KeyboardInterrupt, SystemExit):
        raise
    except MemoryError as error:
        raise ModelError("model-needs-memory", pack=pack) from error
    # WORKAROUND(tokenizers 0.23): hence BaseException. A bad file raises plain Exception, or
    # PanicException, which derives from BaseException and cannot be imported.
    except failures as error:
        raise ModelError("model-damaged", file=file, pack=pack) from error


@contextmanager
def running(code: str) -> Iterator[None]:
    """While a loaded model works: any failure of CTranslate2 is EngineError with this code."""
    try:
        yield
    except (*CTRANSLATE2, MemoryError) as error:
        raise EngineError(code, detail=str(error)) from error
