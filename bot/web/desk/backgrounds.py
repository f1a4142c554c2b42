"""The photos of the workspace: listed, shown small, and taken in when a person gives one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from bot.app import App
from bot.errors import DocumentError, ImageError
from bot.images.photos.kinds import kind
from bot.io.files import write_atomic
from bot.model import Post

FOLDER = "images/backgrounds"
ENDINGS = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp", "HEIF": ".heic"}
KNOWN = {*ENDINGS.values(), ".jpeg", ".heif"}
MOST = 60
"""So many photos are offered, the newest first."""
LONGEST = 60


def listed(root: Path) -> tuple[str, ...]:
    """The photos in images/backgrounds/, the newest first, each as a post names it."""
    folder = root / FOLDER
    found = folder.iterdir() if folder.is_dir() else ()
    photos = [one for one in found if one.suffix.lower() in KNOWN and one.name[0] != "." and one.is_file()]
    newest = sorted(photos, key=lambda one: (-one.stat().st_mtime, one.name))[:MOST]
    return tuple(f"{FOLDER}/{one.name}" for one in newest if one.name.isprintable())


def offered(root: Path, post: Post) -> tuple[str, ...]:
    """The photos that a post's pictures may have: those it has, then the others."""
    return tuple(dict.fromkeys(chain((one.photo for one in post.images if one.photo), listed(root))))


def address(root: Path, name: str, size: str) -> str:
    """Where the desk shows a photo ("small" or "large"): another address once the file is another."""
    path = root / name
    version = f"{path.stat().st_mtime_ns:x}" if path.is_file() else ""
    return f"/photos/{size}/{quote(name.removeprefix('images/'))}?v={version}"


def named(name: str) -> str:
    """What people call a photo: its file's name, as words."""
    return " ".join(re.split(r"[-_\s]+", PurePosixPath(name).stem)).strip().capitalize() or "A photo"


def take_in(app: App, name: str, content: bytes) -> str:
    """Put a photo into images/backgrounds/ under a free, plain name; the same photo again is the one that is there.

    Raises ImageError with a sentence for people, and nothing is kept, when it cannot be drawn on.
    """
    try:
        ending = ENDINGS[kind(content)]
    except DocumentError as error:
        raise ImageError(f"Your photo {error}.") from error
    with app.turn:
        folder = app.root / FOLDER
        folder.mkdir(parents=True, exist_ok=True)
        path, is_new = _place(folder, _plain(name), ending, content)
        kept = f"{FOLDER}/{path.name}"
        if is_new:
            write_atomic(path, content)
        try:
            app.pictures.photos.find(kept)
        except ImageError as error:
            if is_new:
                path.unlink()
            raise ImageError(f"Your photo {str(error).removeprefix(kept).lstrip(': ')}.") from error
    return kept


def _plain(name: str) -> str:
    """A file's name of letters that every disk and every address takes."""
    bare = unicodedata.normalize("NFKD", PurePosixPath(name.replace("\\", "/")).stem).encode("ascii", "ignore").decode()
    return "-".join(re.findall(r"[a-z0-9]+", bare.lower()))[:LONGEST].strip("-") or "photo"


def _place(folder: Path, plain: str, ending: str, content: bytes) -> tuple[Path, bool]:
    """The first name that is free, or has the very same photo; and whether it is free."""
    tries: Iterable[str] = chain((plain,), (f"{plain}-{n}" for n in count(2)))
    for path in (folder / f"{one}{ending}" for one in tries):
        if not path.exists():
            return path, True
        if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
            return path, False
    raise AssertionError("names do not end")
