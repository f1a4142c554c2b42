"""The foot of every picture: the studio (its name or its logo), its handle, and which page of how many this is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bot.errors import ImageError
from bot.images.formats import Format
from bot.images.layout import HEADLINE_SIZES, Room
from bot.images.page import CAP, Align, Bar, Block, Box
from bot.images.typesetting import fonts
from bot.images.typesetting.words import clean, shown
from bot.model import Brand

LARGEST = HEADLINE_SIZES[0]
STEP = 42
"""From the studio's baseline to the handle's, where they stand under one another."""

LOGO, LOGO_WIDEST = 64, 5.0
"""A logo's height at 1080x1350, and how many times as wide it may be."""

MARK = (34, 6, 12)
"""A page mark's length, its height, and the gap to the next."""

MARKED = 62
"""From the safe edge to the first line's capitals, under page marks."""


@dataclass(frozen=True, slots=True)
class Foot:
    """What stands at the foot, its widths in em; `logo` is the width of the logo over its height, 0 = none."""

    studio: str
    handle: str
    widths: tuple[float, float]
    logo: float = 0.0
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Stood:
    """The foot in its place; `top` is where it begins: what is above keeps clear of it."""

    blocks: tuple[Block, ...]
    logo: Box | None
    top: int


def foot_of(brand: Brand, faces: fonts.Stack, *, logo: float = 0.0, page: int = 1, pages: int = 1) -> Foot:
    """What a brand puts at the foot; a logo stands instead of the studio's name."""
    studio, handle = "" if logo else shown(clean(brand.studio)), shown(clean(brand.handle))
    return Foot(studio, handle, (fonts.em(studio, faces), fonts.em(handle, faces)), logo, page, pages)


def stood(foot: Foot, page: Format, left: int, right: int, *, baseline: int = 0, rtl: bool = False) -> Stood:
    """The foot between two edges, at the largest size that fits; ImageError when no size does."""
    at, measure = baseline or page.foot, right - left
    wide = _logo(foot, page)[0]
    one_row = [s for s in page.foots if sum(foot.widths) * s + wide + 64 * _both(foot) <= measure]
    two_rows = [s for s in page.foots if max(*foot.widths) * s <= measure and wide <= measure]
    if not one_row and not two_rows:
        long = max(foot.studio, foot.handle, key=len)
        raise ImageError(f'"{long}" is too long for the foot of an image: shorten the studio or the handle in [brand]')
    size, rows = (one_row[0], 1) if one_row else (two_rows[0], 2)
    above = at - STEP * (rows - 1)
    begin, end, ends = (right, left, ("right", "left")) if rtl else (left, right, ("left", "right"))
    away = rows == 1 and _both(foot)
    last = (end, at, ends[1]) if away else (begin, at, ends[0])
    there = _there(foot, size, (begin, above, ends[0]), last)  # type: ignore[arg-type]
    logo = _placed(foot, page, begin, above, rtl=rtl)
    return Stood(tuple(there), logo, min(above - round(CAP * page.foots[0]), logo[1] if logo else above))


def _there(foot: Foot, size: int, first: tuple[int, int, Align], last: tuple[int, int, Align]) -> Iterator[Block]:
    for said, wide, (x, y, align), tone in (
        (foot.studio, foot.widths[:1], first, "ink"),
        (foot.handle, foot.widths[1:], last, "accent"),
    ):
        if said:
            yield Block((said,), wide, size, STEP, x, y, "footer", tone, align)  # type: ignore[arg-type]


def _both(foot: Foot) -> bool:
    return bool((foot.studio or foot.logo) and foot.handle)


def _logo(foot: Foot, page: Format) -> tuple[int, int]:
    """The logo's width and height on a page."""
    high = max(44, page.airy(LOGO))
    return round(high * min(foot.logo, LOGO_WIDEST)), round(high * min(1.0, LOGO_WIDEST / max(foot.logo, 0.01)))


def _placed(foot: Foot, page: Format, begin: int, baseline: int, *, rtl: bool) -> Box | None:
    """The logo's box: its middle is the middle of the capitals beside it."""
    wide, high = _logo(foot, page)
    if not wide:
        return None
    top = baseline - round(CAP * page.foots[0] / 2) - high // 2
    left = begin - wide if rtl else begin
    return left, top, left + wide, top + high


def type_top(foot: Foot, page: Format) -> int:
    """Where the capitals of the first line may begin: lower where page marks stand above them."""
    return page.top if foot.pages < 2 else max(page.top, page.safe[1] + MARKED)


def room_above(stands: Stood, foot: Foot, page: Format, gap: float, *, rtl: bool, largest: int = LARGEST) -> Room:
    """Where the words of a whole page may stand: below the page marks, and clear of the foot."""
    bottom = stands.top - page.airy(gap)
    return Room(page, page.left, type_top(foot, page), page.right, bottom, rtl, largest=largest)


def page_marks(foot: Foot, page: Format, *, at: tuple[int, int] | None = None, rtl: bool = False) -> Iterator[Bar]:
    """A short bar for each page of a carousel, this one's in the accent; nothing for a single picture.

    `at` is where the row begins (its outer upper corner); above the type of the page where it is not given.
    """
    if foot.pages < 2:
        return
    long, high, gap = MARK
    x, y = at or (page.right if rtl else page.left, page.safe[1] + 4)
    for n in range(foot.pages):
        left = x - long - n * (long + gap) if rtl else x + n * (long + gap)
        yield Bar((left, y, left + long, y + high), "accent" if n + 1 == foot.page else "faint", 3)
