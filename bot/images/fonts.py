"""Typefaces: the bundled families, which of them has a character, and how wide words are in them."""

from __future__ import annotations

import unicodedata
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


@dataclass(frozen=True, slots=True)
class Face:
    """A font file as one role wants it; a static font ignores the weight and the optical size (pt)."""

    path: Path
    weight: int
    optical: float


Stack = tuple[Face, ...]
"""The face of a role, then those that help out where it lacks a character."""


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
    """Faces for a role: the fonts asked for in order, then every bundled family."""
    paths = []
    for font in (*fonts, *FAMILIES):
        path = located(font)
        if path is None:
            raise ImageError(unknown(font))
        if path not in paths:
            paths.append(path)
    return tuple(Face(path, weight, optical) for path in paths)


@lru_cache(maxsize=64)
def font(face: Face, size: int) -> FreeTypeFont:
    """The face at a size in pixels. Not safe to use from two threads at once: see draw's lock."""
    from PIL import ImageFont

    try:
        loaded = ImageFont.truetype(face.path, size)
    except OSError as error:
        raise ImageError(f"{face.path}: cannot be read as a font ({error}); choose another in [brand]") from error
    axes = _axes(face.path)
    if axes:
        wanted = {"wght": face.weight, "opsz": face.optical, "SOFT": 0.0, "WONK": 0.0}
        loaded.set_variation_by_axes([min(high, max(low, wanted.get(tag, usual))) for tag, low, usual, high in axes])
    return loaded


@lru_cache(maxsize=16)
def _tables(path: Path) -> tuple[frozenset[int], tuple[tuple[str, float, float, float], ...]]:
    """The characters a font has, and its axes in the file's order, which is the order FreeType takes values in."""
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, lazy=True, fontNumber=0) as loaded:
            axes = loaded["fvar"].axes if "fvar" in loaded else ()
            ranges = tuple((a.axisTag, a.minValue, a.defaultValue, a.maxValue) for a in axes)
            return frozenset(loaded.getBestCmap()), ranges
    except (TTLibError, OSError) as error:
        raise ImageError(f"{path}: cannot be read as a font ({error}); choose another in [brand]") from error


def _axes(path: Path) -> tuple[tuple[str, float, float, float], ...]:
    return _tables(path)[1]


def characters(path: Path) -> frozenset[int]:
    """Every code point the font has a glyph for."""
    return _tables(path)[0]


def runs(text: str, faces: Stack) -> list[tuple[str, Face]]:
    """The text cut where another face must help out; ImageError names a character that no face has."""
    if characters(faces[0].path).issuperset(map(ord, text)):
        return [(text, faces[0])]
    import regex

    found: list[tuple[str, Face]] = []
    for cluster in regex.findall(r"\X", text):
        face = next((f for f in faces if characters(f.path).issuperset(map(ord, cluster))), None)
        if face is None:
            raise ImageError(_missing(cluster, faces))
        if found and found[-1][1] == face:
            found[-1] = (found[-1][0] + cluster, face)
        else:
            found.append((cluster, face))
    return found


def _missing(cluster: str, faces: Stack) -> str:
    """Which character of the cluster no face has, by sight and by name."""
    have = frozenset[int]().union(*(characters(face.path) for face in faces))
    lost = next((c for c in cluster if ord(c) not in have), cluster[0])
    name = unicodedata.name(lost, "no name")
    return f'no font has "{cluster}" (U+{ord(lost):04X} {name}): leave it out, or name a font that has it in [brand]'


@lru_cache(maxsize=4096)
def em(text: str, faces: Stack) -> float:
    """The width of the text in em; kept, because the posts of a document share its vocabulary."""
    return sum(font(face, _UNIT).getlength(run) for run, face in runs(text, faces)) / _UNIT
