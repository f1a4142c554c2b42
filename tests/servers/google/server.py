"""Google for a test: one request judged and answered at a time."""

import re
import secrets
import threading
from base64 import urlsafe_b64encode
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from urllib.parse import parse_qsl

from tests.servers.google import rules
from tests.servers.google.rules import refused
from tests.servers.x.answers import Answer, Refused
from tests.servers.x.request import Request
from tests.servers.x.wire import listening
from tests.servers.x.world import Fault, real_now

PLACE = r"accounts/[^/]+/locations/[^/]+"
ROUTES = (
    ("token", "POST", "/token"),
    ("accounts", "GET", "/v1/accounts"),
    ("locations", "GET", r"/v1/(accounts/[^/]+)/locations"),
    ("create", "POST", rf"/v4/({PLACE})/localPosts"),
    ("list", "GET", rf"/v4/({PLACE})/localPosts"),
    ("report", "POST", rf"/v4/({PLACE})/localPosts:reportInsights"),
    ("get", "GET", rf"/v4/({PLACE}/localPosts/[^/:]+)"),
    ("delete", "DELETE", rf"/v4/({PLACE}/localPosts/[^/:]+)"),
)
QUERIES = {
    "accounts": {"pageSize", "pageToken"},
    "locations": {"readMask", "pageSize", "pageToken"},
    "list": {"pageSize", "pageToken"},
}
MOST = {"accounts": 20, "locations": 100, "list": 100}


@dataclass
class World:
    """Switches for what is not documented stand on their cautious side."""

    client_id: str = "1234.apps.googleusercontent.com"
    client_secret: str = "GOCSPX-secret-of-the-studio"
    redirect: str = "http://localhost:8721/"
    approved: bool = True
    enabled: bool = True
    fetches_later: bool = False  # a picture that cannot be had: REJECTED afterwards, instead of refused at once
    insights: bool = True
    newest_first: bool = True
    testing: bool = False  # the consent screen: refresh tokens live 7 days
    locations: dict = field(default_factory=dict)
    posts: dict = field(default_factory=dict)
    tokens: dict = field(default_factory=dict)
    refreshers: dict = field(default_factory=dict)
    codes: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)
    offset: timedelta = timedelta()


