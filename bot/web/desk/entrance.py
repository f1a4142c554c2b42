"""The entrance to the desk: a link that opens once or a password, then a session; secrets leave no trace here."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from threading import Lock
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.app import App
from bot.web.desk.passwords import Guesses, TooManyGuesses, matches
from bot.web.desk.policy import check_door, needs_password

LINK, SESSION = timedelta(hours=1), timedelta(days=30)
USED = "This link has been opened already, or it is more than an hour old. Type `bot desk` for a new one."
WRONG = "That is not the password. Try again."


Render = Callable[..., Response]
"""Makes a page: `render(request, template, status=200, **what the template asks for)`."""


class Entrance:
    """Who may come in. Sessions and links are in the ledger: they outlive the program, and any program can give one."""

    def __init__(self, app: App, matches: Callable[[str, str], bool] = matches) -> None:
        self._app, self._admissions, self._matches = app, app.ledger.admissions, matches
        self._guesses, self._turn = Guesses(), Lock()
        # Cookies know no ports: each desk of a machine has a name of its own.
        self.cookie = f"footnote-{_sha256(f'{app.config.workspace} {app.config.root}')[:8]}"
        self.is_https = app.config.desk_url.startswith("https:")

    @property
    def has_password(self) -> bool:
        """Whether a password is set."""
        return bool(self._admissions.password())

    @property
    def needs_password(self) -> bool:
        """Whether the desk opens only with a password: others than the people at this computer can reach it."""
        return needs_password(self._app.config)

    def check(self) -> None:
        """Raises FootnoteError with what to do where the desk may not be opened."""
        check_door(self._app.config, has_password=self.has_password)

    def invitation(self) -> str:
        """What to tell somebody at this computer who wants to come in."""
        if self.has_password:
            return self._admissions.address()
        return f"{self.new_link()}   (opens once; `bot desk` gives another link)"

    def new_link(self) -> str:
        """An address that lets one person in, once, within an hour."""
        return f"{self._admissions.address()}enter/{self._new('link', LINK)}"

    def enter_by_link(self, key: str) -> str | None:
        """A new session for the key of a link, which is used up; None when it opens nothing (any more)."""
        return self._new("session", SESSION) if self._admissions.take("link", _sha256(key), self._app.now()) else None

    def enter_by_password(self, password: str, address: str) -> str | None:
        """A new session for the password, None for a wrong one; raises TooManyGuesses.

        One is looked at at a time, for each look costs 64 MB; a wrong one counts before the next is looked at.
        """
        with self._turn:
            now = self._app.now()
            self._guesses.check(address, now)
            if self._matches(self._admissions.password(), password):
                return self._new("session", SESSION)
            self._guesses.note(address, now)
        return None

    def is_in(self, session: str) -> bool:
        """Whether that session (the cookie's value) is one of ours, and not over."""
        return bool(session) and self._admissions.is_valid("session", _sha256(session), self._app.now())

    def leave(self, session: str) -> None:
        """End a session."""
        self._admissions.forget("session", _sha256(session))

    def _new(self, kind: Literal["link", "session"], lasts: timedelta) -> str:
        secret, now = secrets.token_urlsafe(24), self._app.now()
        self._admissions.add(kind, _sha256(secret), now + lasts, now)
        return secret


def entrance_routes(entrance: Entrance, render: Render) -> list[Route]:
    """The pages of the entrance; `render` makes enter.html with `problem` and `has_password`."""
    pages = _Pages(entrance, render)
    return [
        Route("/enter", pages.show, methods=["GET"]),
        Route("/enter", pages.enter_by_password, methods=["POST"]),
        Route("/enter/{key}", pages.enter_by_link, methods=["GET"]),
        Route("/leave", pages.leave, methods=["POST"]),
    ]


@dataclass(frozen=True, slots=True)
class _Pages:
    entrance: Entrance
    render: Render

    def show(self, request: Request) -> Response:
        return self._page(request)

    def enter_by_link(self, request: Request) -> Response:
        if request.method != "GET" or _is_only_a_look(request):
            return PlainTextResponse("", 503)
        if session := self.entrance.enter_by_link(request.path_params["key"]):
            return self._let_in(request, session)
        if self.entrance.is_in(self._session(request)):  # opened again where it had opened
            return RedirectResponse("/", 303)
        return self._page(request, USED, 403)

    async def enter_by_password(self, request: Request) -> Response:
        async with request.form(max_files=0, max_fields=4) as told:
            password = told.get("password", "")
        return await run_in_threadpool(self._judge, request, password if isinstance(password, str) else "")

    def leave(self, request: Request) -> Response:
        self.entrance.leave(self._session(request))
        answer = RedirectResponse("/enter", 303)
        answer.delete_cookie(self.entrance.cookie, secure=self.entrance.is_https, httponly=True, samesite="lax")
        return answer

    def _judge(self, request: Request, password: str) -> Response:
        address = request.client.host if request.client else ""
        try:
            session = self.entrance.enter_by_password(password, address)
        except TooManyGuesses as error:
            answer = self._page(request, str(error), 429)
            answer.headers["Retry-After"] = "60"
            return answer
        return self._let_in(request, session) if session else self._page(request, WRONG, 403)

    def _let_in(self, request: Request, session: str) -> Response:
        """Always with a new session, whatever the browser brought along; that one ends."""
        self.entrance.leave(self._session(request))
        answer = RedirectResponse("/", 303)
        age, secure = int(SESSION.total_seconds()), self.entrance.is_https
        answer.set_cookie(self.entrance.cookie, session, max_age=age, secure=secure, httponly=True, samesite="lax")
        return answer

    def _page(self, request: Request, problem: str = "", status: int = 200) -> Response:
        return self.render(request, "enter.html", status, problem=problem, has_password=self.entrance.has_password)

    def _session(self, request: Request) -> str:
        return request.cookies.get(self.entrance.cookie, "")


def _is_only_a_look(request: Request) -> bool:
    """Browsers fetch ahead what a person may click on: that must not use a link up."""
    said = " ".join(request.headers.get(name, "") for name in ("sec-purpose", "purpose", "x-purpose", "x-moz")).lower()
    return "prefetch" in said or "preview" in said


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
