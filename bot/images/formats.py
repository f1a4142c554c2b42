"""The sizes of pictures, as data: where words may stand in each, and how large small type has to be there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.errors import ImageError


@dataclass(frozen=True, slots=True)
class Format:
    """One size of a picture, in pixels.

    `safe` are the insets (left, top, right, bottom) outside of which no word ever stands: what networks crop or cover.
    Type is set between `left` and width - `left`, from `top` (of the capitals) to `foot` (the last baseline).
    `air` scales the distances; `supports` and `foots` are the sizes of small type, never below 3.1 % and 2.6 % of the
    width (about 12 and 10 points on a telephone).
    """

    name: str
    width: int
    height: int
    safe: tuple[int, int, int, int]
    left: int
    top: int
    foot: int
    air: float
    supports: tuple[int, ...]
    foots: tuple[int, ...]

    @property
    def right(self) -> int:
        """The right edge of the type."""
        return self.width - self.left

    @property
    def is_wide(self) -> bool:
        """Whether it lies rather than stands."""
        return self.width > self.height

    def airy(self, distance: float) -> int:
        """A distance of the 1080x1350 page as it is here."""
        return round(distance * self.air)


_TALL, _WIDE = (42, 39, 36, 34), (44, 42, 40, 38)

FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        one.name: one
        for one in (
            Format("1080x1350", 1080, 1350, (68, 68, 68, 68), 96, 116, 1246, 1.0, _TALL, (31, 29)),
            # 135 px a side are cropped by Instagram's 3:4 grid (2025)
            Format("1080x1080", 1080, 1080, (135, 68, 135, 68), 163, 108, 986, 0.8, _TALL, (31, 29)),
            Format("1200x675", 1200, 675, (48, 40, 48, 40), 76, 64, 622, 0.6, _WIDE, (33, 32)),
            Format("1000x1500", 1000, 1500, (60, 60, 60, 60), 88, 124, 1398, 1.1, (40, 37, 34, 32), (30, 28)),
            # 250 px above and below are covered by the buttons of stories
            Format("1080x1920", 1080, 1920, (64, 250, 64, 250), 96, 290, 1650, 1.1, _TALL, (31, 29)),
            Format("1200x900", 1200, 900, (54, 54, 54, 54), 88, 90, 824, 0.75, _WIDE, (34, 32)),
        )
    }
)


def format_of(size: str) -> Format:
    """The format of this "WxH"; ImageError when there is none."""
    if size not in FORMATS:
        raise ImageError(f'no format "{size}" (known: {", ".join(FORMATS)})')
    return FORMATS[size]
