"""What a template decides: where lines, bars and the photo stand. Values only, no pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from bot.images.formats import Format

Box = tuple[int, int, int, int]
"""Left, top, right, bottom, in pixels of the page."""

Align = Literal["left", "right", "middle"]
Voice = Literal["headline", "support", "footer", "number"]
Tone = Literal["ink", "soft", "accent", "faint", "ground"]
"""Which colour of the palette: `soft` and `faint` lean towards the ground, which itself may be written with."""

CAP, DEPTH = 0.68, 0.24
"""Height of capitals and depth of descenders, in em, of the bundled faces (within 0.03)."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of one voice: `x` is the edge they are aligned to, `y` the first baseline, `leading` from line to line.

    `widths` are the lines' in em, as they were measured.
    """

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    size: int
    leading: int
    x: int
    y: int
    voice: Voice
    tone: Tone = "ink"
    align: Align = "left"

    @property
    def box(self) -> Box:
        """Where its letters may reach: capitals above, descenders below."""
        wide = max(self.widths) * self.size
        left = {"left": float(self.x), "right": self.x - wide, "middle": self.x - wide / 2}[self.align]
        bottom = self.y + (len(self.lines) - 1) * self.leading + DEPTH * self.size
        return int(left), int(self.y - CAP * self.size), int(left + wide) + 1, int(bottom) + 1


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled box; `radius` rounds its corners."""

    box: Box
    tone: Tone = "accent"
    radius: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """A whole picture. The ground lies everywhere; `photo` covers a part of it, or all.

    `zone` says where words stand on the photo ("top", "bottom", "left", "right"; "" = none do).
    """

    format: Format
    blocks: tuple[Block, ...]
    bars: tuple[Bar, ...] = ()
    photo: Box | None = None
    zone: str = ""
    logo: Box | None = None

    @property
    def words_box(self) -> Box:
        """The least box around everything that is written."""
        boxes = [block.box for block in self.blocks] + ([self.logo] if self.logo else [])
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        return min(lefts), min(tops), max(rights), max(bottoms)

    def lifted(self, by: int) -> Page:
        """The same page with everything but the photo higher up."""
        return replace(
            self,
            blocks=tuple(replace(block, y=block.y - by) for block in self.blocks),
            bars=tuple(replace(bar, box=_up(bar.box, by)) for bar in self.bars),
            logo=_up(self.logo, by) if self.logo else None,
        )


def _up(box: Box, by: int) -> Box:
    left, top, right, bottom = box
    return left, top - by, right, bottom - by
