"""What a file dialog offers is what can be opened."""

from tolmach.formats.documents.opening import FORMATS
from tolmach.formats.suffixes import suffixes


def test_a_dialog_for_documents_offers_every_format_and_none_that_is_refused() -> None:
    assert set(suffixes("document")) == set(FORMATS)
    assert {"dotx", "htm", "xhtml", "tsv", "markdown"} <= set(suffixes("document"))
    assert not {"doc", "docm"} & set(suffixes("document"))


def test_a_dialog_for_texts_offers_what_is_read_as_it_stands() -> None:
    assert suffixes("text") == ("markdown", "md", "txt")


def test_a_dialog_for_terms_offers_memories_too() -> None:
    assert suffixes("terms") == ("csv", "tbx", "tmx", "tsv")
    assert {*suffixes("glossary"), *suffixes("memory")} == set(suffixes("terms"))
