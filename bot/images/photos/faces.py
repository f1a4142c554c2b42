"""Where faces look out of a photo: OpenCV's cascade of local binary patterns, on a thumbnail."""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from math import sqrt
from operator import add
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

CASCADE = Path(__file__).with_name("faces.json")
WINDOW = 24
"""Pixels a side: what the cascade was taught on, and so the smallest face it sees."""
THUMBNAIL = 40_000
"""Pixels in all: a face narrower than a tenth of the photo goes unseen, and is hardly recognised by anyone."""
STEP = 1.15
AT_ONCE = 7
"""Stages that are asked of all windows together; few are left to be asked one by one."""
HITS_MIN = 4
"""Neighbouring windows that see the same face; fewer are chance."""
ALIKE = 0.25

Share = tuple[float, float, float, float]
Square = tuple[float, float, float]
Place = tuple[int, int, int, int]
Weak = tuple[Place, tuple[float, ...]]
"""Where nine blocks stand in the window (left, top, width and height of one); what each of 256 patterns is worth."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Votes that a window needs to go on to the next stage."""

    least: float
    votes: tuple[Weak, ...]


def faces(photo: Picture) -> list[Share]:
    """Faces seen from the front, upright, the largest first: left, top, right, bottom as shares of width and height."""
    from PIL import Image

    grey = photo.convert("L")
    share = min(1.0, sqrt(THUMBNAIL / (photo.width * photo.height)))
    grey = grey.resize(
        (max(1, round(photo.width * share)), max(1, round(photo.height * share))),
        Image.Resampling.BILINEAR,
        reducing_gap=2.0,
    )
    found: list[Square] = []
    scale = 1.0
    while min(grey.width, grey.height) / scale >= WINDOW:
        size = (round(grey.width / scale), round(grey.height / scale))
        level = grey.resize(size, Image.Resampling.BILINEAR)
        found += [(x * scale, y * scale, WINDOW * scale) for x, y in _in_level(level)]
        scale *= STEP
    return [
        (
            round(x / grey.width, 4),
            round(y / grey.height, 4),
            round(min(1.0, (x + side) / grey.width), 4),
            round(min(1.0, (y + side) / grey.height), 4),
        )
        for x, y, side in _grouped(found)
    ]


def _in_level(level: Picture) -> Iterator[tuple[int, int]]:
    """The upper left corners of the windows that pass every stage."""
    from PIL import Image

    sums = _sums(level)
    size = (level.width - WINDOW + 1, level.height - WINDOW + 1)
    passing = _passing(Image.frombytes("I", (level.width + 1, level.height + 1), sums.tobytes()), size)
    for at in (at for at, yes in enumerate(passing) if yes):
        y, x = divmod(at, size[0])
        if all(_passes(sums, level.width + 1, x, y, stage) for stage in _cascade()[AT_ONCE:]):
            yield x, y


def _sums(level: Picture) -> array[int]:
    """The sum of all pixels above and left of each: any block's sum is four of them."""
    width, pixels = level.width, level.tobytes()
    above = [0] * (width + 1)
    sums = array("i", above)
    for start in range(0, len(pixels), width):
        above = list(map(add, above, accumulate(pixels[start : start + width], initial=0)))
        sums.extend(above)
    return sums


def _passing(sums: Picture, size: tuple[int, int]) -> bytes:
    """Which windows pass the first stages, row by row: every vote is a picture of all windows."""
    from PIL import Image, ImageMath

    blocks: dict[tuple[int, int], Picture] = {}
    passed = Image.new("L", size, 1)
    for stage in _cascade()[:AT_ONCE]:
        total = Image.new("F", size)
        for place, worth in stage.votes:
            w, h = place[2:]
            block = blocks.get((w, h)) or blocks.setdefault((w, h), _block_sums(sums, w, h))
            vote = _patterns(block, place, size).point(worth, "F")
            total = ImageMath.lambda_eval(lambda v: v["a"] + v["b"], a=total, b=vote)
        passes = ImageMath.lambda_eval(lambda v: v["a"] * (v["b"] >= v["least"]), a=passed, b=total, least=stage.least)
        passed = passes.convert("L")
    return passed.tobytes()


