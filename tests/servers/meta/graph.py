"""What every server of Graph does: tokens, versions, the error envelope, usage headers, a log without secrets."""

import hashlib
import hmac
import json
import re
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

SUPPORTED = {f"v{number}.0" for number in range(21, 27)}
USAGE = "X-Business-Use-Case-Usage"


class GraphError(Exception):
    """An answer in Graph's envelope."""

    def __init__(self, code, message, *, subcode=0, status=400, kind="OAuthException", **more):
        error = {"message": message, "type": kind, "code": code, "fbtrace_id": "A1b2"} | more
        self.body = {"error": error | ({"error_subcode": subcode} if subcode else {})}
        self.status = status


@dataclass
class Asked:
    """One request, its parameters from the address and the body together."""

    method: str
    path: str
    given: dict
    files: dict = field(default_factory=dict)
    token: str = ""


class GraphServer:
    """Subclasses name `routes` ((method, pattern, function)); `tokens` maps a token to what it may speak for."""

    versioned = True

    def __init__(self, *, now=lambda: datetime.now(UTC)):
        self.now, self.lock = now, threading.RLock()
        self.tokens, self.app = {}, {"id": "1234567890", "secret": "app-secret-of-the-studio"}
        self.violations, self.log, self.faults, self.usage = [], [], [], None
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
        self._http.daemon_threads, self._http.graph = True, self
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()

    def fail_next(self, *errors):
        """The next calls that post or upload are answered with these."""
        self.faults.extend(errors)

    def violation(self, asked, what):
        self.violations.append(f"{asked.method} {asked.path}: {what}")

    def answer(self, asked):
        version, _, path = asked.path.strip("/").partition("/")
        if not self.versioned:
            path = asked.path.strip("/").removeprefix("v1.0/")
        elif version not in SUPPORTED:
            self.violation(asked, "no supported version of Graph")
            raise GraphError(2635, f"You are calling a deprecated version of the API: {version}")
        for method, pattern, act in self.routes:
            if method == asked.method and (found := re.fullmatch(pattern, path)):
                if asked.method == "POST" and self.faults:
                    raise self.faults.pop(0)
                return act(self, asked, *found.groups())
        self.violation(asked, "there is no such edge")
        raise GraphError(100, f"Unsupported {asked.method.lower()} request", subcode=33)

    def owner(self, asked, number=""):
        """Whom the token speaks for; Graph's own errors for none, a dead one, and another's."""
        if asked.token not in self.tokens:
            raise GraphError(190, "Invalid OAuth access token - Cannot parse access token", status=401)
        owner = self.tokens[asked.token]
        proof = hmac.new(self.app["secret"].encode(), asked.token.encode(), hashlib.sha256).hexdigest()
        if asked.given.get("appsecret_proof", proof) != proof:
            raise GraphError(100, "Invalid appsecret_proof provided in the API argument")
        if number and owner != number:
            raise GraphError(200, "(#200) This endpoint requires the token of this very account", status=403)
        return owner


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        graph, parts = self.server.graph, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given, files = _given(self.headers, body)
        asked = Asked(self.command, parts.path, {**dict(parse_qsl(parts.query)), **given}, files)
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        asked.token = token if scheme in {"Bearer", "OAuth"} else asked.given.get("access_token", "")
        with graph.lock:
            try:
                status, told = 200, graph.answer(asked)
            except GraphError as error:
                status, told = error.status, error.body
            graph.log.append((asked.method, asked.path, status))
        content = json.dumps(told).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        if graph.usage:
            self.send_header(USAGE, json.dumps(graph.usage))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_DELETE = serve  # noqa: N815

    def log_message(self, *_):
        pass


def _given(headers, body):
    """The parameters of a body, and its files."""
    if headers.get_content_type() == "application/json" and body:
        return {
            name: value if isinstance(value, str) else json.dumps(value) for name, value in json.loads(body).items()
        }, {}
    if headers.get_content_type() != "multipart/form-data":
        return dict(parse_qsl(body.decode(), keep_blank_values=True)), {}
    given, files = {}, {}
    boundary = headers.get_param("boundary").encode()
    for part in (b"\r\n" + body).split(b"\r\n--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = re.search(rb'[; ]name="([^"]*)"', head)[1].decode()
        if b"filename=" in head:
            files[name] = content
        else:
            given[name] = content.decode()
    return given, files
