"""The Windows program is built from the versions that everything else runs with."""

import re

from tests.conftest import REPOSITORY

PIN = re.compile(r"^([\w.-]+)==([\w.]+)", re.MULTILINE)


def pins(name: str) -> dict[str, str]:
    return dict(PIN.findall((REPOSITORY / name).read_text(encoding="utf-8")))


def test_windows_has_every_pin_in_the_same_version() -> None:
    windows = pins("requirements-windows.txt")
    others = pins("requirements-dev.txt") | pins("requirements.txt")
    assert pins("requirements.txt").keys() <= windows.keys(), "python packaging/windows/pins.py"
    shared = windows.keys() & others.keys()
    assert {name: windows[name] for name in shared} == {name: others[name] for name in shared}


def test_every_wheel_has_its_hash() -> None:
    text = (REPOSITORY / "requirements-windows.txt").read_text(encoding="utf-8")
    assert len(PIN.findall(text)) == len(re.findall(r"--hash=sha256:[0-9a-f]{64}$", text, re.M))
