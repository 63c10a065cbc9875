"""Which files a dialog shows: those that can be opened, by the registry of formats."""

from tolmach.formats.suffixes import Content, suffixes


def file_filter(content: Content) -> str:
    """Return the filter of a file dialog, "*.csv *.tbx"."""
    return " ".join(f"*.{suffix}" for suffix in suffixes(content))
