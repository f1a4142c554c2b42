"""The list: a headline, and two to six short lines that all have one size."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise

from bot.images.breaks import Paragraph
from bot.images.compose import Copy
from bot.images.foot import page_marks, stood, type_top
from bot.images.formats import Format
from bot.images.layout import Room, Setting, headline_setting, headline_ways, support_setting
from bot.images.page import CAP, DEPTH, Bar, Block, Page

VERSION = 1
NEEDS = ("items",)
TAKES = ()
MOST, LINES = 6, 3
"""Items on one page, and lines of one item."""

HEADLINE, LARGEST, SMALLEST = 0.42, 110, 1.7
"""The headline's share of the height at most, its largest size, and how many times as large as the items it is."""

INDENT, DOT = 1.3, 0.34
"""In sizes of the items: from the edge to their words, and the mark before them."""

GAPS = (1.7, 0.8)
"""Between two items, in sizes: as open as there is room for, and never tighter."""

BESIDE = 0.42
"""Where the page lies, the headline has so much of its width, and the list the rest."""


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when there are too many items or too long ones."""
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    whole = Room(
        format,
        format.left,
        type_top(copy.foot, format),
        format.right,
        foot.top - format.airy(92),
        copy.rtl,
        largest=LARGEST,
    )
    if len(copy.items) > MOST:
        return ()
    title, listed = _columns(whole) if format.is_wide else (whole, whole)
    ways = headline_ways(copy.headline, title)
    for size in (*range(60, format.supports[0], -3), *format.supports):
        items = _items(copy.items, size, listed)
        big = headline_setting(ways, title, title.bottom - title.top if format.is_wide else HEADLINE * format.height)
        if items is None or big is None or big.size < SMALLEST * size:
            continue
        under = 0 if format.is_wide else big.height + round(DEPTH * big.size) + format.airy(84)
        gap = _gap(items, listed.bottom - listed.top - under)
        if gap >= GAPS[1] * size:
            first = title.block(big, title.top + round(CAP * big.size), "headline")
            blocks, bars = _listed(items, listed, min(gap, round(GAPS[0] * size)))
            marks = page_marks(copy.foot, format, rtl=copy.rtl)
            return (Page(format, (first, *blocks, *foot.blocks), (*bars, *marks), logo=foot.logo),)
    return ()


def _columns(whole: Room) -> tuple[Room, Room]:
    """The headline's column, and the list's: the reader begins with the headline."""
    wide = round(whole.measure * BESIDE)
    if whole.rtl:
        return replace(whole, left=whole.right - wide), replace(whole, right=whole.right - wide - 72)
    return replace(whole, right=whole.left + wide), replace(whole, left=whole.left + wide + 72)


def _items(items: tuple[Paragraph, ...], size: int, room: Room) -> list[Setting] | None:
    found = [support_setting(item, size, room.measure - round(INDENT * size), LINES) for item in items]
    return [one for one in found if one] if all(found) else None


def _gap(items: list[Setting], height: int) -> float:
    """What is left between two items when the list fills its room."""
    return (height - sum(one.height for one in items)) / max(1, len(items) - 1)


def _listed(items: list[Setting], room: Room, gap: float) -> tuple[list[Block], list[Bar]]:
    """The items one under the other, down to the foot of the room, each behind its mark; a hair line between two."""
    size = items[0].size
    indent, dot = round(INDENT * size), round(DOT * size)
    inner = replace(room, right=room.right - indent) if room.rtl else replace(room, left=room.left + indent)
    begin = room.bottom - sum(one.height for one in items) - gap * (len(items) - 1)
    tops = [round(top) for top in accumulate((one.height + gap for one in items[:-1]), initial=begin)]
    left = room.right - dot if room.rtl else room.left
    blocks, bars = [], []
    for item, top in zip(items, tops, strict=True):
        middle = top + round(0.34 * size) - dot // 2
        blocks.append(inner.block(item, top + round(CAP * size), "support"))
        bars.append(Bar((left, middle, left + dot, middle + dot), "accent", dot // 2))
    ends = [top + item.height for top, item in zip(tops, items, strict=True)]
    for above, (_, below) in zip(ends, pairwise(tops), strict=False):
        y = (above + below) // 2 + round(0.06 * size)
        bars.append(Bar((room.left, y, room.right, y + 2), "faint"))
    return blocks, bars
