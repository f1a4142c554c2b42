"""A draft becomes a file in posts/, each of its pictures one in images/."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from bot.composer.album import Album
from bot.composer.drafts import Draft
from bot.composer.suits import simpler
from bot.config import Config
from bot.errors import ImageError
from bot.images.kept import Pictures
from bot.model import Image, Post, Snippet
from bot.posts import dump, save


@dataclass(frozen=True, slots=True)
class Skipped:
    """A snippet that was good enough and did not become a draft, and why."""

    snippet: Snippet
    why: str


def write_all(
    drafts: Sequence[Draft], config: Config, posts: Sequence[Post], most: int
) -> tuple[list[Draft], list[Skipped]]:
    """Write the first `most` drafts whose words can be drawn, some with a photo; and say which cannot, and why."""
    pictures = Pictures(Path(config.root), config.brand, config.language)
    album = Album(pictures, posts)
    written: list[Draft] = []
    failed: list[Skipped] = []
    for draft in drafts:
        if len(written) == most:
            break
        try:
            written.append(_write(album.illustrated(draft), pictures))
        except ImageError as error:
            failed += (Skipped(one, str(error)) for one in draft.snippets)
    return written, failed


def taken_names(root: Path) -> list[tuple[int, str]]:
    """The numbers and names that files in posts/ begin with, readable or not."""
    stems = (re.match(r"(\d+)-(.+)", path.stem) for path in (root / "posts").rglob("*.md"))
    return [(int(found[1]), found[2]) for found in stems if found]


def drawable(image: Image, pictures: Pictures, page: int, pages: int) -> Image:
    """The image as far as it can be drawn: see `simpler`. ImageError says what cannot be drawn of it as it is."""
    from bot.images.paint import planned

    for one in simpler(image):
        with suppress(ImageError):
            planned(pictures.drawing(one, page=page, pages=pages))
            return one
    planned(pictures.drawing(image, page=page, pages=pages))
    return image


def _write(draft: Draft, pictures: Pictures) -> Draft:
    """The pictures first: a post without its pictures would be half a post."""
    for folder in ("images", "posts"):
        (pictures.root / folder).mkdir(exist_ok=True)
    post = draft.post
    images = tuple(drawable(image, pictures, page, len(post.images)) for page, image in enumerate(post.images, start=1))
    if images != post.images:
        draft = replace(draft, post=replace(post, images=images))
    for number in range(len(images)):
        pictures.keep(draft.post, number)
    save(pictures.root, draft.path, dump(draft.post), None)
    return draft
