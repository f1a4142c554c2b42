"""LinkedIn's front door: versions, tokens, faults, the log; what it answers is in rules.py."""

import json
import re
import secrets
import threading
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.servers.linkedin import rules
from tests.servers.linkedin.rules import ME, PAGE, Refused

SIXTY_DAYS = 5_184_000
MEMBER = {"openid", "profile", "w_member_social"}
ORGANISATION = {"w_organization_social", "r_organization_social", "rw_organization_admin"}


@dataclass
class Asked:
    method: str
    path: str
    raw_query: str
    headers: object
    body: bytes

    @property
    def query(self):
        return dict(parse_qsl(self.raw_query, keep_blank_values=True))

    @property
    def json(self):
        return json.loads(self.body or b"null")


@dataclass
class Token:
    scopes: set
    expires: datetime
    revoked: bool = False


@dataclass
class World:
    """What LinkedIn knows. The switches are what nobody documents ([C] and [M] in the facts)."""

    now: object
    url: str = ""
    offset: timedelta = timedelta(0)
    tokens: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    images: dict = field(default_factory=dict)
    written: list = field(default_factory=list)
    app: dict = field(default_factory=lambda: {"client_id": "86studioapp", "client_secret": "WPL-secret-of-the-app"})
    detects: bool = True  # refuses the same words again
    ghosts: bool = False  # ... also those of a deleted post
    working: int = 1  # so many looks until a picture is ready
    lag: int = 0  # so many of the newest posts are not listed yet
    rewrites: bool = False  # gives hashtags back as #word
    duplicate_status: int = 422

    def time(self):
        return self.now() + self.offset


