"""The pictures of the desk: of posts as they read now, of posts as they went out, and of words not yet saved."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from bot.app import App
from bot.errors import UnknownName
from bot.images import draw, drawing_hash
from bot.images.small import small
from bot.model import Image

KEPT = 64_000_000
"""So many bytes of small and unsaved pictures stay in memory."""


class Pictures:
    """Gives pictures as JPEG bytes; what took work is kept for a while."""

    def __init__(self, app: App) -> None:
        self._app, self._lock = app, threading.Lock()
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._bytes = 0

    def of_post(self, post: str, name: str) -> tuple[bytes, str]:
        """The picture `name` ("0.jpg", "small-0.jpg") of a post as it reads now, and its drawing hash.

        Raises UnknownName, ImageError.
        """
        told = re.fullmatch(r"(small-)?(\d{1,2})\.jpg", name)
        file = next((one for one in self._app.shelf().posts if one.post.id == post), None)
        if not told or file is None or int(told[2]) >= len(file.post.images):
            raise UnknownName(f"there is no picture {name}")
        whole, drawing = self._app.pictures.keep(file.post, int(told[2]))
        drawn = drawing_hash(drawing)
        return self._small(drawn, whole) if told[1] else whole, drawn

    def of_media(self, name: str, *, is_small: bool) -> bytes:
        """A picture as it was fixed when its post was approved, by the hash of its bytes. Raises UnknownName."""
        told = re.fullmatch(r"([0-9a-f]{64})\.jpg", name)
        path = self._app.ledger.media / name
        if not told or not path.is_file():
            raise UnknownName(f"there is no picture {name}")
        return self._small(told[1], path.read_bytes()) if is_small else path.read_bytes()

    def try_out(self, image: Image) -> str:
        """Draw words that nobody saved yet; returns the name of the picture. Raises ImageError."""
        drawing = self._app.pictures.drawing(image)
        name = drawing_hash(drawing)
        if self._find(f"tried {name}") is None:
            self._keep(f"tried {name}", draw(drawing))
        return f"{name}.jpg"

    def tried(self, name: str) -> bytes:
        """A picture that was tried out a moment ago. Raises UnknownName."""
        found = self._find(f"tried {name.removesuffix('.jpg')}")
        if found is None:
            raise UnknownName(f"there is no picture {name}")
        return found

    def _small(self, about: str, whole: bytes) -> bytes:
        found = self._find(about)
        if found is None:
            found = small(whole)
            self._keep(about, found)
        return found

    def _find(self, about: str) -> bytes | None:
        with self._lock:
            if about in self._kept:
                self._kept.move_to_end(about)
            return self._kept.get(about)

    def _keep(self, about: str, picture: bytes) -> None:
        with self._lock:
            self._bytes += len(picture) - len(self._kept.get(about, b""))
            self._kept[about] = picture
            while self._bytes > KEPT:
                self._bytes -= len(self._kept.popitem(last=False)[1])
