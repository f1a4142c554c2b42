"""What may stand in the front matter of a post, and what is refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Annotated

from pydantic import AfterValidator, Field, Strict, ValidationInfo, model_validator

from bot.mistakes import Table, did_you_mean
from bot.model import Status
from bot.written import Link, Slug, Tags, Words, shaped

FORMAT = 1
YEARS = range(2000, 2101)
BYTES_MAX_NAME, BYTES_MAX_PATH = 255, 1000


@dataclass(frozen=True, slots=True)
class Around:
    """What a post may speak of: the accounts there are, and the workspace its photos are in. None = not known."""

    accounts: Collection[str] | None = None
    root: Path | None = None


def _around(info: ValidationInfo) -> Around:
    return info.context if isinstance(info.context, Around) else Around()


def _format(number: int) -> int:
    if number != FORMAT:
        raise ValueError(f"{number} is not known to this version (known: {FORMAT}): update Footnote")
    return number


def _status(status: str) -> str:
    if status not in set(Status):
        raise ValueError(f'"{status}" is not a status' + did_you_mean(status, [str(known) for known in Status]))
    return status


def _account(name: str, info: ValidationInfo) -> str:
    known = _around(info).accounts
    if known is not None and name not in known:
        listed = ", ".join(sorted(known))
        raise ValueError(f'"{name}" is not an account in config.toml (known: {listed})')
    return name


def _each_once(names: list[str]) -> list[str]:
    if twice := next((name for name, times in Counter(names).items() if times > 1), None):
        raise ValueError(f'"{twice}" stands there twice')
    return names


def _local(moment: datetime | None) -> datetime | None:
    if moment and moment.tzinfo:
        shown = moment.replace(tzinfo=None).isoformat()
        raise ValueError(f"write local time in the config's zone, without an offset: {shown}")
    if moment and moment.year not in YEARS:
        raise ValueError(f"{moment.isoformat()} is not in the years {YEARS[0]} to {YEARS[-1]}")
    return moment


def _reserved(text: str) -> str:
    if text:
        raise ValueError("reserved: not available yet")
    return text


def _in_workspace(name: str) -> str:
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in path.parts[0]:
        raise ValueError(f'"{name}" is not a path inside the workspace: write it as "folder/name", with /')
    if len(name.encode()) > BYTES_MAX_PATH or any(len(part.encode()) > BYTES_MAX_NAME for part in path.parts):
        raise ValueError(f'"{name[:40]}..." is longer than any name of a file')
    return str(path)


def _photo(name: str, info: ValidationInfo) -> str:
    if not name:
        return name
    name = _in_workspace(name)
    if not name.startswith("images/"):
        raise ValueError(f'"{name}" is not in images/: put the photo there')
    root = _around(info).root
    if root and not (root / name).is_file():
        raise ValueError(f"{name} does not exist")
    if root and not (root / name).resolve().is_relative_to((root / "images").resolve()):
        raise ValueError(f"{name} leads out of images/: put the photo itself there")
    return name


def _span(span: list[int]) -> list[int]:
    if len(span) != 2 or not 0 <= span[0] < span[1]:
        raise ValueError(f"{span} is not a span: write [start, end]")
    return span


AccountName = Annotated[str, AfterValidator(_account)]
LocalTime = Annotated[datetime | None, AfterValidator(_local)]
Reserved = Annotated[str, AfterValidator(_reserved)]
Id = Annotated[str, shaped("(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*", "an id: use a-z, 0-9 and hyphens, at most 80")]


class ImageTable(Table):
    """One picture."""

    template: Slug = "quote"
    headline: Words = ""
    support: Words = ""
    alt: Words = ""
    items: Annotated[tuple[Words, ...], Strict(False)] = ()
    number: Words = ""
    colours: Words = ""
    focus: Annotated[
        str, shaped(r"|\d{1,3}% \d{1,3}%", 'a point of the photo: write "50% 30%", from its upper left')
    ] = ""
    photo: Annotated[Words, AfterValidator(_photo)] = ""
    credit: Words = ""
    licence: Words = ""
    consent: Words = ""

    @model_validator(mode="after")
    def _shows_something(self) -> ImageTable:
        if not self.headline and not self.photo:
            raise ValueError("a picture needs a headline or a photo")
        return self


class SourceTable(Table):
    """The sentences a post stands on."""

    document: Annotated[Words, AfterValidator(_in_workspace)]
    sha256: Annotated[str, shaped("[0-9a-f]{64}", "a SHA-256")]
    spans: list[Annotated[list[int], AfterValidator(_span)]] = Field(default=[])


class PostTables(Table):
    """The front matter of a post."""

    format: Annotated[int, AfterValidator(_format)] = Field(description=f"write format = {FORMAT}")
    id: Id = Field(description="the name the post is known by for ever")
    status: Annotated[str, AfterValidator(_status)] = Field(description="draft, approved or withdrawn")
    accounts: Annotated[list[AccountName], AfterValidator(_each_once)] = Field(
        min_length=1, description="where it is posted"
    )
    publish_at: LocalTime = None
    not_after: LocalTime = None
    late: Reserved = ""
    repeat: Reserved = ""
    topic: Words = ""
    link: Link = ""
    tags: Tags = Field(default=[])
    image: list[ImageTable] = Field(default=[])
    source: SourceTable | None = None
    text: dict[AccountName, Words] = Field(default={})
