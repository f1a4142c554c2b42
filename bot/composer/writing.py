"""A document -> drafts in posts/, each with its picture in images/: once for each snippet, for ever."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.composer.drafts import Draft, compose, identity
from bot.composer.found import Found, find
from bot.composer.keeping import Skipped, taken_names, write_all
from bot.composer.lists import Listed, listed
from bot.composer.naming import document_name
from bot.composer.offered import Offers, standing_for, unseen
from bot.config import Config
from bot.documents import read
from bot.model import Document, Snippet
from bot.posts import load

OFFERED = "offered before"
ALL_OFFERED = "all that it could say was offered before"


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of a document: `written` best first, and the `rest` that no draft was made of, in order.

    `why` says why there is no new draft, where the document itself does not; `left_out` which accounts it is not for.
    """

    found: Found
    written: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    rest: tuple[Snippet, ...] = ()
    why: str = ""
    left_out: tuple[str, ...] = ()

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
        return self.why or self.found.why_none or ALL_OFFERED


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

    Short items of one list become one draft together.

    `turn` is held while drafts are named and written, and not while the text is read, which may take a minute;
    `progress(done, total)` is called meanwhile.
    Raises DocumentError or FootnoteError when nothing can be read or written.
    """
    found = find(read(path, document_name(path, Path(config.root)), progress), config)
    best = listed(found.document, found.good)[: config.posts_per_document]
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
        return _compose(
            config, offers, found, now, lambda offered: [Listed((one,)) for one in unseen(asked, offered)], most=most
        )


def _compose(
    config: Config,
    offers: Offers,
    found: Found,
    now: datetime,
    pick: Callable[[set[str]], Sequence[Listed]],
    *,
    most: int,
) -> Composed:
    """Drafts of the first `most` picked benefits that can be drawn; `pick` is told what was offered before."""
    root = Path(config.root)
    posts = [one.post for one in load(root, None).posts]
    there = standing_for(found, posts)
    offered = {*offers.offered(), *there}
    picked = pick(offered)
    names = taken_names(root)
    drafts = compose(
        found.document,
        config,
        listed=picked,
        offered=offered,
        taken_ids={*(post.id for post in posts), *(name for _, name in names), *offers.readings()},
        number_from=max((number for number, _ in names), default=0) + 1,
    )
    written, failed = write_all(drafts, config, posts, most)
    new = {identity(one.text): draft.post.id for draft in written for one in draft.snippets}
    offers.record_offers(found.document.name, {**there, **new}, now)
    asked = (snippet for one in picked for snippet in one.snippets)
    before = (Skipped(one, OFFERED) for one in asked if identity(one.text) in offered)
    return Composed(found, tuple(written), (*before, *failed), unseen(found.benefits, {*offered, *new}))