class GoogleServer:
    """Read `posts`, `public`, `twice()`, `violations`, `log`; turn the switches of `world`."""

    def __init__(self, locations=("Calm Feet",), *, now=real_now):
        self.world, self._clock = World(), now
        self.violations, self.log, self.latency = [], [], 0.0
        for n, title in enumerate(locations, 2):
            self.world.locations[f"accounts/1/locations/{n}"] = title
        self._lock, self._last = threading.RLock(), 100
        self._http = listening(self)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()

    def now(self):
        return self._clock() + self.world.offset

    @property
    def posts(self):
        """What is on record, oldest first."""
        with self._lock:
            return list(self.world.posts.values())

    @property
    def public(self):
        """What everybody sees."""
        return [post for post in self.posts if post["state"] == "LIVE"]

    def twice(self):
        seen = Counter((post["name"].rpartition("/")[0], post["summary"]) for post in self.posts)
        return [what for what, times in seen.items() if times > 1]

    def token(self, lives=timedelta(hours=1)):
        return self._issue(self.world.tokens, "ya29.", lives)

    def refresher(self, lives=timedelta(days=365)):
        return self._issue(self.world.refreshers, "1//", lives)

    def code(self, challenge=""):
        word = self._issue(self.world.codes, "4/", timedelta(minutes=10))
        self.world.codes[word] = (*self.world.codes[word], challenge)
        return word

    def revoke(self):
        self.world.tokens.clear()
        self.world.refreshers.clear()

    def settle(self, state="LIVE"):
        """Google has looked at what is PROCESSING."""
        for post in self.posts:
            if post["state"] == "PROCESSING":
                post["state"] = state

    def advance(self, seconds):
        self.world.offset += timedelta(seconds=seconds)

    def fail_next(self, status, operation="create", *, times=1, acted=False, body=None, **headers):
        """The next `times` requests for `operation` answer `status`; `acted`: what was asked is done all the same."""
        self.world.faults += [Fault(operation, status, acted=acted, body=body, headers=headers)] * times

    def lose_next(self, how="drop", operation="create", *, times=1, acted=True):
        self.world.faults += [Fault(operation, how=how, acted=acted)] * times

    def answer(self, request: Request):
        """(answer, how its delivery goes wrong or "")."""
        with self._lock:
            name, groups = self._matched(request)
            fault = next((one for one in self.world.faults if one.operation == name), None)
            if fault:
                self.world.faults.remove(fault)
            told = None
            try:
                if fault is None or fault.acted:
                    told = self._done(name, groups, request)
            except Refused as no:
                told = no.answer
            except Exception as defect:
                self.violations.append(f"a defect of this server: {defect!r}")
                told = refused(500).answer
            if fault and (fault.status or told is None):
                headers = {key.replace("_", "-"): str(value) for key, value in fault.headers.items()}
                usual = refused(fault.status or 503).answer
                told = Answer(usual.status, fault.body or usual.body, headers=headers)
            self.log.append((name, request.method, request.path, told.status))
            return told, fault.how if fault else ""

    def _matched(self, request):
        for name, method, pattern in ROUTES:
            if method == request.method and (found := re.fullmatch(pattern, request.path)):
                return name, found.groups()
        return "", ()

    def _done(self, name, groups, request):
        if not name:
            self.violations.append(f"{request.method} {request.path}: no such operation here")
            raise refused(404)
        if odd := {key for key, _ in request.query} - QUERIES.get(name, set()):
            self.violations.append(f"{request.method} {request.path}: unknown parameters {sorted(odd)}")
            raise refused(400, "Invalid JSON payload received. Unknown name in the query.")
        if name == "token":
            return self._token(request)
        self._let_in(request)
        if groups and name != "locations" and groups[0].partition("/localPosts")[0] not in self.world.locations:
            raise refused(404, "Requested entity was not found.")
        if name in {"create", "report"} and request.mime != "application/json":
            raise refused(400, "a body must be JSON")
        return getattr(self, f"_{name}")(request, *groups)

    def _let_in(self, request):
        scheme, _, word = request.headers.get("Authorization", "").partition(" ")
        if scheme != "Bearer" or self.world.tokens.get(word, (self.now(),))[0] <= self.now():
            raise refused(401, "Request had invalid authentication credentials.")
        if not self.world.enabled:
            raise refused(
                403, "API has not been used in project 1 before or it is disabled.", reason="SERVICE_DISABLED"
            )
        if not self.world.approved:
            zero = {"quota_limit_value": "0", "quota_metric": "mybusiness.googleapis.com/default_requests"}
            raise refused(429, "Quota exceeded for quota metric.", reason="RATE_LIMIT_EXCEEDED", metadata=zero)

    def _token(self, request):
        form = dict(parse_qsl(request.form_body))
        if (form.get("client_id"), form.get("client_secret")) != (self.world.client_id, self.world.client_secret):
            raise Refused(Answer(401, {"error": "invalid_client", "error_description": "Unauthorized"}))
        by_code = form.get("grant_type") == "authorization_code"
        kept = self.world.codes if by_code else self.world.refreshers
        held = kept.get(form.get("code" if by_code else "refresh_token", ""))
        proof = urlsafe_b64encode(sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        wrong = by_code and held and (form.get("redirect_uri") != self.world.redirect or held[1] not in {"", proof})
        if held is None or held[0] <= self.now() or wrong:
            body = {"error": "invalid_grant", "error_description": "Token has been expired or revoked."}
            raise Refused(Answer(400, body))
        told = {"access_token": self.token(), "expires_in": 3599, "token_type": "Bearer"}
        if by_code:
            kept.pop(form["code"])
            lives = timedelta(days=7 if self.world.testing else 365)
            told["refresh_token"] = self.refresher(lives)
            if self.world.testing:
                told["refresh_token_expires_in"] = int(lives.total_seconds())
        return Answer(200, told)

    def _accounts(self, request):
        names = sorted({path.partition("/locations")[0] for path in self.world.locations})
        return self._page(request, "accounts", [{"name": name, "type": "PERSONAL"} for name in names])

    def _locations(self, request, account):
        if request.first("readMask") != "name,title":
            raise refused(400, "readMask is needed")
        mine = [
            {"name": path.partition("/")[2].partition("/")[2], "title": title}
            for path, title in self.world.locations.items()
            if path.startswith(f"{account}/")
        ]
        return self._page(request, "locations", mine)

    def _create(self, request, place):
        told = request.json
        rules.judge_post(told)
        why = next((why for media in told.get("media", []) if (why := rules.fetch(media["sourceUrl"]))), "")
        if why and not self.world.fetches_later:
            raise refused(400, f"the picture: {why}")
        self._last += 1
        at = f"{self.now().astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"
        made = {
            **told,
            "name": f"{place}/localPosts/{self._last}",
            "createTime": at,
            "updateTime": at,
            "state": "REJECTED" if why else "PROCESSING",
            "searchUrl": f"https://local.google.com/place?id=1&use=posts&lpsid={self._last}",
        }
        self.world.posts[made["name"]] = made
        return Answer(200, dict(made))

    def _list(self, request, place):
        mine = [post for name, post in self.world.posts.items() if name.startswith(f"{place}/")]
        return self._page(request, "localPosts", mine[::-1] if self.world.newest_first else mine, "list")

    def _get(self, request, name):
        if name not in self.world.posts:
            raise refused(404, "Requested entity was not found.")
        return Answer(200, dict(self.world.posts[name]))

    def _delete(self, request, name):
        self._get(request, name)
        del self.world.posts[name]
        return Answer(200, {})

    def _report(self, request, place):
        if not self.world.insights:
            raise refused(404, "Method not found.")
        told = request.json
        rules.unknown(told, rules.REPORT, "request")
        asked = told["basicRequest"]
        rules.unknown(asked, {"metricRequests", "timeRange"}, "request.basic_request")
        start, end = (datetime.fromisoformat(asked["timeRange"][name]) for name in ("startTime", "endTime"))
        if not start < end or not 1 <= len(told["localPostNames"]) <= 100:
            raise refused(400, "timeRange or localPostNames")
        rows = [
            {
                "localPostName": name,
                "metricValues": [
                    {"metric": one["metric"], "totalValue": {"metricOption": "AGGREGATED_TOTAL", "value": str(n)}}
                    for n, one in enumerate(asked["metricRequests"], 7)
                ],
            }
            for name in told["localPostNames"]
        ]
        return Answer(200, {"name": place, "localPostMetrics": rows, "timeZone": "Europe/Berlin"})

    def _page(self, request, what, items, operation=""):
        size, start = int(request.first("pageSize") or 20), int(request.first("pageToken") or 0)
        if not 1 <= size <= MOST[operation or what]:
            raise refused(400, "pageSize")
        page, more = items[start : start + size], start + size < len(items)
        return Answer(200, {**({what: page} if page else {}), **({"nextPageToken": str(start + size)} if more else {})})

    def _issue(self, kept, begins, lives):
        word = begins + secrets.token_urlsafe(30)
        kept[word] = (self.now() + lives,)
        return word
