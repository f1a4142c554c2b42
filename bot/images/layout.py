"""Where every line of the quote template stands, decided from widths alone: no pixels, no fonts, no files."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from operator import itemgetter

from bot.images.breaks import Broken, Paragraph, broken

WIDTH, HEIGHT, SAFE = 1080, 1350, 68
LEFT = 96
MEASURE = WIDTH - 2 * LEFT
TOP = 116
"""The top of the headline's capitals when it fills its room."""

FOOT = 1246
"""The footer's baseline."""

HEADLINE_SIZES = (188, 164, 152, 140, 130, 120, 110, 102, 94, 87, 80, 74, 68)
SUPPORT_SIZES = (42, 39, 36, 34)
SUPPORT_LINES = 8
FOOTER_SIZES = (31, 29)
FOOTER_STEP = 42
RULE = (96, 6)
RULE_GAP, CLEAR, FOOT_GAP = 52, 72, 92
"""The rule to the support's ascenders; a headline's descenders to the rule, at least; the last line to the footer."""

PRESENT = 112
"""From this size on a headline holds the page, and more matters less."""

CAP, DEPTH = 0.68, 0.24
"""Height of capitals and depth of descenders, in em, of the bundled faces (within 0.03)."""


Ways = tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines at one size, `leading` px from baseline to baseline."""

    lines: tuple[str, ...]
    size: int
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return (len(self.lines) - 1) * self.leading + round(CAP * self.size)


@dataclass(frozen=True, slots=True)
class Page:
    """The settings with the baseline of their first lines, and the top of the rule."""

    headline: Setting
    headline_at: int
    support: Setting | None
    support_at: int
    rule_at: int


def page(headline: Paragraph, support: Paragraph | None, footer_lines: int) -> Page | None:
    """The whole page, or None when the words do not fit.

    The support stands at the foot under a short rule, as a footnote does; the headline has the rest of the page.
    """
    foot = FOOT - FOOTER_STEP * (footer_lines - 1) - round(CAP * FOOTER_SIZES[0])
    ways = headline_ways(headline)
    if support is None:
        return _alone(ways, foot)
    for size in SUPPORT_SIZES:
        small = support_setting(support, size)
        if small is None:
            continue
        last = foot - FOOT_GAP
        at = last - (len(small.lines) - 1) * small.leading
        rule = at - round(0.72 * size) - RULE_GAP
        big = headline_setting(ways, rule - CLEAR - TOP)
        final = size == SUPPORT_SIZES[-1]
        if big and big.size >= (2 if final else 2.3) * size:
            return Page(big, TOP + round(CAP * big.size), small, at, rule)
    return None


def _alone(ways: Ways, foot: int) -> Page | None:
    """A headline by itself: at the optical centre, the rule below it."""
    rule = foot - FOOT_GAP
    big = headline_setting(ways, rule - CLEAR - TOP)
    if big is None:
        return None
    spare = rule - CLEAR - TOP - big.height - round(DEPTH * big.size)
    return Page(big, TOP + round(CAP * big.size) + round(0.42 * spare), None, 0, rule)


def headline_ways(words: Paragraph) -> Ways:
    """The fairest breaks for each count of lines, from what the smallest size needs to what the largest would fill."""
    length = words.ends[-1] / MEASURE
    least = max(1, ceil(length * HEADLINE_SIZES[-1]))
    most = min(ceil(1.25 * length * HEADLINE_SIZES[0]), 14)
    return tuple(way for k in range(least, most + 1) if (way := broken(words, k)))


def headline_setting(ways: Ways, room: int) -> Setting | None:
    """The headline at the size and in the lines that look best in this room; None when even the smallest is too big."""
    settings = [(_appeal(setting.size, way), setting) for way in ways if (setting := _largest(way, room))]
    return max(settings, key=itemgetter(0))[1] if settings else None


def _appeal(size: int, found: Broken) -> float:
    """Size counts by its logarithm, less once it is large; an uneven or awkward break and many lines count against."""
    presence = log(size / PRESENT)
    return presence * (1.7 if presence < 0 else 0.6) - 0.3 * found.cost - 6.0 * found.uneven - 0.04 * len(found.lines)


def _largest(found: Broken, room: int) -> Setting | None:
    for size in HEADLINE_SIZES:
        setting = Setting(found.lines, size, round(size * (1.06 if size >= 110 else 1.1)))
        if found.widest * size <= MEASURE and setting.height + DEPTH * size <= room:
            return setting
    return None


def support_setting(words: Paragraph, size: int) -> Setting | None:
    """The support in as few lines as it needs, or one more where that breaks much better."""
    least = max(1, ceil(words.ends[-1] * size / MEASURE))
    counts = [k for k in (least, least + 1) if k <= SUPPORT_LINES]
    ways = [(found.cost + 0.05 * k, k, found) for k in counts if (found := broken(words, k))]
    ways = [way for way in ways if way[2].widest * size <= MEASURE]
    if not ways:
        return None
    found = min(ways)[2]
    return Setting(found.lines, size, round(1.4 * size))
