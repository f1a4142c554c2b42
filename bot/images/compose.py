"""The words of a picture, measured in the faces of their voices and ready to be broken into lines."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.errors import ImageError
from bot.images.foot import Foot
from bot.images.formats import Format
from bot.images.layout import SMALLEST
from bot.images.typesetting import fallback, fonts
from bot.images.typesetting.breaks import Paragraph
from bot.images.typesetting.words import clean, pieces, shown
from bot.model import Brand, Image

INKED = re.compile(
    r"[^\W_\u115f\u1160\u3164\uffa0]"
    r"|[^\w\s\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
"""A character that leaves ink: a letter or a figure, or a mark that is not invisible."""

MOST = {"headline": 5_000, "support": 10_000, "number": 60, "items": 60, "item": 1_000}
"""More letters (and more items) than any picture holds: they are refused before they are measured."""


@dataclass(frozen=True, slots=True)
class Voices:
    """The faces of the voices of a page."""

    headline: fonts.Stack
    support: fonts.Stack
    footer: fonts.Stack

    def of(self, voice: str) -> fonts.Stack:
        """The faces of a voice by its name; a number is said in the headline's."""
        return {"headline": self.headline, "number": self.headline, "support": self.support}.get(voice, self.footer)


@dataclass(frozen=True, slots=True)
class Copy:
    """Everything a template sets. What an image does not say is None, or empty."""

    headline: Paragraph
    support: Paragraph | None
    items: tuple[Paragraph, ...]
    number: Paragraph | None
    foot: Foot
    rtl: bool = False


def voices(brand: Brand) -> Voices:
    """The brand's faces, each at the weight and optical size of its role."""
    head, text = (brand.headline_font, brand.text_font), (brand.text_font, brand.headline_font)
    return Voices(fonts.stack(head, 600, 72.0), fonts.stack(text, 400, 24.0), fonts.stack(text, 600, 18.0))


def suited(faces: Voices, image: Image, foot: str) -> Voices:
    """The same voices with helpers for what this image says: each alphabet in one face."""
    if f"{image.headline}{image.support}{''.join(image.items)}{image.number}{foot}".isascii():
        return faces
    display = f"{image.number} {image.headline}"
    return Voices(
        fallback.suited(faces.headline, clean(display)),
        fallback.suited(faces.support, clean(" ".join([image.support, *image.items]))),
        fallback.suited(faces.footer, clean(f"{foot} {image.support}" if image.template == "closing" else foot)),
    )


def copy_of(image: Image, foot: Foot, faces: Voices, *, rtl: bool = False) -> Copy:
    """The image's words, measured; ImageError for a headline without words and for a character that no font has."""
    big = clean(image.headline)
    if not INKED.search(big):
        raise ImageError("the headline is empty: write the words to draw")
    if wrong := _much_too_long(image):
        raise ImageError(wrong)
    return Copy(
        headline=paragraph(big, faces.headline, display=True),
        support=_said(image.support, faces.support),
        items=tuple(said for item in image.items if (said := _said(item, faces.support))),
        number=_said(image.number, faces.headline),
        foot=foot,
        rtl=rtl,
    )


def _much_too_long(image: Image) -> str:
    for field in ("headline", "support", "number"):
        if len(getattr(image, field)) > MOST[field]:
            return f"the {field} does not fit: it has {len(getattr(image, field))} letters, {MOST[field]} at most"
    if len(image.items) > MOST["items"]:
        return f"the {len(image.items)} items do not fit: 6 of them would, short ones"
    long = max((len(item) for item in image.items), default=0)
    return f"an item does not fit: it has {long} letters, {MOST['item']} at most" if long > MOST["item"] else ""


def _said(text: str, faces: fonts.Stack) -> Paragraph | None:
    small = clean(text)
    return paragraph(small, faces, display=False) if INKED.search(small) else None


def paragraph(text: str, faces: fonts.Stack, *, display: bool) -> Paragraph:
    """The clean text measured in its face, ready to be broken into lines."""
    words = pieces(text)
    widths = tuple(fonts.em(shown(word.text), faces) for word in words)
    return Paragraph(words, widths, fonts.em("n n", faces) - fonts.em("nn", faces), display)


def too_long(copy: Copy, page: Format, fits: Callable[[Copy], object]) -> str:
    """Which words of a copy are too many for a template, and how many of them would fit."""
    headline, where = copy.headline, "" if page.name == "1080x1350" else f" at {page.name}"
    width, word = max(zip(headline.widths, (word.text for word in headline.words), strict=True))
    unit = headline.unit
    line = (page.right - page.left) / SMALLEST
    if width > line:
        letters = int(len(word) * line / width)
        fit = f'"{_short(word)}" is wider than a line; about {letters} of its letters would fit'
        return f"the headline does not fit{where}: {fit}"
    alone = replace(copy, support=None, items=copy.items[:1])
    if not fits(alone):
        most = _most(headline, lambda part: fits(replace(alone, headline=part)))
        if not most and copy.number:
            said = copy.number.text(0, len(copy.number.words))
            return f'the number "{said}" does not fit{where}: shorten it and move the rest to the headline'
        return f"the headline does not fit{where}: it has {headline.count} {unit}, {most} would fit"
    if copy.support is not None and not fits(replace(alone, support=copy.support)):
        support = copy.support
        most = _most(support, lambda part: fits(replace(alone, support=part)))
        if not most:
            do = "shorten the headline or drop the support"
            return f"no support fits under a headline of {headline.count} {unit}{where}: {do}"
        has = f"it has {support.count} {support.unit}, {most} would fit"
        return f"the support does not fit under this headline{where}: {has}"
    listed = range(1, len(copy.items))
    most = max((n for n in listed if fits(replace(copy, items=copy.items[:n]))), default=0)
    return f"the {len(copy.items)} items do not fit{where}: {most or 'not even 1'} of them would; shorten or drop some"


def _most(words: Paragraph, fits: Callable[[Paragraph], object]) -> int:
    """How many of the first words fit, by halving."""
    low, high = 0, len(words.words)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(words.first(middle)) else (low, middle)
    return words.first(low).count if low else 0


def _short(word: str) -> str:
    """A word as it is quoted: whole, unless it would fill the screen."""
    return word if len(word) <= 60 else f"{word[:60]}…"
