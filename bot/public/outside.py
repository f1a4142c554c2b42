"""A look at a picture's address as the network that fetches it would look."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError

from bot.io.requesting import heed, proxies_for
from bot.public.faults import FROM_YOUR_PHONE, Fault, Seen, no_answer, site_of, too_slow, unfit_address, wrong_answer
from bot.public.robots import forbids

ROBOTS = {"facebookexternalhit": "Meta", "Googlebot": "Google"}
"""The robots that fetch pictures (as of 2026-11), and whose they are."""
AGENT = "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)"
"""What Meta's robot calls itself: some hosts treat it otherwise than a browser."""
PATIENCE, MOST = 10.0, 20_000_000


class _Stopped(Exception):
    """There was no answer."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.said)


def _addresses(host: str) -> list[str]:
    return [str(found[4][0]) for found in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM)]


@dataclass(frozen=True, slots=True)
class Outside:
    """Looks by plain GET, through the environment's proxy and with its certificates; gives up after `patience` s."""

    patience: float = PATIENCE
    resolve: Callable[[str], list[str]] = _addresses

    def faults(self, address: str, picture: bytes, advice: str) -> Iterator[Fault]:
        """Everything that keeps a network from fetching these very bytes there; `advice` is what to look at."""
        if unfit := unfit_address(address):
            yield unfit
            return
        try:
            yield from self._at_home(address)
            seen = self._get(address)
        except _Stopped as stopped:
            yield stopped.fault
            return
        if wrong := wrong_answer(seen, site_of(address), picture, advice):
            yield wrong
        yield from self._robots(address)

    def _at_home(self, address: str) -> Iterator[Fault]:
        """A name that leads into this very network may lead elsewhere from outside."""
        host = urlsplit(address).hostname or ""
        if proxies_for(address):  # which asks for the name itself
            return
        try:
            found = self.resolve(host)
        except (OSError, UnicodeError):  # a part of a name has 63 letters at most
            advice = "is it spelled right, and is its DNS entry made (new ones take an hour)?"
            raise _Stopped(Fault(f"no address is known for {host}", advice)) from None
        if inner := [one for one in found if not ip_address(one.partition("%")[0]).is_global]:
            said = f"from here {host} leads to {inner[0]}, which only your own network reaches"
            yield Fault(said, f"from outside it may lead elsewhere: {FROM_YOUR_PHONE}", is_certain=False)

    def _robots(self, address: str) -> Iterator[Fault]:
        try:
            seen = self._get(urljoin(address, "/robots.txt"))
        except _Stopped:
            return
        text = seen.body[:500_000].decode("utf-8", "replace") if seen.status == 200 else ""
        path = urlsplit(address).path
        for robot, whose in ROBOTS.items():
            if forbids(text, robot, path):
                said = f"{site_of(address)}/robots.txt forbids {robot}, which fetches pictures for {whose}"
                folder = path.rpartition("/")[0] + "/"
                yield Fault(said, f'add two lines at its end: "User-agent: {robot}" and below it "Allow: {folder}"')

    def _get(self, address: str) -> Seen:
        """The answer, whole and in time; raises _Stopped where there is none."""
        told: SimpleQueue[Seen | _Stopped] = SimpleQueue()

        def ask() -> None:
            try:
                told.put(_fetch(address, self.patience))
            except (requests.RequestException, HTTPError, OSError, ValueError) as error:
                told.put(_Stopped(no_answer(site_of(address), error)))

        # In a thread: an answer whose headers trickle keeps within every limit that a socket knows.
        threading.Thread(target=ask, name="outside", daemon=True).start()
        try:
            seen = told.get(timeout=self.patience * 2)
        except Empty:
            seen = _Stopped(too_slow(site_of(address)))
        if isinstance(seen, _Stopped):
            raise seen
        return seen


def _fetch(address: str, patience: float) -> Seen:
    with heed(requests.Session(), address) as session:
        session.headers.update({"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"})
        over = time.monotonic() + patience
        with session.get(address, stream=True, allow_redirects=False, timeout=patience) as answer:
            body, broken = _read(answer, over)
            kind = answer.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            return Seen(answer.status_code, kind, answer.headers.get("Location", ""), body, broken)


def _read(answer: requests.Response, over: float) -> tuple[bytes, str]:
    """What came of the body, and why there is no more of it ("" = that is all)."""
    body = b""
    try:
        while piece := answer.raw.read1(65536, decode_content=False):
            body += piece
            if time.monotonic() > over or len(body) > MOST:
                return body, "slow" if len(body) <= MOST else "long"
    except Exception as error:  # urllib3's and http.client's own, of many families
        return body, "slow" if "timed out" in str(error).lower() else "cut"
    return body, "cut" if answer.raw.length_remaining else ""
