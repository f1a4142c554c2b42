"""The pictures of the desk: of posts as they read now, as they went out, of words not yet saved, and plain photos."""

from __future__ import annotations

import re
import threading
from collections import OrderedDict

from bot.app import App
from bot.errors import UnknownName
from bot.images import FORMATS, Drawing, draw, drawing_hash
from bot.images.kept import USUAL, Wanted
from bot.images.small import small
from bot.web.desk.backgrounds import listed

KEPT = 64_000_000
"""So many bytes of small and unsaved pictures stay in memory."""
PROMISED = 256
WIDTHS = {"small": 240, "large": 640}


class Pictures:
    """Gives pictures as JPEG bytes; what took work is kept for a while."""

    def __init__(self, app: App) -> None:
        self._app, self._lock = app, threading.Lock()
        self._cleaning = threading.Semaphore(2)
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._promised: OrderedDict[str, Drawing] = OrderedDict()
        self._bytes = 0

    def of_post(self, post: str, name: str) -> tuple[bytes, str]:
        """The picture `name` ("0.jpg", "small-0.jpg", "0-1200x675.jpg") of a post as it reads now; its drawing hash.

        Raises UnknownName, ImageError.
        """
        told = re.fullmatch(r"(small-)?(\d{1,2})(?:-(\d+x\d+))?\.jpg", name)
        file = next((one for one in self._app.shelf().posts if one.post.id == post), None)
        if not told or file is None or int(told[2]) >= len(file.post.images) or (told[3] or USUAL) not in FORMATS:
            raise UnknownName(f"there is no picture {name}")
        whole, drawing = self._app.pictures.keep(file.post, int(told[2]), Wanted(told[3] or USUAL))
        drawn = drawing_hash(drawing)
        return self._small(drawn, whole) if told[1] else whole, drawn

    def of_media(self, name: str, *, is_small: bool) -> bytes:
        """A picture as it was fixed when its post was approved, by the hash of its bytes. Raises UnknownName."""
        told = re.fullmatch(r"([0-9a-f]{64})\.jpg", name)
        path = self._app.ledger.media / name
        if not told or not path.is_file():
            raise UnknownName(f"there is no picture {name}")
        return self._small(told[1], path.read_bytes()) if is_small else path.read_bytes()

    def of_photo(self, name: str, size: str) -> bytes:
        """A photo that posts use or may use, without anything its file tells; `size` is "small" or "large".

        Raises UnknownName, ImageError.
        """
        if size not in WIDTHS or not (name in listed(self._app.root) or self._is_used(name)):
            raise UnknownName(f"there is no photo {name}")
        with self._cleaning:  # a page may ask for many that were never looked at
            photo = self._app.pictures.photos.find(name)
        about = f"photo {size} {photo.sha256}"
        return self._find(about) or self._keep(about, small(photo.clean.read_bytes(), WIDTHS[size]))

    def _is_used(self, name: str) -> bool:
        return any(image.photo == name for one in self._app.shelf().posts for image in one.post.images)

    def try_out(self, drawing: Drawing) -> str:
        """Draw words that nobody saved yet; returns the name of the picture. Raises ImageError."""
        name = drawing_hash(drawing)
        if self._find(f"tried {name}") is None:
            self._keep(f"tried {name}", draw(drawing))
        return name

    def promise(self, drawing: Drawing) -> str:
        """The name of a picture that is drawn when somebody asks for it."""
        name = drawing_hash(drawing)
        with self._lock:
            self._promised[name] = drawing
            if len(self._promised) > PROMISED:
                self._promised.popitem(last=False)
        return name

    def has_tried(self, name: str) -> bool:
        """Whether that picture was tried out a moment ago."""
        return self._find(f"tried {name}") is not None

    def tried(self, address: str) -> bytes:
        """A picture ("<name>.jpg", "small-<name>.jpg") that was tried out or promised.

        Raises UnknownName, ImageError.
        """
        name = address.removeprefix("small-").removesuffix(".jpg")
        found = self._find(f"tried {name}")
        if found is None:
            promised = self._promised.get(name)
            if promised is None:
                raise UnknownName(f"there is no picture {name}")
            found = self._keep(f"tried {name}", draw(promised))
        return self._small(f"small {name}", found) if address.startswith("small-") else found

    def _small(self, about: str, whole: bytes) -> bytes:
        found = self._find(about)
        return self._keep(about, small(whole)) if found is None else found

    def _find(self, about: str) -> bytes | None:
        with self._lock:
            if about in self._kept:
                self._kept.move_to_end(about)
            return self._kept.get(about)

    def _keep(self, about: str, picture: bytes) -> bytes:
        with self._lock:
            self._bytes += len(picture) - len(self._kept.get(about, b""))
            self._kept[about] = picture
            while self._bytes > KEPT:
                self._bytes -= len(self._kept.popitem(last=False)[1])
        return picture
