"""Whether a brand can be read: its fonts exist, and its inks stand out from its background."""

from __future__ import annotations

from functools import lru_cache

from bot.errors import ImageError
from bot.images.colour import READABLE, ground, hexed, nearest_readable, rgb, worst
from bot.images.fonts import located, unknown
from bot.model import Brand


def check_brand(brand: Brand) -> list[str]:
    """Everything wrong with how the studio looks, each with its key and what to write instead; [] when all is well."""
    return list(_mistakes(brand))


@lru_cache(maxsize=16)
def _mistakes(brand: Brand) -> tuple[str, ...]:
    fonts = {"headline_font": brand.headline_font, "text_font": brand.text_font}
    found = [f"{key}: {unknown(font)}" for key, font in fonts.items() if located(font) is None]
    colours = {"background": brand.background, "ink": (brand.ink,), "accent": (brand.accent,)}
    bad = [f"{key}: {wrong}" for key, some in colours.items() for colour in some if (wrong := _not_a_colour(colour))]
    return (*found, *(bad or _unreadable(brand)))


def _not_a_colour(colour: str) -> str:
    try:
        rgb(colour)
    except ImageError as error:
        return str(error)
    return ""


def _unreadable(brand: Brand) -> list[str]:
    found = []
    behind = ground(brand.background)
    for key, colour in (("ink", brand.ink), ("accent", brand.accent)):
        ratio = worst(rgb(colour), behind)
        if ratio >= READABLE:
            continue
        better = nearest_readable(rgb(colour), behind)
        advice = f"write {hexed(better)}" if better else "no colour is readable on it: bring its two ends closer"
        has = int(ratio * 10) / 10
        found.append(f"{key}: {colour} has contrast {has} with the background, {READABLE} is needed: {advice}")
    return found
