"""HTTP/1.1 on 127.0.0.1, and the ways in which an answer can be lost."""

import json
import os
import socket
import struct
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tests.servers.x.request import Request


def listening(fake):
    """A listener on a free port that asks `fake` for every answer."""
    listener = _Listener(("127.0.0.1", 0), _Handler)
    listener.fake = fake
    return listener


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, *args):
        self._open = set()
        super().__init__(*args)

    def process_request(self, request, client_address):
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request):
        self._open.discard(request)
        super().shutdown_request(request)

    def close_connections(self):
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it closed by itself

    def handle_error(self, request, client_address):
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet an answer
    timeout = 60

    def _serve(self):
        fake = self.server.fake
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            fake.violations.append(f"{self.command} {self.path}: chunked bodies are not taken")
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = f"http://{self.headers['Host']}{self.path}"
        answer, lost = fake.answer(Request(self.command, url, self.headers, body))
        if fake.latency:
            time.sleep(fake.latency)
        self._send(answer, lost)

    def _send(self, answer, lost):
        if lost == "drop":
            self.close_connection = True
            return
        if lost == "reset":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            os.close(self.connection.detach())  # no FIN first: the client sees a reset
            self.close_connection = True
            return
        content = b"" if answer.status == 204 else json.dumps(answer.body).encode()
        self.send_response(answer.status)
        for name, value in {**answer.headers, "Content-Type": answer.content_type}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if lost == "cut" else content)
        self.close_connection = self.close_connection or lost == "cut"

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = _serve  # noqa: N815 - http.server's names

    def log_message(self, *_):
        """The log is kept by XServer."""
