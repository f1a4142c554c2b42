"""What a pin says, and by what it is known again: pure functions over Pinterest's JSON (API 5.23 of 2025-12)."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.counting import count
from bot.model import Message, Part, Receipt

TITLE, DESCRIPTION, ALT, LINK = 100, 800, 500, 2048
"""The longest of each (PinCreate, maxLength); counted in UTF-16, as nobody says in what Pinterest counts."""

ENDING = r"/pin/([0-9]+)$"
TAG = re.compile(r"#(\w+)")

Pin = Mapping[str, Any]


def title_of(message: Message) -> str:
    """The title; of one that is too long its first whole words and "…": the picture has all of them."""
    title = " ".join(message.title.split())
    words = title.split(" ")
    shorter = (" ".join(words[:n]).rstrip(",;:–—- ") + "…" for n in range(len(words) - 1, 0, -1))
    return next((one for one in (title, *shorter) if _length(one) <= TITLE), "")


def description_of(part: Part, message: Message) -> str:
    """The text, and as many of the tags it does not have as there is room for."""
    here, said = {tag.casefold() for tag in TAG.findall(part.text)}, part.text
    for tag in (tag for tag in message.tags if tag.casefold() not in here):
        between = "\n\n" if said == part.text and said else " " if said else ""
        if _length(longer := f"{said}{between}#{tag}") <= DESCRIPTION:
            said = longer
    return said


def alt_of(part: Part) -> str:
    """The alt texts of all its pictures: a pin has one place for them."""
    return "\n".join(media.alt.strip() for media in part.media if media.alt.strip())


def words_of(part: Part, message: Message) -> dict[str, str]:
    """All that a pin says, as Pinterest wants it; what is empty is left out."""
    told = {
        "title": title_of(message),
        "description": description_of(part, message),
        "alt_text": alt_of(part),
        "link": message.link,
    }
    return {name: value for name, value in told.items() if value.strip()}


def unfit(part: Part, message: Message) -> Iterator[str]:
    """What a person must change before it can be a pin."""
    if not part.media:
        yield "a pin needs a picture"
    if (alt := _length(alt_of(part))) > ALT:
        yield f"the alt texts of its pictures have {alt} characters together, {ALT} allowed: shorten them"
    if (link := _length(message.link)) > LINK:
        yield f"its link has {link} characters, {LINK} allowed: use a shorter one"


def source_of(pictures: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """One picture, or two to five that are swiped; each with its `content_type` and its `data` in base64."""
    if len(pictures) == 1:
        return {"source_type": "image_base64", **pictures[0]}
    return {"source_type": "multiple_image_base64", "items": list(pictures)}


def receipt_of(pin: Pin, otherwise: datetime) -> Receipt | None:
    """The Receipt of a pin, made `otherwise` where it does not say when; None for what is no pin."""
    number = pin.get("id")
    if not isinstance(number, str) or not re.fullmatch("[0-9]+", number):
        return None
    return Receipt(number, f"https://www.pinterest.com/pin/{number}/", made_at(pin) or otherwise)


def made_at(pin: Pin) -> datetime | None:
    """When it was made; without a zone (as in 2022) it is UTC."""
    try:
        at = datetime.fromisoformat(str(pin.get("created_at")))
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def says(pin: Pin, words: Mapping[str, str]) -> bool:
    """Whether a pin of ours has this title and this description."""
    return pin.get("is_owner") is not False and all(
        _alike(pin.get(name)) == _alike(words.get(name)) for name in ("title", "description")
    )


def leads(pin: Pin, link: str) -> bool:
    """Whether it leads there."""
    return str(pin.get("link") or "").rstrip("/") == link.rstrip("/")


def _alike(told: object) -> str:
    """A text as it can be compared: without blanks."""
    return "".join(unicodedata.normalize("NFC", html.unescape(str(told or ""))).split())


def _length(text: str) -> int:
    return count(text, "utf16")
