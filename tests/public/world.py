"""The world outside: names that lead to servers of ours, by https, through a proxy as companies have one."""

import socket
import ssl
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import trustme


class World:
    """A proxy that knows where names lead, and an authority that vouches for them."""

    def __init__(self, folder):
        self.authority = trustme.CA()
        self.ca = folder / "ca.pem"
        self.authority.cert_pem.write_to_path(self.ca)
        self.names, self.servers = {}, []
        self.line = socket.create_server(("127.0.0.1", 0))
        self.proxy = f"http://127.0.0.1:{self.line.getsockname()[1]}"
        threading.Thread(target=self._listen, daemon=True).start()

    def serve(self, name, answers, certificate=None):
        """Serve by https what `answers` (a function of the handler) says; its host name is `name`."""

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                answers(self)

            def do_PUT(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                answers(self)

            def log_message(self, *_):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        (certificate or self.authority.issue_cert(name)).configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        server.handle_error = lambda *_: None
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        self.servers.append(server)
        self.names[name] = server.server_address[1]
        return f"https://{name}/"

    def close(self):
        self.line.close()
        for server in self.servers:
            server.shutdown()
            server.server_close()

    def _listen(self):
        while True:
            try:
                near, _ = self.line.accept()
            except OSError:
                return
            threading.Thread(target=self._connect, args=(near,), daemon=True).start()

    def _connect(self, near):
        with closing(near):
            asked = b""
            while b"\r\n\r\n" not in asked:
                if not (piece := near.recv(65536)):
                    return
                asked += piece
            name = asked.split()[1].decode().rpartition(":")[0]
            if name not in self.names:
                near.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n")
                return
            with socket.create_connection(("127.0.0.1", self.names[name])) as far:
                near.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                back = threading.Thread(target=pour, args=(far, near), daemon=True)
                back.start()
                pour(near, far)
                back.join()


@contextmanager
def open_world(folder, monkeypatch):
    """The world, with its proxy and its authority in the environment, where programs look for them."""
    world = World(folder)
    for name in ("NO_PROXY", "no_proxy", "https_proxy", "ALL_PROXY", "all_proxy", "REQUESTS_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HTTPS_PROXY", world.proxy)
    monkeypatch.setenv("SSL_CERT_FILE", str(world.ca))
    try:
        yield world
    finally:
        world.close()


def pour(source, target):
    try:
        while piece := source.recv(65536):
            target.sendall(piece)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


def says(handler, body, kind="image/jpeg", status=200, length=None, **headers):
    """Answer one request."""
    handler.send_response(status)
    for name, value in {"Content-Type": kind, "Content-Length": str(length or len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
