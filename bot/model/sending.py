"""What goes out: the places we may speak at and what they allow, messages, and the proof that they were published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from decimal import Decimal


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
    `refused` the characters it never takes; `image_formats` are in the network's own order, and `image_size` is the
    width and height in pixels that it shows best. `text_max_pictured` is what goes with pictures, where that is less
    than `text_max`; `splits` says that a longer text goes on in further parts by itself; `links` that a link in the
    text can be followed (else it is not written there); `tags_max`, `links_max` and `mentions_max` are for the text of
    one part; `alts` says that pictures have alt texts, `alts_together` that those of a post share one of `alt_max`;
    `public` that the network fetches pictures from a public address.
    `settle` is the longest time the network may still act on a call we have given up on; `looks` how many complete
    looks must agree before "absent" is believed, `settle` apart, each wait `growth` times the one before; `timeout`
    the longest a publish call may take.
    """

    text_max: int = 0
    text_unit: str = "graphemes"
    text_bytes_max: int = 0
    text_max_pictured: int = 0
    splits: bool = False
    inline: bool = False
    links: bool = True
    links_max: int = 0
    tags_max: int = 0
    mentions_max: int = 0
    parts_max: int = 1
    texts_differ: bool = False
    cashtags_max: int = 0
    refused: str = ""
    images_min: int = 0
    images_max: int = 1
    image_bytes_min: int = 0
    image_bytes_max: int = 0
    image_formats: tuple[str, ...] = ("image/jpeg",)
    image_size: str = "1080x1350"
    public: bool = False
    alts: bool = True
    alts_together: bool = False
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
    """One place we may speak.

    `settings` are the network's own keys; `spacing` the least time between two posts; `image_size` that of its
    pictures ("" = what its network shows best).
    """

    name: str
    network: str
    settings: Mapping[str, str] = field(default_factory=dict)
    spacing: timedelta = timedelta(minutes=10)
    image_size: str = ""


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
