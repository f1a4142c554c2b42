"""HTTP, and the one meaning of every failure: `ask` for calls nobody sees, `commit` for the irreversible one.

A failure of `ask` promises that nothing was posted. A failure of `commit` promises it only where that is certain:
the connection was never made, or the server said no in so many words (4xx, but 408). Whatever else goes wrong - no
answer, half an answer, an answer that cannot be read, 5xx - is Unconfirmed.
"""

from __future__ import annotations

import json
import os
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from requests.utils import get_environ_proxies
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError
from urllib3.util import Retry

from bot import __version__
from bot.errors import NetworkError, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed

MOST = 8_000_000
"""The longest answer that is read, in bytes."""
A_WHILE = timedelta(minutes=1)
CONNECTS = 2
NEVER_SENT = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
    requests.exceptions.InvalidHeader,
    requests.exceptions.InvalidProxyURL,
)
NEVER_MADE = (NewConnectionError, ConnectTimeoutError, ssl.SSLCertVerificationError)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, read whole. `told` is its JSON (None where it is not JSON), `text` how it begins."""

    status: int
    headers: Mapping[str, str]
    told: Any
    text: str = ""

    @property
    def is_success(self) -> bool:
        """Whether the server did what it was asked, and said so as it should."""
        return 200 <= self.status < 300 and self.told is not None

    @property
    def fields(self) -> Mapping[str, Any]:
        """The JSON object it answered; {} where it answered something else."""
        return self.told if isinstance(self.told, dict) else {}

    @property
    def rows(self) -> list[Any]:
        """The JSON list it answered; [] where it answered something else."""
        return self.told if isinstance(self.told, list) else []


@dataclass(frozen=True, slots=True)
class Manners:
    """How one network talks.

    `reset` is the header that tells when it may be asked again (seconds since 1970, or ISO 8601); Retry-After goes
    before it. `said` finds the words of a refusal; `judge` may give an answer a meaning of its own (None = the usual).
    """

    reset: str = ""
    said: Callable[[Answer], str] = lambda answer: str(answer.fields.get("error") or "")
    judge: Callable[[Answer, str], NetworkError | None] = lambda answer, said: None


class Line(HTTPAdapter):
    """The way to a server: a connection that was not made is tried once more; a request that left never is."""

    def __init__(self, timeout: timedelta) -> None:
        seconds = timeout.total_seconds()
        self._timeouts = (min(5.0, seconds / 4), seconds / 2)
        retries = Retry(connect=CONNECTS - 1, read=False, redirect=False, status=0, other=0, backoff_factor=0.1)
        super().__init__(max_retries=retries, pool_maxsize=16)

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """As requests does, never without a time limit."""
        return super().send(request, *args, **{**options, "timeout": options.get("timeout") or self._timeouts})


def open_session(base: str, timeout: timedelta) -> requests.Session:
    """A session on such lines: the environment's proxy and certificates, but no netrc and no cookies."""
    made = requests.Session()
    made.trust_env = False  # looked at once, here
    made.proxies = dict(get_environ_proxies(base))
    made.verify = os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("SSL_CERT_FILE") or True
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers["User-Agent"] = f"footnote/{__version__}"
    for scheme in ("https://", "http://"):
        made.mount(scheme, Line(timeout))
    return made


