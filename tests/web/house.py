"""A desk whose site is a few words, behind the real guard and the real server; and clients as they come."""

import http.client
import re
import socket
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import anyio
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Route

from bot.app import open_app
from bot.web.desk.entrance import entrance_routes
from bot.web.desk.server import open_desk

CONFIG = """\
workspace = "spa"
[studio]
name = "Spa"
timezone = "UTC"
[accounts.feed]
network = "site"
[ledger]
folder = "ledger"
"""


def site(app, entrance):
    """What a small desk would have."""

    def render(request, template, status=200, **context):
        return PlainTextResponse(f"{template} {context}", status)

    async def length(request):
        return PlainTextResponse(str(len(await request.body())))

    def broken(request):
        raise RuntimeError("SECRET-WORDS")

    def torn(request):
        def words():
            yield b"it begins" * 10_000
            raise RuntimeError("SECRET-WORDS")

        return StreamingResponse(words())

    async def slow(request):
        await anyio.sleep(60)

    def same(words, **headers):
        return lambda request: PlainTextResponse(words, headers={k.replace("_", "-"): v for k, v in headers.items()})

    return Starlette(
        routes=[
            Route("/", same("inside")),
            Route("/who", lambda request: PlainTextResponse(request.client.host)),
            Route("/length", length, methods=["POST", "GET"]),
            Route("/texts", length, methods=["POST"]),
            Route("/static/desk.css", same("css", cache_control="public, max-age=60")),
            Route("/broken", broken),
            Route("/torn", torn),
            Route("/slow", slow),
            *entrance_routes(entrance, render),
        ]
    )


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str


class House:
    """A workspace with a desk; time stands still until it is told to go on."""

    def __init__(self, folder, desk="port = 0\n"):
        (folder / "config.toml").write_text(f"{CONFIG}[desk]\n{desk}", encoding="utf-8")
        self.time = datetime(2026, 12, 1, 9, tzinfo=UTC)
        self.app = open_app(folder, now=lambda: self.time)
        self.desk = open_desk(self.app, site)
        self.said = ""

    def open(self):
        self.said = self.desk.start()
        return self

    def close(self):
        self.desk.stop()
        self.app.close()

    def later(self, **time):
        self.time += timedelta(**time)

    @property
    def port(self):
        return self.app.config.desk_port or urlsplit(self.app.ledger.admissions.address()).port

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def key(self):
        """The key of the link that was given at the start."""
        return re.search(r"/enter/(\S+)", self.said)[1]

    def ask(self, method, path, body=None, *, session="", **headers):
        """One request of a client, as it is: no header but those that HTTP wants."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if session:
            told["Cookie"] = session
        try:
            line.request(method, path, body=body, headers=told)
            answer = line.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode())
        finally:
            line.close()

    def post(self, path, body="", **more):
        """As a browser sends a form of the desk's own pages."""
        kind = {"Content_Type": "application/x-www-form-urlencoded", "Sec_Fetch_Site": "same-origin"}
        return self.ask("POST", path, body, **{**kind, "Origin": self.origin, **more})

    def enter(self, key="", **more):
        """Come in by a link; gives the cookie as a browser sends it back."""
        return cookie_of(self.ask("GET", f"/enter/{key or self.key}", **more))

    def raw(self, request, *, patience=30):
        """What comes back for these very bytes, until the server hangs up."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=patience) as line:
            line.sendall(request)
            return rest_of(line)


def cookie_of(answer):
    return answer.headers.get("set-cookie", "").partition(";")[0]


def rest_of(line):
    got = b""
    try:
        while piece := line.recv(65536):
            got += piece
    except ConnectionResetError:
        return got
    return got
