"""The photo: it fills the page, and the words stand on its calmest part."""

from __future__ import annotations

from bot.images.compose import Copy
from bot.images.foot import page_marks, stood
from bot.images.formats import Format
from bot.images.layout import Room, stack
from bot.images.page import Page

VERSION = 1
NEEDS = ("photo",)
TAKES = ("support",)
FOOT_GAP = 84
LARGEST = 120
SHARE, COLUMN = 0.6, 0.56
"""The words have so much of the page's height at most; where it lies, they have a column of so much of its width."""


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """The words at the bottom and at the top; on a page that lies, also at its left and its right."""
    low = _page(copy, format, format.left, format.right, "bottom")
    found = [low] if low else []
    if low:
        found.append(_raised(low))
    if format.is_wide:
        wide = round(format.width * COLUMN)
        sides = (("left", format.left, wide), ("right", format.width - wide, format.right))
        found = [page for zone, left, right in sides if (page := _page(copy, format, left, right, zone))] + found
    return tuple(found)


def _page(copy: Copy, format: Format, left: int, right: int, zone: str) -> Page | None:  # noqa: A002
    foot = stood(copy.foot, format, left, right, rtl=copy.rtl)
    top = format.top if format.is_wide else max(format.top, round(format.height * (1 - SHARE)))
    room = Room(format, left, top, right, foot.top - format.airy(FOOT_GAP), copy.rtl, "bottom", LARGEST)
    found = stack(copy.headline, copy.support, room)
    if found is None:
        return None
    blocks = [room.block(found.headline, found.headline_at, "headline")]
    if found.support:
        blocks.append(room.block(found.support, found.support_at, "support", "soft"))
    marks = page_marks(copy.foot, format, at=(right if copy.rtl else left, found.top - 56), rtl=copy.rtl)
    whole = (0, 0, format.width, format.height)
    bars = (room.rule(found.rule_at), *marks)
    return Page(format, (*blocks, *foot.blocks), bars, whole, zone, foot.logo)


def _raised(low: Page) -> Page:
    """The same words at the top of the page."""
    top = min(low.words_box[1], *(bar.box[1] for bar in low.bars))
    page = low.lifted(top - max(low.format.safe[1], low.format.top - 28))
    return Page(page.format, page.blocks, page.bars, page.photo, "top", page.logo)
