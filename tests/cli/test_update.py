"""`tolmach update`: what it prints, in which order, and the exit code it ends with."""

import json
import shlex
import sys
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.updates.making import OLDER, PAYLOAD, described, public_pem, publish
from tolmach import __version__
from tolmach.cli.main import main
from tolmach.core import paths
from tolmach.updates import check, copies, installation


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ed25519PrivateKey:
    key = Ed25519PrivateKey.generate()
    (tmp_path / "update-key.pub").write_bytes(public_pem(key))
    monkeypatch.setattr(paths, "update_key", lambda: tmp_path / "update-key.pub")
    return key


def test_without_an_address_it_says_how_versions_come(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "ADDRESS", "")
    assert main(["update", "check"]) == 2
    assert "файлом" in capsys.readouterr().err


def test_the_address_is_said_before_it_is_opened(
    key: Ed25519PrivateKey, capsys: pytest.CaptureFixture[str]
) -> None:
    address = "https://127.0.0.1:1/latest.release.json"
    assert main(["update", "check", "--address", address]) == 1
    printed = capsys.readouterr()
    assert printed.out == f"Спрашиваю {address}\n"
    assert address in printed.err


def test_an_address_that_is_none_is_wrong(
    key: Ed25519PrivateKey, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["update", "check", "--address", "http://127.0.0.1/a"]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "https://" in printed.err


def test_a_newer_version_is_told_with_its_notes_and_files(
    key: Ed25519PrivateKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = publish(tmp_path / "stick", key)
    assert main(["update", "check", "--address", str(path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [f"Есть версия 9.0.0, у вас {__version__}.", "- Слышит лучше."]
    (file,) = installation.suitable(described().files)
    assert lines[2] == f"{path.with_name(file.name)} (0.0 MB)"


def test_an_older_version_is_no_news(
    key: Ed25519PrivateKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = publish(tmp_path / "stick", key, described(OLDER))
    assert main(["update", "check", "--address", str(path)]) == 0
    assert capsys.readouterr().out == f"Новее вашей версии {__version__} там ничего нет.\n"


def test_a_file_is_verified(
    key: Ed25519PrivateKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = publish(tmp_path / "stick", key, described(OLDER))
    assert main(["update", "verify", str(path)]) == 0
    signed, older = capsys.readouterr().out.splitlines()
    assert signed.startswith("Подпись верна, файл «tolmach-0.0.9-")
    assert older.startswith("Версия 0.0.9 старше вашей")


@pytest.mark.skipif(sys.platform == "win32", reason="packages of Linux")
def test_what_root_installs_is_our_copy(
    key: Ed25519PrivateKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(tmp_path / "stick", key, described(names=("tolmach_9.0.0_amd64.deb",)))
    assert main(["update", "verify", str(tmp_path / "stick" / "tolmach_9.0.0_amd64.deb")]) == 0
    command = capsys.readouterr().out.splitlines()[-1]
    copy = Path(shlex.split(command)[-1])
    assert command.startswith("sudo apt install ")
    assert copy.read_bytes() == PAYLOAD
    assert copy.is_relative_to(paths.updates())
    copies.remove_unneeded(own=True)
    assert copy.exists()  # root has not had the time yet


def test_json(key: Ed25519PrivateKey, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = publish(tmp_path / "stick", key)
    assert main(["update", "verify", str(path), "--json"]) == 0
    fields = json.loads(capsys.readouterr().out)
    assert (fields["code"], fields["version"]) == ("update-newer", "9.0.0")
    assert Path(fields["path"]).is_file()
    assert main(["update", "check", "--address", str(path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["files"]
    path.with_name(f"{path.name}.sig").unlink()
    assert main(["update", "verify", str(path), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["code"] == "update-unsigned"
