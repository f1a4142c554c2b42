"""The quote template: a headline on a gradient, its support under a short rule as a footnote, the studio at the foot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import TYPE_CHECKING

from bot.images import fonts, layout
from bot.images.colour import RGB, ground, quieter, rgb
from bot.images.compose import Footer, Voices, compose, footer, voices
from bot.images.gradient import gradient
from bot.images.layout import LEFT, MEASURE, SAFE, Page
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
    soft = quieter(ink, ground(brand.background), 0.12)
    settings = ((page.headline, page.headline_at, faces.headline, ink), (page.support, page.support_at, faces.support, soft))
    for setting, at, face, colour in settings:
        for n, line in enumerate(setting.lines if setting else ()):
            yield _line(shown(line), face, setting.size, at + n * setting.leading, colour)


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

    drawn = [(run, fonts.font(face, size * _OVER)) for run, face in fonts.runs(text, faces)]
    above, below = round(1.05 * size), round(0.4 * size)
    letters = Image.new("L", ((MEASURE + 2 * _HANG) * _OVER, (above + below) * _OVER))
    pen = ImageDraw.Draw(letters)
    first, lead = drawn[0][1], hanging(text)
    if right:
        x = (_HANG + MEASURE) * _OVER - sum(font.getlength(run) for run, font in drawn)
    else:
        hang = min(_HANG * _OVER, first.getlength(lead)) if lead else first.getbbox(text[0], anchor="ls")[0]
        x = _HANG * _OVER - hang
    for run, font in drawn:
        pen.text((x, above * _OVER), run, 255, font=font, anchor="ls")
        x += font.getlength(run)
    return Mask(letters.reduce(_OVER), (SAFE, baseline - above), ink)
