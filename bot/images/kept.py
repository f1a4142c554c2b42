"""The pictures of a workspace: drawn into images/ when they are not there, or show something else."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.errors import ImageError
from bot.images import draw
from bot.images.drawing import JPEG, Drawing, drawing_hash, read_hash
from bot.images.encode import ENDINGS
from bot.io.files import write_atomic
from bot.model import Brand, Image, Limits, Post

if TYPE_CHECKING:
    from bot.images.photos import Photos

USUAL = "1080x1350"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a place wants of a picture: its size, its type, and at most so many bytes (0 = no bound)."""

    size: str = USUAL
    mime: str = JPEG
    bytes_max: int = 0


def wanted_by(limits: Limits, size: str = "") -> Wanted:
    """What a network wants; `size` where its account says otherwise."""
    return Wanted(size or limits.image_size, limits.image_formats[0], limits.image_bytes_max)


def picture_path(post: Post, number: int, wanted: Wanted = Wanted()) -> str:
    """Where it lies: images/<id>.jpg, then <id>--2.jpg, and <id>--1200x675.jpg (no id has two hyphens)."""
    page = f"--{number + 1}" if number else ""
    size = f"--{wanted.size}" if wanted.size != USUAL else ""
    return f"images/{post.id}{page}{size}{ENDINGS.get(wanted.mime, '.jpg')}"


class Pictures:
    """Draws and keeps the pictures of one workspace."""

    def __init__(self, root: Path, brand: Brand, language: str = "en") -> None:
        self.root, self.brand, self.language = root, brand, language
        self._passed: set[str] = set()
        self._fine: dict[str, bool] = {}

    @cached_property
    def photos(self) -> Photos:
        """The photos of the workspace."""
        from bot.images.photos import Photos

        return Photos(self.root)

    def wanted(self, post: Post, limits: Limits, size: str = "") -> Wanted:
        """What an account gets: what its network shows best, or the usual size where a page does not pass in that.

        `size` is what a person chose for the account: that stands.
        """
        best = wanted_by(limits, size)
        if size or best.size == USUAL or all(self._is_fine(post, n, best) for n in range(len(post.images))):
            return best
        return replace(best, size=USUAL)  # better than not at all

    def _is_fine(self, post: Post, number: int, wanted: Wanted) -> bool:
        """Whether a picture passes; what was found out of a drawing is remembered."""
        try:
            about = drawing_hash(self.of_post(post, number, wanted))
        except ImageError:
            return False
        if about not in self._fine:
            self._fine[about] = not self.why_not(post, number, wanted)
        return self._fine[about]

    def drawing(
        self, image: Image, wanted: Wanted = Wanted(), *, page: int = 1, pages: int = 1, source: str = ""
    ) -> Drawing:
        """What is to be drawn, its photo and its logo found and cleaned. Raises ImageError."""
        return Drawing(
            image,
            self.brand,
            wanted.size,
            page,
            pages,
            self.photos.find(image.photo) if image.photo else None,
            self.photos.logo(self.brand.logo) if self.brand.logo else None,
            source,
            self.language,
            wanted.mime,
            wanted.bytes_max,
        )

    def of_post(self, post: Post, number: int, wanted: Wanted = Wanted()) -> Drawing:
        """What is to be drawn for a page of a post. Raises ImageError."""
        source = post.source.document if post.source else ""
        return self.drawing(post.images[number], wanted, page=number + 1, pages=len(post.images), source=source)

    def keep(self, post: Post, number: int, wanted: Wanted = Wanted()) -> tuple[bytes, Drawing]:
        """The bytes of a post's picture, drawn first where need be; a picture we did not draw is never replaced."""
        drawing, path = self.of_post(post, number, wanted), self.root / picture_path(post, number, wanted)
        kept = _kept(path)
        if _is(kept, drawing):
            return kept, drawing
        drawn = draw(drawing)
        path.parent.mkdir(exist_ok=True)
        write_atomic(path, drawn)
        return drawn, drawing

    def passed(self, post: Post, number: int, wanted: Wanted = Wanted()) -> bytes:
        """As `keep`, for a picture that is to be approved: ImageError with everything that the quality gate finds."""
        picture, drawing = self.keep(post, number, wanted)
        self.judge(drawing, picture)
        return picture

    def judge(self, drawing: Drawing, picture: bytes) -> None:
        """ImageError with everything that the quality gate finds; what passed once is not measured again."""
        from bot.images.gate import faults

        seen = drawing_hash(drawing) + hashlib.sha256(picture).hexdigest()
        if seen in self._passed:
            return
        if found := faults(drawing, picture):
            raise ImageError("; ".join(found))
        self._passed.add(seen)

    def why_not(self, post: Post, number: int, wanted: Wanted = Wanted()) -> str:
        """Why a picture cannot be drawn or does not pass; "" when it does. Writes nothing but clean photos."""
        try:
            drawing = self.of_post(post, number, wanted)
            kept = _kept(self.root / picture_path(post, number, wanted))
            self.judge(drawing, kept if _is(kept, drawing) else draw(drawing))
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
        what = f"images/{path.name} was not drawn by Footnote, or was changed since"
        raise ImageError(f"{what}: move it away, or to images/backgrounds/ as a photo")
    return kept


def _is(kept: bytes, drawing: Drawing) -> bool:
    """Whether the kept picture is what would be drawn, and small enough."""
    fits = not drawing.bytes_max or len(kept) <= drawing.bytes_max
    return bool(kept) and fits and read_hash(kept) == drawing_hash(drawing)
