"""The guard before the desk: whatever is not meant for it, or comes from no one it knows, goes no further."""

from __future__ import annotations

import asyncio
import logging
import math
import re
import time
from collections.abc import Callable, Mapping

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.desk.entrance import Entrance
from bot.web.desk.pace import Pace
from bot.web.desk.policy import Policy, client_of, is_own

ALWAYS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    # No other site learns an address of the desk; `no-referrer` would also take the Origin off the desk's own forms.
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
UTF_8 = re.compile(r"^(?!.*charset\s*=(?!\s*\"?utf-8))", re.IGNORECASE)
"""A content type that names no other charset."""
LARGE = (256 * 1024, "256 KB")
LARGEST = (
    (re.compile(r"/texts"), 21 * 1024 * 1024, "20 MB"),
    (re.compile(r"/posts/[^/]+/(edit|photo)"), 41 * 1024 * 1024, "40 MB"),
)
"""The bytes of a whole form, and how much of them a person may give: the largest text that is read has 20 MB, the
largest photo 40.
"""
PATIENCE = 30.0
log = logging.getLogger(__name__)

Sorry = Callable[[Request, int, str], Response]
"""Makes the page that says a refusal."""


class Refused(Exception):
    """The request goes no further, and this is the answer."""

    def __init__(self, answer: Response) -> None:
        self.answer = answer


class Gone(Exception):
    """The client went away while it was speaking: nobody waits for an answer."""


def plain(_: Request, status: int, words: str) -> Response:
    """A refusal in a few words."""
    return PlainTextResponse(f"{words}\n", status)


class Guard:
    """Every request passes here, in this order: its Host, its pace, its origin, its session, its body.

    Nothing that the client sent is repeated in a refusal, or written to the log. A body is read whole before it
    is passed on, and only for those who may come in (or are at the door).
    """

    def __init__(
        self,
        app: ASGIApp,
        policy: Policy,
        entrance: Entrance,
        *,
        sorry: Sorry = plain,
        pace: Pace | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._app, self._policy, self._entrance, self._sorry = app, policy, entrance, sorry
        self._pace, self._patience = pace or Pace(), patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":  # the server offers nothing else
            return
        answer, request = _Answer(send, self._policy), Request(scope)
        try:
            self._let_pass(request)
            body = await self._body(request, receive)
            await self._app(scope, _again(body, receive), answer.send)
        except Refused as refused:
            await refused.answer(scope, receive, answer.send)
        except Gone:
            return
        except Exception:
            log.exception("the desk could not answer")  # a door: what went wrong is for the log alone
            if not answer.has_begun:
                words = "Something went wrong here. The bot's log says what."
                await plain(request, 500, words)(scope, receive, answer.send)

    def _let_pass(self, request: Request) -> None:
        headers, policy = request.headers, self._policy
        if headers.get("host", "").lower() not in policy.hosts:
            raise Refused(plain(request, 400, "This is not the address of this desk."))
        peer = request.client.host if request.client else ""
        client = client_of(policy, peer, ",".join(headers.getlist("x-forwarded-for")))
        request.scope["client"] = (client, 0)
        if _is_from_elsewhere(headers):  # not counted: another site's page must not use up this person's pace
            raise Refused(plain(request, 403, "This was asked by a page of somebody else."))
        if wait := self._pace.wait(client):
            answer = plain(request, 429, "Too many requests. Wait a moment, then try again.")
            answer.headers["Retry-After"] = str(math.ceil(wait))
            raise Refused(answer)
        if not is_own(policy, request.method, headers.get("sec-fetch-site", ""), headers.get("origin", "")):
            words = "This did not come from a page of this desk, so nothing was done. Open the desk and do it there."
            raise Refused(self._sorry(request, 403, words))
        if not UTF_8.search(headers.get("content-type", "")):
            raise Refused(plain(request, 415, "Words are sent as UTF-8 here."))
        path = request.url.path
        if path != "/enter" and not path.startswith(("/enter/", "/static/")) and not self._is_in(request):
            raise Refused(self._to_the_door(request))

    def _to_the_door(self, request: Request) -> Response:
        """Nobody is led away from what they typed: the browser keeps what was sent, and sends it when asked again."""
        is_fragment = "hx-request" in request.headers
        if request.method in {"GET", "HEAD"}:
            door = {"HX-Redirect": "/enter"}
            return PlainTextResponse("", 401, door) if is_fragment else RedirectResponse("/enter", 303)
        if is_fragment:
            return PlainTextResponse("", 401)
        words = (
            "You are not signed in any more, so nothing was done. Come in again in another tab, then load this page "
            "again: what you sent is sent once more."
        )
        return self._sorry(request, 401, words)

    def _is_in(self, request: Request) -> bool:
        return self._entrance.is_in(request.cookies.get(self._entrance.cookie, ""))

    async def _body(self, request: Request, receive: Receive) -> bytes:
        """The whole body, counted as it comes: what its length is said to be is believed only when it is too much."""
        path = request.url.path
        most, size = next(((most, size) for some, most, size in LARGEST if some.fullmatch(path)), LARGE)
        told = request.headers.get("content-length", "")
        try:
            async with asyncio.timeout(self._patience):
                body = None if told.isdecimal() and int(told) > most else await _read(receive, most)
        except TimeoutError:
            answer = self._sorry(request, 408, "This took too long to arrive. Try again.")
            answer.headers["Connection"] = "close"
            raise Refused(answer) from None
        if body is None:  # what still comes is thrown away: a browser reads no answer before it has said everything
            raise Refused(self._sorry(request, 413, f"This is too large: {size} at most. Nothing was kept."))
        return body


class _Answer:
    """Sends an answer with the headers that every answer has."""

    def __init__(self, send: Send, policy: Policy) -> None:
        self._send, self._policy, self._since = send, policy, time.perf_counter()
        self.has_begun = False

    async def send(self, message: Message) -> None:
        """Pass a message on; the server's time runs until the headers go, for then the page is made."""
        if message["type"] == "http.response.start":
            self.has_begun = True
            headers = MutableHeaders(scope=message)
            headers.update(self._always())
            headers.setdefault("Cache-Control", "no-store")
        await self._send(message)

    def _always(self) -> Mapping[str, str]:
        milliseconds = (time.perf_counter() - self._since) * 1000
        hsts = {"Strict-Transport-Security": "max-age=31536000"} if self._policy.is_https else {}
        return {**ALWAYS, **hsts, "Server-Timing": f"app;dur={milliseconds:.1f}"}


def _is_from_elsewhere(headers: Mapping[str, str]) -> bool:
    """Whether a page of another site asks for a part of itself: who follows a link from there comes as a document."""
    foreign = headers.get("sec-fetch-site", "") in {"cross-site", "same-site"}
    return foreign and headers.get("sec-fetch-dest", "document") != "document"


async def _read(receive: Receive, most: int) -> bytes | None:
    """The body, or None as soon as it is more than `most` bytes; raises Gone."""
    body, more = bytearray(), True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > most:
            return None
    return bytes(body)


def _again(body: bytes, receive: Receive) -> Receive:
    """Says the body once, then whatever comes after it."""
    left = [body]

    async def say() -> Message:
        return {"type": "http.request", "body": left.pop(), "more_body": False} if left else await receive()

    return say
