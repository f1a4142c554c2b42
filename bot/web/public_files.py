"""Which files of the public folder anyone may read, and what is said about them."""

from __future__ import annotations

import os
import re
from email.utils import formatdate
from pathlib import Path
from urllib.parse import unquote, urlsplit

NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", re.ASCII)
MEDIA = "public"
"""The folder beside the ledger that holds what is at /m/."""
PICTURE = re.compile(r"/m/([0-9a-f]{40}\.jpg)", re.ASCII)
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
}
NAMED = {"feed.xml": "application/atom+xml; charset=utf-8", "feed.json": "application/feed+json; charset=utf-8"}


def find_file(folder: Path, target: str) -> Path | None:
    """The public file a request's target means, or None: no listing, no hidden file, no way out of the folder."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return None
    asked = path.removeprefix("/") or "index.html"
    if not path.startswith("/") or not _is_public(asked):
        return None
    root = os.path.realpath(folder)
    real = os.path.realpath(Path(root, asked))
    # A link inside the folder may lead anywhere: where it ends has to be public as well.
    if not real.startswith(root + os.sep) or not _is_public(os.path.relpath(real, root)):
        return None
    return Path(real)


def find_picture(folder: Path | None, target: str) -> Path | None:
    """The picture that was put there for networks to fetch, or None: only by its whole name, in one spelling."""
    found = PICTURE.fullmatch(target.partition("?")[0])
    return folder / found[1] if folder and found else None


def _is_public(path: str) -> bool:
    parts = path.split("/")
    return all(map(NAME.fullmatch, parts)) and parts[0].casefold() != "entries"


def headers_of(path: Path, about: os.stat_result) -> dict[str, str]:
    """The file's type, its version, and how long it may be kept."""
    is_picture = path.parent.name in {"media", MEDIA}  # named by its bytes
    return {
        "Content-Type": NAMED.get(path.name) or TYPES.get(path.suffix.lower(), "application/octet-stream"),
        "ETag": f'"{about.st_mtime_ns:x}-{about.st_size:x}"',
        "Last-Modified": formatdate(about.st_mtime, usegmt=True),
        "Cache-Control": "public, max-age=31536000, immutable" if is_picture else "public, max-age=60",
    }
