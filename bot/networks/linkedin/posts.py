"""What a post says on LinkedIn, and by what it is known again: pure functions over its JSON (Posts API)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from bot.model import Part, Receipt
from bot.networks.linkedin.littletext import little, shown
from bot.networks.linkedin.refusals import address_of

ENDING = r"/(urn:li:(?:share|ugcPost|activity):[0-9]+)$"
NEW = re.compile(r"urn:li:(?:share|ugcPost):[0-9]{19}")
"""The id of a new post, whole: the end of an answer may be lost, and with it digits."""
COUNTED = {
    "views": "impressionCount",
    "reach": "uniqueImpressionsCount",
    "clicks": "clickCount",
    "likes": "likeCount",
    "comments": "commentCount",
    "shares": "shareCount",
}

Post = Mapping[str, Any]


def body(author: str, part: Part, images: list[str]) -> dict[str, Any]:
    """All that the irreversible call says."""
    pictures = [
        {"id": urn, **({"altText": media.alt} if media.alt.strip() else {})}
        for urn, media in zip(images, part.media, strict=True)
    ]
    content = {"multiImage": {"images": pictures}} if len(pictures) > 1 else {"media": pictures[0]} if pictures else {}
    return {
        "author": author,
        "commentary": little(part.text),
        "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        **({"content": content} if content else {}),
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": False,
    }


def pictures_in(post: Post) -> Iterator[str]:
    """The URNs of what a post shows."""
    content = post.get("content")
    if isinstance(content, dict):
        several = content.get("multiImage")
        listed = several.get("images") if isinstance(several, dict) else [content.get("media")]
        yield from (one["id"] for one in listed or [] if isinstance(one, dict) and isinstance(one.get("id"), str))


def says(post: Post, text: str) -> bool:
    """Whether these are its words."""
    told = post.get("commentary")
    return isinstance(told, str) and " ".join(shown(told).split()) == " ".join(text.split())


def made_at(post: Post) -> datetime | None:
    """When it was made; None where LinkedIn does not tell."""
    try:
        return datetime.fromtimestamp(post["createdAt"] / 1000, UTC)
    except (KeyError, TypeError, ValueError, OverflowError, OSError):
        return None


def receipt_of(urn: str, at: datetime) -> Receipt:
    """The proof of a post."""
    return Receipt(urn, address_of(urn), at)


def figures_question(author: str, urn: str) -> str:
    """The question for the figures of one post, encoded as Rest.li wants it: no more, no less."""
    which = "ugcPosts" if ":ugcPost:" in urn else "shares"
    return f"q=organizationalEntity&organizationalEntity={quoted(author)}&{which}=List({quoted(urn)})"


def figures_in(told: Mapping[str, Any]) -> dict[str, int]:
    """The figures in the answer to it."""
    rows = told.get("elements") or [{}]
    total = rows[0].get("totalShareStatistics") if isinstance(rows[0], dict) else None
    found = {name: (total or {}).get(theirs) for name, theirs in COUNTED.items()}
    return {name: value for name, value in found.items() if type(value) is int and value >= 0}


def quoted(urn: str) -> str:
    """A URN as part of an address."""
    return quote(urn, safe="")
