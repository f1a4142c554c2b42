"""Pictures on their way to our server: as they are, or as smaller copies where it takes no more than a megabyte."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO

from bot.errors import Rejected
from bot.model import Media
from bot.networks.bluesky.records import cid_of
from bot.networks.bluesky.refusals import TOO_LARGE, Refused
from bot.networks.bluesky.repository import Repository

OLD_MOST = 1_000_000
"""What a picture may have on servers that know only the rules of before April 2026."""
QUALITIES = (90, 85, 80, 75, 70, 60, 50)
SHRINKS = 0.8


class Pictures:
    """Uploads: each gives the picture's blob, as text."""

    def __init__(self, repository: Repository, bytes_of: Callable[[str], bytes]) -> None:
        self._repository, self._bytes_of = repository, bytes_of

    def upload(self, media: Media) -> str:
        """The picture as it is; smaller where the server will not have it so. Raises Rejected for a damaged one."""
        try:
            blob = self._repository.upload(self._bytes_of(media.sha256), media.mime)
        except Refused as refused:
            if refused.name != TOO_LARGE or media.size <= OLD_MOST:
                raise
            return self.upload_smaller(media)
        if cid_of(media.sha256) not in blob:
            raise Rejected(f"the picture {media.sha256}.jpg is damaged: restore it, or approve the post again")
        return blob

    def upload_smaller(self, media: Media) -> str:
        """A copy of less than a megabyte."""
        return self._repository.upload(smaller(self._bytes_of(media.sha256), OLD_MOST), "image/jpeg")


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
