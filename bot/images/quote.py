"""The quote template: a headline on a gradient, its support under a short rule as a footnote, the studio below."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from threading import Lock
from typing import TYPE_CHECKING

from bot.images import fonts, layout
from bot.images.colour import RGB, ground, quieter, rgb
from bot.images.compose import Footer, Voices, compose, footer, voices
from bot.images.gradient import gradient
from bot.images.layout import LEFT, SAFE, Page, Setting
from bot.images.words import hanging, shown
from bot.model import Brand

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

_FREETYPE = Lock()  # font objects live in a shared cache, and FreeType's are not safe to share
_OVER = 2  # letters are drawn larger and reduced: Pillow puts them on whole pixels, and halves look even
_HANG = LEFT - SAFE


@dataclass(frozen=True, slots=True)
class Mask:
    """Letters, where their upper left corner goes, and the ink to pour through them."""

    letters: Picture
    at: tuple[int, int]
    ink: RGB


def quote(headline: str, support: str, brand: Brand, comment: str) -> bytes:
    """The finished JPEG. Same words, brand and library: same bytes."""
    faces = voices(brand)
    with _FREETYPE:
        foot = footer(brand, faces.footer)
        page = compose(headline, support, foot, faces)
        masks = [*_page_masks(page, brand, faces), *_footer_masks(foot, brand, faces)]
    picture = gradient(brand.background, layout.WIDTH, layout.HEIGHT).copy()
    picture.paste(rgb(brand.accent), (LEFT, page.rule_at, LEFT + layout.RULE[0], page.rule_at + layout.RULE[1]))
    for mask in masks:
        picture.paste(mask.ink, mask.at, mask.letters)
    out = BytesIO()
    picture.save(out, "JPEG", quality=88, subsampling=0, comment=comment)
    return out.getvalue()


def _page_masks(page: Page, brand: Brand, faces: Voices) -> Iterator[Mask]:
    ink = rgb(brand.ink)
    yield from _block(page.headline, page.headline_at, faces.headline, ink)
    if page.support:
        soft = quieter(ink, ground(brand.background), 0.12)
        yield from _block(page.support, page.support_at, faces.support, soft)


def _block(setting: Setting, baseline: int, faces: fonts.Stack, ink: RGB) -> Iterator[Mask]:
    for n, line in enumerate(setting.lines):
        yield _line(shown(line), faces, setting.size, baseline + n * setting.leading, ink)


def _footer_masks(foot: Footer, brand: Brand, faces: Voices) -> Iterator[Mask]:
    above = layout.FOOT - layout.FOOTER_STEP * (foot.rows - 1)
    if foot.studio:
        yield _line(foot.studio, faces.footer, foot.size, above, rgb(brand.ink))
    if foot.handle:
        right = foot.rows == 1 and foot.studio != ""
        yield _line(foot.handle, faces.footer, foot.size, layout.FOOT, rgb(brand.accent), right=right)


def _line(text: str, faces: fonts.Stack, size: int, baseline: int, ink: RGB, *, right: bool = False) -> Mask:
    """One line whose ink, not its side bearing, meets the margin; opening quotes hang outside it."""
    from PIL import Image, ImageDraw

    runs = [(run, fonts.font(face, size * _OVER)) for run, face in fonts.runs(text, faces)]
    widths = [font.getlength(run) for run, font in runs]
    before, above, below = size * _OVER, round(1.1 * size) * _OVER, round(0.4 * size) * _OVER
    letters = Image.new("L", (2 * before + ceil(sum(widths)), above + below))
    pen, x = ImageDraw.Draw(letters), float(before)
    for (run, font), width in zip(runs, widths, strict=True):
        pen.text((x, above), run, 255, font=font, anchor="ls")
        x += width
    ink_left, ink_top, ink_right, ink_bottom = letters.getbbox() or (0, 0, 1, 1)
    lead = hanging(text)
    hung = before + round(min(_HANG * _OVER, runs[0][1].getlength(lead))) if lead else ink_left
    column, margin = (ink_right, layout.WIDTH - LEFT) if right else (hung, LEFT)
    # the cut begins a whole number of page pixels before the margin and the baseline: reducing it moves nothing
    left, up = ceil((column - ink_left) / _OVER), ceil((above - ink_top) / _OVER)
    cut = letters.crop((column - left * _OVER, above - up * _OVER, ink_right, ink_bottom))
    return Mask(cut.reduce(_OVER), (margin - left, baseline - up), ink)
