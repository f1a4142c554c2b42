"""The entries: one JSON file for each published post, from which every page can be made again."""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from pathlib import Path

from pydantic import AwareDatetime, TypeAdapter

from bot.model import Media

FORMAT = 1
KEY = re.compile(r"[A-Za-z0-9_-]{1,128}")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SHA256 = re.compile(r"[0-9a-f]{64}")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """A published post; `published` is UTC and never changes; `url` is its address at that time."""

    format: int
    key: str
    slug: str
    url: str
    published: AwareDatetime
    post: str
    title: str
    text: str
    link: str
    tags: tuple[str, ...]
    language: str
    quotes: tuple[str, ...]
    media: tuple[Media, ...]


@cache
def _adapter() -> TypeAdapter[Entry]:
    return TypeAdapter(Entry)


def to_json(entry: Entry) -> bytes:
    """The entry as a file, for people as well."""
    value = _adapter().dump_python(entry, mode="json")
    return json.dumps(value, indent=2).encode("ascii") + b"\n"


def from_json(content: bytes, key: str) -> Entry:
    """The entry in a file, fit to be shown: characters that no page may hold are gone.

    Raises ValueError unless it is an entry of this format and this key.
    """
    try:
        entry = _adapter().validate_python(_printable(json.loads(content)))
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if entry.format != FORMAT:
        raise ValueError(f"format {entry.format} is not {FORMAT}")
    if entry.key != key or not SLUG.fullmatch(entry.slug):
        raise ValueError("the key or the slug is not that of its file")
    if not all(SHA256.fullmatch(media.sha256) for media in entry.media):
        raise ValueError("a picture is not named by its hash")
    entry.published.astimezone(UTC)  # a time at the edge of the calendar overflows here, not in a page
    return entry


def read(folder: Path, key: str) -> Entry | None:
    """The entry of that key, or None where there is no such file; raises ValueError when it is broken."""
    try:
        return from_json((folder / f"{key}.json").read_bytes(), key)
    except FileNotFoundError:
        return None


def read_all(folder: Path) -> list[Entry]:
    """Every entry in the folder, newest first; files that are not entries are passed over."""
    found = []
    for path in folder.glob("[!.]*.json"):
        try:
            found.append(from_json(path.read_bytes(), path.stem))
        except (ValueError, OverflowError, OSError):
            continue
    return sorted(found, key=lambda entry: (entry.published, entry.key), reverse=True)


def free_slug(post: str, taken: Collection[str]) -> str:
    """The post's name in addresses; a second occurrence gets "-2"."""
    plain = unicodedata.normalize("NFKD", post).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:80].strip("-") or "post"
    names = itertools.chain([slug], (f"{slug}-{n}" for n in itertools.count(2)))
    return next(name for name in names if name not in taken)


def _printable(value: object) -> object:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    if isinstance(value, list):
        return [_printable(item) for item in value]
    if isinstance(value, dict):
        return {name: _printable(item) for name, item in value.items()}
    return value
