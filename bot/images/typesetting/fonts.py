"""Typefaces: the bundled families, what is inside a font file, and how wide words are in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ImageError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

FAMILIES = {
    "DM Serif Display": "DMSerifDisplay.ttf",
    "DM Sans": "DMSans.ttf",
    "Fraunces": "Fraunces.ttf",
    "Figtree": "Figtree.ttf",
}
FOLDER = Path(__file__).with_name("fonts")
SUFFIXES = {".ttf", ".otf", ".woff", ".woff2"}
_UNIT = 200
"""The size at which words are measured: large enough that rounding to pixels does not show."""

_PICTURES = "\u2300"
"""From here on a character may be an emoji, which is never set in a text face."""


@dataclass(frozen=True, slots=True)
class Face:
    """A font file as one role wants it; a static font ignores the weight and the optical size (pt).

    `scale` makes its letters as high as a neighbour's, `stroke` (em) a regular one as heavy; `colour` says emoji.
    """

    path: Path
    weight: int
    optical: float
    index: int = 0
    scale: float = 1.0
    stroke: float = 0.0
    colour: bool = False

    @property
    def serif(self) -> bool:
        """Whether its letters have serifs, so that a helping face can have them too."""
        return inside(self.path, self.index).serif


Stack = tuple[Face, ...]
"""The faces of a role in the order they are asked; where they lack a character, the bundled ones help out."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What a font file holds: its characters, its axes in the order FreeType takes values in, and its looks."""

    characters: frozenset[int]
    axes: tuple[tuple[str, float, float, float], ...]
    serif: bool
    x_height: float


def located(font: str) -> Path | None:
    """The file of a bundled family, or the path itself when it is a font file; None when it is neither."""
    if font in FAMILIES:
        return FOLDER / FAMILIES[font]
    path = Path(font)
    return path if path.suffix.lower() in SUFFIXES and path.is_file() else None


def unknown(font: str) -> str:
    """What to tell the owner about a font that was not found."""
    return f'font "{font}" is neither a bundled family ({", ".join(FAMILIES)}) nor a .ttf, .otf or .woff2 file'


@lru_cache(maxsize=32)
def stack(fonts: tuple[str, ...], weight: int, optical: float) -> Stack:
    """Faces for a role: the fonts asked for, in order."""
    paths = []
    for font in fonts:
        path = located(font)
        if path is None:
            raise ImageError(unknown(font))
        if path not in paths:
            paths.append(path)
    return tuple(Face(path, weight, optical) for path in paths)


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> FreeTypeFont:
    """The face at a size in pixels. Not safe to use from two threads at once: see paint's lock."""
    from PIL import ImageFont

    try:
        loaded = ImageFont.truetype(face.path, size * face.scale, face.index)
    except OSError as error:
        raise _unreadable(face.path, error) from error
    axes = inside(face.path, face.index).axes
    if axes:
        wanted = {"wght": face.weight, "opsz": face.optical, "SOFT": 0.0, "WONK": 0.0}
        loaded.set_variation_by_axes([min(high, max(low, wanted.get(tag, usual))) for tag, low, usual, high in axes])
    return loaded


@lru_cache(maxsize=64)
def inside(path: Path, index: int = 0) -> Inside:
    """The facts of a font file; ImageError when it is none."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True, fontNumber=index) as loaded:
            axes = loaded["fvar"].axes if "fvar" in loaded else ()
            ranges = tuple((a.axisTag, a.minValue, a.defaultValue, a.maxValue) for a in axes)
            looks, em = loaded["OS/2"], loaded["head"].unitsPerEm
            serif = looks.panose.bFamilyType == 2 and 2 <= looks.panose.bSerifStyle <= 10
            named = "Serif" in (loaded["name"].getBestFamilyName() or "")
            x_height = getattr(looks, "sxHeight", 0) / em
            return Inside(frozenset(loaded.getBestCmap()), ranges, serif or named, x_height)
    except (TTLibError, OSError, KeyError) as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: Exception) -> ImageError:
    return ImageError(f"{path}: cannot be read as a font ({error}); choose another in [brand]")


def characters(path: Path, index: int = 0) -> frozenset[int]:
    """Every code point the font has a glyph for."""
    return inside(path, index).characters


def runs(text: str, faces: Stack) -> list[tuple[str, Face]]:
    """The text cut where another face must help out; ImageError names a character that no face has."""
    if max(text, default="") < _PICTURES and characters(faces[0].path, faces[0].index).issuperset(map(ord, text)):
        return [(text, faces[0])]
    from bot.images.typesetting import fallback

    return fallback.runs(text, faces)


def advance(run: str, face: Face, size: int) -> float:
    """How far the pen moves over a run; an emoji always takes its share of the em, not of its own size."""
    width = font(face, size).getlength(run)
    return width / face.scale if face.colour else width


@lru_cache(maxsize=4096)
def em(text: str, faces: Stack) -> float:
    """The width of the text in em; kept, because the posts of a document share its vocabulary."""
    return sum(advance(run, face, _UNIT) for run, face in runs(text, faces)) / _UNIT
