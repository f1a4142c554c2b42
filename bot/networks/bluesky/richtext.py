"""Which stretches of a text Bluesky shows as links, mentions and tags: as its own client detects them.

A link begins with http:// or https:// or is a bare domain that can exist; a tag holds more than digits; a mention is
a handle that somebody owns. White space, digits and word ends are JavaScript's. What a server would refuse is left
plain text: an address that is none, a tag of more than 64 characters or 640 bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import regex

from bot.counting.domains import TOP_LEVEL_DOMAINS

TYPE = "app.bsky.richtext.facet"
TAG_MOST, TAG_BYTES_MOST = 64, 640

_SPACES = r"\t-\r \xA0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000\uFEFF"
_NO_TAG = _SPACES + r"\xAD\u200B-\u200D\u2060\u20E2"
_BEFORE = rf"(?:^|[{_SPACES}(])"
_MENTION = regex.compile(rf"{_BEFORE}(@([a-zA-Z0-9.\-]+))\b", regex.ASCII)
_LINK = regex.compile(
    rf"{_BEFORE}(https?://[^{_SPACES}]+|(?P<domain>[a-z][a-z0-9]*(?:\.[a-z0-9]+)+)[^{_SPACES}]*)",
    regex.ASCII | regex.IGNORECASE,
)
_ADDRESS = regex.compile(rf"[a-z]+://[^{_SPACES}/][^{_SPACES}]*")
_TAG = regex.compile(rf"(?:^|[{_SPACES}])([#＃](?!\uFE0F)([^{_NO_TAG}]*[^0-9\p{{P}}{_NO_TAG}][^{_NO_TAG}]*))")
_CASHTAG = regex.compile(
    rf"{_BEFORE}(\$([A-Za-z][A-Za-z0-9]{{0,4}}))(?=[{_SPACES}.,;:!?)\"'\u2019]|\Z)",
)
_PUNCTUATION = regex.compile(r"\p{P}+\Z")


class _Found(NamedTuple):
    """A stretch in code points, and what it is."""

    start: int
    end: int
    kind: str
    value: str


def facets(text: str, dids: Mapping[str, str]) -> list[dict[str, Any]]:
    """The facets of `text`, in order and apart, by offsets into its UTF-8; `dids` says who owns a handle."""
    found = [*_mentions(text, dids), *_links(text), *_tags(text)]
    made, done = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= done:
            made.append(_facet(text, one))
            done = one.end
    return made


def handles(text: str) -> Iterator[str]:
    """The handles that `text` mentions, should somebody own them."""
    return (match[2] for match in _MENTION.finditer(text) if _may_exist(match[2]) or match[2].endswith(".test"))


def _mentions(text: str, dids: Mapping[str, str]) -> Iterator[_Found]:
    for match in _MENTION.finditer(text) if dids else ():
        if did := dids.get(match[2]):
            yield _Found(*match.span(1), "mention", did)


def _links(text: str) -> Iterator[_Found]:
    for match in _LINK.finditer(text):
        said, domain = match[1], match["domain"]
        if not (_may_exist(domain) if domain else said.startswith("http")):
            continue
        kept = said[:-1] if said[-1] in ".,;:!?" else said
        kept = kept[:-1] if kept.endswith(")") and "(" not in kept else kept
        uri = f"https://{kept}" if domain else kept
        if _ADDRESS.fullmatch(uri):
            yield _Found(match.start(1), match.start(1) + len(kept), "link", uri)


def _tags(text: str) -> Iterator[_Found]:
    for match in _TAG.finditer(text):
        tag = _PUNCTUATION.sub("", match[2])
        if tag and len(regex.findall(r"\X", tag)) <= TAG_MOST and len(tag.encode()) <= TAG_BYTES_MOST:
            yield _Found(match.start(1), match.start(2) + len(tag), "tag", tag)
    for match in _CASHTAG.finditer(text):
        yield _Found(*match.span(1), "tag", f"${match[2].upper()}")


def _may_exist(domain: str) -> bool:
    _, dot, top = domain.rpartition(".")
    return bool(dot) and top in TOP_LEVEL_DOMAINS


def _facet(text: str, found: _Found) -> dict[str, Any]:
    start = len(text[: found.start].encode())
    end = start + len(text[found.start : found.end].encode())
    field = {"link": "uri", "mention": "did", "tag": "tag"}[found.kind]
    feature = {"$type": f"{TYPE}#{found.kind}", field: found.value}
    return {"index": {"byteStart": start, "byteEnd": end}, "features": [feature]}
