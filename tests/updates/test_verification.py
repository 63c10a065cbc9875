"""An update on a stick: believed when signed, whole and unchanged, and only as it was read."""

import errno
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.updates.making import OLDER, PAYLOAD, described, public_pem, publish, sign
from tolmach.core import paths
from tolmach.core.errors import AppError, StorageError
from tolmach.messages.table import SENTENCES, sentence
from tolmach.updates import copies, installation, release, verification

INSTALLER = "tolmach-9.0.0-setup.exe" if sys.platform == "win32" else "tolmach-9.0.0-linux.tar.xz"


def refused(path: Path) -> AppError:
    with pytest.raises(AppError) as raised:
        verification.check(verification.located(path))
    error = raised.value
    assert error.code in SENTENCES
    assert "{" not in sentence(error.code, error.params)
    return error


@pytest.mark.parametrize("chosen", [INSTALLER, "tolmach-9.0.0.release.json"])
def test_a_sound_release_is_believed(stick: Path, key: Ed25519PrivateKey, chosen: str) -> None:
    publish(stick, key)
    update = verification.located(stick / chosen)
    verification.check(update)
    assert (update.release, update.path) == (described(), stick / INSTALLER)


def lose_signature(stick: Path) -> None:
    (stick / "tolmach-9.0.0.release.json.sig").unlink()


def lose_description(stick: Path) -> None:
    for path in stick.glob("*.release.json*"):
        path.unlink()


def lose_installer(stick: Path) -> None:
    (stick / INSTALLER).unlink()


def change_description(stick: Path) -> None:
    path = stick / "tolmach-9.0.0.release.json"
    path.write_bytes(path.read_bytes().replace(b"9.0.0", b"9.0.1"))


def cut_signature(stick: Path) -> None:
    path = stick / "tolmach-9.0.0.release.json.sig"
    path.write_bytes(path.read_bytes()[:63])


def lengthen_signature(stick: Path) -> None:
    path = stick / "tolmach-9.0.0.release.json.sig"
    path.write_bytes(path.read_bytes() + b"\n")


def swell_description(stick: Path) -> None:
    with (stick / "tolmach-9.0.0.release.json").open("ab") as file:
        file.truncate(release.LARGEST + 1)


def cut_installer(stick: Path) -> None:
    (stick / INSTALLER).write_bytes(PAYLOAD[:-1])


def lengthen_installer(stick: Path) -> None:
    (stick / INSTALLER).write_bytes(PAYLOAD + b"!")


def change_installer(stick: Path) -> None:
    (stick / INSTALLER).write_bytes(PAYLOAD[:-1] + b"!")


@pytest.mark.parametrize(
    ("spoil", "by_description", "by_installer"),
    [
        (lose_signature, "update-unsigned", "update-unsigned"),
        (lose_description, "file-missing", "update-no-description"),
        (lose_installer, "update-file-absent", "file-missing"),
        (change_description, "update-forged", "update-forged"),
        (cut_signature, "update-forged", "update-forged"),
        (lengthen_signature, "update-forged", "update-forged"),
        (swell_description, "update-description-wrong", "update-description-wrong"),
        (cut_installer, "update-truncated", "update-truncated"),
        (lengthen_installer, "update-changed", "update-changed"),
        (change_installer, "update-changed", "update-changed"),
    ],
)
def test_what_is_wrong_is_said(
    stick: Path,
    key: Ed25519PrivateKey,
    spoil: Callable[[Path], None],
    by_description: str,
    by_installer: str,
) -> None:
    path = publish(stick, key)
    spoil(stick)
    assert refused(path).code == by_description
    assert refused(stick / INSTALLER).code == by_installer


def test_a_strangers_signature_is_none(stick: Path) -> None:
    path = publish(stick, Ed25519PrivateKey.generate())
    assert refused(path).code == "update-forged"


def test_a_signed_description_of_another_program_is_refused(
    stick: Path, key: Ed25519PrivateKey
) -> None:
    path = publish(stick, key)
    content = release.write(described()).replace(b'"product": "tolmach"', b'"product": "argos"')
    sign(path, content, key)
    assert refused(path).code == "update-other-program"


def test_another_programs_installer_beside_is_refused(stick: Path, key: Ed25519PrivateKey) -> None:
    publish(stick, key)
    (stick / "game.exe").write_bytes(PAYLOAD)
    assert refused(stick / "game.exe").code == "update-not-listed"


def test_of_two_releases_on_a_stick_the_right_one_is_found(
    stick: Path, key: Ed25519PrivateKey
) -> None:
    publish(stick, key)
    publish(stick, key, described(OLDER))
    sign(stick / "tolmach-0.0.1.release.json", b"{}", Ed25519PrivateKey.generate())
    for version in ("9.0.0", OLDER):
        name = INSTALLER.replace("9.0.0", version)
        assert verification.located(stick / name).release.version == version


@pytest.mark.parametrize("content", [None, b"", b"-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n"])  # fmt: skip  # noqa: E501
def test_a_build_without_a_key_says_so(
    stick: Path, key: Ed25519PrivateKey, build: Path, content: bytes | None
) -> None:
    path = publish(stick, key)
    build.unlink()
    if content is not None:
        build.write_bytes(content)
    assert refused(path).code == "update-no-key"
    assert refused(stick / INSTALLER).code == "update-no-key"


