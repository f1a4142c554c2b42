"""What keeps a network from a picture at an address, told from what the address answered."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

import requests

from bot.io.requesting import causes
from bot.written import plain

AT_HOME = (".local", ".localhost", ".internal", ".lan", ".home", ".home.arpa", ".test", ".invalid")
FROM_YOUR_PHONE = "open the address on your phone with its Wi-Fi off; if the picture shows, all is well"
ELSEWHERE = "it must be there itself, with no sign-in page before it: name the last address under [media]"
STATUSES = {
    401: ("asks for a password before it shows the picture", "let everybody read it; "),
    403: ("refuses to show the picture", "let everybody read it; "),
    404: ("does not have the picture", ""),
    410: ("does not have the picture", ""),
    429: ("was asked too often", "look again in a while, then: "),
    502: ("has nobody behind it who answers", ""),
    504: ("has nobody behind it who answers", ""),
}
"""What a status says of a site, and what comes before the place's own advice."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What keeps a network from a picture; not `is_certain` where it may be so from here only."""

    said: str
    advice: str
    is_certain: bool = True


@dataclass(frozen=True, slots=True)
class Seen:
    """What an address answered: `body` is what came of it, `broken` why there is no more ("slow", "cut", "long")."""

    status: int
    kind: str
    to: str
    body: bytes
    broken: str = ""


def unfit_address(address: str) -> Fault | None:
    """What is wrong with the address itself: networks take public https addresses in plain letters only."""
    parts = urlsplit(address)
    host = (parts.hostname or "").rstrip(".")
    if not address.isascii() or not address.isprintable() or " " in address:
        return Fault(f"{address!r} has characters that networks do not take", "write it in plain letters (xn--...)")
    if _is_private(host):
        use = "in config.toml, under [media], give the address that the whole world reaches it by"
        return Fault(f"{host} is an address of this computer or its own network, which no network reaches", use)
    if parts.scheme != "https":
        return Fault(f"{site_of(address)} is not https", "have your web server answer by https")
    return None


def wrong_answer(seen: Seen, site: str, picture: bytes, advice: str) -> Fault | None:
    """What is wrong with an answer: networks want status 200, image/jpeg, and every byte."""
    if 300 <= seen.status < 400:
        return Fault(f"{site} sends its visitors on to {plain(seen.to)[:200] or 'another place'}", ELSEWHERE)
    if seen.status != 200:
        said, first = STATUSES.get(seen.status, ("does not show the picture", ""))
        return Fault(f"{site} {said} (it answered {seen.status})", first + advice)
    if seen.broken == "slow":
        return too_slow(site)
    if seen.kind != "image/jpeg":
        what = f'"{plain(seen.kind)[:60]}"' if seen.kind else "nothing"
        html = "a page around the picture is not the picture; " if "html" in seen.kind else ""
        return Fault(f"{site} calls the picture {what}, not image/jpeg", html + advice)
    return None if seen.body == picture else _wrong_bytes(seen, site, picture)


def _wrong_bytes(seen: Seen, site: str, picture: bytes) -> Fault:
    if seen.broken == "cut" or picture.startswith(seen.body):
        said = f"{site} stopped after {len(seen.body):,} of {len(picture):,} bytes of the picture"
        return Fault(said, "is a disk full, or does something before it cut long answers?")
    advice = "does something before it shrink or change pictures (an image optimiser)? Switch that off for them"
    return Fault(f"{site} shows another picture than the one that was put there", advice)


def too_slow(site: str) -> Fault:
    """Networks give up soon."""
    return Fault(f"{site} takes too long to send a picture", "networks give up after some seconds: use a faster place")


def no_answer(site: str, error: Exception) -> Fault:
    """What no answer at all means: certain only where it would be the same from outside."""
    for one in causes(error):
        if isinstance(one, ssl.SSLCertVerificationError):
            said = f"the certificate of {site} is not valid: {plain(one.verify_message)[:200]}"
            return Fault(said, "get one that is (Let's Encrypt costs nothing; Caddy does it by itself)")
        if isinstance(one, ssl.SSLError):
            return Fault(f"{site} does not speak https as it should", "is this the port that answers by https?")
    if isinstance(error, requests.ReadTimeout):
        return too_slow(site)
    said = "many routers let nobody inside reach their own public address, so from outside it may work: "
    return Fault(f"{site} cannot be reached from here", said + FROM_YOUR_PHONE, is_certain=False)


def site_of(address: str) -> str:
    """The address without the part that nobody should guess."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _is_private(host: str) -> bool:
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.casefold().endswith(AT_HOME)
