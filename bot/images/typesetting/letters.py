"""One line of text as a mask to pour ink through: drawn larger, reduced, its ink exactly where it should stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING, Any

from bot.images.typesetting import fonts
from bot.images.typesetting.bidi import is_rtl, parts
from bot.images.typesetting.words import hanging

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from bot.images.typesetting.fonts import Face, Stack

OVER, DISPLAY = 2, 72
"""Letters are drawn larger and reduced: Pillow puts them on whole pixels, and halves look even.

From DISPLAY pixels on they are drawn as they are: half a pixel of 72 is as little of the em as a quarter of one of 36.
"""

HANG = 28
"""How far opening quotes may hang outside a left margin, in page pixels."""

_LIFT = 0.012
"""By how much of the em an emoji is raised, so that its middle is the middle of the capitals."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Letters:
    """A mask in page pixels, where its upper left corner goes from (the edge's x, the baseline), and emoji over it."""

    mask: Picture
    at: tuple[int, int]
    colour: Picture | None = None


@dataclass(frozen=True, slots=True)
class Drawn:
    """A run as the font drew it, where that stands from (the pen's start, the baseline), and the box of its ink."""

    bits: Any
    at: tuple[int, int]
    ink: Box
    colour: bool


def set_line(text: str, faces: Stack, size: int, align: str) -> Letters:
    """One line whose ink, not its side bearing, meets the edge ("left", "right") or stands about it ("middle")."""
    from PIL import Image

    over = OVER if size < DISPLAY else 1
    drawn = list(_drawn(text, faces, size * over))
    ink = _around([run.ink for run in drawn])
    column = {"left": _hung(text, faces, size, over) or ink[0], "right": ink[2], "middle": (ink[0] + ink[2]) // 2}[
        align
    ]
    # the cut begins a whole number of page pixels before the edge and the baseline: reducing it moves nothing
    left, up = ceil((column - ink[0]) / over), ceil(-ink[1] / over)
    x, y = column - left * over, -up * over
    if len(drawn) == 1 and not drawn[0].colour:  # nearly every line: cut where it stands, nothing is laid together
        (run,) = drawn
        begin = x - run.at[0], y - run.at[1]
        cut = run.bits.crop((*begin, begin[0] + ink[2] - x, begin[1] + ink[3] - y))
        return Letters(_picture(cut, over), (-left, -up))
    mask = Image.new("L", (ink[2] - x, ink[3] - y))
    colour = Image.new("RGBA", mask.size) if any(run.colour for run in drawn) else None
    for run in drawn:
        _lay(run, (colour if run.colour else mask) or mask, (x, y))
    return Letters(mask.reduce(over), (-left, -up), colour.reduce(over) if colour else None)


def _picture(bits: Any, over: int) -> Picture:
    """Letters as the font drew them, reduced to the pixels of the page."""
    from PIL import Image

    drawn: Picture = Image.Image()._new(bits)
    return drawn.reduce(over) if over > 1 else drawn


def _lay(run: Drawn, on: Picture, corner: tuple[int, int]) -> None:
    """The run's pixels onto the picture whose upper left corner is given; where runs overlap both stay."""
    x, y = run.at[0] - corner[0], run.at[1] - corner[1]
    box = (x, y, x + run.bits.size[0], y + run.bits.size[1])
    if run.colour:
        on.im.paste(run.bits, box, run.bits.getband(3))
    else:
        on.im.paste(255, box, run.bits)  # poured, not copied: a run's box may reach into its neighbour's ink


def _around(boxes: list[Box]) -> Box:
    """The box around all ink; a pixel when there is none."""
    inked = [box for box in boxes if box[0] < box[2]] or [(0, -1, 1, 0)]
    left, top, right, bottom = zip(*inked, strict=True)
    return min(left), min(top), max(right), max(bottom)


def _hung(text: str, faces: Stack, size: int, over: int) -> int:
    """How far opening quotes reach out of a left margin; 0 when there are none, and the ink itself meets it."""
    lead = hanging(text)
    return 0 if not lead or is_rtl(text) else round(min(HANG, fonts.em(lead, faces) * size) * over)


def _drawn(text: str, faces: Stack, size: int) -> Iterator[Drawn]:
    """The runs of the line as the eye meets them, from left to right."""
    pen = 0.0
    for part, leftward in parts(text):
        runs = fonts.runs(part, faces)
        for run, face in reversed(runs) if leftward else runs:
            yield _run(run, face, size, pen, "rtl" if leftward else None)
            pen += fonts.advance(run, face, size) if len(part) < len(text) or len(runs) > 1 else 0.0


def _run(run: str, face: Face, size: int, pen: float, direction: str | None) -> Drawn:
    rise = 0
    if face.colour:
        pen, rise = pen + size * (1.0 - face.scale) / 2, round(_LIFT * size)
    whole = floor(pen)
    # the font's own call instead of ImageDraw.text: no wide canvas to clear, to search for ink and to crop
    bits, (right, down) = fonts.font(face, size).getmask2(
        run,
        "RGBA" if face.colour else "L",
        direction=direction,
        stroke_width=face.stroke * size,
        stroke_filled=True,
        anchor="ls",
        ink=-1,
        start=(pen - whole, 0),
    )
    x, y = whole + right, down - rise
    left, top, far, low = bits.getbbox() or (0, 0, 0, 0)
    return Drawn(bits, (x, y), (x + left, y + top, x + far, y + low), face.colour)
