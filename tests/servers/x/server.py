"""X for a test: one request judged and answered at a time."""

import threading
import time
from dataclasses import dataclass, replace
from datetime import timedelta

from tests.servers.x import answers, reads, spec, writes
from tests.servers.x.auth import Gate
from tests.servers.x.request import matched, mistakes
from tests.servers.x.wire import listening
from tests.servers.x.world import WINDOW, Fault, World, keyed, real_now

RULES = {
    "mediaUpload": writes.upload,
    "createMediaMetadata": writes.describe,
    "createPosts": writes.create,
    "deletePosts": writes.delete,
    "getUsersMe": reads.me,
    "getUsersPosts": reads.timeline,
    "getPostsById": reads.one_post,
    "getPostsByIds": reads.some_posts,
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
    body: str


@dataclass
class _Turn:
    """What is known of one request so far."""

    limits: dict
    user: object = None
    answer: object = None
    lost: str = ""


class XServer:
    """X for a test. Read `posts`, `twice()`, `violations`, `log`; set `credits`, `lag`, `limits[...]` on `world`.

    `now` is X's clock; `wall` the one that signatures are measured by, as clients sign with the machine's time.
    """

    def __init__(self, users=("studio", "clinic"), *, now=real_now, wall=time.time, judging=True):
        spec.judge()  # without the specification there is no strict server: the test skips here
        self.world = World(now, {name: keyed(name, n) for n, name in enumerate(users, 1)})
        self.violations, self.log, self.judging, self.latency = [], [], judging, 0.0
        self._gate, self._lock = Gate(self.world.users, wall), threading.RLock()
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
        """What the public sees, oldest first."""
        with self._lock:
            return self.world.live()

    def twice(self):
        with self._lock:
            return self.world.twice()

    def user(self, name):
        return self.world.users[name]

    def set_time(self, when):
        """A moment that stands still, or a clock that is called."""
        self.world.clock, self.world.offset = when if callable(when) else lambda: when, timedelta()

    def advance(self, seconds):
        self.world.offset += timedelta(seconds=seconds)

    def fail_next(self, status, operation="createPosts", *, times=1, acted=False, body=None, **headers):
        """The next `times` requests for `operation` answer `status`; `acted`: X does what is asked all the same."""
        self.world.faults += [Fault(operation, status, acted=acted, body=body, headers=headers)] * times

    def lose_next(self, how="drop", operation="createPosts", *, times=1, acted=True):
        """The answer is lost: drop (closed, nothing said), reset (RST), cut (half an answer)."""
        self.world.faults += [Fault(operation, how=how, acted=acted)] * times

    def answer(self, request):
        """(answer, how its delivery goes wrong or "")."""
        with self._lock:
            operation = matched(request)
            name = operation["operationId"] if operation else ""
            turn = _Turn(self._unknown(name))
            try:
                self._take(turn, name, operation, request)
            except answers.Refused as refused:
                turn.answer = refused.answer
            except Exception as defect:
                self.violations.append(f"a defect of this server: {defect!r}")
                turn.answer = answers.trouble(500)
            self.log.append(self._line(name, request, turn))
            return replace(turn.answer, headers={**turn.limits, **turn.answer.headers}), turn.lost

    def _take(self, turn, name, operation, request):
        if operation is None:
            self.violations.append(f"{request.method} {request.path}: no such operation here")
            raise answers.not_found("path", request.path)
        turn.user = self._gate.user(request, operation)
        turn.limits, allowed = self._counted(turn.user, name)
        if not allowed:
            raise answers.rate_limited()
        fault = self.world.fault_for(name)
        turn.lost = fault.how if fault else ""
        if fault is None or fault.acted:
            turn.answer = self._done(name, operation, turn.user, request)
        if fault and (fault.status or not fault.acted):
            turn.answer = self._faulty(fault)

    def _done(self, name, operation, user, request):
        if self.judging and (told := mistakes(request, operation)):
            self.violations += [f"{request.method} {request.path}: {what}" for what in told]
            raise answers.invalid(*told)
        if self.world.credits is not None and self.world.credits <= 0:
            raise answers.depleted(user)
        answer = RULES[name](self.world, user, request)
        if self.world.credits is not None:
            self.world.credits -= writes.price(name, answer, request)
        return answer

    def _faulty(self, fault):
        said = answers.trouble(fault.status)
        kind = answers.PROBLEM_JSON if "type" in (fault.body or {}) else said.content_type
        headers = {name.replace("_", "-"): str(value) for name, value in fault.headers.items()}
        if fault.status == 429:
            headers = {"x-rate-limit-remaining": "0", **headers}
        return answers.Answer(fault.status, fault.body or said.body, kind, headers)

    def _counted(self, user, name):
        limit, remaining, reset, allowed = self.world.count(user, name)
        return _headers(limit, remaining, reset), allowed

    def _unknown(self, name):
        """Headers where nobody is counted yet."""
        limit = self.world.limits.get(name, 0)
        return _headers(limit, limit, int(self.world.now().timestamp()) + WINDOW)

    def _line(self, name, request, turn):
        words = request.mime == "application/json" and len(request.body) < 10_000
        body = request.body.decode("utf-8", "replace") if words else f"{len(request.body)} bytes"
        who = turn.user.username if turn.user else ""
        return Asked(name, request.method, request.path, tuple(request.query), who, turn.answer.status, body)


def _headers(limit, remaining, reset):
    told = {"limit": limit, "remaining": remaining, "reset": reset}
    return {f"x-rate-limit-{name}": str(value) for name, value in told.items()}
