"""The split: the photo has a part of the page to itself, and the words stand on the ground beside it."""

from __future__ import annotations

from bot.images.compose import Copy
from bot.images.foot import page_marks, stood, type_top
from bot.images.formats import Format
from bot.images.layout import Room, stack
from bot.images.page import Box, Page

VERSION = 1
NEEDS = ("photo",)
TAKES = ("support",)
FOOT_GAP = 76
LARGEST = 110
AROUND = 84
"""From the photo to the headline's capitals."""

LEAST, MOST = 0.36, 0.6
"""The share of the height that the photo has, as the words allow; where the page lies, it has `BESIDE` of the width."""

BESIDE = 0.44


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when the words leave the photo too little."""
    page = _beside(copy, format) if format.is_wide else _below(copy, format)
    return (page,) if page else ()


def _below(copy: Copy, format: Format) -> Page | None:  # noqa: A002
    """The photo above, as high as the words let it be."""
    around = format.airy(AROUND)
    marks = 28 if copy.foot.pages > 1 else 0
    top = max(format.top, round(format.height * LEAST) + around + marks)
    page, begin = _words(copy, format, (format.left, top, format.right, 0), "bottom")
    if page is None:
        return None
    edge = min(begin - around - marks, round(format.height * MOST))
    return _with(page, (0, 0, format.width, edge), copy, (edge + around // 2 + 4) if marks else 0)


def _beside(copy: Copy, format: Format) -> Page | None:  # noqa: A002
    """The photo at the side where a reader ends."""
    wide = round(format.width * BESIDE)
    left, right = (wide + format.left, format.right) if copy.rtl else (format.left, format.width - wide - format.left)
    page, _ = _words(copy, format, (left, type_top(copy.foot, format), right, 0), "")
    photo = (0, 0, wide, format.height) if copy.rtl else (format.width - wide, 0, format.width, format.height)
    return _with(page, photo, copy, 0) if page else None


def _words(copy: Copy, format: Format, within: Box, rests: str) -> tuple[Page | None, int]:  # noqa: A002
    """The words in their place, and the top of the headline."""
    left, top, right, _ = within
    foot = stood(copy.foot, format, left, right, rtl=copy.rtl)
    room = Room(format, left, top, right, foot.top - format.airy(FOOT_GAP), copy.rtl, rests, LARGEST)
    found = stack(copy.headline, copy.support, room)
    if found is None:
        return None, 0
    blocks = [room.block(found.headline, found.headline_at, "headline")]
    if found.support:
        blocks.append(room.block(found.support, found.support_at, "support", "soft"))
    return Page(format, (*blocks, *foot.blocks), (room.rule(found.rule_at),), logo=foot.logo), found.top


def _with(page: Page, photo: Box, copy: Copy, marks_at: int) -> Page:
    left = min(block.x for block in page.blocks)
    right = max(block.x for block in page.blocks)
    at = (right if copy.rtl else left, marks_at) if marks_at else None
    marks = page_marks(copy.foot, page.format, at=at, rtl=copy.rtl)
    return Page(page.format, page.blocks, (*page.bars, *marks), photo, "", page.logo)
