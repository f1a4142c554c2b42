"""The posts of a Facebook Page, as Graph lists them: which photos they show, what they say, when they were made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import Unavailable
from bot.networks.http import Wire
from bot.networks.meta.graph import rows

SHOWN = "id,message,created_time,is_published,attachments{target{id},subattachments{target{id}}}"


def is_id(told: object) -> bool:
    """Whether it can be the number of something, or of a Page and its post ("1_2")."""
    return isinstance(told, str) and told.isascii() and told.replace("_", "").isdigit()


def posted(wire: Wire, path: str, since: datetime) -> Iterator[Mapping[str, Any]]:
    """The posts since then, the newest first. Raises CannotTell where they are too many."""
    asked = {"since": str(int(since.timestamp())), "limit": "50", "fields": SHOWN}
    return (post for post in rows(wire, path, asked) if is_id(post.get("id")))


def photos_in(post: Mapping[str, Any]) -> set[str]:
    """The numbers of the photos that a post shows."""
    every = [*_listed(post, "attachments")]
    every += [inner for one in every for inner in _listed(one, "subattachments")]
    targets = (one.get("target") for one in every)
    return {str(target["id"]) for target in targets if isinstance(target, dict) and target.get("id")}


def says(post: Mapping[str, Any], text: str) -> bool:
    """Whether these are its words; how they are spaced is Facebook's."""
    return "".join(str(post.get("message") or "").split()) == "".join(text.split())


def made_at(post: Mapping[str, Any]) -> datetime:
    """When it was made, as Graph says it."""
    try:
        return datetime.fromisoformat(str(post.get("created_time"))).astimezone(UTC)
    except ValueError as error:
        raise Unavailable("Facebook does not say when a post was made") from error


def _listed(holder: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    told = holder.get(name)
    listed = told.get("data") if isinstance(told, dict) else None
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
