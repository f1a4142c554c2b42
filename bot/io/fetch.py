"""The one fetcher for addresses that people give: https, public machines, bounded in size and time.

What is asked is the very machine that was checked: names are resolved once a hop, and the connection goes to that
number. Nothing of the environment (proxies, netrc, cookies) has a say.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from urllib.parse import urljoin

from bot import __version__
from bot.errors import FetchError
from bot.io.address import PORT, Address, shown_as, spelled
from bot.io.body import LARGEST, body_of, shown
from bot.io.line import TooMuchError, connected, seconds_left
from bot.io.machines import is_public
from bot.io.trouble import why, why_refused

HOPS = 5
SECONDS = 20.0
MOVED = {301, 302, 303, 307, 308}
KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
}
"""What is fetched, and the ending of a file that holds it."""
ASKS = {
    "User-Agent": f"Footnote/{__version__} (fetches one page that its owner asked for)",
    "Accept": ", ".join([*KINDS, "*/*;q=0.1"]),
    "Accept-Encoding": "gzip",
    "Connection": "close",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as it came: where it was at last, its content type, the charset it names ("" = none), its bytes."""

    url: str
    content_type: str
    charset: str
    content: bytes


def resolved(host: str, port: int) -> Sequence[str]:
    """The numbers of a name, as the system's resolver gives them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(about[4][0]) for about in found))


def trusted() -> ssl.SSLContext:
    """The authorities of the system, and those that requests brings along."""
    from requests.utils import DEFAULT_CA_BUNDLE_PATH

    context = ssl.create_default_context()
    context.load_verify_locations(DEFAULT_CA_BUNDLE_PATH)
    return context


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may be asked, and how that is found out. Only tests have another than the default: they serve themselves."""

    resolve: Callable[[str, int], Sequence[str]] = resolved
    allows: Callable[[str], bool] = is_public
    ports: frozenset[int] = frozenset({PORT})
    trust: Callable[[], ssl.SSLContext] = trusted
    seconds: float = SECONDS


PUBLIC = Gate()


def fetch(url: str, *, gate: Gate | None = None) -> Fetched:
    """Fetch one page; every hop is checked anew. Raises FetchError, in one sentence that says what to do."""
    gate = gate or PUBLIC
    until = time.monotonic() + gate.seconds
    here = spelled(url)
    for _ in range(HOPS + 1):
        try:
            there = _ask(here, gate, until)
        except (FetchError, OSError, HTTPException, TooMuchError) as error:
            raise FetchError(f"{shown_as(str(here))}: {why(error)}") from error
        if isinstance(there, Fetched):
            return there
        here = there
    raise FetchError(f"{shown_as(url)}: leads on more than {HOPS} times: open it in a browser, copy the last address")


def _ask(here: Address, gate: Gate, until: float) -> Fetched | Address:
    """The page, or where it has moved to."""
    numbers, context = _numbers(here, gate, until), gate.trust()
    with closing(HTTPSConnection(here.host, here.port, context=context)) as asked:
        asked.sock = line = connected(numbers, here, context, until)
        asked.request("GET", here.path, headers=ASKS)
        with asked.getresponse() as answer:
            if answer.status in MOVED:
                return _moved(here, answer.headers.get("Location", ""))
            kind = _kind(answer)
            line.budget += LARGEST
            return Fetched(str(here), kind, answer.headers.get_content_charset(""), body_of(answer))


def _numbers(here: Address, gate: Gate, until: float) -> Sequence[str]:
    """Where the name leads, once; refused when any of it is not public, since nobody says which one is asked."""
    if here.port not in gate.ports:
        raise FetchError(f"only the usual port of https is asked: leave :{here.port} out")
    found = _in_time(lambda: gate.resolve(here.host, here.port), until)
    if not found or not all(map(gate.allows, found)):
        raise FetchError(
            "is not on the public Internet, and pages inside a network are not fetched: save the page and give the file"
        )
    return found


def _in_time(resolve: Callable[[], Sequence[str]], until: float) -> Sequence[str]:
    """The system's resolver knows no deadline, so it is waited for no longer than there is time."""
    found: Future[Sequence[str]] = Future()

    def look_up() -> None:
        try:
            found.set_result(resolve())
        except BaseException as error:
            found.set_exception(error)

    threading.Thread(target=look_up, daemon=True).start()
    return found.result(seconds_left(until))


def _moved(here: Address, location: str) -> Address:
    """Where a page says that it is now, as carefully read as what a person writes."""
    try:
        return spelled(urljoin(str(here), location.encode("latin-1").decode("utf-8", "replace")))
    except (ValueError, FetchError) as error:
        raise FetchError(f"leads to an address that is not fetched: {error}") from error


def _kind(answer: HTTPResponse) -> str:
    """The content type of a page that came."""
    if answer.status != 200:
        raise FetchError(why_refused(answer.status))
    kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if kind not in KINDS:
        raise FetchError(
            f'is of the kind "{shown(kind)}", and only web pages, plain text, Markdown, PDF and Word files are read: '
            "look for another address, or give a file"
        )
    return kind
