"""What the form of a post shows: fields to type into, and for each picture what can be chosen."""

from __future__ import annotations

from dataclasses import dataclass

from bot.model import Palette
from bot.web.desk.views import Picture, Sized, Version


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that can be edited: the name it is sent by, its label, its hint, its value, what is wrong with it.

    `within` are the templates that use it ("" = every one).
    """

    name: str
    label: str
    value: str
    hint: str = ""
    rows: int = 1
    kind: str = "text"
    error: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: its value, what people call it, and whether it is the one."""

    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Swatch(Choice):
    """Colours to choose."""

    palette: Palette


@dataclass(frozen=True, slots=True)
class Shot(Choice):
    """A photo to choose, at two addresses."""

    small: str
    large: str


@dataclass(frozen=True, slots=True)
class PictureForm:
    """One picture: the words on it, how they are set, in which colours, on which photo and what of it is seen.

    `points` are the nine places of a photo, `point` is one between them ("" = none) at `at`; `about` tells of the
    photo, `of` names the photo that it tells of; `error` is what is wrong with a photo that was given.
    """

    number: int
    title: str
    words: tuple[Field, ...]
    layouts: tuple[Choice, ...]
    colours: tuple[Swatch, ...]
    photos: tuple[Shot, ...]
    points: tuple[Choice, ...]
    point: str
    at: tuple[str, ...]
    about: tuple[Field, ...]
    of: str
    error: str = ""

    @property
    def photo(self) -> Shot | None:
        """The chosen photo."""
        return next((one for one in self.photos if one.is_chosen and one.value), None)

    @property
    def photos_within(self) -> str:
        """The templates that show a photo."""
        return self.about[0].within


@dataclass(frozen=True, slots=True)
class Tried:
    """What a form would become: the picture in question, in its sizes and among its pages, and the words.

    `name` is how the picture is asked for again; `is_old`: it shows what was typed before, for what is typed now
    cannot be drawn. `at` is its number among `pages`. `problems` hinder, `notes` do not.
    """

    picture: Picture | None
    name: str
    is_old: bool
    at: int
    pages: tuple[Picture | None, ...]
    sizes: tuple[Sized, ...]
    versions: tuple[Version, ...]
    problems: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A post's words and pictures to be edited.

    `theirs` are the fields as somebody else saved them meanwhile, each with what was typed here; `tried` is what it
    would become, where that was asked for.
    """

    post: str
    sha256: str
    title: str
    picture: Picture | None
    pictures: tuple[PictureForm, ...]
    fields: tuple[Field, ...]
    more: tuple[Field, ...]
    problems: tuple[str, ...]
    theirs: tuple[tuple[Field, str], ...] = ()
    is_unsaved: bool = False
    tried: Tried | None = None
