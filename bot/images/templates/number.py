"""The number: a figure stands large over what it counts; or it counts the steps of a carousel."""

from __future__ import annotations

from bot.images.compose import Copy
from bot.images.foot import page_marks, stood, type_top
from bot.images.formats import Format
from bot.images.layout import Room, Setting, stack
from bot.images.page import CAP, Page

VERSION = 1
NEEDS = ("number",)
TAKES = ("support",)
FOOT_GAP = 92
SHARE, LEAST = 0.26, 0.1
"""The figure's capitals have so much of the height, and are never smaller than that share of the width."""

BELOW = 112
BESIDE = 0.36
"""Where the page lies, the figure has so much of its width to itself."""


def pages(copy: Copy, format: Format) -> tuple[Page, ...]:  # noqa: A002 -- the word of the room
    """One page, or none when the figure is too long or the words below it are."""
    number = copy.number
    if number is None:
        return ()
    measure = round(format.width * BESIDE) - format.left if format.is_wide else format.right - format.left
    size = int(min(measure / number.ends[-1], SHARE * format.height / CAP, measure * 0.46 / CAP))
    if size * CAP < LEAST * format.width * (0.6 if format.is_wide else 1.0):
        return ()
    foot = stood(copy.foot, format, format.left, format.right, rtl=copy.rtl)
    begin = type_top(copy.foot, format)
    baseline = begin + round(CAP * size)
    left, right, top = format.left, format.right, baseline + format.airy(BELOW)
    if format.is_wide:
        beside, top = measure + 64, begin
        left, right = (left, right - beside) if copy.rtl else (left + beside, right)
    room = Room(format, left, top, right, foot.top - format.airy(FOOT_GAP), copy.rtl, "top", 120)
    found = stack(copy.headline, copy.support, room)
    if found is None:
        return ()
    whole = Room(format, format.left, begin, format.right, baseline, copy.rtl)
    said = Setting((number.text(0, len(number.words)),), (number.ends[-1],), size, size)
    figure = whole.block(said, baseline, "number", "accent")
    blocks = [figure, room.block(found.headline, found.headline_at, "headline")]
    if found.support:
        blocks.append(room.block(found.support, found.support_at, "support", "soft"))
    bars = (room.rule(found.rule_at), *page_marks(copy.foot, format, rtl=copy.rtl))
    return (Page(format, (*blocks, *foot.blocks), bars, logo=foot.logo),)
