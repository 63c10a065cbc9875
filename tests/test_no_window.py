"""Where Qt's libraries are missing, a sentence says what to install, on the screen as well."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("libraries of Linux desktops", allow_module_level=True)

BROKEN_QT = 'raise ImportError("libEGL.so.1: cannot open shared object file")\n'
DIALOG = '#!/bin/sh\nfor word in "$@"; do printf "%s\\n" "$word"; done >"$DIALOG_REPORT"\n'
BROKEN_DIALOG = "#!/bin/sh\nexit 1\n"  # its own libraries are missing, too


@pytest.mark.parametrize("dialog", ["zenity", "xmessage", ""])
def test_a_click_is_answered_on_the_screen(tmp_path: Path, dialog: str) -> None:
    report = tmp_path / "report"
    (tmp_path / "PySide6").mkdir()
    (tmp_path / "PySide6" / "__init__.py").write_text(BROKEN_QT)
    (tmp_path / "kdialog").write_text(BROKEN_DIALOG)
    (tmp_path / "kdialog").chmod(0o755)
    if dialog:
        (tmp_path / dialog).write_text(DIALOG)
        (tmp_path / dialog).chmod(0o755)
    answer = subprocess.run(
        [sys.executable, "-m", "tolmach"],
        env={
            **os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(tmp_path), "DISPLAY": ":99",
            "DIALOG_REPORT": str(report), "TOLMACH_LANGUAGE": "ru",
        },
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert answer.returncode == 1
    assert "libEGL.so.1" in answer.stderr
    assert "sudo apt install" in answer.stderr
    assert report.exists() is bool(dialog)
    if dialog:
        assert answer.stderr in report.read_text() + "\n"
