"""Which stretches of a text a network turns into links: the grammar of twitter-text 3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from bot.counting.domains import top_level_domain
from bot.model import Span

LINK = "x" * 23  # what every network of this grammar puts in the place of a link when it counts

_URL_MAX = 4096  # with its host in ASCII
_LABEL_MAX = 63  # of a host, in ASCII (RFC 1035)
_LABELS_MAX = 127  # a host has 253 characters at most
_SLUG_MAX = 40  # of a t.co link

_NONCHARACTERS = r"\uFFFE\uFEFF\uFFFF"
_DIRECTIONS = r"\u202A-\u202E\u061C\u200E\u200F\u2066-\u2069"
_SPACES = r"\x09-\x0D\x20\x85\xA0\u1680\u180E\u2000-\u200A\u2028\u2029\u202F\u205F\u3000"
_PUNCTUATION = r"!'\#%&()*+,\\./:;<=>?@\[\]^{|}~$"
_NEVER_IN_A_HOST = _PUNCTUATION + _SPACES + _NONCHARACTERS + _DIRECTIONS
_LATIN = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268\u026F\u0272\u0289\u028B\u02BB"
    r"\u0300-\u036F\u1E00-\u1EFF"
)
_CYRILLIC = r"\u0400-\u04FF"


@dataclass(frozen=True, slots=True)
class Grammar:
    """The character classes in which networks differ: in and at the end of a path, in and at the end of a query."""

    path: str
    path_end: str
    query: str
    query_end: str


X = Grammar(
    path=rf"[a-z0-9!*';:=+,.$/%\#\[\]\-\u2013_~@|&{_LATIN}{_CYRILLIC}]",
    path_end=rf"[a-z0-9+\-=_\#/{_LATIN}{_CYRILLIC}]",
    query=r"[a-z0-9!?*'@();:&=+$/%\#\[\]\-_.,~|]",
    query_end=r"[a-z0-9\-_&=\#/]",
)


def links(text: str, *, grammar: Grammar = X, bare: bool = True) -> tuple[Span, ...]:
    """The links in `text`, in order and apart, as `[start, end)` in its code points.

    A link starts with http:// or https://, or (`bare`) with nothing but a host; its top-level domain is a known one.
    The text is read as it is: who counts in a normal form (X: NFC) normalises before asking.
    """
    return tuple(_found(text, grammar, bare=bare)) if "." in text else ()


def _found(text: str, grammar: Grammar, *, bare: bool) -> Iterator[Span]:
    for match in _address(grammar).finditer(text):
        if not _has_a_possible_host(match):
            continue
        if match["scheme"]:
            yield from _with_scheme(match, grammar)
        elif bare and match["before"] not in {*"-_./"}:
            yield from _without_scheme(match)


def _with_scheme(match: re.Match[str], grammar: Grammar) -> Iterator[Span]:
    """The link as it stands; a t.co link ends where its slug does."""
    start, end = match.span("url")
    short = _short(grammar).match(match["url"])
    if short is None:
        yield start, end
    elif len(short["slug"]) <= _SLUG_MAX:
        yield start, start + short.end()


def _without_scheme(match: re.Match[str]) -> Iterator[Span]:
    """Every host of plain letters in what looked like one host (scripts may touch); the last owns the path."""
    first = match.start("host")
    hosts = [(first + host.start(), first + host.end()) for host in _plain_host().finditer(match["host"])]
    yield from hosts[:-1]
    for start, end in hosts[-1:]:
        yield start, match.end("url") if match["path"] else end


def _has_a_possible_host(match: re.Match[str]) -> bool:
    labels = [_ascii_length(label) for label in match["host"].split(".")]
    longer = sum(labels) + len(labels) - 1 - len(match["host"])
    return max(labels) <= _LABEL_MAX and len(match["url"]) + longer <= _URL_MAX


def _ascii_length(label: str) -> int:
    """How long a label is in the DNS; more than any label may be where it cannot be written there."""
    if label.isascii():
        return len(label)
    if label.lower().startswith("xn--") or len(label) > _LABEL_MAX:
        return _LABEL_MAX + 1
    return len("xn--") + len(label.encode("punycode"))


@cache
def _address(grammar: Grammar) -> re.Pattern[str]:
    """What may be a link: greedy as twitter-text is, possessive where going back could find nothing new.

    A path ends in a letter or the like, or in parentheses that stand right after one: that is X's own reading.
    """
    letter, path = rf"[^{_NEVER_IN_A_HOST}_\-]", grammar.path
    parentheses = rf"\((?!\)){path}*+(?:\({path}++\){path}*+)?\)"
    return _compiled(rf"""
        (?:(?P<before>[^a-z0-9@＠$\#＃{_NONCHARACTERS}])|^)
        (?P<url>
            (?P<scheme>https?://)?
            (?P<host>
                (?:{letter}[^{_NEVER_IN_A_HOST}]*+(?<={letter})\.){{0,{_LABELS_MAX - 2}}}
                {letter}[^{_NEVER_IN_A_HOST}_]*+(?<={letter})\.
                {_top_level()}
            )
            (?::[0-9]+)?
            (?P<path>/(?:{path}*(?:{parentheses}{path}*)*{grammar.path_end}|{parentheses})*)?
            (?:\?{grammar.query}*{grammar.query_end})?
        )
    """)


@cache
def _short(grammar: Grammar) -> re.Pattern[str]:
    return _compiled(rf"https?://t\.co/(?P<slug>[a-z0-9]+)(?:\?{grammar.query}*{grammar.query_end})?")


@cache
def _plain_host() -> re.Pattern[str]:
    return _compiled(rf"(?:[\-a-z0-9{_LATIN}]+\.)+{_top_level()}")


def _top_level() -> str:
    return rf"(?:{top_level_domain()}(?![0-9a-z@+\-])|xn--[\-0-9a-z]+)"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.VERBOSE)