def _block_sums(whole: Picture, w: int, h: int) -> Picture:
    """For each pixel the sum of the block of `w` x `h` that begins there."""
    from PIL import ImageMath

    across, down = whole.width - w, whole.height - h
    corners = {
        name: whole.crop((x, y, x + across, y + down))
        for name, x, y in (("a", w, h), ("b", 0, h), ("c", w, 0), ("d", 0, 0))
    }
    sums: Picture = ImageMath.lambda_eval(lambda v: v["a"] - v["b"] - v["c"] + v["d"], **corners)
    return sums


def _patterns(block: Picture, place: Place, size: tuple[int, int]) -> Picture:
    """For each window the pattern of nine blocks in it: which of the eight around are as bright as the middle one."""
    from PIL import ImageMath

    x, y, w, h = place
    across, down = size

    def at(i: int, j: int) -> Picture:
        left, top = x + i * w, y + j * h
        return block.crop((left, top, left + across, top + down))

    around = {f"n{n}": at(i, j) for n, (i, j) in enumerate(AROUND)}
    pattern: Picture = ImageMath.lambda_eval(
        lambda v: sum(((v[f"n{n}"] >= v["m"]) * (128 >> n) for n in range(1, 8)), (v["n0"] >= v["m"]) * 128),
        m=at(1, 1),
        **around,
    )
    return pattern.convert("L")


AROUND = ((0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1))
"""The blocks around the middle one, from the upper left, clockwise: the first is the pattern's highest bit."""


def _passes(sums: array[int], width: int, x: int, y: int, stage: Stage) -> bool:
    """Whether one window has the votes of a stage."""
    total = 0.0
    for (left, top, w, h), worth in stage.votes:
        start, down = (y + top) * width + x + left, h * width
        a = sums[start : start + 3 * w + 1 : w]
        b = sums[start + down : start + down + 3 * w + 1 : w]
        c = sums[start + 2 * down : start + 2 * down + 3 * w + 1 : w]
        d = sums[start + 3 * down : start + 3 * down + 3 * w + 1 : w]
        here = c[2] - c[1] - b[2] + b[1]
        total += worth[
            (b[1] - b[0] - a[1] + a[0] >= here) << 7
            | (b[2] - b[1] - a[2] + a[1] >= here) << 6
            | (b[3] - b[2] - a[3] + a[2] >= here) << 5
            | (c[3] - c[2] - b[3] + b[2] >= here) << 4
            | (d[3] - d[2] - c[3] + c[2] >= here) << 3
            | (d[2] - d[1] - c[2] + c[1] >= here) << 2
            | (d[1] - d[0] - c[1] + c[0] >= here) << 1
            | (c[1] - c[0] - b[1] + b[0] >= here)
        ]
    return total >= stage.least


def _grouped(found: list[Square]) -> list[Square]:
    """Hits that mean the same face, as their mean; few hits, or one face within another, are chance."""
    groups: list[list[Square]] = []
    for square in found:
        near = [group for group in groups if any(_alike(square, other) for other in group)]
        groups = [group for group in groups if group not in near]
        groups.append([square, *(other for group in near for other in group)])
    kept = [group for group in groups if len(group) >= HITS_MIN]
    means = [tuple(sum(part) / len(group) for part in zip(*group, strict=True)) for group in kept]
    means.sort(key=lambda mean: -mean[2])
    apart: list[Square] = []
    for x, y, side in means:
        if not any(_inside(x + side / 2, y + side / 2, other) for other in apart):
            apart.append((x, y, side))
    return apart


def _alike(one: Square, other: Square) -> bool:
    far = ALIKE * (one[2] + other[2]) / 2
    return abs(one[0] - other[0]) <= far and abs(one[1] - other[1]) <= far and abs(one[2] - other[2]) <= far


def _inside(x: float, y: float, square: Square) -> bool:
    return square[0] <= x <= square[0] + square[2] and square[1] <= y <= square[1] + square[2]


@lru_cache(1)
def _cascade() -> tuple[Stage, ...]:
    told = json.loads(CASCADE.read_text(encoding="utf-8"))
    places = [tuple(place) for place in told["features"]]
    return tuple(
        Stage(least, tuple((places[number], _worths(bits, leaves)) for number, bits, leaves in votes))
        for least, votes in told["stages"]
    )


def _worths(bits: list[int], leaves: list[float]) -> tuple[float, ...]:
    """What each pattern is worth: the bits say for which of them it is the first of two leaves."""
    return tuple(leaves[0] if bits[n >> 5] >> (n & 31) & 1 else leaves[1] for n in range(256))
