"""The pictures of a preview: as they were fixed, as they lie in images/, or drawn anew; small enough to send."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ImageError
from bot.images import Drawing, draw, drawing_hash, read_hash
from bot.images.small import small

WIDTH, NARROW = 640, 440
"""A picture's width on the page; where all together would be more than a mailbox likes to take, the narrow one."""
BYTES_MAX = 2_900_000
"""Of all pictures together: a third more as the page has them."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture comes from: a file (`path`) that shows the `drawing`, where there is one; else it is drawn."""

    path: Path | None = None
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True)
class Small:
    """A picture of at most WIDTH: a JPEG, and its width and height. `trouble`: why there is none."""

    content: bytes = b""
    width: int = 0
    height: int = 0
    trouble: str = ""


def shrunk(source: Source) -> Small:
    """The picture, small."""
    try:
        return _small(_whole(source), WIDTH)
    except (ImageError, OSError) as error:
        return Small(trouble=str(error))


def light(pictures: Sequence[Small]) -> list[Small]:
    """The same pictures, narrower where all of them together would be too much to send."""
    if sum(map(len, {one.content for one in pictures})) <= BYTES_MAX:
        return list(pictures)
    return [_small(one.content, NARROW) if one.content else one for one in pictures]


def _small(whole: bytes, width: int) -> Small:
    from PIL import Image as Pillow

    content = small(whole, width)
    with Pillow.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        return Small(content, *opened.size)


def _whole(source: Source) -> bytes:
    if source.path and source.path.is_file():
        kept = source.path.read_bytes()
        if source.drawing is None or read_hash(kept) == drawing_hash(source.drawing):
            return kept
    if source.drawing is None:
        raise ImageError("the picture is not there any more")
    return draw(source.drawing)
