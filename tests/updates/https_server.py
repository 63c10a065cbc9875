"""A server with a certificate that only a test trusts, which answers as it is told to."""

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

DAY = timedelta(days=1)
HOST = "127.0.0.1"  # a bare machine has no hosts file and so no localhost


class Site:
    """What lies where, and what was asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.files: dict[str, bytes] = {}
        self.moved: dict[str, str] = {}  # path -> where it says to go
        self.cut: set[str] = set()  # paths whose last byte never comes
        self.requests: list[tuple[str, dict[str, str]]] = []


def certificate(folder: Path, host: str = HOST) -> tuple[Path, Path]:
    """Make a certificate for an IP address and its private key; return both files."""
    private = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
    subject = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
    today = datetime.now(UTC)
    certificate_of_ours = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(private.public_key())
        .serial_number(1)
        .not_valid_before(today - DAY)
        .not_valid_after(today + DAY)
        .add_extension(subject, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(private, hashes.SHA256())
    )
    public, secret = folder / "server.pem", folder / "server.key"
    public.write_bytes(certificate_of_ours.public_bytes(Encoding.PEM))
    secret.write_bytes(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return public, secret


@contextmanager
def served(public: Path, secret: Path) -> Iterator[Site]:
    """Serve a site on this computer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.requests.append((self.path, dict(self.headers.items())))
            if self.path in site.moved:
                self.send_response(302)
                self.send_header("Location", site.moved[self.path])
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            content = site.files.get(self.path)
            self.send_response(200 if content is not None else 404)
            self.send_header("Content-Length", str(len(content or b"")))
            self.end_headers()
            self.wfile.write((content or b"")[: -1 if self.path in site.cut else None])

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            pass  # a client that does not trust us hangs up

    server = Server((HOST, 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, secret)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    site = Site(f"https://{HOST}:{server.server_port}/")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
