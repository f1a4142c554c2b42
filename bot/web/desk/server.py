"""The desk, opened: its site behind the guard, on a server with a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.app import App
from bot.errors import FootnoteError
from bot.web.desk.entrance import Entrance
from bot.web.desk.guard import Guard, plain
from bot.web.desk.policy import policy_of

CONNECTIONS = 64
HEAD = 16 * 1024
"""Bytes of a request's head, at most."""
SILENCE = 20.0
"""Seconds after which a connection that does not ask, or does not take its answer, is cut off."""
KEPT, GRACE, PATIENCE = 5, 3, 5.0
"""Seconds: a connection that is kept for the next request; requests in flight when it stops; all of stopping."""

Site = Callable[[App, Entrance], Starlette]


class Impatient(H11Protocol):
    """A connection is cut off when nothing comes of it: uvicorn waits for a request for ever."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody is there: begin to look at the clock."""
        super().connection_made(transport)
        self._clock = self.loop.call_later(SILENCE, self._look, None)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there any more."""
        self._clock.cancel()
        super().connection_lost(exc)

    def _look(self, before: object) -> None:
        """Cut it off where the same request, asked and being answered, or none at all, is there since the last look."""
        now: Any = self.cycle
        waits_for_us = now is not None and not now.response_started
        if now is before and not waits_for_us:
            self.transport.abort()
        else:
            self._clock = self.loop.call_later(SILENCE, self._look, object() if waits_for_us else now)


class DeskServer:
    """Serves the application that `asgi` makes for the port, from a thread of its own."""

    def __init__(self, asgi: Callable[[int], ASGIApp], host: str, port: int) -> None:
        """Opens nothing; port 0 means any free one."""
        self._asgi, self._host, self._port = asgi, host, port
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> str:
        """Listen, and give the address; raises FootnoteError where that place cannot be had."""
        listener = self._listen()
        port = int(listener.getsockname()[1])
        self._server = uvicorn.Server(_settings(self._asgi(port)))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), name="desk", daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise FootnoteError("the desk did not start; what is written above says why")
            time.sleep(0.01)
        return f"http://{f'[{self._host}]' if ':' in self._host else self._host}:{port}/"

    def stop(self) -> None:
        """Stop listening, and give requests in flight a moment; safe to repeat."""
        server, thread, self._server, self._thread = self._server, self._thread, None, None
        if server and thread:
            server.should_exit = True
            thread.join(PATIENCE)
            server.force_exit = True

    def _listen(self) -> socket.socket:
        """A socket of our own (which no other program inherits): what hinders it is told before anything starts."""
        listener = socket.socket(socket.AF_INET6 if ":" in self._host else socket.AF_INET)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((self._host, self._port))
            listener.listen(CONNECTIONS)
        except OSError as error:
            listener.close()
            raise FootnoteError(
                f"the desk cannot listen on {self._host}:{self._port}: {error}. "
                "Stop the program that listens there, or give the desk another host or port in config.toml."
            ) from error
        return listener


def _settings(asgi: ASGIApp) -> uvicorn.Config:
    """Nothing is logged but by the guard; no other program is believed who asks; what is not needed is off."""
    return uvicorn.Config(
        asgi,
        http=Impatient,
        loop="asyncio",
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="critical",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=GRACE,
        h11_max_incomplete_event_size=HEAD,
    )


class Desk:
    """The desk of a workspace: closed, until it is started."""

    def __init__(self, app: App, site: Site) -> None:
        self._app, self._site = app, site
        self._server: DeskServer | None = None

    def start(self) -> str:
        """Open it, and give what its person is told: a link that opens once, or (with a password) the address.

        Raises FootnoteError where it may not be opened as config.toml says, or where it cannot listen.
        """
        config, entrance = self._app.config, Entrance(self._app)
        entrance.check()
        site = self._site(self._app, entrance)

        def guarded(port: int) -> ASGIApp:
            return Guard(site, policy_of(config, port), entrance, sorry=getattr(site.state, "sorry", plain))

        self._server = DeskServer(guarded, config.desk_host, config.desk_port)
        listens = self._server.start()
        self._app.ledger.admissions.keep_address(f"{config.desk_url.rstrip('/')}/" if config.desk_url else listens)
        return entrance.invitation()

    def stop(self) -> None:
        """Close it; safe to repeat."""
        if self._server:
            self._server.stop()


def open_desk(app: App, site: Site | None = None) -> Desk:
    """The desk of this workspace, wired (tests bring a site of their own)."""
    if site:
        return Desk(app, site)
    from bot.web.desk.site import desk_site

    return Desk(app, desk_site)
