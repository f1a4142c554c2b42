"""What a local post says, and by what it is known again: pure functions over Google's JSON (v4)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Message, Part, Receipt

BUTTONS = ("learn_more", "book", "order", "shop", "sign_up", "call")
ENDING = r"(accounts/[^/]+/locations/[^/]+/localPosts/[^/]+)$"
COUNTED = {"LOCAL_POST_VIEWS_SEARCH": "views", "LOCAL_POST_ACTIONS_CALL_TO_ACTION": "clicks"}
FAR_BACK = timedelta(days=540)
"""Our caution: how far back Google answers for a post is not known."""

Post = Mapping[str, Any]


def post_of(part: Part, message: Message, button: str, picture: str) -> dict[str, Any]:
    """The post as Google wants it: tags mean nothing there, and the link is the button's."""
    post: dict[str, Any] = {"languageCode": message.language, "summary": part.text, "topicType": "STANDARD"}
    if action := action_of(message, button):
        post["callToAction"] = action
    if picture:
        post["media"] = [{"mediaFormat": "PHOTO", "sourceUrl": picture}]
    return post


def action_of(message: Message, button: str) -> dict[str, str]:
    """The button; "call" dials the profile's own number, the others need the link."""
    if button == "call":
        return {"actionType": "CALL"}
    return {"actionType": button.upper(), "url": message.link} if message.link else {}


def receipt_of(post: Post, otherwise: datetime) -> Receipt | None:
    """The Receipt of a post, made `otherwise` where it does not say when; None for what is no post.

    One that Google has rejected is on record all the same: whoever sends it again is rejected again.
    """
    name, url = post.get("name"), post.get("searchUrl")
    if not isinstance(name, str) or not re.fullmatch(ENDING, name):
        return None
    if not isinstance(url, str) or not url.isprintable() or not re.fullmatch(r"https?://\S+", url):
        url = f"https://business.google.com/posts/l/{name.split('/')[3]}"
    return Receipt(name, url, made_at(post) or otherwise)


def made_at(post: Post) -> datetime | None:
    """When it was made; None where it does not say."""
    try:
        at = datetime.fromisoformat(str(post.get("createTime")))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def says(post: Post, part: Part) -> bool:
    """Whether it says the same, blanks aside."""
    return _alike(post.get("summary")) == _alike(part.text)


def leads(post: Post, action: Mapping[str, str]) -> bool:
    """Whether its button leads there."""
    told = post.get("callToAction")
    url = told.get("url") if isinstance(told, dict) else ""
    return str(url or "").rstrip("/") == action.get("url", "").rstrip("/")


def question(receipt: Receipt, name: str, now: datetime) -> dict[str, Any]:
    """The question for the figures of one post."""
    start = min(max(receipt.at, now - FAR_BACK), now - timedelta(days=1))
    return {
        "localPostNames": [name],
        "basicRequest": {
            "metricRequests": [{"metric": metric, "options": ["AGGREGATED_TOTAL"]} for metric in COUNTED],
            "timeRange": {"startTime": _stamp(start), "endTime": _stamp(now)},
        },
    }


def figures_in(told: Mapping[str, Any]) -> dict[str, int]:
    """The figures in its answer; Google writes them as text."""
    rows = told.get("localPostMetrics")
    values = [value for row in rows or () if isinstance(row, dict) for value in row.get("metricValues") or ()]
    found = {COUNTED.get(str(one.get("metric"))): one.get("totalValue") for one in values if isinstance(one, dict)}
    told_of = {name: str((total or {}).get("value", "")) for name, total in found.items() if name}
    return {name: int(value) for name, value in told_of.items() if value.isdecimal()}


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def _alike(told: object) -> str:
    return "".join(unicodedata.normalize("NFC", str(told or "")).split())
