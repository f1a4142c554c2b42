"""Everything that a picture's pixels and its file depend on, and the hash of it."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.images.brand import palette_of
from bot.images.templates import TEMPLATES, template_of
from bot.model import Brand, Image

if TYPE_CHECKING:
    from bot.images.photos import Photo

RENDERER = 2
"""It rises when the same drawing would give other pixels in every template."""

JPEG = "image/jpeg"
_CARRIED = re.compile(rb' footnote:drawing="([0-9a-f]{64})" footnote:bytes="([0-9a-f]{64})"')
_COMMENT = re.compile(rb"\xff\xfe\x00\x4bfootnote:([0-9a-f]{64})")
"""Up to version 0.4.0 the hash was a JPEG's comment."""

UNSIGNED = b"0" * 64
"""What stands in a file for the hash of its own bytes while that is made."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture to be drawn: of which image, in which size, as which page of how many, for whom.

    `photo` and `logo` are the clean copies of what `image` and `brand` name; `source` is the document the words come
    from, `language` that of what is said besides them; `bytes_max` 0 = no bound.
    """

    image: Image
    brand: Brand
    size: str = "1080x1350"
    page: int = 1
    pages: int = 1
    photo: Photo | None = None
    logo: Path | None = None
    source: str = ""
    language: str = "en"
    mime: str = JPEG
    bytes_max: int = 0


def drawing_hash(drawing: Drawing) -> str:
    """What the file depends on, as sha256, but for the bytes it may have: a smaller one suits everybody.

    ImageError for a template or a palette that there is not.
    """
    image = drawing.image
    template_of(image)
    inputs = {
        "renderer": RENDERER,
        "template": [image.template, TEMPLATES[image.template]],
        "image": {key: value for key in Image.__slots__ if key != "consent" and (value := getattr(image, key))},
        "look": _look(drawing.brand, image.colours),
        "photo": drawing.photo.sha256 if drawing.photo else "",
        "logo": drawing.logo.stem if drawing.logo else "",
        "place": [drawing.page, drawing.pages, drawing.source, drawing.language],
        "file": [drawing.size, drawing.mime],
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


@lru_cache(maxsize=64)
def _look(brand: Brand, colours: str) -> dict[str, object]:
    """The brand as one picture shows it."""
    shown = {key: value for key, value in asdict(brand).items() if key not in {"palettes", "logo"}}
    return shown | asdict(palette_of(brand, colours))


def read_hash(picture: bytes) -> str:
    """The drawing hash that a picture of ours carries; "" for any other, and for one that was changed since."""
    if found := _CARRIED.search(picture):
        is_whole = found[2] == (UNSIGNED if picture.startswith(b"\x89PNG") else bytes_hash(picture, found.span(2)))
        return found[1].decode() if is_whole else ""
    found = _COMMENT.search(picture[:4096])
    return found[1].decode() if found else ""


def signed(picture: bytes) -> bytes:
    """The same file with the hash of its bytes where `UNSIGNED` stood, so that a change of it is noticed."""
    found = _CARRIED.search(picture)
    if not found:
        return picture
    start, end = found.span(2)
    return picture[:start] + bytes_hash(picture, (start, end)) + picture[end:]


def bytes_hash(picture: bytes, at: tuple[int, int]) -> bytes:
    """The hash of a file without what stands at `at`, where the hash itself belongs."""
    start, end = at
    return hashlib.sha256(picture[:start] + UNSIGNED + picture[end:]).hexdigest().encode()
