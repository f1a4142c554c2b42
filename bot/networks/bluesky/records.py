"""The record of a post, and by what a record is known again."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.model import Message, Part, Receipt
from bot.networks.bluesky.richtext import facets

ENDING = r"/post/([234567a-j][234567a-z]{12})$"
"""How a post's address ends in the key of its record."""
POST = "app.bsky.feed.post"
PROFILE = "app.bsky.actor.profile"
BOT = "bot"
LABELS = "com.atproto.label.defs#selfLabels"
Json = Mapping[str, Any]


def post_of(part: Part, message: Message, values: Mapping[str, str], reply: Json | None) -> dict[str, Any]:
    """The record of one part: the same arguments give the same bytes.

    `values` are those of the handles: the blob of each picture by its sha256, the DID of each "@handle", and when
    the post was made; a part of a thread comes a millisecond after the one before.
    """
    dids = {name[1:]: value for name, value in values.items() if name.startswith("@")}
    made = moment_of(values["created_at"]) + timedelta(milliseconds=part.n)
    images = [
        {
            "image": json.loads(values[media.sha256]),
            "alt": media.alt,
            "aspectRatio": {"width": media.width, "height": media.height},
        }
        for media in part.media
    ]
    fields = {
        "langs": [message.language] if message.language else None,
        "facets": facets(part.text, dids),
        "reply": reply,
        "embed": {"$type": "app.bsky.embed.images", "images": images} if images else None,
    }
    told = {name: value for name, value in fields.items() if value}
    return {"$type": POST, "text": part.text, "createdAt": written(made), **told}


def written(moment: datetime) -> str:
    """A moment as records tell it: ISO 8601 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def moment_of(told: object) -> datetime:
    """The moment that a record tells; the beginning of all time where it tells none."""
    try:
        moment = datetime.fromisoformat(str(told))
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime.min.replace(tzinfo=UTC)


def receipt_of(record: Json) -> Receipt:
    """The receipt of a record with its address (`uri` at://did/collection/rkey, `value`)."""
    did, _, rkey = record["uri"].removeprefix("at://").split("/")
    return Receipt(rkey, f"https://bsky.app/profile/{did}/post/{rkey}", moment_of(record["value"].get("createdAt")))


def cid_of(sha256: str) -> str:
    """The name of a blob: its bytes' SHA-256 as a CIDv1 (raw), in base32."""
    return "b" + base64.b32encode(b"\x01\x55\x12\x20" + bytes.fromhex(sha256)).decode().rstrip("=").lower()


def likeness(record: Json, part: Part) -> int:
    """How surely a record is this part: 2 = its words and its very pictures, 1 = its words and as many, 0 = not."""
    try:
        shown = [image["image"]["ref"]["$link"] for image in (record.get("embed") or {}).get("images", ())]
    except (KeyError, TypeError, AttributeError):
        return 0
    if record.get("text") != part.text or len(shown) != len(part.media):
        return 0
    if shown == [cid_of(media.sha256) for media in part.media]:
        return 2
    return 1 if part.text else 0


def reply_to(parent: Json) -> dict[str, dict[str, str]]:
    """The references of a post that answers this record (as `getRecord` tells it)."""
    above = {"uri": parent["uri"], "cid": parent["cid"]}
    first = _table(_table(parent["value"].get("reply")).get("root")) or above
    return {"root": {name: str(first.get(name, "")) for name in above}, "parent": above}


def is_bot(profile: Json) -> bool:
    """Whether the account calls itself a bot."""
    return BOT in [_table(value).get("val") for value in _labels(profile)]


def as_bot(profile: Json) -> dict[str, Any]:
    """The profile with that self-label; all else of it stays."""
    labels = {"$type": LABELS, "values": [*_labels(profile), {"val": BOT}]}
    return {"$type": PROFILE, **profile, "labels": labels}


def _labels(profile: Json) -> list[Any]:
    values = _table(profile.get("labels")).get("values")
    return values if isinstance(values, list) else []


def _table(told: object) -> Json:
    return told if isinstance(told, dict) else {}
