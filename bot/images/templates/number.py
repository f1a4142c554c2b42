"""The number: a figure stands large over what it counts; or it counts the steps of a carousel."""

from __future__ import annotations

from dataclasses import replace

from bot.images.compose import Copy
from bot.images.foot import page_marks, stood, type_top
from bot.images.formats import Format
from bot.images.layout import Room, Setting, stack
from bot.images.page import CAP, Page
from bot.images.typesetting.breaks import Paragraph

VERSION = 1
NEEDS = ("number",)
TAKES = ("support",)
FOOT_GAP = 92
SHARE, LEAST = 0.26, 0.1
"""The figure's capitals have so much of the height, and are never smaller than that share of the shorter side."""

BELOW, MARKS_GAP = 112, 18
"""From the figure's foot to what it counts; and more than other type it keeps from page marks, being so large."""

BESIDE = (0.3, 0.36, 0.42, 0.48)
"""Where the page lies, the figure has so much of its width to itself: as little as lets it be large."""

SMALLEST, RATIO = 56, 1.45
"""What it counts may be smaller than another headline: the figure is what is read first."""


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when the figure is too long or the words below it are."""
    if copy.number is None:
        return ()
    if not format.is_wide:
        page = _page(copy, copy.number, format, 0)
        return (page,) if page else ()
    columns = [round(format.width * share) - format.left for share in BESIDE]
    found = [page for column in columns if (page := _page(copy, copy.number, format, column))]
    return tuple(sorted(found, key=lambda page: page.blocks[0].size, reverse=True)[:1])


def _page(copy: Copy, number: Paragraph, format: Format, column: int) -> Page | None:  # noqa: A002
    """The figure over the words; or beside them, in a column of so many pixels."""
    size = _size(number, format, column)
    if size * CAP < LEAST * min(format.width, format.height):
        return None
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    begin = type_top(copy.foot, format) + (MARKS_GAP if copy.foot.pages > 1 else 0)
    baseline = begin + round(CAP * size)
    whole = Room(format, format.left, begin, format.right, foot.top - format.airy(FOOT_GAP), copy.rtl, "top", 120)
    room = replace(whole, top=baseline + format.airy(BELOW))
    if column:
        room = replace(whole, smallest=SMALLEST, ratio=RATIO)
        beside = column + 64
        room = replace(room, right=room.right - beside) if copy.rtl else replace(room, left=room.left + beside)
    found = stack(copy.headline, copy.support, room)
    if found is None:
        return None
    said = Setting((number.text(0, len(number.words)),), (number.ends[-1],), size, size)
    blocks = [
        whole.block(said, baseline, "number", "accent"),
        room.block(found.headline, found.headline_at, "headline"),
    ]
    if found.support:
        blocks.append(room.block(found.support, found.support_at, "support", "soft"))
    bars = (room.rule(found.rule_at), *page_marks(copy.foot, format, rtl=copy.rtl))
    return Page(format, (*blocks, *foot.blocks), bars, logo=foot.logo)


def _size(number: Paragraph, format: Format, column: int) -> int:  # noqa: A002
    """As large as its measure lets it be; one of few letters is kept from towering."""
    measure = column or format.right - format.left
    high = (0.34 if column else SHARE) * format.height
    return int(min(measure / number.ends[-1], high / CAP, (high if column else measure * 0.46) / CAP))
