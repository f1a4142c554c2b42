"""A soft shade (or light) under words on a photo: as strong as the worst spot under the letters needs, and no more."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from bot.images.colour import RGB, contrast, luminance, mixed, nearest_readable, oklab, rgb, rounded, unlab
from bot.images.inks import Inks, faint, inks_of
from bot.model import Palette

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

Box = tuple[int, int, int, int]

CONTRAST, SOFT = 5.8, 5.25
"""Of the ink, and of the quieter inks, with the spot behind them that is worst: an encoder takes its share of it."""
SPOT = 0.995
"""The share of pixels under a box that the worst spot is brighter (or darker) than."""
SAMPLE = 5_000
STEPS = 5
"""Halvings of the scrim's strength: to 3 %."""
DEEP, PALE = 0.22, 0.945
"""OKLab lightness: a dark scrim is no lighter, a light one no darker."""
RELUCTANCE = 0.12
"""What a light scrim must be weaker by: light words on a dark ground are what people know."""
BUSY = 0.32
"""The strength where the photo is as busy as can be: letters need calm, and not only contrast."""
REACH, PAD = 0.2, 0.016
"""Of the page's height, and beside words of its width: how far the scrim fades out; how far it holds around them."""
THRESHOLDS = ((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))
WEIGHTS = (0.2126, 0.7152, 0.0722, 0)
LINEAR = [255 * luminance((n, n, n)) for n in range(256)]


@dataclass(frozen=True, slots=True)
class _Scrim:
    """One way to make words readable: the tone laid over, the ink, and for each box its strength and worst spot."""

    tone: RGB
    ink: RGB
    strengths: tuple[float, ...]
    spot: RGB

    @property
    def heaviest(self) -> float:
        return max(self.strengths, default=0.0)


def lay_scrim(picture: Picture, words: Sequence[Box], palette: Palette, zone: str) -> Inks:
    """Change the RGB `picture` under and softly around the boxes of words; the inks that are readable there.

    A zone "left" or "right" fades sideways, any other up and down. The tone is the palette's darkest or lightest.
    """
    tones = [oklab(rgb(colour)) for colour in (*palette.background, palette.ink)]
    dark, light = _deep(min(tones)), _pale(max(tones))
    samples = [_sample(picture, box) for box in words]
    shade = _scrim(samples, dark, light)
    glow = _scrim(samples, light, dark) if shade.heaviest > BUSY and all(map(_is_bright, samples)) else shade
    chosen = glow if glow.heaviest + RELUCTANCE <= shade.heaviest else shade
    _lay(picture, words, chosen, sideways=zone in {"left", "right"})
    return _inks(chosen, palette)


def _deep(lab: tuple[float, float, float]) -> RGB:
    return rounded(unlab((min(lab[0], DEEP), lab[1], lab[2])))


def _pale(lab: tuple[float, float, float]) -> RGB:
    fade = min(1.0, max(0.0, 1 - lab[0]) / (1 - PALE), 1.0) if lab[0] > PALE else 0.35
    return rounded(unlab((max(lab[0], PALE), lab[1] * fade, lab[2] * fade)))


