"""Words and style -> picture bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict
from types import MappingProxyType

from bot.errors import ImageError
from bot.images.brand import check_brand
from bot.model import Brand, Image

__all__ = ["ALT_MAX", "TEMPLATES", "alt_text", "check_brand", "draw", "drawing_hash", "read_hash"]

TEMPLATES: Mapping[str, int] = MappingProxyType({"quote": 1})
"""Name -> version; a version rises when the same words would look different."""

ALT_MAX = 420
_COMMENT = "footnote:"


def draw(image: Image, brand: Brand) -> bytes:
    """The picture as a JPEG (1080x1350, RGB, q88 4:4:4) that carries its drawing hash as a comment.

    The same image and brand give the same bytes. ImageError says what cannot be drawn: an unknown template or font,
    a brand that cannot be read, a character no font has, words that do not fit (and how many would).
    """
    from bot.images.quote import quote

    comment = _COMMENT + drawing_hash(image, brand)
    if image.photo:
        raise ImageError(f'template "{image.template}" draws no photo: remove photo = "{image.photo}"')
    mistakes = check_brand(brand)
    if mistakes:
        raise ImageError("[brand] " + "; ".join(mistakes))
    return quote(image.headline, image.support, brand, comment)


def drawing_hash(image: Image, brand: Brand) -> str:
    """What the pixels depend on, as sha256: template and version, drawn words, brand; not the alt, not the bytes."""
    if image.template not in TEMPLATES:
        raise ImageError(f'no template "{image.template}" (known: {", ".join(TEMPLATES)})')
    inputs = {
        "template": [image.template, TEMPLATES[image.template]],
        "headline": image.headline,
        "support": image.support,
        "brand": asdict(brand),
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=True).encode()).hexdigest()


def read_hash(jpeg: bytes) -> str:
    """The drawing hash a picture carries; "" when it carries none."""
    at = 2
    while jpeg[:2] == b"\xff\xd8" and jpeg[at : at + 1] == b"\xff" and jpeg[at + 1 : at + 2] != b"\xda":
        size = int.from_bytes(jpeg[at + 2 : at + 4])
        if jpeg[at + 1] == 0xFE:
            found = re.fullmatch(rb"footnote:([0-9a-f]{64})", jpeg[at + 4 : at + 2 + size])
            if found:
                return found[1].decode()
        at += 2 + max(size, 2)
    return ""


def alt_text(headline: str, support: str) -> str:
    """The drawn words, verbatim, for those who hear them: at most 420 characters, cut where a sentence ends."""
    words = " ".join(" ".join(part.split()) for part in (headline, support) if part.strip())
    if len(words) <= ALT_MAX:
        return words
    ends = [found.end() for found in re.finditer(r"[.!?…][”’\"')\]]*(?=\s)", words[: ALT_MAX + 1])]
    if ends:
        return words[: ends[-1]]
    return words[:ALT_MAX].rpartition(" ")[0].rstrip(",;: ") + "…"
