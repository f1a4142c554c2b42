"""The templates: each sets measured words on a page of any format, and touches no pixel.

A template is a module with `VERSION` (it rises when the same words would look different), `NEEDS` (the fields of an
Image it cannot do without), `TAKES` (those it can show besides) and
`pages(copy, format) -> tuple[Page, ...]`: the ways to set the copy, for the one that suits a photo best to be chosen;
none when the words do not fit.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType, ModuleType

from bot.errors import ImageError
from bot.images.templates import closing, listing, number, photo, quote, split
from bot.model import Image

ALL: Mapping[str, ModuleType] = MappingProxyType(
    {"quote": quote, "photo": photo, "split": split, "list": listing, "number": number, "closing": closing}
)

TEMPLATES: Mapping[str, int] = MappingProxyType({name: one.VERSION for name, one in ALL.items()})
"""Name -> version."""


def template_of(image: Image) -> ModuleType:
    """The image's template; ImageError when there is none of that name, or when it cannot show what the image has."""
    if image.template not in ALL:
        raise ImageError(f'no template "{image.template}" (known: {", ".join(ALL)})')
    found = ALL[image.template]
    for field in ("photo", "items", "number", "support"):
        told = getattr(image, field)
        said = "".join(told).strip()
        if said and field not in {*found.NEEDS, *found.TAKES}:
            able = [name for name, one in ALL.items() if field in {*one.NEEDS, *one.TAKES}]
            raise ImageError(f'template "{image.template}" draws no {field}: remove it, or choose {" or ".join(able)}')
        if not said and field in found.NEEDS:
            raise ImageError(f'template "{image.template}" needs {field} = ...: add it, or choose another template')
    return found


def suited(image: Image) -> str:
    """The template for what an image has, by its fields alone."""
    if image.items:
        return "list"
    if image.number:
        return "number"
    return "photo" if image.photo else "quote"
