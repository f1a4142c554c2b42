"""The list: a headline, and two to six short lines that all have one size."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise, product
from math import log
from operator import itemgetter

from bot.images.compose import Copy
from bot.images.foot import page_marks, room_above, stood
from bot.images.formats import Format
from bot.images.layout import Room, Setting, headline_setting, headline_ways, support_setting
from bot.images.page import CAP, DEPTH, Bar, Block, Page
from bot.images.typesetting.breaks import Paragraph

VERSION = 1
NEEDS = ("items",)
TAKES = ()
MOST, LINES = 6, 3
"""Items on one page, and lines of one item."""

HEADLINE, LARGEST, LEAST = (0.42, 0.34, 0.27), 130, 1.7
"""The shares of the height that the headline is tried in, its largest size, and its least in sizes of the items."""

SMALLEST, LEAST_WIDE = 56, 1.4
"""The same in a column, where the list beside it is as loud."""

LOUD, BROKEN = 0.45, 0.16
"""What a larger headline counts beside larger items; what a second line of an item costs, as a logarithm of size."""

INDENT, DOT = 1.3, 0.34
"""In sizes of the items: from the edge to their words, and the mark before them."""

GAPS, TIGHT = (1.8, 0.8), 0.64
"""Between two items, in sizes: as open as there is room for, and never tighter; where the page lies, a little."""

BESIDE, LOWER = 0.39, 0.3
"""Where the page lies, the headline has so much of its width, and the list the rest; both begin at one height, so much
of what they leave free below the top."""


Found = tuple[float, Setting, list[Setting], int]


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when there are too many items or too long ones."""
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    whole = room_above(foot, copy.foot, format, 92, rtl=copy.rtl, largest=LARGEST)
    if len(copy.items) > MOST:
        return ()
    title, listed = _columns(whole) if format.is_wide else (whole, whole)
    ways = headline_ways(copy.headline, title)
    heights = [1.0 * title.bottom - title.top] if format.is_wide else [share * format.height for share in HEADLINE]
    bigs = {big.size: big for high in heights if (big := headline_setting(ways, title, high))}
    lists = [items for size in _sizes(format) if (items := _items(copy.items, size, listed))]
    found = [one for items, big in product(lists, bigs.values()) if (one := _set(items, big, title, listed))]
    if not found:
        return ()
    _, big, items, gap = max(found, key=itemgetter(0))
    spare = title.bottom - title.top - max(big.height, _height(items, gap)) if format.is_wide else 0
    begin = title.top + round(LOWER * spare)
    first = title.block(big, begin + round(CAP * big.size), "headline")
    blocks, bars = _listed(items, listed, begin if format.is_wide else listed.bottom - _height(items, gap), gap)
    marks = page_marks(copy.foot, format, rtl=copy.rtl)
    return (Page(format, (first, *blocks, *foot.blocks), (*bars, *marks), logo=foot.logo),)


def _sizes(format: Format) -> tuple[int, ...]:  # noqa: A002
    return (*range(66, format.supports[0], -3), *format.supports)


def _set(items: list[Setting], big: Setting, title: Room, listed: Room) -> Found | None:
    """How good the page looks with these items and this headline, both, and the gap between two items."""
    wide, size = title.format.is_wide, items[0].size
    if big.size < (LEAST_WIDE if wide else LEAST) * size:
        return None
    under = 0 if wide else big.height + round(DEPTH * big.size) + title.format.airy(84)
    gap = min(_gap(items, listed.bottom - listed.top - under), GAPS[0] * size)
    if gap < (TIGHT if wide else GAPS[1]) * size:
        return None
    looks = log(size) + LOUD * log(big.size) - BROKEN * sum(len(item.lines) - 1 for item in items)
    return looks, big, items, int(gap)


def _columns(whole: Room) -> tuple[Room, Room]:
    """The headline's column, and the list's: the reader begins with the headline."""
    wide = round(whole.measure * BESIDE)
    title = replace(whole, smallest=SMALLEST)
    if whole.rtl:
        return replace(title, left=whole.right - wide), replace(whole, right=whole.right - wide - 72)
    return replace(title, right=whole.left + wide), replace(whole, left=whole.left + wide + 72)


def _items(items: tuple[Paragraph, ...], size: int, room: Room) -> list[Setting] | None:
    found = [support_setting(item, size, room.measure - round(INDENT * size), LINES) for item in items]
    return [one for one in found if one] if all(found) else None


def _gap(items: list[Setting], height: int) -> float:
    """What is left between two items when the list fills its room."""
    return (height - sum(one.height for one in items)) / max(1, len(items) - 1)


def _height(items: list[Setting], gap: int) -> int:
    """From the first item's capitals to the last baseline."""
    return sum(one.height for one in items) + gap * (len(items) - 1)


def _listed(items: list[Setting], room: Room, begin: int, gap: int) -> tuple[list[Block], list[Bar]]:
    """The items one under the other, each behind its mark; a hair line between two where there is room for one."""
    size = items[0].size
    indent, dot = round(INDENT * size), round(DOT * size)
    inner = replace(room, right=room.right - indent) if room.rtl else replace(room, left=room.left + indent)
    tops = list(accumulate((one.height + gap for one in items[:-1]), initial=begin))
    left = room.right - dot if room.rtl else room.left
    blocks, bars = [], []
    for item, top in zip(items, tops, strict=True):
        middle = top + round(0.34 * size) - dot // 2
        blocks.append(inner.block(item, top + round(CAP * size), "support"))
        bars.append(Bar((left, middle, left + dot, middle + dot), "accent", dot // 2))
    ends = [top + item.height for top, item in zip(tops, items, strict=True)]
    parted = zip(ends, pairwise(tops), strict=False) if gap >= GAPS[1] * size else ()
    for above, (_, below) in parted:
        y = (above + below) // 2 + round(0.06 * size)
        bars.append(Bar((room.left, y, room.right, y + 2), "faint"))
    return blocks, bars
