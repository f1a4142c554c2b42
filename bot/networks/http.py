"""HTTP, and the one meaning of every failure: `ask` for calls nobody sees, `commit` for the irreversible one.

A failure of `ask` promises that nothing was posted. A failure of `commit` promises it only where that is certain:
the connection was never made, or the server said no in so many words (4xx, but 408). Whatever else goes wrong - no
answer, half an answer, an answer that cannot be read, 5xx - is Unconfirmed.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import requests
from urllib3.exceptions import ConnectTimeoutError, HTTPError, InvalidHeader, NewConnectionError

from bot.errors import NetworkError, RateLimited, Rejected, Unauthorized, Unavailable, Unconfirmed
from bot.io.requesting import causes
from bot.networks.lines import open_session
from bot.written import plain

MOST = 8_000_000
"""The longest answer that is read, in bytes."""
AT_ONCE = 65536
A_WHILE, LONGEST_BREAK = timedelta(minutes=1), timedelta(days=31)
"""When to come back where no answer says so, and the latest that an answer can mean."""
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
    `empty_is_well`: 2xx without a body is a success, also of the irreversible call, whose adapter looks at headers.
    `yes` tells what other answers are.
    """

    reset: str = ""
    said: Callable[[Answer], str] = lambda answer: str(answer.fields.get("error") or "")
    judge: Callable[[Answer, str], NetworkError | None] = lambda answer, said: None
    empty_is_well: bool = False
    yes: Callable[[Answer], bool] = lambda answer: False


class Wire:
    """One account's way to one server: `base` is its address. Safe to use from several threads.

    Of `timeout`, an answer gets half, a connection at most a quarter, twice (bot/networks/lines.py). `public` asks
    machines of the public Internet only, for addresses that can be any.
    """

    def __init__(
        self,
        base: str,
        *,
        timeout: timedelta,
        now: Callable[[], datetime],
        manners: Manners,
        scrub: Callable[[str], str] = str,
        public: bool = False,
    ) -> None:
        self.base, self.session = base.rstrip("/"), open_session(base, timeout, public=public)
        self._heard = "", now()
        self._now, self._manners, self._scrub = now, manners, scrub

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
        except UnicodeEncodeError as error:  # of a header, and headers leave as one
            raise Unavailable(f"never sent to {self.base}: {self._shown(str(error))}") from error
        except (requests.RequestException, HTTPError, OSError) as error:
            why = f"{self.base}: {self._shown(_why(error))}"
            if irreversible and not _was_never_sent(error):
                raise Unconfirmed(f"no answer that can be read from {why}") from (
                    error if self._is_clean(error) else None
                )
            raise Unavailable(f"cannot reach {why}") from (error if self._is_clean(error) else None)

    def meaning(self, answer: Answer, *, irreversible: bool) -> NetworkError:
        """What an answer that is no success means."""
        said = self._words(answer)
        judged = self._manners.judge(answer, said)
        if judged is not None:
            return Unavailable(said) if type(judged) is Unconfirmed and not irreversible else judged
        if answer.status == 429:
            return RateLimited(said, retry_at(answer.headers, self._manners.reset, self._now()))
        if answer.status in {401, 402}:
            return Unauthorized(said)
        if 400 <= answer.status < 500 and answer.status != 408:
            return Rejected(said)
        return Unconfirmed(said) if irreversible else Unavailable(said)

    def _call(self, method: str, path: str, request: Mapping[str, Any], *, irreversible: bool) -> Answer:
        with self.failing(irreversible=irreversible):
            got = self.session.request(method, self.base + path, stream=True, allow_redirects=False, **request)
            with got as response:
                answer = answer_of(response, body := _read(response))
        self._heard = answer.headers.get("Date", ""), self._now()
        is_done = answer.status == 204 and not irreversible  # "no content" proves nothing that was published
        is_done |= self._manners.empty_is_well and 200 <= answer.status < 300 and not body
        if not (answer.is_success or is_done or self._manners.yes(answer)):
            raise self.meaning(answer, irreversible=irreversible)
        return answer

    def clock_ahead(self) -> timedelta | None:
        """How far our clock is ahead of the server's, by its last answer; None when it did not say."""
        told, at = self._heard
        try:
            return at - _aware(parsedate_to_datetime(told))
        except (ValueError, TypeError, OverflowError):
            return None

    def _words(self, answer: Answer) -> str:
        moved = self._shown(answer.headers.get("Location", "")) if 300 <= answer.status < 400 else ""
        if moved:
            return f"{self.base} answered {answer.status}: it has moved to {moved}: put that address into config.toml"
        said = self._shown(self._manners.said(answer)) or self._shown(answer.text) or "nothing"
        unread = "what cannot be read: " if 200 <= answer.status < 300 else ""
        return f"{self.base} answered {answer.status}: {unread}{said}"

    def _is_clean(self, error: BaseException) -> bool:
        """Whether it tells no secret: it may tell an address that holds one."""
        told = " ".join(map(repr, causes(error)))
        return self._scrub(told) == told

    def _shown(self, text: str) -> str:
        """What others say, fit to be shown; scrubbed before it is cut, or half a secret could stay."""
        return plain(self._scrub(text[:2000]))[:200]


