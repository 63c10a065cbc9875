"""What helps to doubt a translation and to put it right, as the composition root made it."""

from dataclasses import dataclass

from tolmach.history.known import Known
from tolmach.history.terms import TermStore
from tolmach.sessions.asking import Asking


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Asked on a background thread alone: all of it reads the disk, and `known` has one reader."""

    asking: Asking
    known: Known
    store: TermStore
