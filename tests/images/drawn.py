"""Pictures for the tests, and their pixels measured without the room's own arithmetic."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image as Pillow

from bot.images import Drawing, draw, paint
from bot.images.encode import encode
from bot.images.paint import planned
from bot.model import Brand, Image

BRAND = Brand("Quiet Feet Studio", "@quietfeet")
CREAM = replace(
    BRAND,
    background=("#fbf3e7", "#eedcc8"),
    ink="#2b1a1a",
    accent="#9a3a26",
    headline_font="Fraunces",
    text_font="Figtree",
)
LONG = replace(BRAND, studio="The Quiet Feet Ashiatsu & Deep Tissue Studio", handle="@quietfeetashiatsustudio")


def quote(headline, support="", **more):
    """The drawing of a quote, usually 1080x1350 for the usual brand."""
    brand = more.pop("brand", BRAND)
    size = more.pop("size", "1080x1350")
    return Drawing(Image(headline, support, **more), brand, size)


def opened(encoded):
    """A file's pixels."""
    return Pillow.open(BytesIO(encoded)).convert("RGB")


def bare(drawing, *, bars=False):
    """The same picture without a word, or with nothing but its bars: letters and a logo are other pixels here."""
    plan = planned(drawing)
    ground, inks = paint._ground(plan, drawing)
    for bar in plan.page.bars if bars else ():
        paint._pour(ground, bar, inks)
    return opened(encode(ground, drawing.mime, drawing.bytes_max, b""))


def lines_of(page, *voices):
    """Each line of a page with its block, and the box from its capitals' tops to its baseline."""
    for block in page.blocks:
        if voices and block.voice not in voices:
            continue
        for n, (line, em) in enumerate(zip(block.lines, block.widths, strict=True)):
            base, wide = block.y + n * block.leading, em * block.size
            left = {"left": block.x, "right": block.x - wide, "middle": block.x - wide / 2}[block.align]
            yield block, line, (int(left), int(base - 0.68 * block.size), int(left + wide) + 1, base)


def luminance(colour):
    """WCAG's, written again: the judge does not borrow the judged one's ruler."""
    channels = [c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), channels, strict=True))


def contrast(one, other):
    """WCAG contrast, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def measured_contrast(drawn, ground, step=1):
    """The contrast of the strokes' cores (the strongest differences) with the ground just there.

    Only one pixel in `step` is looked at.
    """
    pairs = list(zip(pixels(drawn)[::step], pixels(ground)[::step], strict=True))
    apart = [sum(abs(a - b) for a, b in zip(one, other, strict=True)) for one, other in pairs]
    limit = 0.85 * max(apart)
    ratios = sorted(contrast(*pair) for pair, distance in zip(pairs, apart, strict=True) if distance >= limit)
    return ratios[len(ratios) // 10]


def pixels(part):
    """Its pixels as tuples."""
    flat = part.tobytes()
    return list(zip(flat[::3], flat[1::3], flat[2::3], strict=True))


__all__ = ["BRAND", "CREAM", "LONG", "bare", "contrast", "draw", "lines_of", "measured_contrast", "opened", "quote"]
