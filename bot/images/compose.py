"""From words and a brand to a page of settings, or to a clear word about what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.errors import ImageError
from bot.images import fonts, layout
from bot.images.breaks import Paragraph
from bot.images.layout import Page
from bot.images.words import clean, pieces, shown
from bot.model import Brand


@dataclass(frozen=True, slots=True)
class Voices:
    """The faces of the three voices of a page."""

    headline: fonts.Stack
    support: fonts.Stack
    footer: fonts.Stack


@dataclass(frozen=True, slots=True)
class Footer:
    """The studio and its handle: at the two ends of one line, or under one another when they are long."""

    studio: str
    handle: str
    size: int
    rows: int


def voices(brand: Brand) -> Voices:
    """The brand's faces, each at the weight and optical size of its role."""
    head, text = (brand.headline_font, brand.text_font), (brand.text_font, brand.headline_font)
    return Voices(fonts.stack(head, 600, 72.0), fonts.stack(text, 400, 24.0), fonts.stack(text, 600, 18.0))


def compose(headline: str, support: str, footer: Footer, faces: Voices) -> Page:
    """Where everything stands; ImageError says how many words would fit."""
    big, small = clean(headline), clean(support)
    if not big:
        raise ImageError("the headline is empty: write the words to draw")
    display = paragraph(big, faces.headline, display=True)
    text = paragraph(small, faces.support, display=False) if small else None
    page = layout.page(display, text, footer.rows)
    if page is None:
        raise ImageError(_too_long(display, text, footer.rows))
    return page


def paragraph(text: str, faces: fonts.Stack, *, display: bool) -> Paragraph:
    """The clean text measured in its face, ready to be broken into lines."""
    words = pieces(text)
    widths = tuple(fonts.em(shown(word.text), faces) for word in words)
    return Paragraph(words, widths, fonts.em("n n", faces) - fonts.em("nn", faces), display)


def footer(brand: Brand, faces: fonts.Stack) -> Footer:
    """The footer at the largest size that fits; ImageError when no size does."""
    studio, handle = shown(clean(brand.studio)), shown(clean(brand.handle))
    wide = (fonts.em(studio, faces), fonts.em(handle, faces))
    for size in layout.FOOTER_SIZES:
        if sum(wide) * size + (64 if studio and handle else 0) <= layout.MEASURE:
            return Footer(studio, handle, size, 1)
    for size in layout.FOOTER_SIZES:
        if max(wide) * size <= layout.MEASURE:
            return Footer(studio, handle, size, 2)
    long = max(studio, handle, key=len)
    raise ImageError(f'"{long}" is too long for the foot of an image: shorten the studio or the handle in [brand]')


def _too_long(headline: Paragraph, support: Paragraph | None, rows: int) -> str:
    """Which words are too many, and how many of them would fit."""
    width, word = max(zip(headline.widths, (word.text for word in headline.words), strict=True))
    line = layout.MEASURE / layout.HEADLINE_SIZES[-1]
    if width > line:
        letters = int(len(word) * line / width)
        return f'the headline does not fit: "{word}" is wider than a line; about {letters} of its letters would fit'
    if support is None or layout.page(headline, None, rows) is None:
        fits = _most(headline, lambda part: layout.page(part, None, rows) is not None)
        return f"the headline does not fit: it has {headline.count} words, {fits} would fit"
    fits = _most(support, lambda part: layout.page(headline, part, rows) is not None)
    if not fits:
        return f"no support fits under a headline of {headline.count} words: shorten the headline or drop the support"
    return f"the support does not fit under this headline: it has {support.count} words, {fits} would fit"


def _most(words: Paragraph, fits: Callable[[Paragraph], bool]) -> int:
    """How many of the first words fit, by halving."""
    low, high = 0, len(words.words)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if fits(words.first(middle)) else (low, middle)
    return words.first(low).count if low else 0
