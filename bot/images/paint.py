"""A page -> pixels: the ground or the photo, what makes words readable on it, then bars and letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from bot.errors import ImageError
from bot.images.brand import palette_of
from bot.images.compose import Voices, copy_of, suited, too_long, voices
from bot.images.drawing import Drawing
from bot.images.foot import foot_of
from bot.images.formats import format_of
from bot.images.gradient import gradient
from bot.images.inks import Inks, inks_of
from bot.images.page import Bar, Block, Box, Page
from bot.images.templates import template_of
from bot.images.typesetting.letters import Letters, set_line
from bot.images.typesetting.words import is_rtl, shown
from bot.model import Palette

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

    from bot.images.photos import Photo
    from bot.images.photos.framing import Framing

_FREETYPE = Lock()  # font objects live in a shared cache, and FreeType's are not safe to share


@dataclass(frozen=True, slots=True)
class Planned:
    """A page before it is painted: how its photo is cut, and the faces of its voices."""

    page: Page
    framing: Framing | None
    faces: Voices
    palette: Palette


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a block as letters, and the place of their mask's upper left corner on the page."""

    block: Block
    text: str
    letters: Letters
    at: tuple[int, int]


def planned(drawing: Drawing) -> Planned:
    """Where everything will stand; nothing is painted. ImageError says what cannot be set, and what would fit."""
    with _FREETYPE:
        return _planned(drawing)


def lettered(drawing: Drawing) -> tuple[Planned, list[Line]]:
    """The plan of a drawing and every line of its words, ready to be poured. Raises ImageError."""
    with _FREETYPE:
        plan = _planned(drawing)
        return plan, [line for block in plan.page.blocks for line in _lines(block, plan.faces)]


def painted(drawing: Drawing) -> tuple[Picture, Planned]:
    """The pixels of a drawing (RGB), and where its words stand in them. Raises ImageError."""
    plan, lines = lettered(drawing)
    picture, inks = _ground(plan, drawing)
    for bar in plan.page.bars:
        _pour(picture, bar, inks)
    for line in lines:
        picture.paste(inks.of(line.block.tone), line.at, line.letters.mask)
        if line.letters.colour:
            picture.paste(line.letters.colour, line.at, line.letters.colour)
    if plan.page.logo and drawing.logo:
        _stamp(picture, str(drawing.logo), plan.page.logo)
    return picture, plan


def _planned(drawing: Drawing) -> Planned:
    image, brand, format_ = drawing.image, drawing.brand, format_of(drawing.size)
    template, palette = template_of(image), palette_of(brand, image.colours)
    faces = suited(voices(brand), image, f"{brand.studio} {brand.handle}")
    logo = _shape(str(drawing.logo)) if drawing.logo else 0.0
    foot = foot_of(brand, faces.footer, logo=logo, page=drawing.page, pages=drawing.pages)
    copy = copy_of(image, foot, faces, rtl=is_rtl(image.headline))
    pages: tuple[Page, ...] = template.pages(copy, format_)
    if not pages:
        raise ImageError(too_long(copy, format_, lambda part: template.pages(part, format_)))
    page, framing = _best(pages, drawing.photo, image.focus)
    return Planned(page, framing, faces, palette)


def _best(pages: tuple[Page, ...], photo: Photo | None, focus: str) -> tuple[Page, Framing | None]:
    """The page whose words leave most of the photo to be seen."""
    box = pages[0].photo
    if photo is None or box is None:
        return pages[0], None
    from bot.images.photos.framing import framed

    size = (box[2] - box[0], box[3] - box[1])
    framing = framed(photo, size, focus, [(page.zone, page.words_box) for page in pages if page.zone])
    return next((page for page in pages if page.zone == framing.zone), pages[0]), framing


def _ground(plan: Planned, drawing: Drawing) -> tuple[Picture, Inks]:
    page, palette = plan.page, plan.palette
    whole = (0, 0, page.format.width, page.format.height)
    if page.photo == whole and drawing.photo and plan.framing:
        from bot.images.photos.scrim import lay_scrim

        picture = _cut(drawing.photo, plan.framing, whole)
        return picture, lay_scrim(picture, [block.box for block in page.blocks], palette, page.zone)
    picture = gradient(palette.background, page.format.width, page.format.height).copy()
    if page.photo and drawing.photo and plan.framing:
        picture.paste(_cut(drawing.photo, plan.framing, page.photo), page.photo[:2])
    return picture, inks_of(palette)


def _cut(photo: Photo, framing: Framing, box: Box) -> Picture:
    """What the framing shows of a photo, at the size of its box."""
    from PIL import Image

    size = (box[2] - box[0], box[3] - box[1])
    return _decoded(str(photo.clean)).resize(size, Image.Resampling.HAMMING, framing.box)


@lru_cache(maxsize=1)
def _decoded(clean: str) -> Picture:
    """The last photo's pixels: the formats of a post share them. Only to be read."""
    from PIL import Image

    opened = Image.open(clean, formats=["JPEG"])
    opened.load()  # which closes the file; it is RGB, since we wrote it, and converting it would copy it
    return opened


def _lines(block: Block, faces: Voices) -> Iterator[Line]:
    for n, text in enumerate(block.lines):
        letters = set_line(shown(text), faces.of(block.voice), block.size, block.align)
        yield Line(block, text, letters, (block.x + letters.at[0], block.y + n * block.leading + letters.at[1]))


def _pour(picture: Picture, bar: Bar, inks: Inks) -> None:
    if not bar.radius:
        picture.paste(inks.of(bar.tone), bar.box)
        return
    mask = _rounded(bar.box[2] - bar.box[0], bar.box[3] - bar.box[1], bar.radius)
    picture.paste(inks.of(bar.tone), bar.box[:2], mask)


@lru_cache(maxsize=16)
def _rounded(width: int, height: int, radius: int) -> Picture:
    """A mask with round corners, its edge smooth."""
    from PIL import Image, ImageDraw

    over = 4
    mask = Image.new("L", (width * over, height * over))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, width * over - 1, height * over - 1), radius * over, 255)
    return mask.reduce(over)


def _stamp(picture: Picture, logo: str, box: Box) -> None:
    from PIL import Image

    small = _logo(logo).resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.LANCZOS)
    picture.paste(small, box[:2], small)


@lru_cache(maxsize=2)
def _logo(path: str) -> Picture:
    from PIL import Image

    with Image.open(path, formats=["PNG"]) as opened:
        return opened.convert("RGBA")


def _shape(logo: str) -> float:
    """A logo's width over its height."""
    width, height = _logo(logo).size
    return width / height


def forget_photo() -> None:
    """Let go of the last photo's pixels."""
    _decoded.cache_clear()
