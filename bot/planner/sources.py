"""The sentences of its document that a post stands on: where they stood, or where an edited document has them now."""

from __future__ import annotations

import re

from bot.errors import FootnoteError
from bot.footnotes import Change, Footnote, footnotes, is_said, unsourced
from bot.model import BlockKind, Document, Post, Source, Span
from bot.snippets.sentences import sentence_spans
from bot.snippets.wording import words

DOUBTS = re.compile(
    r"\b(?:not|nobody|nothing|none|no|never|neither|cannot|few|hardly|rarely|seldom|false|untrue|wrong|myths?|doubt\w*|den(?:y|ies|ied)|claim\w*"
    r"|believe\w*|suppos\w*|alleg\w*|nicht|nie|niemand|kein\w*|kaum|falsch|nunca|nadie|falso|ning[uú]n\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
SHORTEST = 3
"""A sentence of fewer words may stand anywhere by chance: it is not taken for a source that was not named."""


class SourceChanged(FootnoteError):
    """The document no longer holds the sentences that a post stands on."""


class SourceGone(SourceChanged):
    """The document is not there, or cannot be read."""


def quotes(document: Document | None, post: Post) -> tuple[str, ...]:
    """The sentences of its source that a post says, as they stand there.

    In an edited document they are looked for anew. Raises SourceChanged when it does not hold all that the post says,
    or is gone.
    """
    if post.source is None:
        return ()
    name = post.source.document
    if document is None:
        raise SourceGone(
            f"{post.path}: {name} is gone or cannot be read. Put it back, `bot withdraw {post.id}`, or remove [source]."
        )
    if document.sha256 == post.source.sha256:
        named = tuple(quote for quote in _quoted(document, post.source.spans, post.path) if is_said(quote, post))
        return named + _taken_over(document, post, named)
    found = said_now(document, post)
    if not found or unsourced(post, found):
        raise SourceChanged(
            f"{post.path}: {name} has changed since this was written, and does not say all of this any more. Compare "
            f"the words; then `bot approve {post.id}` if they stand, or `bot withdraw {post.id}`."
        )
    return found


def _taken_over(document: Document, post: Post, named: tuple[str, ...]) -> tuple[str, ...]:
    """The sentences that a person added to the post from elsewhere in the document."""
    own = unsourced(post, named)
    found = said_now(document, post) if own else ()
    return tuple(quote for quote in found if not any(quote in one or one in quote for one in named))


def said_now(document: Document, post: Post) -> tuple[str, ...]:
    """The sentences of a document that a post says, wherever they stand in it."""
    return tuple(words(document, span) for span in _spans_now(document, post))


def stated(document: Document) -> frozenset[str]:
    """Every sentence, list item and title as it reads: a sentence within another is none, as that may deny it."""
    return frozenset(
        words(document, span)
        for block in document.blocks
        for span in ([block.span] if block.kind is BlockKind.HEADING else sentence_spans(document.readable, block.span))
    )


def source_now(document: Document, post: Post) -> Source | None:
    """What [source] should name in an edited document; None where it says nothing of the post."""
    spans = _spans_now(document, post)
    return Source(document.name, document.sha256, spans) if spans else None


def _spans_now(document: Document, post: Post) -> tuple[Span, ...]:
    has_cover = len(post.images) > 1  # whose words may be a title
    blocks = (block.span for block in document.blocks if has_cover or block.kind is not BlockKind.HEADING)
    spans = [span for block in blocks for span in sentence_spans(document.readable, block)]
    told = [words(document, span) for span in spans]
    said = footnotes(told, post)
    return tuple(
        span
        for span, quote, note in zip(spans, told, said, strict=True)
        if note.said and len(quote.split()) >= SHORTEST and not _takes_back(note)
    )


def _takes_back(note: Footnote) -> bool:
    """Whether the words that the post leaves out deny or doubt what it says: an edit put them in since."""
    return any(piece.change is Change.LEFT_OUT and DOUBTS.search(piece.text) for piece in note.pieces)


def _quoted(document: Document, spans: tuple[Span, ...], path: str) -> list[str]:
    if any(end > len(document.readable) for _, end in spans):
        raise SourceChanged(
            f"{path}: [source] spans lead beyond the end of {document.name} ({len(document.readable)} "
            f"characters): correct them, or remove [source]."
        )
    return [words(document, span) for span in spans]
