"""How well the words of a finished picture stand out, measured on its pixels word by word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.images.colour import READABLE, RGB, hexed, luminance, nearest_readable
from bot.images.typesetting.letters import Letters

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

__all__ = ["READABLE", "Word", "measured"]

RING = 4
"""So many pixels around a letter are what it must stand out from; the nearest is left out, it is half ink."""

WORST = 0.05
"""The share of those pixels that may be nearer to the ink than the one that is measured: compression rings."""

CORE = 0.9
"""How much ink a pixel has that counts as the inside of a stroke, against the most that a letter of the word has."""

FINE = 8
"""Dark pixels are measured in steps so many times finer: there a step of light is a larger share of it."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word's contrast with the worst of what is around it, and the nearest colour that would pass ("" = none)."""

    contrast: float
    passing: str


def measured(pixels: Picture, letters: Letters, at: tuple[int, int]) -> Iterator[Word]:
    """Each word of a line; emoji have their own colours and are left out."""
    from PIL import Image, ImageChops, ImageFilter

    mask, margin = letters.mask, RING + 2
    size = (mask.width + 2 * margin, mask.height + 2 * margin)
    ink = Image.new("L", size)
    ink.paste(mask, (margin, margin))
    near = ink.point(_ANY).filter(ImageFilter.BoxBlur(1)).point(_ANY)
    ring = ImageChops.subtract(near.filter(ImageFilter.BoxBlur(RING - 1)).point(_ANY), near)
    if letters.colour:
        ring.paste(0, (margin, margin), letters.colour.getchannel("A"))
    left, top = at[0] - margin, at[1] - margin
    seen = pixels.crop((left, top, left + size[0], top + size[1]))
    for begin, end in _words(mask):
        box = (begin, 0, end + 2 * margin, size[1])
        found = _measured(seen.crop(box), ink.crop(box), ring.crop(box))
        if found:
            yield found


_ANY = [0] + [255] * 255


def _words(mask: Picture) -> Iterator[tuple[int, int]]:
    """From where to where there is ink, parted by what is as wide as a space."""
    from PIL import Image

    columns = mask.resize((mask.width, 1), Image.Resampling.BOX).point(_ANY).tobytes()
    space = max(4, round(0.14 * mask.height))
    begin = end = -1
    for x, inked in enumerate(columns):
        if not inked:
            continue
        if begin >= 0 and x - end > space:
            yield begin, end
            begin = x
        begin, end = (x if begin < 0 else begin), x + 1
    if begin >= 0:
        yield begin, end


def _measured(seen: Picture, ink: Picture, ring: Picture) -> Word | None:
    from PIL import ImageStat

    most = ink.getextrema()[1]
    core = ink.point([255 * (value >= CORE * most) for value in range(256)])  # type: ignore[operator]
    if not most or not ring.getbbox():
        return None
    said = _colour(ImageStat.Stat(seen, core).mean)
    lit = luminance(said)
    behind = _behind(seen, ring, lit)
    low, high = sorted((lit, behind))
    contrast = (high + 0.05) / (low + 0.05)
    around = _colour(ImageStat.Stat(seen, ring).mean)
    better = nearest_readable(said, (around,), 1.1 * READABLE) if contrast < READABLE else None
    return Word(contrast, hexed(better) if better else "")


def _colour(mean: list[float]) -> RGB:
    return round(mean[0]), round(mean[1]), round(mean[2])


def _behind(seen: Picture, ring: Picture, ink: float) -> float:
    """The luminance around a word, of the part that is nearest to its ink."""
    fine = _luminous(seen, FINE).histogram(ring)
    middle = _at(fine, 0.5) / 255 / FINE
    share = 1 - WORST if ink > middle else WORST
    spot = _at(fine, share)
    return spot / 255 / FINE if spot < 255 else _at(_luminous(seen, 1).histogram(ring), share) / 255


def _at(histogram: list[int], share: float) -> int:
    wanted = share * sum(histogram)
    return next(value for value, count in enumerate(accumulate(histogram)) if count >= wanted)


def _luminous(seen: Picture, times: int) -> Picture:
    """Each pixel's luminance, 255 * `times` being white; what is brighter than 255 stays there."""
    from PIL import ImageChops

    red, green, blue = seen.point(_table(times)).split()
    return ImageChops.add(ImageChops.add(red, green), blue)


@lru_cache(maxsize=2)
def _table(times: int) -> list[int]:
    """A byte of each channel as its part of the luminance."""
    single = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    return [
        min(255, round(255 * times * luminance((value * r, value * g, value * b))))
        for r, g, b in single
        for value in range(256)
    ]
