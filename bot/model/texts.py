"""What a document says: its blocks, the statements found in them, and what somebody might question."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Span = tuple[int, int]
"""`[start, end)` in code points of a Document's text."""


class BlockKind(StrEnum):
    """What a block of a document is, structurally."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True)
class Block:
    """One heading (`level` 1-6), paragraph or list item (nested 0...); `place` is its "page 3", "" in a text."""

    kind: BlockKind
    span: Span
    level: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file the owner gives.

    `name` is its path in the workspace (posix); `text` the decoded or (docx, pdf) extracted text; `readable` has the
    same length with markup blanked, so that spans point into both; `subject` and `language` are what it says, or "".
    """

    name: str
    text: str
    readable: str
    blocks: tuple[Block, ...]
    sha256: str
    subject: str = ""
    language: str = ""


class Kind(StrEnum):
    """What a statement does."""

    BENEFIT = "benefit"
    HOW_IT_WORKS = "how-it-works"
    DEFINITION = "definition"
    HISTORY = "history"
    AUDIENCE = "audience"
    CONTRAINDICATION = "contraindication"
    CTA = "CTA"
    TESTIMONIAL = "testimonial"
    LOGISTICS = "logistics"
    OTHER = "other"


class Level(StrEnum):
    """How much a claim matters: NOTE informs, REVIEW needs a person, BLOCK needs a person who says so by name."""

    NOTE = "NOTE"
    REVIEW = "REVIEW"
    BLOCK = "BLOCK"


@dataclass(frozen=True, slots=True)
class Claim:
    """Words that a regulator or a network's policy would question: the rule that found them, why, and its source.

    `safer` is what could be said instead, for a person to read; `touches` what is written that they may offend, and
    `date` the day or month (ISO) that was looked up.
    """

    level: Level
    rule: str
    words: str
    why: str
    source: str
    safer: str = ""
    touches: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """The sentence that carries a Snippet, verbatim."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Snippet:
    """One self-contained statement from a Document; `reasons` sum up to `score`.

    `lead` is the lead-in that an item of a list hangs on ("Massage may help to:"); without its words the item
    would say more than its author did.
    """

    text: str
    kind: Kind
    score: float
    reasons: tuple[str, ...]
    span: Span
    support: Support | None = None
    claims: tuple[Claim, ...] = ()
    topic: str = ""
    lead: Support | None = None

    @property
    def risk(self) -> bool:
        """Whether any claim wants a person's eye."""
        return any(claim.level is not Level.NOTE for claim in self.claims)
