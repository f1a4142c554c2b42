"""A document -> drafts in posts/, each with its picture in images/: once for each snippet, for ever."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.composer.drafts import Draft, compose, identity
from bot.composer.naming import document_name
from bot.composer.subjects import subject_for
from bot.config import Config
from bot.documents import read
from bot.errors import ImageError
from bot.images import alt_text
from bot.images.kept import keep_picture
from bot.model import Document, Post, Snippet
from bot.posts import dump, load, save
from bot.snippets import choose, find_snippets
from bot.snippets.language import check_language
from bot.snippets.suggestion import suggest_subject


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


@dataclass(frozen=True, slots=True)
class Skipped:
    """A snippet that was good enough and did not become a draft, and why."""

    snippet: Snippet
    why: str


@dataclass(frozen=True, slots=True)
class Composed:
    """What became of a document: best first.

    `subject` is what "it" was taken for; where nobody said, "", `suggestion` is what a person may be asked about.
    """

    document: Document
    written: tuple[Draft, ...]
    skipped: tuple[Skipped, ...]
    subject: str = ""
    suggestion: str = ""

    @property
    def flagged(self) -> tuple[Draft, ...]:
        """The written drafts that wait for a person."""
        return tuple(draft for draft in self.written if draft.is_flagged)


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
    document = read(path, document_name(path, Path(config.root)), progress)
    check_language(document)
    subject = subject_for(config, document)
    snippets = choose(find_snippets(document, subject), config.posts_per_document)
    with turn or nullcontext():
        done = _compose(config, offers, document, snippets, now)
    return replace(done, subject=subject, suggestion="" if subject else suggest_subject(document))


def _compose(
    config: Config, offers: Offers, document: Document, snippets: Sequence[Snippet], now: datetime
) -> Composed:
    root = Path(config.root)
    posts = load(root, None).posts
    there = _there(document, snippets, [one.post for one in posts])
    offered = {*offers.offered(), *there}
    names = _names(root)
    drafts = compose(
        document,
        config,
        snippets=snippets,
        offered=offered,
        taken_ids={*(one.post.id for one in posts), *(name for _, name in names), *offers.readings()},
        number_from=max((number for number, _ in names), default=0) + 1,
    )
    written, failed = _write_all(drafts, config)
    new = {identity(draft.snippet.text): draft.post.id for draft in written}
    offers.record_offers(document.name, {**there, **new}, now)
    before = (Skipped(one, "offered before") for one in snippets if identity(one.text) in offered)
    return Composed(document, tuple(written), (*before, *failed))


def _there(document: Document, snippets: Sequence[Snippet], posts: Sequence[Post]) -> dict[str, str]:
    """The snippets that a post stands for already, wherever it has them from: identity -> post id.

    A ledger may be newer than the posts, and a document may have been renamed or copied.
    """
    there: dict[str, str] = {}
    by_words = {identity(snippet.text): snippet for snippet in snippets}
    for post in posts:
        said = {identity(words) for words in (post.text.split("\n\n")[0], *(one.headline for one in post.images))}
        first = post.source.spans[:1] if post.source and post.source.sha256 == document.sha256 else ()
        same = (key for key, snippet in by_words.items() if key in said or snippet.span in first)
        there.update(dict.fromkeys(same, post.id))
    return there


def _names(root: Path) -> list[tuple[int, str]]:
    """The numbers and names that files in posts/ begin with, readable or not."""
    stems = (re.match(r"(\d+)-(.+)", path.stem) for path in (root / "posts").rglob("*.md"))
    return [(int(found[1]), found[2]) for found in stems if found]


def _write_all(drafts: Sequence[Draft], config: Config) -> tuple[list[Draft], list[Skipped]]:
    written: list[Draft] = []
    failed: list[Skipped] = []
    for draft in drafts:
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
    (image,) = draft.post.images
    picture = Path(config.root) / "images" / f"{draft.post.id}.jpg"
    try:
        keep_picture(picture, image, config.brand)
    except ImageError:
        if not image.support:
            raise
        alone = replace(image, support="", alt=alt_text(image.headline, ""))
        keep_picture(picture, alone, config.brand)
        return replace(draft, post=replace(draft.post, images=(alone,)))
    return draft
