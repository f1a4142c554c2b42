"""Words and style -> picture bytes."""

from __future__ import annotations

from bot.images.alt import ALT_MAX, alt_text
from bot.images.brand import check_brand, palettes
from bot.images.drawing import Drawing, drawing_hash, read_hash
from bot.images.formats import FORMATS
from bot.images.templates import TEMPLATES, suited

__all__ = [
    "ALT_MAX",
    "FORMATS",
    "TEMPLATES",
    "Drawing",
    "alt_text",
    "check_brand",
    "draw",
    "drawing_hash",
    "palettes",
    "read_hash",
    "suited",
]


def draw(drawing: Drawing) -> bytes:
    """The picture as a file of its type and size that says what it shows, and carries its drawing hash.

    The same drawing gives the same bytes. ImageError says what cannot be drawn: an unknown template, size, palette or
    font, a brand that cannot be read, a character no font has, words that do not fit (and how many would).
    """
    from bot.errors import ImageError
    from bot.images.encode import encode, xmp
    from bot.images.paint import painted

    mistakes = check_brand(drawing.brand)
    if mistakes:
        raise ImageError("[brand] " + "; ".join(mistakes))
    image = drawing.image
    picture, _ = painted(drawing)
    said = xmp(
        drawing=drawing_hash(drawing),
        alt=image.alt or alt_text(image, page=drawing.page, pages=drawing.pages, language=drawing.language),
        source=drawing.source,
        studio=drawing.brand.studio,
        credit=image.credit,
        licence=image.licence,
    )
    return encode(picture, drawing.mime, drawing.bytes_max, said)
