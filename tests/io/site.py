"""A web site of the tests' own, with certificates of its own authority; it answers with the very bytes it is given."""

import datetime
import ipaddress
import socket
import ssl
import threading
from contextlib import contextmanager, suppress

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.io.fetch import Gate

NOW = datetime.datetime.now(datetime.UTC)


def _named(name):
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _signed(subject, key, issuer, issuer_key, *, days=2, extensions=()):
    made = (
        x509.CertificateBuilder()
        .subject_name(_named(subject))
        .issuer_name(_named(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - datetime.timedelta(days=10))
        .not_valid_after(NOW + datetime.timedelta(days=days))
    )
    for extension in extensions:
        made = made.add_extension(extension, critical=isinstance(extension, x509.BasicConstraints))
    return made.sign(issuer_key, hashes.SHA256())


class Authority:
    """Signs certificates; `trust` is a context that believes it and nobody else."""

    def __init__(self, folder):
        self.folder, self.key = folder, ec.generate_private_key(ec.SECP256R1())
        own = [
            x509.BasicConstraints(ca=True, path_length=None),
            x509.SubjectKeyIdentifier.from_public_key(self.key.public_key()),
        ]
        self.pem = self._pem(_signed("tests", self.key, "tests", self.key, extensions=own))

    @staticmethod
    def _pem(certificate):
        return certificate.public_bytes(serialization.Encoding.PEM)

    def trust(self):
        return ssl.create_default_context(cadata=self.pem.decode())

    def server(self, *names, days=2):
        """What a server of these names shows."""
        key = ec.generate_private_key(ec.SECP256R1())
        known = [x509.IPAddress(ipaddress.ip_address(n)) if n[0].isdigit() else x509.DNSName(n) for n in names]
        made = _signed(names[0], key, "tests", self.key, days=days, extensions=[x509.SubjectAlternativeName(known)])
        path = self.folder / f"{names[0]}-{days}.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        path.write_bytes(secret + self._pem(made))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context


class Site:
    """Listens on loopback; `pages` is path -> bytes, or a function that talks to the line itself."""

    def __init__(self, context):
        self.context, self.pages, self.asked, self.ended = context, {}, [], threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.lines = []
        threading.Thread(target=self._listen, daemon=True).start()

    def close(self):
        self.ended.set()
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for line in self.lines:
            line.join(10)

    def _listen(self):
        while not self.ended.is_set():
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            talk = threading.Thread(target=self._talk, args=(line,), daemon=True)
            self.lines.append(talk)
            talk.start()

    def _talk(self, line):
        line.settimeout(10)
        with suppress(OSError), line, self.context.wrap_socket(line, server_side=True) as safe:
            head = b""
            while b"\r\n\r\n" not in head and (piece := safe.recv(4096)):
                head += piece
            self.asked.append(head.decode())
            page = self.pages.get(head.split(b" ")[1].decode(), answer(b"nothing here", status="404 Not Found"))
            if callable(page):
                page(safe, self.ended)
            else:
                safe.sendall(page)


def answer(body, kind="text/plain; charset=utf-8", *more, status="200 OK", length=None):
    """The bytes of a response."""
    length = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", *([f"Content-Type: {kind}"] if kind else []), f"Content-Length: {length}", *more]
    return "\r\n".join([*lines, "", ""]).encode() + body


def moved(to, status=302):
    return answer(b"", "text/plain", f"Location: {to}", status=f"{status} Moved")


@contextmanager
def page_site(folder, monkeypatch, page):
    """A site with one page in Markdown, to which the program's own gate leads."""
    with site(folder) as one:
        monkeypatch.setattr("bot.io.fetch.PUBLIC", one.gate)
        one.pages["/massage"] = answer(page.encode(), "text/markdown")
        yield one


@contextmanager
def site(folder, *names, days=2):
    """A site of these names, and the gate through which only it can be asked."""
    authority = Authority(folder)
    here = Site(authority.server(*(names or ("site.test",)), days=days))
    here.asks = []

    def resolve(host, port):
        here.asks.append((host, port))
        return ["127.0.0.1"]

    here.gate = Gate(
        resolve=resolve,
        allows=lambda number: number == "127.0.0.1",
        ports=frozenset({here.port}),
        trust=authority.trust,
        seconds=20.0,
    )
    here.url = f"https://site.test:{here.port}"
    try:
        yield here
    finally:
        here.close()
