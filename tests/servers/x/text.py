"""What X makes of a text: its weight, its links, and how it is shown."""

import hashlib
import re
import unicodedata
from html import escape

from tests.servers.x.spec import library

MAX_WEIGHT = 280
CASHTAG = re.compile(r"(?:^|\s)\$([a-z]{1,6}(?:[._][a-z]{1,2})?)(?=$|\s|[^\w$])", re.IGNORECASE)


def weight(text):
    """The weighted length, counted by an implementation that is not ours (PyPI twitter-text-parser)."""
    return library("twitter_text").parse_tweet(unicodedata.normalize("NFC", text)).weightedLength


def has_invalid_characters(text):
    return any(c in text for c in "\ufffe\ufeff\uffff")


def cashtags(text):
    return CASHTAG.findall(text)


def links(text):
    """The (start, end) of every link in `text`."""
    if "." not in text:
        return []
    return [tuple(found["indices"]) for found in library("twitter_text").extract_urls_with_indices(text)]


def _short(seed):
    return "https://t.co/" + hashlib.sha256(seed.encode()).hexdigest()[:10]


def shown(text, post_id, username, media):
    """The text as X shows it (t.co links, HTML-escaped, the media's link last) and `entities.urls`."""
    pieces, entities, at, length = [], [], 0, 0

    def add(piece):
        nonlocal length
        pieces.append(piece)
        length += len(piece)

    for n, (start, end) in enumerate(links(text)):
        add(escape(text[at:start], quote=False))
        url, short = text[start:end], _short(f"{post_id}/{n}")
        expanded = url if "://" in url else f"http://{url}"
        entity = {"url": short, "expanded_url": expanded, "display_url": url.partition("://")[2] or url}
        entities.append({"start": length, "end": length + len(short), **entity})
        add(short)
        at = end
    add(escape(text[at:], quote=False))
    if media:
        if length:
            add(" ")
        short = _short(f"{post_id}/media")
        for n, one in enumerate(media, 1):  # one link, told once for each picture
            entity = {
                "url": short,
                "expanded_url": f"https://x.com/{username}/status/{post_id}/photo/{n}",
                "display_url": f"pic.x.com/{short.rpartition('/')[2]}",
                "media_key": one.key,
            }
            entities.append({"start": length, "end": length + len(short), **entity})
        add(short)
    return "".join(pieces), entities
