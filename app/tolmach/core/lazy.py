"""Tables of what is imported only when it is needed: a name -> "module:name".

Large libraries cost nobody who does not use them, and an installer reads the tables for what it
would not find by the imports.
"""

from importlib import import_module
from typing import Any


def imported(place: str) -> Any:
    """Return what "module:name" names."""
    module, _, name = place.partition(":")
    return getattr(import_module(module), name)
