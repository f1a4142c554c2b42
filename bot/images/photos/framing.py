"""Which part of a photo is shown, and where on it words hide least."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.errors import ImageError
from bot.images.photos import Photo

Box = tuple[int, int, int, int]
Area = tuple[float, float, float, float]

COVERED_MAX = 0.15
"""The share of what is interesting that words may stand on."""
STEPS = {1.0: 24, 1.12: 5, 1.25: 5}
"""How much closer a photo with pixels to spare may be shown to bring its subject out from under the words, and how
many steps along a side are tried then."""
LOST, COVERED, CUT, HIDDEN, CLOSER, OFF, AWAY = 1.0, 1.6, 3.0, 3.0, 0.5, 0.05, 10.0
"""What is paid for: interest out of view, under words, a face cut, a face under words, zoom, off the middle, focus."""


@dataclass(frozen=True, slots=True)
class Framing:
    """What is shown: `box` in pixels of the clean copy; `zone` names where the words stand ("" when none was offered).

    `covered` is the share of what is interesting in view that the words would cover, `face` whether they touch a face.
    """

    box: Area
    zone: str = ""
    covered: float = 0.0
    face: bool = False


def suits(framing: Framing) -> bool:
    """Whether words may stand on the photo at all; else it wants a panel beside it."""
    return framing.covered <= COVERED_MAX and not framing.face


def framed(photo: Photo, size: tuple[int, int], focus: str = "", words: Sequence[tuple[str, Box]] = ()) -> Framing:
    """The part of the photo that fills a box of `size` pixels, and the zone of `words` that suits it best.

    A `focus` ("30% 60%" from the left and the top) is brought as near the middle of what the words leave free as the
    photo allows. The same question gets the same answer. Raises ImageError for a focus that is none.
    """
    point = focus_point(focus) if focus else None
    view = _View(photo)
    zones = words or (("", (0, 0, 0, 0)),)
    best: tuple[float, Framing] | None = None
    for box, zoom in _boxes(photo, size):
        if zoom > 1 and best and suits(best[1]):
            break  # nothing is gained by coming closer
        for name, zone in zones:
            area = _on_photo(box, size, zone)
            framing = view.through(box, name, area)
            price = view.price(framing, area, zoom)
            if point:
                price += AWAY * _away(point, photo, box, _on_photo(box, size, _free(size, zone)))
            if best is None or price < best[0] - 1e-9:
                best = price, framing
    assert best  # noqa: S101 - there is a box and a zone at least
    return best[1]


def focus_point(focus: str) -> tuple[float, float]:
    """The point as shares of width and height. Raises ImageError with what to write."""
    found = re.fullmatch(r"\s*([0-9]{1,3}(?:\.[0-9]+)?)%\s+([0-9]{1,3}(?:\.[0-9]+)?)%\s*", focus)
    if not found or max(float(found[1]), float(found[2])) > 100:
        raise ImageError(
            f'focus = "{focus[:40]}" is no point: write how far from the left and the top, such as "30% 60%"'
        )
    return float(found[1]) / 100, float(found[2]) / 100


class _View:
    """A photo's interest, summed so that that of any part is read off."""

    def __init__(self, photo: Photo) -> None:
        grid = photo.interest or ((1,),)
        self._rows, self._columns = len(grid), len(grid[0])
        self._across, self._down = self._columns / photo.width, self._rows / photo.height
        sums = [[0.0] * (self._columns + 1)]
        for row in grid:
            sums.append([above + here for above, here in zip(sums[-1], accumulate(row, initial=0), strict=True)])
        self._sums = sums
        self._all = sums[-1][-1] or 1.0
        self._faces = [
            (left * photo.width, top * photo.height, right * photo.width, bottom * photo.height)
            for left, top, right, bottom in photo.faces
        ]
        self._middle = photo.width / 2, photo.height / 2
        self._last: tuple[Area, float] = ((0, 0, 0, 0), 0.0)

    def through(self, box: Area, name: str, zone: Area) -> Framing:
        """What is seen in the box with words in the zone."""
        shown = self._shown(box)
        covered = self._within(_common(box, zone)) / shown if shown > 1e-6 else 0.0
        return Framing(box, name, min(1.0, covered), any(_share(face, zone) > 0.04 for face in self._faces))

    def price(self, framing: Framing, zone: Area, zoom: float) -> float:
        """What is lost by showing it so."""
        box = framing.box
        lost = 1 - self._shown(box) / self._all
        cut = sum(1 - _share(face, box) for face in self._faces)
        hidden = sum(_share(face, zone) for face in self._faces)
        off = abs((box[0] + box[2]) / 2 / self._middle[0] - 1) + abs((box[1] + box[3]) / 2 / self._middle[1] - 1)
        return LOST * lost + COVERED * framing.covered + CUT * cut + HIDDEN * hidden + CLOSER * (zoom - 1) + OFF * off

    def _shown(self, box: Area) -> float:
        """The interest in a box that is asked about for every zone."""
        if self._last[0] != box:
            self._last = box, self._within(box)
        return self._last[1]

    def _within(self, area: Area) -> float:
        left, top, right, bottom = area
        if right <= left or bottom <= top:
            return 0.0
        found = self._to(right, bottom) - self._to(left, bottom) - self._to(right, top) + self._to(left, top)
        return max(0.0, found)

    def _to(self, x: float, y: float) -> float:
        """The interest above and left of a point, whole cells and parts of them."""
        column, row = min(max(x * self._across, 0.0), self._columns), min(max(y * self._down, 0.0), self._rows)
        i, j = min(int(column), self._columns - 1), min(int(row), self._rows - 1)
        u, v = column - i, row - j
        high, low = self._sums[j], self._sums[j + 1]
        return (1 - v) * ((1 - u) * high[i] + u * high[i + 1]) + v * ((1 - u) * low[i] + u * low[i + 1])


