"""What the answers of a Mastodon server mean (docs.joinmastodon.org of 2026-07; sources of 4.3 to 4.6, GoToSocial)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.errors import HandlesGone, NetworkError, Rejected, Taken, Unauthorized, Unavailable
from bot.model import Receipt
from bot.networks.http import Answer
from bot.networks.receipts import is_address

ENDING = r"/([0-9]+|[0-9A-Za-z]{10,})$"
"""How an address ends in a status's id: a number on Mastodon, letters and digits on other servers."""
NO_ACCESS = re.compile(r"\bscopes?\b|suspended|\blogin\b|two-factor", re.IGNORECASE)
NO_USER = re.compile(r"requires an authenticated user", re.IGNORECASE)
OF_PICTURES: tuple[tuple[re.Pattern[str], type[NetworkError]], ...] = (
    (re.compile(r"not finished processing", re.IGNORECASE), Unavailable),
    (re.compile(r"already attached", re.IGNORECASE), Taken),  # perhaps by an attempt of ours
    (re.compile(r"media\b.*\bnot found", re.IGNORECASE), HandlesGone),
)
MENTION = re.compile(r"(?<![\w/])(@[\w.-]+)@[\w.-]*\w")
BREAK, TAG = re.compile(r"</p>|<br\b[^>]*>", re.IGNORECASE), re.compile(r"<[^>]+>")
ANNOUNCED = {
    "text_max": ("statuses", "max_characters"),
    "images_max": ("statuses", "max_media_attachments"),
    "image_bytes_max": ("media_attachments", "image_size_limit"),
    "alt_max": ("media_attachments", "description_limit"),
}


class Gone(Rejected):
    """What was asked for is not there, or not any more."""


def meaning(answer: Answer, said: str) -> NetworkError | None:
    """What a refusal means where its status alone does not tell: its words, in English, do. None = the usual."""
    if answer.status in {403, 404, 410} and answer.told is None:
        return Unavailable(said)  # the page of whoever stands before the server: it was not asked
    if answer.status in {404, 410}:
        return Gone(said)
    if answer.status == 401 or (answer.status == 403 and NO_ACCESS.search(said)) or NO_USER.search(said):
        return Unauthorized(said)
    if answer.status in {400, 422}:
        return next((meant(said) for words, meant in OF_PICTURES if words.search(said)), None)
    return None


def receipt_of(status: Any) -> Receipt | None:
    """The Receipt of a status as JSON; None for what is no status."""
    if not isinstance(status, dict):
        return None
    number, url, at = status.get("id"), status.get("url") or status.get("uri"), status.get("created_at")
    try:
        made = datetime.fromisoformat(str(at))
        made = (made if made.tzinfo else made.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    if not number or type(number) not in {str, int} or not is_address(url):
        return None
    return Receipt(str(number), str(url), made)


def is_of_another(status: Any, owner: str) -> bool:
    """Whether it says that another account wrote it."""
    told = _table(_table(status).get("account")).get("id")
    return bool(told) and str(told) != owner


def media_of(status: Mapping[str, Any]) -> set[str]:
    """The ids of its pictures."""
    shown = status.get("media_attachments")
    return {str(media["id"]) for media in _tables(shown) if media.get("id")}


def words_of(status: Mapping[str, Any]) -> str:
    """The words of a status as `words` gives them: a server marks up links, mentions and tags, and adds nothing."""
    return words(html.unescape(TAG.sub("", BREAK.sub(" ", str(status.get("content") or "")))))


def words(text: str) -> str:
    """A text as it can be compared: without blanks, and without the servers of those it mentions."""
    return "".join(unicodedata.normalize("NFC", MENTION.sub(r"\1", text)).split())


def limits_in(instance: Mapping[str, Any]) -> Mapping[str, int]:
    """Fields of Limits, as far as the server tells them."""
    groups = _table(instance.get("configuration"))
    found = {name: _table(groups.get(group)).get(field) for name, (group, field) in ANNOUNCED.items()}
    return {name: value for name, value in found.items() if type(value) is int and value > 0}


def language_of(tag: str) -> str:
    """The two or three letters (ISO 639) of a language tag; "" where it has none."""
    found = re.match(r"[a-z]{2,3}(?![a-z])", tag.lower())
    return found[0] if found else ""


def _table(told: object) -> Mapping[str, Any]:
    return told if isinstance(told, dict) else {}


def _tables(told: object) -> list[Mapping[str, Any]]:
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
