"""The way to a server, and how long it may hold us: a line has a time limit for every connection and every answer."""

from __future__ import annotations

import http.client
import io
import socket
import time
from datetime import timedelta
from http.cookiejar import DefaultCookiePolicy
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util import Retry

from bot import __version__
from bot.io.machines import is_public
from bot.io.requesting import heed

CONNECTS = 2


class Hourglass(io.RawIOBase):
    """What a socket sends within its own time limit, which runs once for all that is read here, not for each piece.

    The socket keeps what is left of the limit: urllib3 sets it anew before every request and every answer.
    """

    def __init__(self, sock: socket.socket) -> None:
        self._sock, self._raw = sock, sock.makefile("rb", buffering=0)
        self._end = time.monotonic() + (sock.gettimeout() or 0.0)  # without a limit, nothing is read at all

    def makefile(self, mode: str) -> io.BufferedReader:
        """As a socket does, for http.client, which only reads."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """It is for nothing else."""
        return True

    def readinto(self, buffer: Any) -> int | None:
        """As a socket does; raises TimeoutError once the time is over, however little came in it."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer came too slowly")
        self._sock.settimeout(left)
        return self._raw.readinto(buffer)

    def close(self) -> None:
        """Let go of the socket, which the connection closes."""
        self._raw.close()
        super().close()


class _Reply(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **options: Any) -> None:
        super().__init__(Hourglass(sock), *args, **options)  # type: ignore[arg-type]


class _Plain(HTTPConnection):
    response_class = _Reply


class _Secure(HTTPSConnection):
    response_class = _Reply


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _Secure


class _Public(_Secure):
    def _new_conn(self) -> socket.socket:
        """Refused before a byte is sent: the machine that was reached is looked at, whatever its name says."""
        reached = super()._new_conn()
        if is_public(reached.getpeername()[0]):
            return reached
        reached.close()
        raise NewConnectionError(self, "it is not on the public Internet")


class _PublicPool(HTTPSConnectionPool):
    ConnectionCls = _Public


POOLS = {"http": _PlainPool, "https": _SecurePool}


class Line(HTTPAdapter):
    """The way to a server: a connection that was not made is tried once more; a request that left never is.

    Of `timeout`, each of the two connections gets a quarter (at most 5 seconds), the answer half: its head and its
    body, together, however slowly they come. `public` = only https, and only to machines of the public Internet; what
    goes through a proxy, the proxy must judge.
    """

    def __init__(self, timeout: timedelta, *, public: bool = False) -> None:
        self._pools = {"https": _PublicPool} if public else POOLS
        seconds = timeout.total_seconds()
        self._timeouts = (min(5.0, seconds / 4), seconds / 2)
        retries = Retry(
            connect=CONNECTS - 1,
            read=False,
            redirect=False,
            status=0,
            other=0,
            backoff_factor=0.1,
            respect_retry_after_header=False,  # when to come back is the caller's to read
        )
        super().__init__(max_retries=retries, pool_maxsize=16)

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        """As requests does, with our own pools."""
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = self._pools

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        """As requests does, with our own pools; SOCKS has others, which limit each piece of an answer only."""
        manager = super().proxy_manager_for(proxy, **options)
        if not proxy.lower().startswith("socks"):
            manager.pool_classes_by_scheme = POOLS
        return manager

    def send(self, request: requests.PreparedRequest, *args: Any, **options: Any) -> requests.Response:
        """As requests does, never without a time limit."""
        return super().send(request, *args, **{**options, "timeout": options.get("timeout") or self._timeouts})


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """Nowhere: requests would read the body of every redirection, whole, to see where it could go."""
        return None


def open_session(base: str, timeout: timedelta, *, public: bool = False) -> requests.Session:
    """A session on such lines: the environment's proxy and certificates, but no netrc, no cookies, nothing packed."""
    made = heed(_Session(), base)  # looked at once, here
    made.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    made.headers.update({"User-Agent": f"footnote/{__version__}", "Accept-Encoding": "identity"})
    for scheme in ("https://", "http://"):
        made.mount(scheme, Line(timeout, public=public))
    return made
