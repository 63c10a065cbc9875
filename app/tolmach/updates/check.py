"""What the newest version is: the one place of the program that can go online.

Rule: it is called when a person who has seen the address says so, and never otherwise; it asks
this address and no other host. Nothing is sent but the request itself.
"""

import http.client
import ssl
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO
from urllib.parse import quote, urljoin, urlsplit

from tolmach.core.errors import UpdateError
from tolmach.updates import release, signature, verification
from tolmach.updates.release import Release

# Where the description of the newest release lies, with its signature beside it. There is no server
# yet: while this is "", new versions come as files. A maintainer who has one sets it here.
ADDRESS = ""

SILENCE = 15  # seconds that the server may say nothing
WHOLE = 60  # seconds for one file
_BLOCK = 16 * 1024


def ask(address: str, trusted: ssl.SSLContext | None = None) -> Release:
    """Return the release that is described at an https address, or in a file.

    `trusted` says whose certificates are good; None: those that the system trusts. Raises
    UpdateError, StorageError.
    """
    if not is_online(address):
        return verification.read(Path(address))
    check_address(address)
    if not signature.has_key():
        raise UpdateError("update-no-key")
    opener = _opener(trusted or _system_trust())
    content = _fetched(opener, address, release.LARGEST)
    signed = _fetched(opener, address + signature.ENDING, signature.LENGTH)
    name = address.rpartition("/")[2]
    signature.check(content, signed, name)
    return release.parse(content, name)


def is_online(address: str) -> bool:
    """Whether this is an address and not a file."""
    return "://" in address


def check_address(address: str) -> None:
    """Raise UpdateError "update-address" for anything but a plain https address."""
    try:
        parts = urlsplit(address)
        plain = parts.scheme == "https" and parts.hostname and parts.port != 0
    except ValueError:
        plain = False
    odd = any(sign in address for sign in "?#@\\ ") or not address.isascii()
    if not plain or odd or not address.isprintable():
        raise UpdateError("update-address", address=address)


def file_address(address: str, name: str) -> str:
    """Return where a file of the release at this address can be had."""
    return urljoin(address, quote(name))


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows a server that sends us elsewhere on itself: the person saw that name and no other."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if (after.scheme, after.netloc) != (before.scheme, before.netloc):
            fp.close()
            raise UpdateError("update-redirected", address=req.full_url, other=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _system_trust() -> ssl.SSLContext:
    """Return what believes the certificates that the system does.

    Python itself does not see all of them: Windows fetches roots when its own programs need them,
    and a bundle that was built on one Linux looks for them where that one has them.
    """
    import truststore

    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _opener(trusted: ssl.SSLContext) -> urllib.request.OpenerDirector:
    """Return what opens https through the system's proxy, and nothing else: no ftp, no files."""
    opener = urllib.request.OpenerDirector()
    opener.addheaders = [("User-Agent", "Tolmach"), ("Accept-Encoding", "identity")]
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPSHandler(context=trusted),
        _SameHost(),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.UnknownHandler(),
    ):
        opener.add_handler(handler)
    return opener


def _fetched(opener: urllib.request.OpenerDirector, address: str, most: int) -> bytes:
    """Return a small file; raises UpdateError "update-unreachable", "update-too-long"."""
    content, end = b"", time.monotonic() + WHOLE
    try:
        with opener.open(address, timeout=SILENCE) as answer:
            while block := answer.read1(_BLOCK):
                content += block
                if len(content) > most:
                    raise UpdateError("update-too-long", address=address)
                if time.monotonic() > end:
                    raise TimeoutError("timed out")
            if answer.length:
                raise http.client.IncompleteRead(content, answer.length)
    except urllib.error.HTTPError as error:
        error.close()
        raise UpdateError("update-unreachable", address=address, detail=str(error)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:  # URLError is an OSError
        reason = error.reason if isinstance(error, urllib.error.URLError) else error
        detail = str(reason) or type(reason).__name__
        raise UpdateError("update-unreachable", address=address, detail=detail) from error
    return content