def test_keys_can_be_changed(stick: Path, key: Ed25519PrivateKey, build: Path) -> None:
    former = Ed25519PrivateKey.generate()
    build.write_bytes(public_pem(former, key))
    for signer in (former, key):
        verification.check(verification.located(publish(stick, signer)))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="not installed: openssl")
def test_openssl_agrees(stick: Path, key: Ed25519PrivateKey, build: Path) -> None:
    path = publish(stick, key)
    files = ["-inkey", str(build), "-in", str(path), "-sigfile", f"{path}.sig"]
    command = ["openssl", "pkeyutl", "-verify", "-pubin", "-rawin", *files]
    assert subprocess.run(command, capture_output=True).returncode == 0
    change_description(stick)
    assert subprocess.run(command, capture_output=True).returncode != 0


def test_what_is_started_is_what_was_read(stick: Path, key: Ed25519PrivateKey) -> None:
    copy = verification.staged(verification.located(publish(stick, key)))
    (stick / INSTALLER).write_bytes(b"evil")
    assert copy.path.is_relative_to(paths.updates())
    assert copy.path.read_bytes() == PAYLOAD
    verification.check(copy)
    if sys.platform != "win32":
        assert stat.S_IMODE(copy.path.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("spoil", [cut_installer, change_installer])
def test_nothing_is_copied_of_what_is_refused(
    stick: Path, key: Ed25519PrivateKey, spoil: Callable[[Path], None]
) -> None:
    update = verification.located(publish(stick, key))
    spoil(stick)
    with pytest.raises(AppError):
        verification.staged(update)
    assert list(paths.updates().iterdir()) == []


def test_one_copy_is_kept_and_can_be_forgotten(stick: Path, key: Ed25519PrivateKey) -> None:
    update = verification.located(publish(stick, key))
    verification.staged(update)
    verification.staged(update)
    assert len(list(paths.updates().glob(f"*/{INSTALLER}"))) == 1
    copies.remove_unneeded(own=True)
    assert not paths.updates().exists()


@pytest.mark.parametrize("number", [errno.EIO, errno.EACCES, errno.ENAMETOOLONG])
def test_a_stick_that_fails_is_a_sentence(
    stick: Path, key: Ed25519PrivateKey, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    is_file = Path.is_file

    def fail(path: Path) -> bool:
        if path.is_relative_to(stick):
            raise OSError(number, os.strerror(number))
        return is_file(path)

    description = publish(stick, key)
    monkeypatch.setattr(Path, "is_file", fail)
    for path in (description, stick / INSTALLER):
        with pytest.raises(StorageError, match="not-readable"):
            verification.located(path)


def test_a_full_disk_is_a_sentence(stick: Path, key: Ed25519PrivateKey) -> None:
    update = verification.located(publish(stick, key))
    size = release.LARGEST_FILE * 1_000_000
    with pytest.raises(AppError) as raised:
        verification.staged(replace(update, file=replace(update.file, size=size)))
    assert raised.value.code == "disk-full"
    assert list(paths.updates().iterdir()) == []


def test_the_file_of_the_kind_that_is_installed_comes_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    files = described(names=("a.rpm", "a.deb", "a.tar.xz", "a.zip", "a.exe", "SHA256SUMS")).files

    def names() -> list[str]:
        return [file.name for file in installation.suitable(files)]

    monkeypatch.setattr(sys, "platform", "win32")
    assert names() == ["a.exe", "a.zip"]
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/home/m/.local/lib/tolmach/tolmach")
    assert names() == ["a.tar.xz", "a.deb", "a.rpm"]
    monkeypatch.setattr(sys, "executable", "/opt/tolmach/tolmach")
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    assert names() == ["a.deb", "a.rpm", "a.tar.xz"]
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert names()[0] == "a.rpm"


def test_who_has_the_small_program_gets_the_small_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    names = ("tolmach-9.0.0.tar.xz", "tolmach-small-9.0.0.tar.xz")

    def first() -> str:
        return installation.suitable(described(names=names).files)[0].name

    assert first() == names[0]  # the sources have it beside them
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "bundled_packs", lambda: tmp_path)
    assert first() == names[1]
    (tmp_path / "whisper-base@1").mkdir()
    assert first() == names[0]


def test_who_carries_the_program_about_gets_the_archive(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "Tolmach.exe"))
    files = described(names=("a.exe", "a.zip")).files
    assert installation.suitable(files)[0].name == "a.exe"
    monkeypatch.setenv("TOLMACH_HOME", str(tmp_path / paths.PORTABLE_HOME))
    assert installation.suitable(files)[0].name == "a.zip"


def test_what_needs_an_administrator_is_shown_and_never_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert installation.command(Path("/my files/a.deb")) == "sudo apt install '/my files/a.deb'"
    assert installation.command(Path("/a.rpm")) == "sudo dnf install /a.rpm"
    monkeypatch.setattr(shutil, "which", lambda name: name if name == "apt-get" else None)
    assert installation.command(Path("/a.rpm")) == "sudo apt-get install /a.rpm"  # ALT
    assert installation.command(Path("/a.tar.xz")) == ""
    assert not installation.can_start("a.deb")
    assert not installation.can_start("a.rpm")
