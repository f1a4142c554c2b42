"""Colour by the eye's measure: OKLab mixing, WCAG contrast, and the colour nearest to one that cannot be read."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.errors import ImageError

RGB = tuple[int, int, int]
Lab = tuple[float, float, float]

READABLE = 4.5
"""The least contrast of any text with what is behind it (WCAG 2.2 AA, without the allowance for large text)."""


def rgb(colour: str) -> RGB:
    """The three bytes of "#rrggbb"; ImageError when it is not one."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ImageError(f'"{colour}" is not a colour: write it as "#rrggbb"')
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def hexed(colour: RGB) -> str:
    """The three bytes as "#rrggbb"."""
    return "#{:02x}{:02x}{:02x}".format(*colour)


def _linear(byte: float) -> float:
    c = byte / 255
    return c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4


def _byte(linear: float) -> float:
    c = min(1.0, max(0.0, linear))
    return 255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055)


def luminance(colour: RGB) -> float:
    """Relative luminance, 0 to 1."""
    r, g, b = map(_linear, colour)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: RGB, other: RGB) -> float:
    """WCAG contrast, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def oklab(colour: RGB) -> Lab:
    """OKLab (Ottosson 2020): equal steps look equal."""
    r, g, b = map(_linear, colour)
    l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)  # noqa: E741 -- the cone's name
    m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    )


def unlab(lab: Lab) -> tuple[float, float, float]:
    """OKLab as sRGB on the scale of bytes, not rounded, clipped to what a screen shows."""
    lightness, a, b = lab
    l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3  # noqa: E741
    m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    s = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _byte(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
        _byte(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
        _byte(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s),
    )


def mixed(one: Lab, other: Lab, share: float) -> Lab:
    """`share` of the way from one to the other."""
    return (
        one[0] + (other[0] - one[0]) * share,
        one[1] + (other[1] - one[1]) * share,
        one[2] + (other[2] - one[2]) * share,
    )


def rounded(colour: tuple[float, float, float]) -> RGB:
    """The nearest bytes."""
    return round(colour[0]), round(colour[1]), round(colour[2])


@lru_cache(64)
def ground(background: tuple[str, str]) -> tuple[RGB, ...]:
    """Nine colours along the gradient: what text may stand on."""
    first, second = (oklab(rgb(stop)) for stop in background)
    return tuple(rounded(unlab(mixed(first, second, n / 8))) for n in range(9))


def worst(ink: RGB, behind: tuple[RGB, ...]) -> float:
    """The least contrast of the ink with any of the colours behind it."""
    return min(contrast(ink, colour) for colour in behind)


def nearest_readable(ink: RGB, behind: tuple[RGB, ...], least: float = READABLE) -> RGB | None:
    """The same hue, lighter or darker, that is just readable; None when nothing is on this background."""
    lightness, a, b = oklab(ink)
    steps = [n / 100 for n in range(101)]
    for target in sorted(steps, key=lambda step: abs(step - lightness)):
        fade = min(1.0, 4 * (1 - target), 4 * target)  # near black and white there is no room for colour
        candidate = rounded(unlab((target, a * fade, b * fade)))
        if worst(candidate, behind) >= least:
            return candidate
    return None


def quieter(ink: RGB, behind: tuple[RGB, ...], share: float) -> RGB:
    """The ink mixed a little with what is behind it, as far as it stays comfortably readable."""
    middle = oklab(behind[len(behind) // 2])
    soft = rounded(unlab(mixed(oklab(ink), middle, share)))
    return soft if worst(soft, behind) >= 1.3 * READABLE else ink
