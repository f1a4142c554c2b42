"""The closing page: what a reader can do next, and where, on a button."""

from __future__ import annotations

from bot.images.compose import Copy
from bot.images.foot import page_marks, room_above, stood
from bot.images.formats import Format
from bot.images.layout import headline_setting, headline_ways, support_setting
from bot.images.page import CAP, DEPTH, Bar, Block, Page

VERSION = 1
NEEDS = ()
TAKES = ("support",)
PADDING = (40, 30)
LARGEST = 164


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, the headline and its button as one block at the optical centre; none when the words do not fit."""
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    room = room_above(foot, copy.foot, format, 84, rtl=copy.rtl, largest=LARGEST)
    aside, above = PADDING
    button = None
    if copy.support:
        sizes = (one for one in format.supports if (support_setting(copy.support, one, room.measure - 2 * aside, 1)))
        size = next(sizes, 0)
        button = support_setting(copy.support, size, room.measure - 2 * aside, 1) if size else None
        if button is None:
            return ()
    needed = format.airy(72) + button.height + 2 * above if button else 0
    big = headline_setting(headline_ways(copy.headline, room), room, room.bottom - room.top - needed)
    if big is None:
        return ()
    spare = room.bottom - room.top - needed - big.height - round(DEPTH * big.size)
    first = room.top + round(0.42 * spare) + round(CAP * big.size)
    end = first + big.height - round(CAP * big.size) + round(DEPTH * big.size)
    blocks, bars = [room.block(big, first, "headline")], list(page_marks(copy.foot, format, rtl=copy.rtl))
    if button:
        top, wide = end + format.airy(72), round(button.widths[0] * button.size) + 2 * aside
        high = button.height + 2 * above
        left = room.right - wide if copy.rtl else room.left
        bars.append(Bar((left, top, left + wide, top + high), "accent", high // 2))
        middle, base = left + wide // 2, top + above + button.height
        blocks.append(
            Block(button.lines, button.widths, button.size, button.leading, middle, base, "footer", "ground", "middle")
        )
    return (Page(format, (*blocks, *foot.blocks), tuple(bars), logo=foot.logo),)
