"""Snippets -> drafts: what a post says, shows and is called; nothing is written here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from bot.approval import claims_of
from bot.composer.lists import LEAST, Listed
from bot.composer.suits import image_of, spoken_for, support_of
from bot.config import Config
from bot.model import Claim, Document, Image, Level, Post, Snippet, Source, Span, Status

ID_LENGTH = 48
BULLET = "• "


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be written to `path`, the snippets it says, and every claim that its words make."""

    post: Post
    snippets: tuple[Snippet, ...]
    claims: tuple[Claim, ...]

    @property
    def path(self) -> str:
        """Its file in the workspace."""
        return self.post.path

    @property
    def snippet(self) -> Snippet:
        """The first one it says."""
        return self.snippets[0]

    @property
    def is_flagged(self) -> bool:
        """Whether a person must look at it before it may go out."""
        return any(claim.level is not Level.NOTE for claim in self.claims)


def compose(
    document: Document,
    config: Config,
    *,
    listed: Sequence[Listed],
    offered: Collection[str],
    taken_ids: Collection[str],
    number_from: int,
) -> list[Draft]:
    """One draft for each benefit, or list of them, whose identity is not in `offered`, in their order.

    Nothing is written. Of a list only what was not offered is said; what a person would have to look at, when it is
    said as a list, is said one by one.
    """
    drafts: list[Draft] = []
    taken = set(taken_ids)
    for one in listed:
        for draft in _drafts(document, config, one, offered):
            name = free_name(draft.post.id, taken)
            taken.add(name)
            path = f"posts/{number_from + len(drafts):02d}-{name}.md"
            drafts.append(replace(draft, post=replace(draft.post, id=name, path=path)))
    return drafts


def identity(text: str) -> str:
    """What a snippet is remembered by: its words, however spaced or capitalised, whichever document they stand in."""
    words = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    return hashlib.sha256(words.encode()).hexdigest()


def slug(text: str) -> str:
    """A short name of the text's first words, in a-z, 0-9 and hyphens."""
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", re.sub("['’]", "", plain)))
    if len(name) > ID_LENGTH:
        name = name[: ID_LENGTH + 1].rpartition("-")[0] or name[:ID_LENGTH]
    return name or "post"


def free_name(name: str, taken: Collection[str]) -> str:
    """The name, or the first numbered one that nothing has."""
    names = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)


def drafted(
    document: Document,
    config: Config,
    snippets: Sequence[Snippet],
    *,
    images: Sequence[Image],
    text: str,
    spans: Sequence[Span],
) -> Draft:
    """A draft for every account, named by its first drawn words, and every claim in it; it has no file yet."""
    first = images[0]
    post = Post(
        id=slug(f"{first.number} {first.headline}" if first.items or len(images) > 1 else snippets[0].text),
        status=Status.DRAFT,
        accounts=tuple(account.name for account in config.accounts),
        text=text,
        images=tuple(images),
        topic=snippets[0].topic,
        link=config.link,
        tags=config.hashtags,
        source=Source(document.name, document.sha256, tuple(spans)),
    )
    claims = [*(claim for one in snippets for claim in one.claims), *claims_of(post)]
    return Draft(post, tuple(snippets), tuple(dict.fromkeys(claims)))


def _drafts(document: Document, config: Config, listed: Listed, offered: Collection[str]) -> Iterator[Draft]:
    left = [n for n, one in enumerate(listed.snippets) if identity(one.text) not in offered]
    if listed.items and len(left) >= LEAST:
        draft = _list(document, config, listed, left)
        if not draft.is_flagged:
            yield draft
            return
    for n in left:
        snippet, support = listed.snippets[n], support_of(listed.snippets[n])
        spans = [part.span for part in (snippet, snippet.lead, support) if part]
        text = "\n\n".join(part.text for part in (snippet, support) if part)
        yield drafted(document, config, [snippet], images=[image_of(snippet)], text=text, spans=spans)


def _list(document: Document, config: Config, listed: Listed, left: Sequence[int]) -> Draft:
    """The lead-in over the items, each as it stands in the document."""
    snippets, items = [listed.snippets[n] for n in left], tuple(listed.items[n] for n in left)
    image = spoken_for(Image(listed.lead.rstrip(": "), items=items, template="list"))
    text = f"{listed.lead}\n\n" + "\n".join(BULLET + item for item in items)
    spans = [listed.span, *(one.span for one in snippets)]
    return drafted(document, config, snippets, images=[image], text=text, spans=spans)
