"""A headline over its support, as large as looks best in a room: decided from widths alone, no pixels, no fonts."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from operator import itemgetter

from bot.images.formats import Format
from bot.images.page import CAP, DEPTH, Bar, Block, Tone, Voice
from bot.images.typesetting.breaks import Broken, Paragraph, broken

HEADLINE_SIZES = (188, 164, 152, 140, 130, 120, 110, 102, 94, 87, 80, 74, 68, 62, 56)
SMALLEST = 68
"""A headline that is the first thing to be read is never smaller; beside a figure it may be."""

SUPPORT_LINES = 8
RULE = (96, 6)
RULE_GAP, CLEAR = 52, 72
"""The rule to the support's ascenders; a headline's descenders to the rule, at least."""

PRESENT = 112
"""From this size on a headline holds the page, and more matters less."""

LOOSE = 1.3
"""The leading of a headline in letters as tall as the em."""

MORE = 2
"""So many lines more than a room's height wants are still looked at: they may break better."""

Ways = tuple[Broken, ...]


@dataclass(frozen=True, slots=True)
class Setting:
    """Lines at one size, `leading` px from baseline to baseline."""

    lines: tuple[str, ...]
    widths: tuple[float, ...]
    size: int
    leading: int

    @property
    def height(self) -> int:
        """From the top of the first line's capitals to the last baseline."""
        return (len(self.lines) - 1) * self.leading + round(CAP * self.size)


@dataclass(frozen=True, slots=True)
class Room:
    """Where words may stand: from the top of the headline's capitals to the last baseline of the support.

    `rests` says where a headline is that has room to spare: at the "top" or the "bottom"; "" = at the top over a
    support, and alone at the optical centre. A headline is at least `ratio` times as large as its support.
    """

    format: Format
    left: int
    top: int
    right: int
    bottom: int
    rtl: bool = False
    rests: str = ""
    largest: int = HEADLINE_SIZES[0]
    smallest: int = SMALLEST
    ratio: float = 2.0

    @property
    def measure(self) -> int:
        """The longest line, in pixels."""
        return self.right - self.left

    def block(self, setting: Setting, y: int, voice: Voice, tone: Tone = "ink") -> Block:
        """The lines at the edge where the reader begins."""
        x, align = (self.right, "right") if self.rtl else (self.left, "left")
        return Block(setting.lines, setting.widths, setting.size, setting.leading, x, y, voice, tone, align)  # type: ignore[arg-type]

    def rule(self, y: int) -> Bar:
        """The short rule of a footnote."""
        wide, high = RULE[0], max(4, self.format.airy(RULE[1]))
        left = self.right - wide if self.rtl else self.left
        return Bar((left, y, left + wide, y + high))


@dataclass(frozen=True, slots=True)
class Stack:
    """The headline and its support with the baselines of their first lines, and the top of the rule."""

    headline: Setting
    headline_at: int
    support: Setting | None
    support_at: int
    rule_at: int

    @property
    def top(self) -> int:
        """The top of the headline's capitals."""
        return self.headline_at - round(CAP * self.headline.size)


def stack(headline: Paragraph, support: Paragraph | None, room: Room) -> Stack | None:
    """Both in a room, or None when they do not fit.

    The support stands at the foot under a short rule, as a footnote does; the headline has the rest of the room.
    """
    ways = headline_ways(headline, room)
    if support is None:
        return _alone(ways, room)
    sizes = room.format.supports
    for size in sizes:
        small = support_setting(support, size, room.measure)
        if small is None:
            continue
        at = room.bottom - (len(small.lines) - 1) * small.leading
        rule = at - round(0.72 * size) - room.format.airy(RULE_GAP)
        big = headline_setting(ways, room, rule - room.format.airy(CLEAR) - room.top)
        if big and big.size >= room.ratio * (1.0 if size == sizes[-1] else 1.15) * size:
            return Stack(big, _first_baseline(big, room, rule), small, at, rule)
    return None


def _alone(ways: Ways, room: Room) -> Stack | None:
    """A headline by itself: at the optical centre, the rule below it."""
    big = headline_setting(ways, room, room.bottom - room.format.airy(CLEAR) - room.top)
    if big is None:
        return None
    return Stack(big, _first_baseline(big, room, room.bottom, 0.42), None, 0, room.bottom)


def _first_baseline(big: Setting, room: Room, rule: int, usual: float = 0.0) -> int:
    spare = rule - room.format.airy(CLEAR) - room.top - big.height - round(DEPTH * big.size)
    share = {"": usual, "top": 0.0, "bottom": 1.0}[room.rests]
    return room.top + round(CAP * big.size) + round(share * spare)


def headline_ways(words: Paragraph, room: Room) -> Ways:
    """The fairest breaks for each count of lines worth a look.

    From what the smallest size needs to two lines more than where the room's height, not its width, begins to decide.
    """
    length, height = words.ends[-1] / room.measure, room.bottom - room.top
    least = max(1, ceil(length * room.smallest))
    wide = [k for k in range(least, 15) if k / length >= min(room.largest, height / (1.06 * (k - 1) + CAP + DEPTH))]
    most = min(wide[0] + MORE if wide else 14, ceil(1.25 * length * HEADLINE_SIZES[0]))
    return tuple(way for k in range(least, most + 1) if (way := broken(words, k)))


def headline_setting(ways: Ways, room: Room, height: float) -> Setting | None:
    """The headline in the size and the lines that look best at this height; None when no size fits."""
    settings = [(_appeal(one.size, way), one) for way in ways if (one := _largest(way, room, height))]
    return max(settings, key=itemgetter(0))[1] if settings else None


def _appeal(size: int, found: Broken) -> float:
    """Size counts by its logarithm, less once it is large; an uneven or awkward break and many lines count against."""
    presence = log(size / PRESENT)
    return presence * (1.7 if presence < 0 else 0.6) - 0.3 * found.cost - 6.0 * found.uneven - 0.04 * len(found.lines)


def _largest(found: Broken, room: Room, height: float) -> Setting | None:
    for size in HEADLINE_SIZES:
        leading = LOOSE if found.loose else 1.06 if size >= 110 else 1.1
        setting = Setting(found.lines, found.widths, size, round(size * leading))
        is_short = setting.height + DEPTH * size <= height
        if room.smallest <= size <= room.largest and found.widest * size <= room.measure and is_short:
            return setting
    return None


def support_setting(words: Paragraph, size: int, measure: int, most: int = SUPPORT_LINES) -> Setting | None:
    """The support in as few lines as it needs, or one more where that breaks much better."""
    least = max(1, ceil(words.ends[-1] * size / measure))
    counts = [k for k in (least, least + 1) if k <= most]
    ways = [(found.cost + 0.05 * k, k, found) for k in counts if (found := broken(words, k))]
    ways = [way for way in ways if way[2].widest * size <= measure]
    if not ways:
        return None
    found = min(ways)[2]
    return Setting(found.lines, found.widths, size, round((1.55 if found.loose else 1.4) * size))
