"""The feed: the public folder, served read-only to whoever asks."""

from __future__ import annotations

import logging
import os
import socket
import stat
import sys
import threading
import time
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any, BinaryIO

from bot.errors import FootnoteError
from bot.web.public_files import TYPES, find_file, find_picture, headers_of

ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Connection": "close",
}
EMPTY = b"<!doctype html><html lang=en><meta charset=utf-8><title>Nothing here yet</title><p>Nothing here yet.</html>\n"
GONE = b"This page is not here.\n"
CONNECTIONS = 32
SILENCE = 10.0
LONGEST = 60.0
log = logging.getLogger(__name__)


class FeedServer:
    """Serves a folder's files, and nothing else, from threads of its own."""

    def __init__(self, folder: Path, host: str, port: int, pictures: Path | None = None) -> None:
        """Opens nothing; port 0 means any free one. What is in `pictures` is at /m/, for who knows its name."""
        self._folder, self._host, self._port, self._pictures = folder, host, port, pictures
        self._server: _Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> str:
        """Listen, and give the address; raises FootnoteError where that place cannot be had."""
        try:
            self._server = _Server(self._folder, self._host, self._port, self._pictures)
        except (OSError, OverflowError) as error:
            raise FootnoteError(
                f"the feed cannot listen on {self._host}:{self._port}: {error}. "
                "Stop the program that listens there, or give the feed another host or port in config.toml."
            ) from error
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.1,), name="feed", daemon=True)
        self._thread.start()
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.server_address[1]}/"

    def stop(self) -> None:
        """Stop listening; safe to repeat."""
        server, thread, self._server, self._thread = self._server, self._thread, None, None
        if server and thread:
            server.shutdown()
            server.server_close()
            thread.join()


class _Server(ThreadingMixIn, TCPServer):
    """At most CONNECTIONS threads, none for longer than LONGEST."""

    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, folder: Path, host: str, port: int, pictures: Path | None) -> None:
        self.folder, self.pictures = folder, pictures
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._free = threading.BoundedSemaphore(CONNECTIONS)
        self._since: dict[socket.socket, float] = {}
        super().__init__((host, port), _Answer)

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        self._since[request] = time.monotonic()
        try:
            super().process_request(request, client_address)
        except RuntimeError:  # no thread to be had: the place is free again
            self._since.pop(request, None)
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._since.pop(request, None)
            self._free.release()

    def service_actions(self) -> None:
        """A client that trickles never falls silent: it is cut off by the clock."""
        for request, since in tuple(self._since.items()):
            if time.monotonic() - since > LONGEST:
                self._since.pop(request, None)
                self._cut(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if isinstance(sys.exception(), OSError):
            log.debug("A reader went away.", exc_info=True)
        else:
            log.exception("The feed could not answer.")

    @staticmethod
    def _cut(request: socket.socket) -> None:
        try:
            request.shutdown(socket.SHUT_RDWR)
        except OSError:
            log.debug("It had gone already.")


class _Answer(BaseHTTPRequestHandler):
    """One request, one answer, one connection."""

    server: _Server
    timeout = SILENCE
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        """Answer with the file, or with the page for what is not there."""
        path = find_picture(self.server.pictures, self.path) or find_file(self.server.folder, self.path)
        if path and self._send_file(path, HTTPStatus.OK):
            return
        if self.path.partition("?")[0] == "/":
            self._send(HTTPStatus.OK, EMPTY, {"Content-Type": TYPES[".html"], "Cache-Control": "no-cache"})
            return
        page = find_file(self.server.folder, "/404.html")
        if not (page and self._send_file(page, HTTPStatus.NOT_FOUND)):
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_HEAD(self) -> None:
        """The same, without the body."""
        self.do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Every refusal in the same few words: what went wrong here is nobody's business."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        body = GONE if status is HTTPStatus.NOT_FOUND else f"{status.phrase}\n".encode()
        extra = {"Allow": "GET, HEAD"} if status is HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._send(status, body, {"Content-Type": TYPES[".txt"], "Cache-Control": "no-store", **extra})

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is http.server's
        log.debug(format, *args)

    def _send_file(self, path: Path, status: HTTPStatus) -> bool:
        try:
            # Not blocking: a pipe somebody left in the folder must not hold the thread.
            file = os.fdopen(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb")
        except OSError:
            return False
        with file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                return False
            headers = headers_of(path, about)
            if status is HTTPStatus.OK and self._has(headers["ETag"], about.st_mtime):
                self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
            else:
                self._send(status, file, {**headers, "Content-Length": str(about.st_size)})
        return True

    def _has(self, etag: str, changed: float) -> bool:
        """Whether the reader says it holds this very version."""
        if held := self.headers.get("If-None-Match"):
            return held.strip() == "*" or etag in {tag.strip().removeprefix("W/") for tag in held.split(",")}
        try:
            return int(changed) <= parsedate_to_datetime(self.headers.get("If-Modified-Since", "")).timestamp()
        except (ValueError, TypeError, OverflowError):
            return False

    def _send(self, status: HTTPStatus, body: bytes | BinaryIO, headers: dict[str, str]) -> None:
        self.close_connection = True
        self.send_response_only(status)  # not send_response: it names the server and its version
        for name, value in {"Date": formatdate(usegmt=True), **headers, **ALWAYS}.items():
            self.send_header(name, value)
        if isinstance(body, bytes) and status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "HEAD" or status is HTTPStatus.NOT_MODIFIED:
            return
        if isinstance(body, bytes):
            self.wfile.write(body)
        else:
            left = int(headers["Content-Length"])
            while left and (piece := body.read(min(left, 65536))):
                self.wfile.write(piece)
                left -= len(piece)
