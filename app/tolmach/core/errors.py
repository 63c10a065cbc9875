"""Everything that can go wrong and be told to a person.

    AppError
    ├── ModelError     a model's files are missing, damaged or do not fit together
    ├── EngineError    an inference library failed on good files
    ├── AudioError     microphone or media file
    ├── StorageError   disk: full, read-only, unreadable
    ├── PackError      a pack's manifest or archive
    ├── UpdateError    a release's description, signature or file cannot be believed or had
    ├── UsageError     the person asked for something that cannot be: unknown language, no route
    └── Cancelled      the person changed their mind; never shown

An error is a `code` and parameters. Sentences belong to `messages/table.py`: it must know every
code that is raised anywhere, and a test demands it.
"""


class AppError(Exception):
    """Something that went wrong, named by a code; `params` fill the sentence for it."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params

    def __str__(self) -> str:
        listed = ", ".join(f"{name}={value}" for name, value in self.params.items())
        return f"{self.code}({listed})"


class ModelError(AppError):
    """A model's files are missing, damaged or do not fit together."""


class EngineError(AppError):
    """An inference library failed on files that passed the checks."""


class AudioError(AppError):
    """The microphone or a media file failed."""


class StorageError(AppError):
    """The disk is full, read-only or does not answer."""


class PackError(AppError):
    """A pack's manifest or archive cannot be accepted."""


class UpdateError(AppError):
    """A newer version cannot be believed, had or installed."""


class UsageError(AppError):
    """What was asked for does not exist here: a language, a route, a format."""


class Cancelled(AppError):  # noqa: N818 - not an error to the person
    """The work was given up because the person said so."""

    def __init__(self) -> None:
        super().__init__("cancelled")
