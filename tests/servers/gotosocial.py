"""A server that behaves as GoToSocial does, in this process, on loopback."""

import json
import re
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.servers.gotosocial_rules import GoToSocial, Refused, stamp


@contextmanager
def start_gotosocial():
    """A server with nothing posted, until the block ends."""

    class Knowing(Door):
        server_of = GoToSocial()

    with ThreadingHTTPServer(("127.0.0.1", 0), Knowing) as server:
        Knowing.server_of.url = f"http://127.0.0.1:{server.server_port}"
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        serving.start()
        try:
            yield Knowing.server_of
        finally:
            server.shutdown()
            serving.join()


class Door(BaseHTTPRequestHandler):
    """Reads a request, asks the rules, and writes their answer."""

    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one piece: two small ones wait 40 ms for each other
    server_of: GoToSocial

    def answer(self):
        self.body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        with self.server_of.lock:
            try:
                status, body = self.route(self.command, path)
            except Refused as refused:
                status, body = refused.status, refused.body
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.send_header("X-RateLimit-Limit", "300")
        self.send_header("X-RateLimit-Remaining", "0" if status == 429 else "299")
        self.send_header("X-RateLimit-Reset", stamp(datetime.now(UTC) + timedelta(minutes=5)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = answer  # noqa: N815

    def route(self, method, path):
        server = self.server_of
        if server.busy:
            server.busy -= 1
            raise Refused(429, "rate limit reached")
        if re.fullmatch(r"/api/v[12]/instance/?", path):
            return 200, server.instance()
        if self.headers.get("Authorization") != f"Bearer {server.token}":
            raise Refused(401, "Unauthorized: token not supplied")  # said of a wrong one too
        for verb, pattern, act in ROUTES:
            if verb == method and (found := re.fullmatch(pattern, path)):
                return act(server, self, *found.groups())
        raise Refused(404, "Not Found")

    def asked(self):
        return dict(parse_qsl(urlsplit(self.path).query))

    def fields(self):
        """The fields of a JSON or form body; `x[]` is the list x."""
        kind = self.headers.get_content_type()
        try:
            if kind == "application/json":
                return dict(json.loads(self.body))
            if kind == "multipart/form-data":
                return {name: content.decode() for name, content in self.parts().items()}
            form = parse_qs(self.body.decode(), strict_parsing=bool(self.body), keep_blank_values=True)
        except (ValueError, TypeError) as wrong:
            raise Refused(400, f"Bad Request: {wrong}") from None
        return {name.removesuffix("[]"): many if name.endswith("[]") else many[-1] for name, many in form.items()}

    def parts(self):
        """The parts of a multipart body: name -> bytes."""
        boundary = self.headers.get_param("boundary")
        if self.headers.get_content_type() != "multipart/form-data" or not boundary:
            raise Refused(400, "Bad Request: request Content-Type isn't multipart/form-data")
        found = {}
        for part in (b"\r\n" + self.body).split(b"\r\n--" + boundary.encode())[1:-1]:
            head, _, content = part.partition(b"\r\n\r\n")
            name = re.search(rb'[; ]name="([^"]*)"', head)
            if name is None:
                raise Refused(400, "Bad Request: a part without a name")
            found[name[1].decode()] = content
        return found

    def page(self):
        known = {"max_id", "since_id", "min_id", "limit"}
        return self.server_of.page(**{name: value for name, value in self.asked().items() if name in known})

    def log_message(self, *_):
        pass


ROUTES = (
    ("GET", "/api/v1/accounts/verify_credentials", lambda server, _: (200, server.account())),
    ("GET", "/api/v1/accounts/[0-9A-Z]+/statuses", lambda _, door, *__: door.page()),
    ("POST", "/api/v1/statuses", lambda server, door: server.post(door.fields())),
    ("GET", "/api/v1/statuses/([0-9A-Z]+)", lambda server, _, number: (200, server.find(number))),
    ("GET", "/api/v1/statuses/([0-9A-Z]+)/source", lambda server, _, number: server.source(number)),
    ("DELETE", "/api/v1/statuses/([0-9A-Z]+)", lambda server, _, number: server.delete(number)),
    ("POST", "/api/v[12]/media", lambda server, door: server.upload(door.parts())),
    ("GET", "/api/v1/media/([0-9A-Z]+)", lambda server, _, number: server.media(number)),
    (
        "PUT",
        "/api/v1/media/([0-9A-Z]+)",
        lambda server, door, number: server.describe(number, door.fields().get("description", "")),
    ),
)
