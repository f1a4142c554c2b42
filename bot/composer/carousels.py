"""A document -> one draft with several pictures: once for what it says, for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.composer.carousel import (
    Leaf,
    carousel_identity,
    closings,
    covers,
    inner,
    standing_in,
    takers,
    worded,
)
from bot.composer.drafts import Draft, drafted, free_name
from bot.composer.found import Found, find
from bot.composer.keeping import Skipped, drawable, taken_names, write_all
from bot.composer.naming import document_name
from bot.composer.offered import PAGES_MIN, Offers, standing_for, unseen
from bot.composer.suits import spoken_for
from bot.composer.writing import Composed
from bot.config import Config
from bot.documents import read
from bot.errors import ImageError
from bot.images.kept import Pictures
from bot.model import Account, Limits, Post, Snippet
from bot.posts import load

CAROUSEL_OFFERED = "a carousel of what it says was offered before"
TOO_FEW = "it has too few benefits for a carousel that need nobody's second look"
NOBODY = f"no account takes a post of so many pictures (a carousel has {PAGES_MIN} at least)"


@dataclass(frozen=True, slots=True)
class _Room:
    """How many pages there may be, and what each account allows."""

    pages: int
    limits: Mapping[str, Limits]


def compose_carousel(
    config: Config,
    offers: Offers,
    path: Path,
    now: datetime,
    *,
    limits: Callable[[Account], Limits],
    pages: int | None = None,
    turn: AbstractContextManager[object] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Composed:
    """Write one draft with several pictures: a cover, the best benefits a page each, a last page; repeat it at will.

    `pages` is how many at most, cover and last page included: without it as many as every account that takes three
    allows, and six at most. What is in a carousel may be a post of its own besides. Otherwise as compose_document.
    """
    found = find(read(path, document_name(path, Path(config.root)), progress), config)
    allowed = {one.name: limits(one) for one in config.accounts}
    accounts, most, left_out = takers(config.accounts, allowed, pages)
    if not accounts:
        return Composed(found, (), (), why=NOBODY, left_out=left_out)
    with turn or nullcontext():
        posts = [one.post for one in load(Path(config.root), None).posts]
        done = _compose(replace(config, accounts=accounts), offers, found, posts, _Room(most, allowed))
        if done.written:
            draft, *_ = done.written
            new = {carousel_identity(one.text): draft.post.id for one in draft.snippets}
            offers.record_offers(found.document.name, new, now)
    rest = unseen(found.benefits, {*offers.offered(), *standing_for(found, posts)})
    return replace(done, rest=rest, left_out=left_out)


def _compose(
    config: Config,
    offers: Offers,
    found: Found,
    posts: Sequence[Post],
    room: _Room,
) -> Composed:
    said, most = [one for one in found.good if not one.risk], room.pages
    offered = {*offers.offered(), *standing_in(found.benefits, posts)}
    if any(carousel_identity(one.text) in offered for one in said[: most - 2]):
        return Composed(found, (), (), why=CAROUSEL_OFFERED)
    pictures = Pictures(Path(config.root), config.brand, config.language)
    chosen, failed = _drawable(said, pictures, most)
    if len(chosen) < min(2, most - 2):
        return Composed(found, (), tuple(failed), why=TOO_FEW if found.good else "")
    pages = len(chosen) + 2
    front = _first(covers(found), pictures, 1, pages)
    back = _first(closings(found, config), pictures, pages, pages)
    draft = _draft(config, found, [one for one, _ in chosen], [front, *(leaf for _, leaf in chosen), back])
    draft = replace(draft, post=worded(draft.post, [one.text for one, _ in chosen], config.accounts, room.limits))
    written, undrawn = write_all([_named(draft, config, offers, posts)], config, posts, 1)
    return Composed(found, tuple(written), (*failed, *undrawn))


def _drawable(
    said: Sequence[Snippet], pictures: Pictures, most: int
) -> tuple[list[tuple[Snippet, Leaf]], list[Skipped]]:
    """The first benefits whose pages can be drawn, as many as there is room for, and those that cannot be."""
    chosen: list[tuple[Snippet, Leaf]] = []
    failed: list[Skipped] = []
    for one in said:
        if len(chosen) == most - 2:
            break
        try:
            chosen.append((one, _drawn(inner(one), pictures, len(chosen) + 2, most)))
        except ImageError as error:
            failed.append(Skipped(one, str(error)))
    return chosen, failed


def _first(leaves: Iterable[Leaf], pictures: Pictures, page: int, pages: int) -> Leaf:
    """The first of some pages that can be drawn; ImageError for the last when none can."""
    problem = ImageError("there are no words for the first and the last page")
    for leaf in leaves:
        try:
            return _drawn(leaf, pictures, page, pages, whole=True)
        except ImageError as error:
            problem = error
    raise problem


def _drawn(leaf: Leaf, pictures: Pictures, page: int, pages: int, *, whole: bool = False) -> Leaf:
    image = drawable(leaf.image, pictures, page, pages)
    if whole and image != leaf.image:
        raise ImageError("not all of its words can be drawn")
    return replace(leaf, image=image)


def _draft(config: Config, found: Found, snippets: Sequence[Snippet], leaves: Sequence[Leaf]) -> Draft:
    images = [
        spoken_for(leaf.image, page=page, pages=len(leaves), language=config.language)
        for page, leaf in enumerate(leaves, start=1)
    ]
    spans = dict.fromkeys(span for leaf in leaves for span in leaf.spans)
    return drafted(found.document, config, snippets, images=images, text="", spans=tuple(spans))


def _named(draft: Draft, config: Config, offers: Offers, posts: Sequence[Post]) -> Draft:
    """With a name and a file that nothing has."""
    names = taken_names(Path(config.root))
    taken = {*(post.id for post in posts), *(name for _, name in names), *offers.readings()}
    name = free_name(draft.post.id, taken)
    path = f"posts/{max((number for number, _ in names), default=0) + 1:02d}-{name}.md"
    return replace(draft, post=replace(draft.post, id=name, path=path))
