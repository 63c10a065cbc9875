"""What a person asked about a card, and what came of it; the card shows it under the translation.

Rule: an answer is about the very words that were asked about. Once they changed it is stale, and
`Card.open_inquiry` no longer shows it.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from tolmach.core.translation import UNKNOWN, Flag


class InquiryKind(Enum):
    """What one can ask about a translation."""

    VERSIONS = auto()  # how else to say it
    CHECK = auto()  # what it means, translated back
    CONFIRM = auto()  # the same, as a question to who said it
    ANEW = auto()  # a corrected text is being translated


@dataclass(frozen=True, slots=True)
class Version:
    """Another translation of the same text."""

    text: str
    confidence: float = UNKNOWN  # share of such translations that are right, 0..1
    doubts: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A question about a text and its translation, and the answer to it."""

    kind: InquiryKind
    text: str
    translation: str
    waiting: bool = True
    versions: tuple[Version, ...] = ()
    back: str = ""  # the translation, translated back
    similarity: float = 0.0  # of `back` with the text: chrF, 0..100
    failure: str = ""  # error code
    params: dict[str, str] = field(default_factory=dict)

    @property
    def needed(self) -> bool:
        """Whether the answer must be waited for: it is the translation of a corrected text."""
        return self.kind is InquiryKind.ANEW and self.waiting
