"""Every file that can be opened is shown by the dialog that opens it."""

from collections.abc import Collection

import pytest

from tests.ui.conftest import Stage
from tolmach.formats.documents.opening import FORMATS, TEXTS
from tolmach.formats.terms.registry import ENTRY_READERS, TERM_READERS
from tolmach.ui.glossary import drawer
from tolmach.ui.text import page


class Dialog:
    """Nobody chooses a file; the filters are written down."""

    filters: list[str]

    @classmethod
    def getOpenFileName(
        cls, parent: object, title: str, folder: str, filters: str
    ) -> tuple[str, str]:
        assert (parent is not None, folder) == (True, "")
        assert title
        cls.filters.append(filters)
        return "", ""


@pytest.fixture(autouse=True)
def dialog(monkeypatch: pytest.MonkeyPatch) -> type[Dialog]:
    Dialog.filters = []
    for module in (page, drawer):
        monkeypatch.setattr(module, "QFileDialog", Dialog)
    return Dialog


@pytest.mark.parametrize(
    ("button", "suffixes"),
    [
        ("text", TEXTS),
        ("document", FORMATS),
        ("terms", {*TERM_READERS, *ENTRY_READERS}),
    ],
)
def test_what_can_be_opened_is_shown(
    stage: Stage, dialog: type[Dialog], button: str, suffixes: Collection[str]
) -> None:
    screen = stage.window.text_page
    {
        "text": screen.pair.open,
        "document": screen.bar.documents,
        "terms": screen.drawer.import_,
    }[button].click()
    [filters] = dialog.filters
    assert set(filters.split()) == {f"*.{suffix}" for suffix in suffixes}
