"""One line of text as a mask to pour ink through: drawn larger, reduced, its ink exactly where it should stand."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from bot.images import fonts
from bot.images.words import hanging

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

OVER = 2
"""Letters are drawn larger and reduced: Pillow puts them on whole pixels, and halves look even."""

HANG = 28
"""How far opening quotes may hang outside a left margin, in page pixels."""


@dataclass(frozen=True, slots=True)
class Letters:
    """A mask in page pixels, where its upper left corner goes from (the edge's x, the baseline), and emoji over it."""

    mask: Picture
    at: tuple[int, int]
    colour: Picture | None = None


def set_line(text: str, faces: fonts.Stack, size: int, align: str) -> Letters:
    """One line whose ink, not its side bearing, meets the edge ("left", "right") or stands about it ("middle")."""
    from PIL import Image, ImageDraw

    runs = [(run, fonts.font(face, size * OVER)) for run, face in fonts.runs(text, faces)]
    widths = [font.getlength(run) for run, font in runs]
    before, above, below = size * OVER, round(1.1 * size) * OVER, round(0.4 * size) * OVER
    letters = Image.new("L", (2 * before + ceil(sum(widths)), above + below))
    pen, x = ImageDraw.Draw(letters), float(before)
    for (run, font), width in zip(runs, widths, strict=True):
        pen.text((x, above), run, 255, font=font, anchor="ls")
        x += width
    ink_left, ink_top, ink_right, ink_bottom = letters.getbbox() or (0, 0, 1, 1)
    lead = hanging(text)
    hung = before + round(min(HANG * OVER, runs[0][1].getlength(lead))) if lead else ink_left
    column = {"left": hung, "right": ink_right, "middle": (ink_left + ink_right) // 2}[align]
    # the cut begins a whole number of page pixels before the edge and the baseline: reducing it moves nothing
    left, up = ceil((column - ink_left) / OVER), ceil((above - ink_top) / OVER)
    cut = letters.crop((column - left * OVER, above - up * OVER, ink_right, ink_bottom))
    return Letters(cut.reduce(OVER), (-left, -up))