def _boxes(photo: Photo, size: tuple[int, int]) -> Iterator[tuple[Area, float]]:
    """The parts of the photo that have the shape of the box, at each zoom that leaves pixels enough."""
    whole = min(photo.width / size[0], photo.height / size[1])
    for zoom, steps in STEPS.items():
        if zoom > 1 and whole / zoom < 1:
            return
        wide, high = size[0] * whole / zoom, size[1] * whole / zoom
        for top in _offsets(photo.height - high, steps):
            for left in _offsets(photo.width - wide, steps):
                yield (left, top, left + wide, top + high), zoom


def _offsets(room: float, steps: int) -> list[float]:
    return [room * n / steps for n in range(steps + 1)] if room >= 1 else [max(0.0, room / 2)]


def _on_photo(box: Area, size: tuple[int, int], zone: Area) -> Area:
    """A box on the page, in pixels of the photo under it."""
    scale = (box[2] - box[0]) / size[0]
    left, top, right, bottom = zone
    return box[0] + left * scale, box[1] + top * scale, box[0] + right * scale, box[1] + bottom * scale


def _free(size: tuple[int, int], zone: Area) -> Area:
    """The largest part of the page above, below, left or right of the words."""
    width, height = size
    left, top, right, bottom = zone
    parts: list[Area] = [(0, 0, width, height)] if right <= left or bottom <= top else []
    parts += [(0, 0, width, top), (0, bottom, width, height), (0, 0, left, height), (right, 0, width, height)]
    return max(parts, key=lambda part: (part[2] - part[0]) * (part[3] - part[1]))


def _away(point: tuple[float, float], photo: Photo, box: Area, free: Area) -> float:
    """How far the point is from the middle of the free area, in widths and heights of what is shown."""
    x, y = point[0] * photo.width, point[1] * photo.height
    across = (x - (free[0] + free[2]) / 2) / (box[2] - box[0])
    down = (y - (free[1] + free[3]) / 2) / (box[3] - box[1])
    return float((across**2 + down**2) ** 0.5)


def _common(one: Area, other: Area) -> Area:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _share(inner: Area, outer: Area) -> float:
    """How much of the first lies in the second."""
    left, top, right, bottom = _common(inner, outer)
    area = (inner[2] - inner[0]) * (inner[3] - inner[1])
    return (right - left) * (bottom - top) / area if right > left and bottom > top and area else 0.0
