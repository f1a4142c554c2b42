"""The colours that a palette's tones are poured as, on its own ground or on a photo."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from bot.images.colour import RGB, ground, mixed, oklab, quieter, rgb, rounded, unlab
from bot.model import Palette


@dataclass(frozen=True, slots=True)
class Inks:
    """One colour for each tone of a page."""

    ink: RGB
    soft: RGB
    accent: RGB
    faint: RGB
    ground: RGB

    def of(self, tone: str) -> RGB:
        """The colour of a tone, by its name."""
        found: RGB = getattr(self, tone)
        return found


@lru_cache(64)
def inks_of(palette: Palette) -> Inks:
    """The inks on the palette's own ground."""
    ink, accent, behind = rgb(palette.ink), rgb(palette.accent), ground(palette.background)
    return Inks(ink, quieter(ink, behind, 0.12), accent, faint(accent, behind[4]), behind[4])


def faint(accent: RGB, behind: RGB) -> RGB:
    """The accent as it shows where nothing needs to be read."""
    return rounded(unlab(mixed(oklab(accent), oklab(behind), 0.68)))
