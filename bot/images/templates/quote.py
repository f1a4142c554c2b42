"""The quote: a headline on the ground, its support under a short rule as a footnote, the studio below."""

from __future__ import annotations

from bot.images.compose import Copy
from bot.images.foot import page_marks, room_above, stood
from bot.images.formats import Format
from bot.images.layout import stack
from bot.images.page import Page

VERSION = 1
NEEDS = ()
TAKES = ("support",)
FOOT_GAP = 92
"""The last line of the support to the foot."""


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when the words do not fit."""
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    room = room_above(foot, copy.foot, format, FOOT_GAP, rtl=copy.rtl)
    found = stack(copy.headline, copy.support, room)
    if found is None:
        return ()
    blocks = [room.block(found.headline, found.headline_at, "headline")]
    if found.support:
        blocks.append(room.block(found.support, found.support_at, "support", "soft"))
    bars = (room.rule(found.rule_at), *page_marks(copy.foot, format, rtl=copy.rtl))
    return (Page(format, (*blocks, *foot.blocks), bars, logo=foot.logo),)
