"""The frozen values that every floor speaks in: one word per thing, one thing per word (docs/design.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal
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


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of a Post: the words drawn, the words spoken (`alt`), and the template that sets them."""

    headline: str
    support: str = ""
    alt: str = ""
    template: str = "quote"
    photo: str = ""
    credit: str = ""
    licence: str = ""
    consent: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a Post's words come from: the document (path in the workspace), its hash, the spans quoted."""

    document: str
    sha256: str
    spans: tuple[Span, ...]


class Status(StrEnum):
    """What a person wants of a Post."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Post:
    """The authored unit: one file in posts/. `publish_at` is naive, in the config's zone."""

    id: str
    status: Status
    accounts: tuple[str, ...]
    text: str
    images: tuple[Image, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    publish_at: datetime | None = None
    not_after: datetime | None = None
    late: str = ""
    repeat: str = ""
    topic: str = ""
    link: str = ""
    tags: tuple[str, ...] = ()
    source: Source | None = None
    path: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """How the studio looks. Colours are "#rrggbb"; fonts are names of bundled families or paths."""

    studio: str
    handle: str = ""
    background: tuple[str, str] = ("#0d3b3e", "#15534a")
    ink: str = "#fdf8ef"
    accent: str = "#f2b965"
    headline_font: str = "DM Serif Display"
    text_font: str = "DM Sans"


@dataclass(frozen=True, slots=True)
class Price:
    """What one post costs where posting costs, in US dollars; `with_link` instead of `post`, `alt` a picture."""

    post: Decimal = Decimal(0)
    with_link: Decimal = Decimal(0)
    alt: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a network allows, and what its silence means.

    Lengths are counted in `text_unit` (and in UTF-8 bytes for `text_bytes_max`); 0 = no limit known. `inline` says
    that the link and the tags are written into the text, and count there; `parts_max` how many posts a thread may
    have; `keys` the shape of a delivery's key (bot/keys.py); `texts_differ` that two accounts may not say the same;
    `refused` the characters it never takes.
    `settle` is the longest time the network may still act on a call we have given up on; `looks` how many complete
    looks must agree before "absent" is believed, `settle` apart, each wait `growth` times the one before; `timeout`
    the longest a publish call may take.
    """

    text_max: int = 0
    text_unit: str = "graphemes"
    text_bytes_max: int = 0
    inline: bool = False
    parts_max: int = 1
    texts_differ: bool = False
    cashtags_max: int = 0
    refused: str = ""
    images_max: int = 1
    image_bytes_max: int = 0
    image_formats: tuple[str, ...] = ("image/jpeg",)
    alt_max: int = 0
    alt_unit: str = "codepoints"
    keys: str = "names"
    settle: timedelta = timedelta(seconds=45)
    looks: int = 2
    growth: int = 1
    timeout: timedelta = timedelta(seconds=30)
    price: Price | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One place we may speak. `settings` are the network's own keys; `spacing` the least time between two posts."""

    name: str
    network: str
    settings: Mapping[str, str] = field(default_factory=dict)
    spacing: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Slot:
    """A weekly moment the owner offers for an account; `weekday` 0 = Monday; `at` is local time."""

    account: str
    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Media:
    """A picture as bytes in the ledger's immutable media folder, named by the hash of its bytes."""

    sha256: str
    mime: str
    alt: str
    width: int
    height: int
    size: int


@dataclass(frozen=True, slots=True)
class Part:
    """One irreversible call: `n` counts from 0."""

    n: int
    text: str
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A Post fitted to one account, exactly as it will be sent. Networks only ever see Messages."""

    post: str
    account: str
    network: str
    title: str
    parts: tuple[Part, ...]
    link: str = ""
    tags: tuple[str, ...] = ()
    language: str = "en"
    quotes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Handles:
    """What `prepare` left on the network (media ids, containers); past `expires_at` (UTC) they are dead."""

    values: Mapping[str, str] = field(default_factory=dict)
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof of publication of one part."""

    remote_id: str
    url: str
    at: datetime