def answer_of(response: requests.Response, body: bytes) -> Answer:
    """A response whose body was read, as an Answer; one that came packed all the same is not unpacked."""
    packed = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if packed != "identity":
        return Answer(response.status_code, response.headers, None, f"packed as {packed}, which nobody asked for")
    text = body.decode("utf-8-sig", "replace")
    return Answer(response.status_code, response.headers, _json(text), text[:2000])


def _json(text: str) -> Any:
    """The JSON that it is, without halves of characters, which no file or database takes; None where it is none."""
    try:
        told = json.loads(text)
        if "\\ud" not in text.lower():
            return told
        whole = json.dumps(told, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return json.loads(whole)
    except (ValueError, RecursionError):  # numbers of thousands of digits, thousands of brackets
        return None


def retry_at(headers: Mapping[str, str], reset: str, now: datetime) -> datetime:
    """When a network may be asked again: its Retry-After, else its `reset` header, else in a while."""
    after, at = headers.get("Retry-After", "").strip(), headers.get(reset, "").strip() if reset else ""
    try:
        if after:
            told = now + timedelta(seconds=float(after)) if after[0].isdigit() else parsedate_to_datetime(after)
        else:
            told = datetime.fromtimestamp(float(at), UTC) if at.isdigit() else datetime.fromisoformat(at)
        told = _aware(told).astimezone(UTC)
    except (ValueError, OverflowError, TypeError, OSError):
        return now + A_WHILE  # a header that nobody can read is no answer
    return told if told - now <= LONGEST_BREAK else now + A_WHILE


def _read(response: requests.Response) -> bytes:
    """The whole body, as it came; raises OSError for one that never ends. The line says how long it may take."""
    parts, size = [], 0
    while chunk := response.raw.read1(AT_ONCE, decode_content=False):
        parts.append(chunk)
        size += len(chunk)
        if size > MOST:
            raise OSError(f"more than {MOST:,} bytes")
    return b"".join(parts)


def _was_never_sent(error: BaseException) -> bool:
    """Certain that the server has no request: every connection failed before it was made, or none was tried."""
    every = list(causes(error))
    if any(isinstance(inner, NEVER_MADE) for inner in every):
        return True
    # requests calls a header that the server sent by the same name as one of ours
    return isinstance(error, NEVER_SENT) and not any(isinstance(inner, InvalidHeader) for inner in every)


def _why(error: BaseException) -> str:
    """The innermost words of an exception: the outer ones repeat addresses and objects."""
    *_, inner = causes(error)
    return str(inner).strip().rpartition("): ")[2] or type(inner).__name__


def _aware(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=UTC)
