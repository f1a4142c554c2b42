"""What a person says: posts, the pictures that go with them, and how the studio looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.model.texts import Span

SIZES = ("1080x1350", "1080x1080", "1200x675", "1000x1500", "1080x1920", "1200x900")
"""What pictures may measure, in pixels; the first is the usual one."""


@dataclass(frozen=True, slots=True)
class Image:
    """One picture of a Post: the words drawn, the words spoken (`alt`), and the template that sets them.

    `items` are the lines of a list, `number` the figure that stands large; `photo` is a path in the workspace, `focus`
    the point of it to keep in view ("30% 60%" from its upper left; "" = found by looking); `colours` names a palette
    ("" = the brand's own).
    """

    headline: str = ""
    support: str = ""
    alt: str = ""
    template: str = "quote"
    items: tuple[str, ...] = ()
    number: str = ""
    colours: str = ""
    photo: str = ""
    focus: str = ""
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
class Palette:
    """The colours of a picture, "#rrggbb": the ground runs from the first of `background` to the second."""

    background: tuple[str, str]
    ink: str
    accent: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Brand:
    """How the studio looks. Colours are "#rrggbb"; fonts are names of bundled families or paths.

    `logo` is a path in the workspace ("" = the studio's name is set instead); `palettes` are further colours by name.
    """

    studio: str
    handle: str = ""
    background: tuple[str, str] = ("#0d3b3e", "#15534a")
    ink: str = "#fdf8ef"
    accent: str = "#f2b965"
    headline_font: str = "DM Serif Display"
    text_font: str = "DM Sans"
    logo: str = ""
    palettes: tuple[Palette, ...] = ()
