"""Whether a brand can be read: its fonts exist, and the inks of each of its palettes stand out from the ground."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from bot.errors import ImageError
from bot.images.colour import (
    READABLE,
    RGB,
    ground,
    hexed,
    mixed,
    nearest_readable,
    oklab,
    rgb,
    rounded,
    unlab,
    worst,
)
from bot.images.typesetting.fonts import located, unknown
from bot.model import Brand, Palette

REVERSED, BOLD = "reversed", "bold"
"""The palettes that every brand has besides its own: ink for ground, and the accent for ground."""


def palettes(brand: Brand) -> Mapping[str, Palette]:
    """The brand's palettes by name: "" is its own, then those in config.toml, then those made from its own."""
    own = Palette(brand.background, brand.ink, brand.accent)
    return MappingProxyType({"": own, **{one.name: one for one in (*brand.palettes, *_made(own))}})


def palette_of(brand: Brand, name: str) -> Palette:
    """The palette of that name; ImageError when the brand has none."""
    known = palettes(brand)
    if name not in known:
        raise ImageError(f'no colours "{name}" (known: {", ".join(filter(None, known))}): choose one, or leave it out')
    return known[name]


@lru_cache(maxsize=16)
def _made(own: Palette) -> tuple[Palette, ...]:
    """Palettes of the same colours; a colour that could not be read there is moved until it can be."""
    try:
        first, ink, accent = rgb(own.background[0]), rgb(own.ink), rgb(own.accent)
    except ImageError:  # what is wrong with it is told elsewhere
        return ()
    paper = ground((hexed(ink), hexed(_towards(ink, accent, 0.12))))
    bold = ground((hexed(accent), hexed(_towards(accent, first, 0.08))))
    return (*_palette(REVERSED, paper, first, accent), *_palette(BOLD, bold, first, first))


def _palette(name: str, behind: tuple[RGB, ...], ink: RGB, accent: RGB) -> Iterator[Palette]:
    inks = [nearest_readable(one, behind, 1.16 * READABLE) for one in (ink, accent)]
    if inks[0] and inks[1]:
        yield Palette((hexed(behind[0]), hexed(behind[-1])), hexed(inks[0]), hexed(inks[1]), name)


def _towards(one: RGB, other: RGB, share: float) -> RGB:
    return rounded(unlab(mixed(oklab(one), oklab(other), share)))


def check_brand(brand: Brand) -> list[str]:
    """Everything wrong with how the studio looks, each with its key and what to write instead; [] when all is well."""
    return list(_mistakes(brand))


@lru_cache(maxsize=16)
def _mistakes(brand: Brand) -> tuple[str, ...]:
    fonts = {"headline_font": brand.headline_font, "text_font": brand.text_font}
    found = [f"{key}: {unknown(font)}" for key, font in fonts.items() if located(font) is None]
    own = Palette(brand.background, brand.ink, brand.accent)
    return (*found, *(wrong for one in (own, *brand.palettes) for wrong in _wrong_with(one)))


def _wrong_with(palette: Palette) -> list[str]:
    where = f"palettes.{palette.name}." if palette.name else ""
    colours = {"background": palette.background, "ink": (palette.ink,), "accent": (palette.accent,)}
    bad = [f"{where}{key}: {wrong}" for key, some in colours.items() for one in some if (wrong := _not_a_colour(one))]
    return bad or [f"{where}{wrong}" for wrong in _unreadable(palette)]


def _not_a_colour(colour: str) -> str:
    try:
        rgb(colour)
    except ImageError as error:
        return str(error)
    return ""


def _unreadable(palette: Palette) -> Iterator[str]:
    behind = ground(palette.background)
    for key, colour in (("ink", palette.ink), ("accent", palette.accent)):
        ratio = worst(rgb(colour), behind)
        if ratio >= READABLE:
            continue
        better = nearest_readable(rgb(colour), behind)
        advice = f"write {hexed(better)}" if better else "no colour is readable on it: bring its two ends closer"
        has = int(ratio * 10) / 10
        yield f"{key}: {colour} has contrast {has} with the background, {READABLE} is needed: {advice}"
