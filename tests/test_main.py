"""The composition root on a computer whose system lacks what Qt needs."""

import sys

import pytest

from tolmach import __main__ as program
from tolmach.core import logs


def test_a_missing_system_library_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tolmach"])
    monkeypatch.setattr(logs, "start", lambda verbose: None)  # it holds a file open
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for name in [name for name in sys.modules if name.startswith("tolmach.ui")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "PySide6.QtCore", None)  # then an import raises ImportError
    assert program.main() == 1
    error = capsys.readouterr().err
    assert "PySide6.QtCore" in error
    assert "apt install libglib2.0-0" in error
