"""Whether a post on X says a text, whatever X did to its links, its signs and its spaces."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote

SHORTENED = re.compile(r"https?://t\.co/[A-Za-z0-9]+")
SCHEME = re.compile(r"https?://", re.IGNORECASE)
PUNYCODE = re.compile(r"xn--[a-z0-9-]+")


def says(post: Mapping[str, Any], text: str) -> bool:
    """Whether the post's words are these; it must have been asked for with its entities."""
    return _plain(as_sent(post)) == _plain(text)


def as_sent(post: Mapping[str, Any]) -> str:
    """The words of a post as they were sent: its links in full, without the link to its own pictures.

    Links are known by their short form, not by their places: X counts those in more ways than one.
    """
    entities = post.get("entities")
    told = entities.get("urls") if isinstance(entities, dict) else None
    rows = [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
    links = {str(one.get("url")): "" if _is_picture(one, post) else _in_full(one) for one in rows}
    return SHORTENED.sub(lambda found: links.get(found[0], ""), unescape(post["text"]))


def _is_picture(link: Mapping[str, Any], post: Mapping[str, Any]) -> bool:
    return "media_key" in link or f"/status/{post['id']}/" in _in_full(link)


def _in_full(link: Mapping[str, Any]) -> str:
    return str(link.get("expanded_url") or "")


def _plain(text: str) -> str:
    """What stays the same when addresses are written in another way, and words spaced in another way."""
    lower = normalize("NFC", unquote(SCHEME.sub("", text))).casefold()
    return " ".join(word.rstrip("/") for word in PUNYCODE.sub(_unicode, lower).split())


def _unicode(found: re.Match[str]) -> str:
    try:
        return found[0].encode().decode("idna")
    except UnicodeError:
        return found[0]
