"""HTTP/1.1 on 127.0.0.1 for the strict servers: `answer` gets each request whole, and what it gives is sent whole."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request."""

    method: str
    target: str
    headers: object
    body: bytes

    @property
    def path(self):
        return urlsplit(self.target).path

    @property
    def query(self):
        return parse_qsl(urlsplit(self.target).query, keep_blank_values=True)

    @property
    def mime(self):
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def multipart(self):
        """[(name, file name or None, mime, bytes)], in order; raises ValueError."""
        from werkzeug.http import parse_options_header
        from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

        decoder = MultipartDecoder(parse_options_header(self.headers["Content-Type"])[1]["boundary"].encode())
        decoder.receive_data(self.body)
        decoder.receive_data(None)
        parts = []
        while not isinstance(event := decoder.next_event(), Epilogue | NeedData):
            if isinstance(event, Field | File):
                mime = event.headers.get("Content-Type", "")
                parts.append((event.name, getattr(event, "filename", None), mime, BytesIO()))
            elif isinstance(event, Data):
                parts[-1][3].write(event.data)
        return [(name, filename, mime, content.getvalue()) for name, filename, mime, content in parts]


@dataclass(frozen=True)
class Told:
    """One answer: JSON, or `body` as text with a `mime` of its own; None is an answer without a body."""

    status: int
    body: object = None
    headers: dict = field(default_factory=dict)
    mime: str = "application/json"

    @property
    def content(self):
        if self.body is None:
            return b""
        return self.body.encode() if isinstance(self.body, str) else json.dumps(self.body).encode()


class Listening:
    """A server for a test: `with` starts and stops it; a subclass has `answer(asked) -> Told`."""

    def __init__(self):
        self._http = _Listener(("127.0.0.1", 0), _Handler)
        self._http.asked = self.answer
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def handle_error(self, request, client_address):
        """A client that hangs up is no news."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # one packet an answer
    timeout = 60

    def _serve(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        told = self.server.asked(Asked(self.command, self.path, self.headers, body))
        self.send_response(told.status)
        for name, value in told.headers.items():
            self.send_header(name, value)
        if told.status != 204:
            self.send_header("Content-Type", told.mime)
            self.send_header("Content-Length", str(len(told.content)))
        self.end_headers()
        self.wfile.write(told.content)

    do_GET = do_POST = do_DELETE = do_PUT = do_PATCH = do_OPTIONS = _serve  # noqa: N815 - http.server's names

    def log_message(self, *_):
        """Each server keeps its own log."""