class Wire:
    """One account's way to one server: `base` is its address. Safe to use from several threads."""

    def __init__(
        self,
        base: str,
        *,
        timeout: timedelta,
        now: Callable[[], datetime],
        manners: Manners,
        scrub: Callable[[str], str] = str,
    ) -> None:
        self.base, self.session = base.rstrip("/"), open_session(base, timeout)
        self._heard = "", now()
        self._longest, self._now, self._manners, self._scrub = timeout.total_seconds(), now, manners, scrub

    def ask(self, method: str, path: str, **request: Any) -> Answer:
        """A call that nobody sees: safe to repeat. Raises Unavailable, RateLimited, Rejected or Unauthorized."""
        return self._call(method, path, request, irreversible=False)

    def commit(self, method: str, path: str, **request: Any) -> Answer:
        """The irreversible call. Raises Unconfirmed unless it is certain that nothing was posted."""
        return self._call(method, path, request, irreversible=True)

    @contextmanager
    def failing(self, *, irreversible: bool) -> Iterator[None]:
        """The meaning of a call in here that ends without an answer; also for clients that make their own calls."""
        try:
            yield
        except (requests.RequestException, HTTPError, OSError) as error:
            why = self._scrub(f"{self.base}: {_why(error)}")
            if irreversible and not (isinstance(error, NEVER_SENT) or _was_never_made(error)):
                raise Unconfirmed(f"no answer that can be read from {why}") from error
            raise Unavailable(f"cannot reach {why}") from error

    def meaning(self, answer: Answer, *, irreversible: bool) -> NetworkError:
        """What an answer that is no success means."""
        said = self._words(answer)
        judged = self._manners.judge(answer, said)
        if judged is not None:
            return judged
        if answer.status == 429:
            return RateLimited(said, retry_at(answer.headers, self._manners.reset, self._now()))
        if answer.status in {401, 402}:
            return Unauthorized(said)
        if 400 <= answer.status < 500 and answer.status != 408:
            return Rejected(said)
        return Unconfirmed(said) if irreversible else Unavailable(said)

    def _call(self, method: str, path: str, request: Mapping[str, Any], *, irreversible: bool) -> Answer:
        deadline = time.monotonic() + self._longest
        with self.failing(irreversible=irreversible):
            got = self.session.request(method, self.base + path, stream=True, allow_redirects=False, **request)
            with got as response:
                answer = answer_of(response, _read(response, deadline))
        self._heard = answer.headers.get("Date", ""), self._now()
        if not answer.is_success:
            raise self.meaning(answer, irreversible=irreversible)
        return answer

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of the server's, by its last answer; None when it did not say."""
        told, at = self._heard
        try:
            return at - _aware(parsedate_to_datetime(told))
        except (ValueError, TypeError):
            return None

    def _words(self, answer: Answer) -> str:
        said = self._manners.said(answer) or " ".join(answer.text.split()) or "nothing"
        unread = "what cannot be read: " if 200 <= answer.status < 300 else ""
        return self._scrub(f"{self.base} answered {answer.status}: {unread}{said[:200]}")


def answer_of(response: requests.Response, body: bytes) -> Answer:
    """A response whose body was read, as an Answer."""
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    return Answer(response.status_code, response.headers, told, body[:200].decode(errors="replace"))


def retry_at(headers: Mapping[str, str], reset: str, now: datetime) -> datetime:
    """When a network may be asked again: its Retry-After, else its `reset` header, else in a while."""
    after, at = headers.get("Retry-After", "").strip(), headers.get(reset, "").strip() if reset else ""
    try:
        if after:
            return now + timedelta(seconds=float(after)) if after[0].isdigit() else _aware(parsedate_to_datetime(after))
        if at:
            return datetime.fromtimestamp(float(at), UTC) if at.isdigit() else _aware(datetime.fromisoformat(at))
    except (ValueError, OverflowError, TypeError):
        pass  # a header that nobody can read is no answer
    return now + A_WHILE


def _read(response: requests.Response, deadline: float) -> bytes:
    """The whole body; raises TimeoutError for one that trickles, OSError for one that never ends."""
    parts, size = [], 0
    while chunk := response.raw.read1(decode_content=True):
        parts.append(chunk)
        size += len(chunk)
        if size > MOST:
            raise OSError(f"more than {MOST:,} bytes")
        if time.monotonic() > deadline:
            raise TimeoutError("the answer came too slowly")
    return b"".join(parts)


def _was_never_made(error: BaseException) -> bool:
    """Certain that no byte of the request left: every connection failed before it was made."""
    return any(isinstance(inner, NEVER_MADE) for inner in _chain(error))


def _why(error: BaseException) -> str:
    """The innermost words of an exception: the outer ones repeat addresses and objects."""
    *_, inner = _chain(error)
    return str(inner).strip().rpartition("): ")[2] or type(inner).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An exception and those that it wraps, as requests and urllib3 wrap them."""
    inner: BaseException | None = error
    while inner is not None:
        yield inner
        wrapped = (getattr(inner, "reason", None), *inner.args)
        inner = next((one for one in wrapped if isinstance(one, BaseException)), None)


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