def _sample(picture: Picture, box: Box) -> Picture:
    """Every so many pixels under the box; an odd number, that no pattern of pairs may hide in."""
    from PIL import Image

    left, top = max(0, box[0]), max(0, box[1])
    right, bottom = min(picture.width, max(box[2], left + 1)), min(picture.height, max(box[3], top + 1))
    step = 1
    while (right - left) * (bottom - top) > SAMPLE * step * step:
        step += 2
    size = (max(1, (right - left) // step), max(1, (bottom - top) // step))
    return picture.resize(size, Image.Resampling.NEAREST, box=(left, top, right, bottom))


def _scrim(samples: Sequence[Picture], tone: RGB, ink: RGB) -> _Scrim:
    """How strong the tone must be laid under each box for this ink."""
    dark = luminance(tone) < luminance(ink)
    strengths, spots = [], []
    for sample in samples:
        calm = BUSY * min(1.0, _restlessness(sample) / 55)
        strength, spot = _strength(sample, tone, ink, calm)
        strengths.append(strength)
        spots.append(spot)
    worst = (max if dark else min)(spots, default=luminance(tone) * 255)
    grey = min(255, bisect_left(LINEAR, worst)) if dark else max(0, bisect_left(LINEAR, worst + 1e-9) - 1)
    return _Scrim(tone, ink, tuple(strengths), (grey, grey, grey))


def _restlessness(sample: Picture) -> float:
    """How far the light of neighbouring spots is apart."""
    from PIL import ImageStat

    return float(ImageStat.Stat(sample.convert("L")).stddev[0])


def _is_bright(sample: Picture) -> bool:
    from PIL import ImageStat

    return ImageStat.Stat(sample.convert("L")).mean[0] > 110


def _strength(sample: Picture, tone: RGB, ink: RGB, least: float) -> tuple[float, float]:
    """The least strength that makes the ink readable, by halving, and the luminance (0-255) of the worst spot then."""
    from PIL import Image

    dark, inked = luminance(tone) < luminance(ink), luminance(ink)
    bound = 255 * ((inked + 0.05) / CONTRAST - 0.05 if dark else (inked + 0.05) * CONTRAST - 0.05)
    wash = Image.new("RGB", sample.size, tone)

    def spot(strength: float) -> float:
        return _spot(Image.blend(sample, wash, strength), brightest=dark)

    low, high, seen = least, 1.0, spot(least)
    if (seen <= bound) if dark else (seen >= bound):
        return least, seen
    for _ in range(STEPS):
        middle = (low + high) / 2
        there = spot(middle)
        if (there <= bound) if dark else (there >= bound):
            high, seen = middle, there
        else:
            low = middle
    return high, seen if high < 1 else 255 * luminance(tone)


def _spot(pixels: Picture, *, brightest: bool) -> float:
    """The luminance (0-255) that SPOT of the pixels are not brighter (or darker) than, rounded to the safe side."""
    light = pixels.point(UP if brightest else DOWN).convert("L", WEIGHTS)
    counts = light.histogram()
    wanted = SPOT * light.width * light.height
    if brightest:
        return float(bisect_left(list(accumulate(counts)), wanted) + 1)
    return float(255 - bisect_left(list(accumulate(reversed(counts))), wanted))


UP, DOWN = [min(255, int(value + 0.999)) for value in LINEAR] * 3, [int(value) for value in LINEAR] * 3


def _inks(scrim: _Scrim, palette: Palette) -> Inks:
    behind = (scrim.spot,)
    accent = rgb(palette.accent)
    if contrast(accent, scrim.spot) < SOFT:
        accent = nearest_readable(accent, behind, SOFT) or scrim.ink
    tones = (rounded(unlab(mixed(oklab(scrim.ink), oklab(scrim.tone), share))) for share in (0.2, 0.14, 0.08))
    soft = next((tone for tone in tones if contrast(tone, scrim.spot) >= SOFT), scrim.ink)
    middle = inks_of(palette).ground
    return Inks(scrim.ink, soft, accent, faint(accent, middle), middle)


def _lay(picture: Picture, words: Sequence[Box], scrim: _Scrim, *, sideways: bool) -> None:
    """Pour the tone through a mask that is as strong as asked under the boxes and fades out around them."""
    reach, pad = round(REACH * picture.height), round(PAD * picture.height)
    down = [(top - pad, bottom + pad, s) for (_, top, _, bottom), s in zip(words, scrim.strengths, strict=True) if s]
    across = [(left - pad, right + pad, s) for (left, _, right, _), s in zip(words, scrim.strengths, strict=True) if s]
    if not sideways:
        return _pour(picture, scrim.tone, _profile(down, picture.height, reach))
    widest = max(across, key=lambda span: span[1] - span[0], default=(0, 0, 0.0))
    _pour(
        picture,
        scrim.tone,
        [1.0] * picture.height,
        _profile([s for s in across if _meet(s, widest)], picture.width, round(REACH * picture.width)),
    )
    for row, column in zip(down, across, strict=True):
        if not _meet(column, widest):  # such as a name in the other corner: a patch of its own
            level = [(column[0], column[1], 1.0)]
            _pour(picture, scrim.tone, _profile([row], picture.height, reach), _profile(level, picture.width, reach))
    return None


def _meet(one: tuple[int, int, float], other: tuple[int, int, float]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _profile(spans: Sequence[tuple[int, int, float]], length: int, reach: int) -> list[float]:
    """The strength at each row (or column): level along the words, then a smooth way down, or level to the edge."""
    profile = [0.0] * length
    for start, end, strength in _joined(spans, reach):
        first = 0 if start < reach else start
        last = length if length - end < reach else end
        for n in range(max(0, first - reach), min(length, last + reach)):
            off = max(first - n, n - last + 1, 0) / reach
            here = strength * (1 - off * off * (3 - 2 * off))
            profile[n] = max(profile[n], here)
    return profile


def _joined(spans: Sequence[tuple[int, int, float]], reach: int) -> list[tuple[int, int, float]]:
    """Words that stand near one another share one scrim, as strong as the neediest of them needs it."""
    joined: list[tuple[int, int, float]] = []
    for start, end, strength in sorted(spans):
        if joined and start - joined[-1][1] < reach:
            before = joined.pop()
            joined.append((before[0], max(before[1], end), max(before[2], strength)))
        else:
            joined.append((start, end, strength))
    return joined


def _pour(picture: Picture, tone: RGB, rows: Sequence[float], columns: Sequence[float] = (1.0,)) -> None:
    """Lay the tone where the profiles are above nothing; thresholds spread what lies between two strengths."""
    from PIL import Image

    used = [n for n, strength in enumerate(rows) if strength > 0]
    seen = [n for n, strength in enumerate(columns) if strength > 0]
    if not used or not seen:
        return
    first, last, left = used[0], used[-1] + 1, seen[0]
    wide = picture.width if len(columns) == 1 else seen[-1] + 1 - left
    if len(columns) > 1 and len(set(rows[first:last])) == 1:
        lines = [_line([rows[first] * columns[left + x] for x in range(wide)], n) for n in range(4)]
        mask = b"".join(lines) * ((last - first) // 4 + 1)
    elif len(columns) == 1:
        mask = b"".join(
            (_line([strength] * 4, n) * (wide // 4 + 1))[:wide] for n, strength in enumerate(rows[first:last])
        )
    else:
        part = columns[left : left + wide]
        mask = b"".join(_line([strength * x for x in part], n) for n, strength in enumerate(rows[first:last]))
    size = (wide, last - first)
    picture.paste(tone, (left, first), Image.frombytes("L", size, mask[: size[0] * size[1]]))


def _line(strengths: Sequence[float], row: int) -> bytes:
    """One row of a mask."""
    thresholds = [(threshold + 0.5) / 16 for threshold in THRESHOLDS[row % 4]]
    return bytes(int(255 * strength + thresholds[n % 4]) for n, strength in enumerate(strengths))
