"""Rendered pictures in the images folder: drawn when they are not there or show something else."""

from __future__ import annotations

from pathlib import Path

from bot.errors import ImageError
from bot.images import draw, drawing_hash, read_hash
from bot.io.files import write_atomic
from bot.model import Brand, Image


def keep_picture(path: Path, image: Image, brand: Brand) -> bytes:
    """The bytes of the picture at `path`, drawn first where need be; a picture we did not draw is never replaced."""
    kept = _kept(path)
    if kept and read_hash(kept) == drawing_hash(image, brand):
        return kept
    drawn = draw(image, brand)
    write_atomic(path, drawn)
    return drawn


def why_not(path: Path, image: Image, brand: Brand) -> str:
    """Why the picture cannot be drawn to `path`; "" when it can, or is there already. Writes nothing."""
    try:
        kept = _kept(path)
        if read_hash(kept) != drawing_hash(image, brand):
            draw(image, brand)
    except ImageError as error:
        return str(error)
    return ""


def _kept(path: Path) -> bytes:
    if path.is_dir():
        raise ImageError(f"images/{path.name} is a folder: move it away")
    if path.exists() and not path.is_file():  # reading a pipe would wait for ever
        raise ImageError(f"images/{path.name} is not a file: move it away")
    kept = path.read_bytes() if path.exists() else b""
    if kept and not read_hash(kept):
        raise ImageError(f"images/{path.name} was not drawn by Footnote: move it to images/backgrounds/ or away")
    return kept
