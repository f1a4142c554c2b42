"""Which snippets a person has seen as drafts already: those do not come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.composer.drafts import identity
from bot.composer.found import Found
from bot.config import Config
from bot.model import Post, Snippet
from bot.posts import load
from bot.snippets.subject import completed

PAGES_MIN = 3
"""A post of so many pictures is a carousel: a cover, what it says, and a last page."""


class Offers(Protocol):
    """What the ledger remembers: a snippet that was once offered as a draft never comes back."""

    def offered(self) -> set[str]:
        """The identities of the snippets that were offered, from whichever document."""
        ...

    def record_offers(self, document: str, posts: Mapping[str, str], at: datetime) -> None:
        """Remember snippets: identity -> post id."""
        ...

    def readings(self) -> Mapping[str, object]:
        """Every post ever seen, by id: a new post takes none of these names."""
        ...


def rest(config: Config, offers: Offers, found: Found) -> tuple[Snippet, ...]:
    """What a document says beyond the drafts that were made of it, in order; nothing is written."""
    posts = [one.post for one in load(Path(config.root), None).posts]
    return unseen(found.benefits, {*offers.offered(), *standing_for(found, posts)})


def unseen(snippets: Sequence[Snippet], offered: set[str]) -> tuple[Snippet, ...]:
    """The snippets that are not among the offered ones, in their order."""
    return tuple(one for one in snippets if identity(one.text) not in offered)


def standing_for(found: Found, posts: Sequence[Post]) -> dict[str, str]:
    """The benefits that a post stands for already, wherever it has them from: identity -> post id.

    A ledger may be newer than the posts, and a document may have been renamed or copied.
    """
    there: dict[str, str] = {}
    by_words = {identity(snippet.text): snippet for snippet in found.benefits}
    for post in posts:
        if len(post.images) >= PAGES_MIN:
            continue  # what a carousel says may be said by a post of its own
        said = {identity(words) for words in _said(post)}
        spans = post.source.spans if post.source and post.source.sha256 == found.document.sha256 else ()
        first = spans if any(image.items for image in post.images) else spans[:1]
        same = (key for key, snippet in by_words.items() if key in said or snippet.span in first)
        there.update(dict.fromkeys(same, post.id))
    return there


def _said(post: Post) -> Iterator[str]:
    """What a post may be of: its first paragraph, its headlines, the items of its list."""
    yield post.text.split("\n\n")[0]
    for image in post.images:
        yield f"{image.number} {image.headline}"
        yield from image.items
        yield from (completed(f"{image.headline}:", item) for item in image.items)
