"""What became of the sentences that a post stands on, where its document was edited, renamed or removed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import nlargest
from pathlib import Path

from bot.footnotes import Change, Piece, compared, unsourced
from bot.io.files import sha256_of
from bot.model import BlockKind, Document, Post
from bot.planner.sources import said_now, stated
from bot.snippets.sentences import sentence_spans
from bot.snippets.wording import words

LIKE = 0.4
"""From this share of common words on, one sentence may have become the other."""
TRIED = 12
"""So many sentences, those that share the most words, are compared closely."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A sentence as the document had it, and the nearest that it has now ("" = none is like it), merged in `pieces`.

    `kept` is False where only the post's own words are known: then `was` is how the post says it.
    """

    was: str
    now: str
    pieces: tuple[Piece, ...]
    kept: bool = True


@dataclass(frozen=True, slots=True)
class ChangedSource:
    """A document that does not say any more what a post says. `is_gone`: it is not there, or cannot be read.

    `renamed` is another document of the workspace that says the very same ("" = none).
    """

    document: str
    is_gone: bool
    sentences: tuple[Reworded, ...]
    renamed: str = ""

    def __str__(self) -> str:
        if self.renamed:
            return f"{self.document} is gone; {self.renamed} says the very same: name that under [source]"
        return (
            f"{self.document} is gone, or cannot be read"
            if self.is_gone
            else f"{self.document} says it differently now"
        )


def changed_source(post: Post, document: Document | None, known: Sequence[str], folder: Path) -> ChangedSource | None:
    """What a person should compare before a post goes out; None where its document still says all that it said.

    `known` are the sentences that were fixed when it was approved; of a draft only its own words are known. `folder`
    is where a renamed document would be found.
    """
    source = post.source
    if source is None or (document and document.sha256 == source.sha256):
        return None
    if document is None:
        gone = tuple(Reworded(quote, "", compared(quote, "")) for quote in known)
        return ChangedSource(source.document, True, gone, _same(folder, source.document, source.sha256))
    there = stated(document)
    lost = [quote for quote in known if quote not in there]
    own = () if known else unsourced(post, said_now(document, post))
    if not lost and not own:
        return None
    sentences = list(_sentences(document))
    return ChangedSource(
        source.document,
        False,
        (*(_nearest(quote, sentences, kept=True) for quote in lost), *(_nearest(one, sentences) for one in own)),
    )


def lines(sentence: Reworded) -> tuple[str, str]:
    """The sentence as it was and as it is, with the words that differ in brackets; "" for one that is not there."""
    was = (_marked(piece) for piece in sentence.pieces if piece.change is not Change.PUT_IN)
    now = (_marked(piece) for piece in sentence.pieces if piece.change is not Change.LEFT_OUT)
    return (" ".join(was), " ".join(now)) if sentence.now else (sentence.was, "")


def _marked(piece: Piece) -> str:
    return piece.text if piece.change is Change.SAME else f"[{piece.text}]"


def _sentences(document: Document) -> Iterable[str]:
    for block in document.blocks:
        if block.kind is not BlockKind.HEADING:
            for span in sentence_spans(document.readable, block.span):
                yield words(document, span)


def _nearest(was: str, sentences: Sequence[str], *, kept: bool = False) -> Reworded:
    mine = _bag(was)
    alike = nlargest(TRIED, sentences, key=lambda one: (mine & _bag(one)).total())
    now = max(alike, key=lambda one: _likeness(was, one), default="")
    now = now if now and _likeness(was, now) >= LIKE else ""
    return Reworded(was, now, compared(was, now), kept)


def _likeness(was: str, now: str) -> float:
    return SequenceMatcher(None, was.casefold().split(), now.casefold().split(), autojunk=False).ratio()


def _bag(sentence: str) -> Counter[str]:
    return Counter(sentence.casefold().split())


def _same(folder: Path, name: str, sha256: str) -> str:
    """The document that has the very bytes that another had."""
    others = (path for path in sorted(folder.glob("*")) if path.is_file() and f"{folder.name}/{path.name}" != name)
    return next((f"{folder.name}/{path.name}" for path in others if _hash(path) == sha256), "")


def _hash(path: Path) -> str:
    try:
        return sha256_of(path)
    except OSError:
        return ""
