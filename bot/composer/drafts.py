"""Snippets -> drafts: what a post says, shows and is called; nothing is written here."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.approval import claims_of
from bot.config import Config
from bot.images import alt_text
from bot.model import Claim, Document, Image, Level, Post, Snippet, Source, Status, Support
from bot.snippets.claims import is_flagged
from bot.snippets.headline import headline_of

SUPPORT_WORDS_MAX = 32
"""A longer support is posted, but not drawn: set under a headline it would be too small to read."""
ID_LENGTH = 48


@dataclass(frozen=True, slots=True)
class Draft:
    """A post to be written to `path`, the snippet it says, and every claim that its words make."""

    post: Post
    snippet: Snippet
    claims: tuple[Claim, ...]

    @property
    def path(self) -> str:
        """Its file in the workspace."""
        return self.post.path

    @property
    def is_flagged(self) -> bool:
        """Whether a person must look at it before it may go out."""
        return any(claim.level is not Level.NOTE for claim in self.claims)


def compose(
    document: Document,
    config: Config,
    *,
    snippets: Sequence[Snippet],
    offered: Collection[str],
    taken_ids: Collection[str],
    number_from: int,
) -> list[Draft]:
    """One draft for each snippet whose identity is not in `offered`, in their order; nothing is written."""
    drafts: list[Draft] = []
    taken = set(taken_ids)
    for snippet in snippets:
        if identity(snippet.text) not in offered:
            name = _free(slug(snippet.text), taken)
            taken.add(name)
            path = f"posts/{number_from + len(drafts):02d}-{name}.md"
            drafts.append(_draft(document, config, snippet, name, path))
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


def _draft(document: Document, config: Config, snippet: Snippet, name: str, path: str) -> Draft:
    support = _support(snippet)
    spans = [part.span for part in (snippet, snippet.lead, support) if part]
    post = Post(
        id=name,
        status=Status.DRAFT,
        accounts=tuple(account.name for account in config.accounts),
        text="\n\n".join(part.text for part in (snippet, support) if part),
        images=(_image(snippet, support),),
        topic=snippet.topic,
        link=config.link,
        tags=config.hashtags,
        source=Source(document.name, document.sha256, tuple(spans)),
        path=path,
    )
    return Draft(post, snippet, tuple(dict.fromkeys([*snippet.claims, *claims_of(post)])))


def _support(snippet: Snippet) -> Support | None:
    return snippet.support if snippet.support and not is_flagged(snippet.support.text) else None


def _image(snippet: Snippet, support: Support | None) -> Image:
    """A long sentence stands under its own first clause; a short one over the sentence that carries it."""
    first_clause = headline_of(snippet.text)
    under = snippet.text if first_clause else support.text if support else ""
    drawn = under if len(under.split()) <= SUPPORT_WORDS_MAX else ""
    headline = first_clause or snippet.text
    return Image(headline=headline, support=drawn, alt=alt_text(Image(headline, drawn)))


def _free(name: str, taken: Collection[str]) -> str:
    names = [name, *(f"{name}-{n}" for n in range(2, len(taken) + 3))]
    return next(one for one in names if one not in taken)
