"""How the address of a page may be written; whatever could be read in two ways is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from bot.errors import FetchError

LONGEST = 2000
PORT = 443
WHOLE = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*)://(?P<place>[^/?#]*)(?P<rest>[^#]*)(?:#.*)?")
PLACE = re.compile(r"(?P<host>[^:]+)(?::(?P<port>[0-9]{1,5}))?")
LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
HOST = re.compile(rf"(?:{LABEL}\.)+(?![0-9]){LABEL}")
"""A name with a dot whose last part is no number: 2130706433, 0x7f.1 and 127.0.0.1 are none."""
TWO_READINGS = re.compile("[ßςẞ\u200b-\u200d\u2060\ufeff\u00ad]")
"""Letters that old and new rules for names read differently, and those nobody sees."""
KEPT = "%/?:&=;+$,~!*'()@"
"""What stands for itself in a path and a query."""


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of an address: `host` in lower-case ASCII, `path` with its query, percent-encoded."""

    host: str
    port: int
    path: str

    def __str__(self) -> str:
        port = "" if self.port == PORT else f":{self.port}"
        return f"https://{self.host}{port}{self.path}"


def is_address(written: str) -> bool:
    """Whether a person means a page, and not a file: good or bad, it has :// in it."""
    return "://" in written


def spelled(written: str) -> Address:
    """The parts of an https address. Raises FetchError, with what to write instead, for any other spelling."""
    text = written.strip()
    shown = shown_as(text)
    if len(text) > LONGEST:
        raise FetchError(f"{shown}: this address is over {LONGEST} characters long: look for a shorter one")
    if not text.isprintable() or re.search(r"[\s\\]", text):
        raise FetchError(f"{shown}: an address has no spaces, backslashes or control characters: copy it again")
    parts = WHOLE.fullmatch(text)
    if parts is None:
        raise FetchError(f"{shown}: the address of a page begins with https://, such as https://example.com/massage")
    if parts["scheme"].lower() != "https":
        raise FetchError(f"{shown}: {_why_not(parts['scheme'].lower())}")
    host, port = _place(parts["place"], shown)
    rest = parts["rest"] if parts["rest"].startswith("/") else f"/{parts['rest']}"
    return Address(host, port, quote(rest, safe=KEPT))


def shown_as(written: str) -> str:
    """An address for a message: printable, and not too long."""
    shown = "".join(char if char.isprintable() else "?" for char in written.strip())
    return shown if len(shown) <= 120 else f"{shown[:119]}…"


def _why_not(scheme: str) -> str:
    """Why nothing is fetched by another scheme than https."""
    if scheme == "http":
        return (
            "only https is fetched, since http can be changed on its way: "
            "write https:// in front, or save the page and give the file"
        )
    return "the address of a page begins with https://, such as https://example.com/massage"


def _place(place: str, shown: str) -> tuple[str, int]:
    if "@" in place:
        raise FetchError(f"{shown}: an address with a name or password before @ is not fetched: remove it")
    parts = PLACE.fullmatch(place)
    host = _ascii(parts["host"]) if parts else ""
    if parts is None or len(host) > 253 or not HOST.fullmatch(host):
        raise FetchError(f"{shown}: write the name of the site, such as example.com, not a number or anything else")
    return host, int(parts["port"] or PORT)


def _ascii(host: str) -> str:
    """A name as the network knows it: münchen.example is xn--mnchen-3ya.example."""
    if host.isascii():
        return host.lower()
    try:
        return "" if TWO_READINGS.search(host) else host.encode("idna").decode().lower()
    except UnicodeError:
        return ""
