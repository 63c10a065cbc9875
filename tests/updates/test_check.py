"""The question whether there is a newer version: one address, over TLS, and nothing believed."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.updates.https_server import Site, certificate, served
from tests.updates.making import described, publish
from tolmach.cli.main import COMMANDS
from tolmach.core.errors import AppError
from tolmach.messages.table import SENTENCES, sentence
from tolmach.updates import check, release

NAME = "/latest.release.json"


@pytest.fixture(scope="module")
def own_certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def site(
    own_certificate: tuple[Path, Path],
    key: Ed25519PrivateKey,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Site]:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    # What the system trusts, where OpenSSL looks: the program's own way, nothing replaced.
    monkeypatch.setenv("SSL_CERT_FILE", str(own_certificate[0]))
    content = publish(tmp_path / "made", key).read_bytes()
    with served(*own_certificate) as site:
        site.files = {NAME: content, f"{NAME}.sig": key.sign(content)}
        yield site


def refused(address: str) -> AppError:
    with pytest.raises(AppError) as raised:
        check.ask(address)
    error = raised.value
    assert error.code in SENTENCES
    assert "{" not in sentence(error.code, error.params)
    return error


def test_a_release_is_told_of_and_nothing_else_is_fetched(site: Site) -> None:
    assert check.ask(site.address + NAME[1:]) == described()
    assert [path for path, _ in site.requests] == [NAME, f"{NAME}.sig"]


def test_the_request_says_nothing_of_the_person_or_the_version(site: Site) -> None:
    check.ask(site.address + NAME[1:])
    for _, headers in site.requests:
        assert set(headers) == {"Accept-Encoding", "Connection", "Host", "User-Agent"}
        assert headers["User-Agent"] == "Tolmach"


def test_a_certificate_that_the_system_does_not_trust_ends_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, _ = certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    error = refused(site.address + NAME[1:])
    assert error.code == "update-unreachable"
    assert "certificate" in error.params["detail"]
    assert site.requests == []


def test_a_certificate_for_another_host_ends_it(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certificate(tmp_path, "127.0.0.9")
    monkeypatch.setenv("SSL_CERT_FILE", str(other[0]))
    with served(*other) as stranger:
        stranger.files = site.files
        error = refused(stranger.address + NAME[1:])
        assert "mismatch" in error.params["detail"]
        assert (error.code, stranger.requests) == ("update-unreachable", [])


def test_what_is_not_there_is_a_sentence(site: Site) -> None:
    error = refused(site.address + "none.release.json")
    assert error.code == "update-unreachable"
    assert "404" in error.params["detail"]


def test_nobody_answers(site: Site) -> None:
    assert refused("https://127.0.0.1:1/latest.release.json").code == "update-unreachable"


def test_another_host_is_not_gone_to(site: Site, own_certificate: tuple[Path, Path]) -> None:
    with served(*own_certificate) as other:
        other.files = dict(site.files)
        site.moved = {NAME: other.address + NAME[1:]}
        assert refused(site.address + NAME[1:]).code == "update-redirected"
        assert other.requests == []


@pytest.mark.parametrize("target", ["http://127.0.0.1/a", "file:///etc/passwd", "ftp://127.0.0.1/"])
def test_nothing_but_https_is_gone_to(site: Site, target: str) -> None:
    site.moved = {NAME: target}
    error = refused(site.address + NAME[1:])
    assert error.code in ("update-redirected", "update-unreachable")  # urllib refuses some itself
    assert [path for path, _ in site.requests] == [NAME]


def test_the_same_host_may_have_it_elsewhere(site: Site) -> None:
    site.moved = {NAME: "/9/tolmach.release.json"}
    site.files["/9/tolmach.release.json"] = site.files[NAME]
    assert check.ask(site.address + NAME[1:]) == described()


def test_a_circle_ends(site: Site) -> None:
    site.moved = {NAME: NAME}
    assert refused(site.address + NAME[1:]).code == "update-unreachable"


def test_an_endless_answer_ends(site: Site) -> None:
    site.files[NAME] = b" " * (release.LARGEST + 1)
    assert refused(site.address + NAME[1:]).code == "update-too-long"


def test_half_an_answer_is_no_forgery(site: Site) -> None:
    site.cut = {NAME}
    assert refused(site.address + NAME[1:]).code == "update-unreachable"


def test_a_strangers_release_is_not_believed(site: Site) -> None:
    site.files[f"{NAME}.sig"] = Ed25519PrivateKey.generate().sign(site.files[NAME])
    assert refused(site.address + NAME[1:]).code == "update-forged"


def test_without_a_key_nobody_is_asked(site: Site, build: Path) -> None:
    build.unlink()
    assert refused(site.address + NAME[1:]).code == "update-no-key"
    assert site.requests == []


@pytest.mark.parametrize(
    "address",
    ["http://example.org/a", "ftp://a/b", "file:///etc/passwd", "https://", "https:///a",
     "https://a@b/c", "https://a/b?c=d", "https://a/b#c", "https://a/ b", "https://a/\n",
     "https://пример.рф/a", "https://a:x/b", "https://[a/b", "javascript://a/b"],
)  # fmt: skip
def test_only_plain_https_addresses_are_asked(address: str) -> None:
    assert refused(address).code == "update-address"


def test_a_file_can_be_asked(stick: Path, key: Ed25519PrivateKey) -> None:
    assert check.ask(str(publish(stick, key))) == described()
    assert refused(str(stick / "none.release.json")).code == "file-missing"


def test_there_is_one_address_and_it_is_plain_or_none() -> None:
    if check.ADDRESS:
        check.check_address(check.ADDRESS)


def test_files_are_told_where_the_description_lies() -> None:
    address = check.file_address("https://a.example/tolmach/latest.release.json", "b+c.deb")
    assert address == "https://a.example/tolmach/b%2Bc.deb"


LOADED = """
import json, sys
{statement}
print(json.dumps(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


@pytest.mark.parametrize(
    "statement",
    ["import tolmach.ui.application", "from tolmach.cli.main import parser; parser('transcribe')"],
)
def test_signatures_and_certificates_are_loaded_by_nobody_else(statement: str) -> None:
    if "ui" in statement:
        pytest.importorskip("PySide6.QtWidgets")
    code = LOADED.format(statement=statement)
    process = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    loaded = set(re.findall(r'"(\w+)"', process.stdout.decode()))
    assert "tolmach" in loaded
    assert not loaded & {"cryptography", "truststore"}
    assert "update" in COMMANDS
