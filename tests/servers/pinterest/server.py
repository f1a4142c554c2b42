"""Pinterest for a test: one request judged and answered at a time."""

import base64
import binascii
import json
import threading
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import parse_qsl

from tests.servers.pinterest import answers, rules, spec
from tests.servers.pinterest.world import CODE, EVERY_SCOPE, World
from tests.servers.x.wire import listening
from tests.servers.x.world import Fault, real_now

ACCESS = timedelta(days=30)
RULES = {
    "oauth/token": rules.token,
    "user_account/get": rules.me,
    "boards/list": rules.boards,
    "boards/get": rules.board,
    "boards/list_pins": rules.board_pins,
    "pins/list": rules.pins,
    "pins/create": rules.create,
    "pins/get": rules.one_pin,
    "pins/delete": rules.delete,
    "pins/analytics": rules.analytics,
}


@dataclass(frozen=True)
class Asked:
    """A line of the log; it holds no secret."""

    operation: str
    method: str
    path: str
    query: tuple
    user: str
    status: int


class PinterestServer:
    """Pinterest for a test. Read `posts`, `public`, `twice()`, `violations`, `log`; turn the switches of `world`."""

    def __init__(self, users=("studio", "clinic"), *, now=real_now):
        spec.judge()  # without the specification there is no strict server: the test skips here
        self.world = World(now)
        self.violations, self.log, self.latency = [], [], 0.0
        for username in users:
            self.world.add_user(username)
            for name in ("Calm feet", "Recipes"):
                self.world.add_board(username, name)
        self._lock = threading.RLock()
        self._http = listening(self)
        self.url = f"http://127.0.0.1:{self._http.server_port}"

    def __enter__(self):
        threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._http.shutdown()
        self._http.close_connections()
        self._http.server_close()

    @property
    def posts(self):
        """What its creator sees, oldest first."""
        with self._lock:
            return self.world.live()

    @property
    def public(self):
        """What everybody else sees."""
        return [pin for pin in self.posts if pin.is_public]

    def twice(self):
        with self._lock:
            return self.world.twice()

    def board(self, name, owner="studio"):
        return next(one for one in self.world.boards.values() if (one.name, one.owner) == (name, owner))

    def token(self, user="studio", scopes=EVERY_SCOPE, lives=ACCESS):
        return self.world.issue(self.world.tokens, user, scopes, lives)

    def code(self, user="studio", scopes=EVERY_SCOPE):
        """What the browser brings back once a person has said yes."""
        return self.world.issue(self.world.codes, user, scopes, CODE)

    def revoke(self, user="studio"):
        """The person takes everything back."""
        for kept in (self.world.tokens, self.world.refreshers):
            for word in [word for word, held in kept.items() if held.user == user]:
                self.world.spend(kept, word)

    def set_access(self, access):
        """The app's: standard, trial or sandbox."""
        self.world.app = replace(self.world.app, access=access)

    def advance(self, seconds):
        self.world.offset += timedelta(seconds=seconds)

    def fail_next(self, status, operation="pins/create", *, times=1, acted=False, body=None, **headers):
        """The next `times` requests for `operation` answer `status`; `acted`: what was asked is done all the same."""
        self.world.faults += [Fault(operation, status, acted=acted, body=body, headers=headers)] * times

    def lose_next(self, how="drop", operation="pins/create", *, times=1, acted=True):
        """The answer is lost: drop (closed, nothing said), reset (RST), cut (half an answer)."""
        self.world.faults += [Fault(operation, how=how, acted=acted)] * times

    def answer(self, request):
        """(answer, how its delivery goes wrong or "")."""
        with self._lock:
            operation = spec.matched(request)
            name, user, lost = operation["operationId"] if operation else "", None, ""
            try:
                user = self._asker(request, name, operation)
                told, lost = self._told(name, operation, user, request)
            except answers.Refused as refused:
                told = refused.answer
            except Exception as defect:
                self.violations.append(f"a defect of this server: {defect!r}")
                told = answers.trouble(500)
            who = getattr(user, "username", "")
            self.log.append(Asked(name, request.method, request.path, tuple(request.query), who, told.status))
            return told, lost

    def _asker(self, request, name, operation):
        """The user whose token it is, or the app at the token endpoint."""
        if operation is None:
            self.violations.append(f"{request.method} {request.path}: no such operation here")
            raise answers.refused(404, "The resource is not there.", 0)
        scheme, _, word = request.headers.get("Authorization", "").partition(" ")
        if name == "oauth/token":
            if scheme != "Basic" or _basic(word) != f"{self.world.app.id}:{self.world.app.secret}":
                raise answers.refused(401)
            return self.world.app
        held = self.world.holder(self.world.tokens, word) if scheme == "Bearer" else None
        if held is None:
            raise answers.refused(401)
        if spec.scopes(operation) - held.scopes:
            raise answers.refused(401, answers.TOO_FEW_SCOPES, 3)
        if not self.world.count():
            raise answers.refused(429)
        return self.world.users[held.user]

    def _told(self, name, operation, user, request):
        fault = self.world.fault_for(name)
        told = self._done(name, operation, user, request) if fault is None or fault.acted else None
        if fault and (fault.status or not fault.acted):
            usual = answers.trouble(fault.status)
            headers = {key.replace("_", "-"): str(value) for key, value in fault.headers.items()}
            told = replace(usual, body=fault.body or usual.body, headers=headers)
        return told, fault.how if fault else ""

    def _done(self, name, operation, user, request):
        """Judged, done, and judged again: the answer must be one of the specification's, too."""
        request.form = parse_qsl(request.form_body, keep_blank_values=True)
        wrong = spec.request_mistakes(request, operation)
        wrong += spec.form_mistakes(request.form) if name == "oauth/token" else []
        if wrong:
            self.violations += [f"{request.method} {request.path}: {what}" for what in wrong]
            raise answers.refused(400, f"Invalid request: {'; '.join(wrong)}", 1)
        told = (
            rules.token(self.world, user, request) if name == "oauth/token" else RULES[name](self.world, user, request)
        )
        body, mime = (b"", "") if told.body is None else (json.dumps(told.body).encode(), "application/json")
        odd = spec.answer_mistakes(request.method, request.path, told.status, body, mime)
        odd = [what for what in odd if self.world.zoned or "date-time" not in what]
        self.violations += [f"a defect of this server: {name} answers {what}" for what in odd]
        return told


def _basic(word):
    try:
        return base64.b64decode(word, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return ""