class LinkedInServer:
    """Read `posts`, `twice()`, `violations`, `log`; turn the switches of `world`; `fail_next` as it says."""

    def __init__(self, *, now=lambda: datetime.now(UTC)):
        self.world, self.violations, self.log, self.faults = World(now), [], [], []
        self.lock = threading.RLock()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), _Door)
        self._http.daemon_threads, self._http.linkedin = True, self
        self.url = self.world.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.server_close()

    @property
    def posts(self):
        return [post for post in self.world.written if not post.deleted]

    def twice(self):
        said = [(post.author, post.commentary) for post in self.posts if post.commentary]
        return sorted({one for one in said if said.count(one) > 1})

    def member_token(self):
        return self.issue(MEMBER)

    def page_token(self):
        return self.issue(ORGANISATION)

    def issue(self, scopes):
        token = f"AQ{secrets.token_urlsafe(24)}"
        self.world.tokens[token] = Token(set(scopes), self.world.time() + timedelta(seconds=SIXTY_DAYS))
        return token

    def revoke(self):
        for token in self.world.tokens.values():
            token.revoked = True

    def code(self, scopes=MEMBER):
        code = f"AQT{secrets.token_urlsafe(12)}"
        self.world.codes[code] = set(scopes)
        return code

    def advance(self, seconds):
        self.world.offset += timedelta(seconds=seconds)

    def fail_next(self, status, path="/rest/posts", *, code="", body=None, acted=False, **headers):
        """The next call whose path begins so answers this."""
        headers = {name.replace("_", "-"): str(value) for name, value in headers.items()}
        self.faults.append((path, Refused(status, code, "Said on purpose", body=body, headers=headers), acted))

    def versions(self):
        """Each month's is kept for a year; nobody knows those of months to come."""
        first = self.world.time() - timedelta(days=366)
        return {
            f"{year}{month:02}"
            for year in range(2024, 2030)
            for month in range(1, 13)
            if f"{first:%Y%m}" <= f"{year}{month:02}" <= f"{self.world.time():%Y%m}"
        }

    def answer(self, asked):
        """(status, headers, JSON or None)."""
        fault = next((one for one in self.faults if asked.path.startswith(one[0])), None)
        if fault:
            self.faults.remove(fault)
            if fault[2]:
                self._done(asked)
            raise fault[1]
        return self._done(asked)

    def _done(self, asked):
        if asked.path == "/oauth/v2/accessToken":
            return self._token(asked)
        token = self._holder(asked)
        if asked.path.startswith("/rest/"):
            self._judge_headers(asked)
        for method, pattern, act in rules.ROUTES:
            if method == asked.method and (found := re.fullmatch(pattern, asked.path)):
                return act(self.world, asked, token, self.violations, *found.groups())
        self.violations.append(f"{asked.method} {asked.path}: there is no such resource")
        raise Refused(404, "RESOURCE_NOT_FOUND", f"No virtual resource found for {asked.path}")

    def _judge_headers(self, asked):
        version = asked.headers.get("LinkedIn-Version", "")
        if not version:
            self.violations.append(f"{asked.method} {asked.path}: without LinkedIn-Version")
            raise Refused(400, "VERSION_MISSING", "A version must be present. Please specify a version")
        if version not in self.versions():
            raise Refused(426, "NONEXISTENT_VERSION", f"Requested version {version}01 is not active")
        if asked.headers.get("X-Restli-Protocol-Version") != "2.0.0":
            self.violations.append(f"{asked.method} {asked.path}: without X-Restli-Protocol-Version")
            raise Refused(400, "INVALID_PROTOCOL", "X-RestLi-Protocol-Version is missing")
        kind = asked.headers.get("Content-Type", "").partition(";")[0]
        if asked.method == "POST" and kind != "application/json":
            self.violations.append(f"{asked.method} {asked.path}: {kind or 'no content type'}")
            raise Refused(415, "UNSUPPORTED", "Content-Type is not supported")
        if ":" in asked.path or "urn:" in asked.raw_query:
            self.violations.append(f"{asked.method} {asked.path}: a URN is not encoded")
            raise Refused(400, "ILLEGAL_ARGUMENT", "Invalid key")

    def _holder(self, asked):
        scheme, _, word = asked.headers.get("Authorization", "").partition(" ")
        token = self.world.tokens.get(word) if scheme == "Bearer" else None
        if token is None:
            raise Refused(401, "INVALID_ACCESS_TOKEN" if word else "EMPTY_ACCESS_TOKEN", "Invalid access token")
        if token.revoked:
            raise Refused(401, "REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user")
        if token.expires <= self.world.time():
            raise Refused(401, "EXPIRED_ACCESS_TOKEN", "The token used in the request has expired")
        return token

    def _token(self, asked):
        given, app = dict(parse_qsl(asked.body.decode())), self.world.app
        if asked.headers.get("Content-Type") != "application/x-www-form-urlencoded":
            self.violations.append("the token endpoint wants a form")
        if {name: given.get(name) for name in app} != app:
            raise Refused(401, body={"error": "invalid_client", "error_description": "Client authentication failed"})
        scopes = self.world.codes.pop(given.get("code"), None)
        if scopes is None or given.get("grant_type") != "authorization_code" or not given.get("redirect_uri"):
            words = "Unable to retrieve access token: authorization code not found"
            raise Refused(400, body={"error": "invalid_request", "error_description": words})
        told = {"access_token": self.issue(scopes), "expires_in": SIXTY_DAYS, "scope": ",".join(sorted(scopes))}
        return 200, {}, told


class _Door(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def serve(self):
        linkedin, parts = self.server.linkedin, urlsplit(self.path)
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        with linkedin.lock:
            try:
                told = linkedin.answer(Asked(self.command, parts.path, parts.query, self.headers, body))
            except Refused as refused:
                told = refused.status, refused.headers, refused.body
            except Exception as defect:
                linkedin.violations.append(f"a defect of this server: {defect!r}")
                told = 500, {}, {"status": 500, "message": "Internal Server Error"}
            linkedin.log.append((self.command, parts.path, told[0]))
        self._send(*told, linkedin.world.time())

    def _send(self, status, headers, told, at):
        content = told.encode() if isinstance(told, str) else b"" if told is None else json.dumps(told).encode()
        self.send_response_only(status)
        kind = {"Content-Type": "text/html" if isinstance(told, str) else "application/json"} if content else {}
        date = {"Date": format_datetime(at, usegmt=True)}
        for name, value in {**date, **kind, **headers, "Content-Length": str(len(content))}.items():
            if status != 204 or name != "Content-Length":
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = serve  # noqa: N815

    def log_message(self, *_):
        pass


__all__ = ["ME", "PAGE", "LinkedInServer"]
