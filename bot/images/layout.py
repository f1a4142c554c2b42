"""Where every line of the quote template stands, decided from widths alone: no pixels, no fonts, no files."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log

from bot.images.breaks import Broken, Paragraph, broken

WIDTH, HEIGHT, SAFE = 1080, 1350, 68
LEFT = 96
MEASURE = WIDTH - 2 * LEFT
TOP = 116
"""The top of the headline's capitals when it fills its room."""

FOOT = 1246
"""The footer's baseline."""

HEADLINE_SIZES = (164, 152, 140, 130, 120, 110, 102, 94, 87, 80, 74, 68)
SUPPORT_SIZES = (42, 39, 36, 34)
FOOTER_SIZES = (31, 29)
FOOTER_STEP = 42
RULE = (96, 6)
CAP, DEPTH = 0.68, 0.24
"""Height of capitals and depth of descenders, in em, of the bundled faces (within 0.03)."""


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
    foot = FOOT - FOOTER_STEP * (footer_lines - 1) - 22
    if support is None:
        return _alone(headline, foot)
    for size in SUPPORT_SIZES:
        small = support_setting(support, size)
        if small is None:
            continue
        last = foot - 84
        at = last - (len(small.lines) - 1) * small.leading
        rule = at - round(0.72 * size) - 52
        big = headline_setting(headline, rule - 72 - TOP)
        final = size == SUPPORT_SIZES[-1]
        if big and big.size >= (2 if final else 2.3) * size:
            spare = rule - 72 - TOP - big.height - round(DEPTH * big.size)
            return Page(big, TOP + round(CAP * big.size) + _drop(spare), small, at, rule)
    return None


def _alone(headline: Paragraph, foot: int) -> Page | None:
    """A headline by itself: at the optical centre, the rule below it."""
    rule = foot - 84
    big = headline_setting(headline, rule - 72 - TOP)
    if big is None:
        return None
    spare = rule - 72 - TOP - big.height - round(DEPTH * big.size)
    return Page(big, TOP + round(CAP * big.size) + round(0.42 * spare), None, 0, rule)


def _drop(spare: int) -> int:
    """How far a headline sinks into the room it leaves."""
    return round(0.0 * spare)


def headline_setting(words: Paragraph, room: int) -> Setting | None:
    """The headline at the size and in the lines that look best in this room; None when even the smallest is too big.

    Size counts by its logarithm, a ragged or awkward break counts against it.
    """
    best, worth = None, -1e9
    for lines in _line_counts(words, HEADLINE_SIZES[-1], len(words.words)):
        found = broken(words, lines)
        setting = found and _largest(found, room)
        if not found or not setting:
            continue
        value = log(setting.size) - 0.9 * found.cost - 0.02 * lines
        if value > worth:
            best, worth = setting, value
    return best


def _largest(found: Broken, room: int) -> Setting | None:
    for size in HEADLINE_SIZES:
        setting = Setting(found.lines, size, round(size * (1.06 if size >= 110 else 1.1)))
        if found.widest * size <= MEASURE and setting.height + DEPTH * size <= room:
            return setting
    return None


def support_setting(words: Paragraph, size: int) -> Setting | None:
    """The support in as few lines as it needs, or one more where that breaks much better."""
    least = max(1, ceil(words.ends[-1] * size / MEASURE))
    ways = [(found.cost + 0.05 * k, k, found) for k in (least, least + 1) if (found := broken(words, k))]
    ways = [way for way in ways if way[2].widest * size <= MEASURE]
    if not ways:
        return None
    found = min(ways)[2]
    return Setting(found.lines, size, round(1.4 * size))


def _line_counts(words: Paragraph, smallest: int, most: int) -> range:
    """The line counts worth trying: from what the smallest size needs, to what the largest would fill."""
    least = max(1, ceil(words.ends[-1] * smallest / MEASURE))
    return range(least, min(most, ceil(2.2 * words.ends[-1] * HEADLINE_SIZES[0] / MEASURE), 14) + 1)
