"""A brand's colours turned into two schemes whose words can be read (WCAG AA), whatever the brand."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.errors import FootnoteError
from bot.model import Brand

Colour = tuple[float, float, float]
"""Red, green and blue, 0 to 1."""

BLACK, WHITE = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
STEPS = 50


def schemes(brand: Brand) -> dict[str, dict[str, str]]:
    """The colours of the light and of the dark scheme, by name; raises FootnoteError for one that is not "#rrggbb".

    Text, muted, link and button words have at least 4.5:1 on what they stand on, the focus ring 3:1.
    """
    ground, second, ink, accent = map(colour, (*brand.background, brand.ink, brand.accent))
    light, dark = sorted((ground, ink), key=luminance, reverse=True)
    day = _paper(light, WHITE, 0.55, lambda paper: luminance(paper) >= 0.86)
    night = _paper(dark, BLACK, 0.45, lambda paper: luminance(paper) <= 0.016)
    return {
        "light": _scheme(paper=day, text=dark, link=second, accent=accent, button=ground, words=ink),
        "dark": _scheme(paper=night, text=light, link=accent, accent=accent, button=accent, words=dark),
    }


def colour(value: str) -> Colour:
    """The colour "#rrggbb" names; raises FootnoteError for anything else."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", value):
        raise FootnoteError(f'colour "{value}": write it as "#rrggbb"')
    return int(value[1:3], 16) / 255, int(value[3:5], 16) / 255, int(value[5:7], 16) / 255


def contrast(one: Colour, other: Colour) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(value: Colour) -> float:
    """WCAG's relative luminance, 0 to 1."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in value)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _scheme(
    *, paper: Colour, text: Colour, link: Colour, accent: Colour, button: Colour, words: Colour
) -> dict[str, str]:
    text = _readable(text, paper, 10)
    panel = _mix(paper, text, 0.05)
    button = _readable(button, paper, 4.6)
    chosen = {
        "paper": paper,
        "panel": panel,
        "hairline": _mix(paper, text, 0.16),
        "text": text,
        "muted": _readable(_mix(text, paper, 0.3), panel, 4.8),
        "link": _readable(link, panel, 4.8),
        "accent": accent,
        "focus": _readable(accent, panel, 3.2),
        "button": button,
        "button-words": _readable(words, button, 4.8),
    }
    return {name: _hex(value) for name, value in chosen.items()}


def _paper(start: Colour, goal: Colour, first: float, is_enough: Callable[[Colour], bool]) -> Colour:
    steps = (_mix(start, goal, first + (1 - first) * step / STEPS) for step in range(STEPS + 1))
    return next(filter(is_enough, steps))


def _readable(value: Colour, ground: Colour, ratio: float) -> Colour:
    """The colour, moved towards black or white only as far as its contrast on the ground needs."""
    goal = max((BLACK, WHITE), key=lambda end: contrast(end, ground))
    steps = [_mix(value, goal, step / STEPS) for step in range(STEPS + 1)]
    return next((step for step in steps if contrast(step, ground) >= ratio), goal)


def _mix(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _hex(value: Colour) -> str:
    return "#" + "".join(f"{round(c * 255):02x}" for c in value)
