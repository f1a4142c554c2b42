"""A smaller copy of a picture, for servers that take no more than a megabyte."""

from __future__ import annotations

from io import BytesIO

QUALITIES = (90, 85, 80, 75, 70, 60, 50)
SHRINKS = 0.8


def smaller(content: bytes, most: int) -> bytes:
    """The picture as a JPEG below `most` bytes: with a lower quality first, then with fewer pixels.

    The same bytes give the same copy, and its sides keep their ratio (to the pixel).
    """
    from PIL import Image

    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    while True:
        for quality in QUALITIES:
            copy = BytesIO()
            picture.save(copy, "JPEG", quality=quality, optimize=True)
            if copy.tell() < most:
                return copy.getvalue()
        picture = picture.resize((max(1, int(picture.width * SHRINKS)), max(1, int(picture.height * SHRINKS))))
