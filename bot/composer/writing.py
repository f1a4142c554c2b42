"""A document -> drafts in posts/, each with its picture in images/: once for each snippet, for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.composer.drafts import Draft, compose, identity
from bot.composer.found import Found, find
from bot.composer.naming import document_name
from bot.composer.offered import Offers, standing_for, unseen
from bot.config import Config
from bot.documents import read
from bot.errors import ImageError
from bot.images import alt_text
from bot.images.kept import Pictures
from bot.model import Document, Snippet
from bot.posts import dump, load, save

OFFERED = "offered before"
ALL_OFFERED = "all that it could say was offered before"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A snippet that was good enough and did not become a draft, and why."""

    snippet: Snippet
    why: str


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of a document: `written` best first, and the `rest` that no draft was made of, in order."""

    found: Found
    written: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    rest: tuple[Snippet, ...] = ()

    @property
    def document(self) -> Document:
        """The document as it was read."""
        return self.found.document

    @property
    def subject(self) -> str:
        """What "it" was taken for; "" when nobody said."""
        return self.found.subject

    @property
    def suggestion(self) -> str:
        """What a person may be asked about where nobody said."""
        return self.found.suggestion

    @property
    def flagged(self) -> tuple[Draft, ...]:
        """The written drafts that wait for a person."""
        return tuple(draft for draft in self.written if draft.is_flagged)

    @property
    def why_none(self) -> str:
        """Why there is no new draft; "" when there is one, or when what was `skipped` says why."""
        if self.written or any(one.why != OFFERED for one in self.skipped):
            return ""
        return self.found.why_none or ALL_OFFERED


def compose_document(
    config: Config,
    offers: Offers,
    path: Path,
    now: datetime,
    *,
    turn: AbstractContextManager[object] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Composed:
    """Write a draft for each of the document's best snippets that was never offered before; repeat it at will.

    `turn` is held while drafts are named and written, and not while the text is read, which may take a minute;
    `progress(done, total)` is called meanwhile.
    Raises DocumentError or FootnoteError when nothing can be read or written.
    """
    found = find(read(path, document_name(path, Path(config.root)), progress), config)
    best = found.good[: config.posts_per_document]
    with turn or nullcontext():
        return _compose(config, offers, found, now, lambda _offered: best, most=len(best))


def compose_more(
    config: Config,
    offers: Offers,
    path: Path,
    now: datetime,
    *,
    most: int = 1,
    only: str = "",
    turn: AbstractContextManager[object] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Composed:
    """Write a draft for each of the next `most` snippets of the rest, or for the one whose identity is `only`.

    Otherwise as compose_document: what was offered before, or in the meantime, is not written again.
    """
    found = find(read(path, document_name(path, Path(config.root)), progress), config)
    asked = [one for one in found.benefits if only in {"", identity(one.text)}]
    with turn or nullcontext():
        return _compose(config, offers, found, now, lambda offered: unseen(asked, offered), most=most)


def _compose(
    config: Config,
    offers: Offers,
    found: Found,
    now: datetime,
    pick: Callable[[set[str]], Sequence[Snippet]],
    *,
    most: int,
) -> Composed:
    """Drafts of the first `most` picked snippets that can be drawn; `pick` is told what was offered before."""
    root = Path(config.root)
    posts = load(root, None).posts
    there = standing_for(found, [one.post for one in posts])
    offered = {*offers.offered(), *there}
    snippets = pick(offered)
    names = _names(root)
    drafts = compose(
        found.document,
        config,
        snippets=snippets,
        offered=offered,
        taken_ids={*(one.post.id for one in posts), *(name for _, name in names), *offers.readings()},
        number_from=max((number for number, _ in names), default=0) + 1,
    )
    written, failed = _write_all(drafts, config, most)
    new = {identity(draft.snippet.text): draft.post.id for draft in written}
    offers.record_offers(found.document.name, {**there, **new}, now)
    before = (Skipped(one, OFFERED) for one in snippets if identity(one.text) in offered)
    return Composed(found, tuple(written), (*before, *failed), unseen(found.benefits, {*offered, *new}))


def _names(root: Path) -> list[tuple[int, str]]:
    """The numbers and names that files in posts/ begin with, readable or not."""
    stems = (re.match(r"(\d+)-(.+)", path.stem) for path in (root / "posts").rglob("*.md"))
    return [(int(found[1]), found[2]) for found in stems if found]


def _write_all(drafts: Sequence[Draft], config: Config, most: int) -> tuple[list[Draft], list[Skipped]]:
    written: list[Draft] = []
    failed: list[Skipped] = []
    for draft in drafts:
        if len(written) == most:
            break
        try:
            written.append(_write(draft, config))
        except ImageError as error:
            failed.append(Skipped(draft.snippet, str(error)))
    return written, failed


def _write(draft: Draft, config: Config) -> Draft:
    """The picture first: a post without its picture would be half a post."""
    root = Path(config.root)
    for folder in ("images", "posts"):
        (root / folder).mkdir(exist_ok=True)
    drawn = _draw(draft, config)
    save(root, drawn.path, dump(drawn.post), None)
    return drawn


def _draw(draft: Draft, config: Config) -> Draft:
    """Words that cannot be set together are set as the headline alone."""
    pictures, post = Pictures(Path(config.root), config.brand), draft.post
    try:
        pictures.keep(post, 0)
    except ImageError:
        (image,) = post.images
        if not image.support:
            raise
        alone = replace(post, images=(replace(image, support="", alt=alt_text(replace(image, support=""))),))
        pictures.keep(alone, 0)
        return replace(draft, post=alone)
    return draft
