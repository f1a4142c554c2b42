"""Rendered pictures in the images folder: drawn when they are not there or show something else."""

from __future__ import annotations

from pathlib import Path

from bot.errors import ImageError
from bot.images import draw, drawing_hash, read_hash
from bot.io.files import write_atomic
from bot.model import Brand, Image


def keep_picture(path: Path, image: Image, brand: Brand) -> bytes:
    """The bytes of the picture at `path`, drawn first where need be; a picture we did not draw is never replaced."""
    kept = path.read_bytes() if path.exists() else b""
    if kept and read_hash(kept) == drawing_hash(image, brand):
        return kept
    if kept and not read_hash(kept):
        raise ImageError(f"{path.name} in images/ was not drawn by Footnote: move it to images/backgrounds/ or away")
    drawn = draw(image, brand)
    write_atomic(path, drawn)
    return drawn
