"""The ground of a picture: a diagonal OKLab gradient, dithered so that no band shows."""

from __future__ import annotations

from functools import lru_cache
from itertools import cycle
from typing import TYPE_CHECKING

from bot.images.colour import mixed, oklab, rgb, unlab

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

SLOPE = 3
"""Pixels along x that change the colour as much as one along y: the light falls from the upper left."""


def _bayer(x: int, y: int) -> float:
    """The 8x8 ordered threshold at (x, y), between 0 and 1."""
    value = 0
    for bit in (1, 2, 4):
        value = value * 4 + 2 * (bool(x & bit) ^ bool(y & bit)) + bool(y & bit)
    return (value + 0.5) / 64


@lru_cache(maxsize=3)
def gradient(background: tuple[str, str], width: int, height: int) -> Picture:
    """A ground to copy, never to draw on.

    Each row is the row above moved by SLOPE pixels, so eight dithered ramps, one for each row of the threshold
    matrix, hold every row as a slice.
    """
    from PIL import Image

    first, second = (oklab(rgb(stop)) for stop in background)
    length = width + SLOPE * height
    values = [v for n in range(length) for v in unlab(mixed(first, second, n / (length - 1)))]
    ramps = []
    for y in range(8):
        row = [_bayer((n - SLOPE * y) % 8, y) for n in range(8) for _ in range(3)]
        ramps.append(bytes(int(value + d) for value, d in zip(values, cycle(row), strict=False)))
    rows = (ramps[y % 8][3 * SLOPE * y : 3 * (SLOPE * y + width)] for y in range(height))
    return Image.frombytes("RGB", (width, height), b"".join(rows))
