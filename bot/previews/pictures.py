"""The pictures of a preview: as they were fixed, as they lie in images/, or drawn anew; small enough to send."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

from bot.errors import ImageError
from bot.images import Drawing, draw, drawing_hash, read_hash
from bot.images.small import small

WIDTH = 640
"""Thirty posts with their pictures stay below what a mailbox takes."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a picture comes from: a file that is as it should be (`path`), else what is to be drawn, one of `drawings`.

    The first that can be drawn; a file counts only when it shows the first.
    """

    path: Path | None = None
    drawings: tuple[Drawing, ...] = ()


@dataclass(frozen=True, slots=True)
class Small:
    """A picture of at most WIDTH: a JPEG, and its width and height. `trouble`: why there is none."""

    content: bytes = b""
    width: int = 0
    height: int = 0
    trouble: str = ""


def shrunk(source: Source) -> Small:
    """The picture, small."""
    from PIL import Image as Pillow

    try:
        content = small(_whole(source), WIDTH)
    except (ImageError, OSError) as error:
        return Small(trouble=str(error))
    with Pillow.open(io.BytesIO(content), formats=["JPEG"]) as opened:
        return Small(content, *opened.size)


def _whole(source: Source) -> bytes:
    if source.path and source.path.is_file():
        kept = source.path.read_bytes()
        if not source.drawings or read_hash(kept) == drawing_hash(source.drawings[0]):
            return kept
    trouble = ImageError("the picture is not there any more")
    for drawing in source.drawings:
        try:
            return draw(drawing)
        except ImageError as error:
            trouble = error
    raise trouble
