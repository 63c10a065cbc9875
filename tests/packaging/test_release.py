"""What is published: whole, signed by a key that the program has, never half ready in silence."""

import json
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from tests.conftest import REPOSITORY
from tests.packaging.tools import tool
from tests.updates.making import public_pem
from tolmach import __version__
from tolmach.core import paths
from tolmach.updates import verification

NAMES = (
    f"tolmach-{__version__}-setup.exe",
    f"tolmach-{__version__}-portable.zip",
    f"tolmach-{__version__}-linux-x86_64.tar.xz",
    f"tolmach_{__version__}_amd64.deb",
    f"tolmach-{__version__}-1.x86_64.rpm",
)
CHANGES = f"# Changes\n\n## Unreleased\n\n- Later.\n\n## {__version__}, 2026-12-01\n\n- Hears.\n\n## 0.0.1\n\n- Old.\n"  # noqa: E501


RELEASE, SIGNING_KEY = tool("release"), tool("signing_key")


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "packages"
    folder.mkdir()
    for name in NAMES:
        (folder / name).write_bytes(name.encode() * 100)
    return folder


@pytest.fixture
def key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a pair as a maintainer does; the program has the public one."""
    private, public = tmp_path / "release.key", tmp_path / "update-key.pub"
    monkeypatch.setenv("TOLMACH_SIGNING_KEY", str(private))
    monkeypatch.setattr(paths, "update_key", lambda: public)
    assert SIGNING_KEY.main(public) == 0
    return private


@pytest.fixture
def publish(tmp_path: Path, packages: Path) -> Callable[..., int]:
    def publish(changes: str = CHANGES) -> int:
        (tmp_path / "CHANGELOG.md").write_text(changes, encoding="utf-8")
        code = RELEASE.main(packages, tmp_path / "release", tmp_path / "CHANGELOG.md")
        assert isinstance(code, int)
        return code

    return publish


def test_a_release_is_what_the_program_believes(
    publish: Callable[..., int], key: Path, tmp_path: Path
) -> None:
    assert publish() == 0
    target = tmp_path / "release"
    assert {path.name for path in target.iterdir()} == {
        *NAMES,
        f"tolmach-{__version__}.release.json",
        f"tolmach-{__version__}.release.json.sig",
        f"tolmach-{__version__}.notes.md",
        "latest.release.json",
        "latest.release.json.sig",
        "SHA256SUMS",
        "SHA256SUMS.sig",
    }
    for name in NAMES:
        update = verification.located(target / name)
        verification.check(update)
        assert (update.release.version, update.release.notes) == (__version__, "- Hears.")
    assert verification.read(target / "latest.release.json") == update.release


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="not installed: coreutils")
def test_the_sums_are_those_of_the_files(
    publish: Callable[..., int], key: Path, tmp_path: Path
) -> None:
    publish()
    command = ["sha256sum", "--check", "--strict", "SHA256SUMS"]
    subprocess.run(command, cwd=tmp_path / "release", check=True, capture_output=True)


def test_without_a_key_all_but_the_signatures_is_made(
    publish: Callable[..., int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.delenv("TOLMACH_SIGNING_KEY", raising=False)
    assert publish() == 1
    assert "nothing is signed" in capsys.readouterr().err
    names = {path.name for path in (tmp_path / "release").iterdir()}
    assert {*NAMES, "SHA256SUMS", f"tolmach-{__version__}.release.json"} <= names
    assert not any(name.endswith(".sig") for name in names)


def test_a_key_that_the_program_does_not_have_is_noticed(
    publish: Callable[..., int], key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paths.update_key().write_bytes(public_pem(Ed25519PrivateKey.generate()))
    assert publish() == 1
    assert "update-forged" in capsys.readouterr().err


@pytest.mark.parametrize("content", [b"", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])  # fmt: skip  # noqa: E501
def test_a_key_that_is_none_is_noticed(
    publish: Callable[..., int], key: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    key.write_bytes(content)
    assert publish() == 1
    assert "cannot be read" in capsys.readouterr().err


def test_what_is_missing_or_old_is_noticed(
    publish: Callable[..., int], key: Path, packages: Path, tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    (packages / NAMES[0]).unlink()
    old = f"tolmach-1{__version__}-setup.exe"
    (packages / old).write_bytes(b"old")
    assert publish() == 1
    errors = capsys.readouterr().err
    assert "no .exe" in errors
    assert f"{old} is not of version" in errors
    content = json.loads((tmp_path / "release" / "latest.release.json").read_bytes())
    assert {file["name"] for file in content["files"]} == set(NAMES[1:])


def test_no_packages_are_no_release(
    publish: Callable[..., int], key: Path, packages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in packages.iterdir():
        path.unlink()
    assert publish() == 1
    assert "has no package" in capsys.readouterr().err


def test_changes_that_nobody_gave_a_version_are_noticed(
    publish: Callable[..., int], key: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert publish("# Changes\n\n## Unreleased\n\n- Later.\n") == 1
    assert "no section" in capsys.readouterr().err
    notes = tmp_path / "release" / f"tolmach-{__version__}.notes.md"
    assert notes.read_text(encoding="utf-8") == "- Later.\n"


def test_a_private_key_is_its_owners_alone_and_is_never_overwritten(
    key: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if sys.platform != "win32":
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    content = key.read_bytes()
    assert isinstance(load_pem_private_key(content, None), Ed25519PrivateKey)
    assert SIGNING_KEY.main(paths.update_key()) == 1
    assert key.read_bytes() == content
    assert paths.update_key().read_bytes().count(b"BEGIN") == 1


@pytest.mark.parametrize("place", ["", str(REPOSITORY / "release.key")])
def test_a_private_key_never_lies_in_the_repository(
    place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOLMACH_SIGNING_KEY", place)
    assert SIGNING_KEY.main(tmp_path / "public") == 1
    assert not (tmp_path / "public").exists()
    assert not (REPOSITORY / "release.key").exists()


def test_a_second_key_stands_beside_the_first(
    key: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, publish: Callable[..., int]
) -> None:
    monkeypatch.setenv("TOLMACH_SIGNING_KEY", str(tmp_path / "next.key"))
    assert SIGNING_KEY.main(paths.update_key()) == 0
    assert publish() == 0
    monkeypatch.setenv("TOLMACH_SIGNING_KEY", str(key))
    assert publish() == 0


def test_no_private_key_is_in_the_repository() -> None:
    sign = b"PRIVATE " + b"KEY-----"
    folders = ("app", "resources", "packaging", "models", "docs", ".ci")
    paths_of_all = [path for folder in folders for path in (REPOSITORY / folder).rglob("*")]
    texts = [path for path in paths_of_all if path.is_file() and path.stat().st_size < 100_000]
    assert len(texts) > 300
    assert [path for path in texts if sign in path.read_bytes()] == []


def test_a_passphrase_is_typed_twice(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    typed = iter(["одно", "другое"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda _: next(typed))
    monkeypatch.setenv(SIGNING_KEY.VARIABLE, str(tmp_path / "key"))
    with pytest.raises(SystemExit, match="two passphrases"):
        SIGNING_KEY.main(tmp_path / "public")
    assert list(tmp_path.iterdir()) == []
