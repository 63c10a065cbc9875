"""Places in a text: Python counts characters, Qt UTF-16 units; they differ after an emoji."""


def to_qt(text: str, at: int) -> int:
    """Return a place in UTF-16 units."""
    return at if text.isascii() else at + sum(sign > "\uffff" for sign in text[:at])


def from_qt(text: str, at: int) -> int:
    """Return a place in characters."""
    if text.isascii() or max(text) <= "\uffff":
        return at
    return len(text.encode("utf-16-le")[: 2 * at].decode("utf-16-le", errors="ignore"))
