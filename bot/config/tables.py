"""What may stand in config.toml: the tables, and what each key is for."""

from __future__ import annotations

from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from bot.config.values import (
    AccountName,
    Colour,
    Day,
    Duration,
    ImageSize,
    NetworkName,
    TimeOfDay,
    Weekday,
    Zone,
    known_account,
    only_for_sites,
    public_address,
    whole_site,
)
from bot.mistakes import Table
from bot.written import Link, Slug, Tags, shaped


class StudioTable(Table):
    """Who speaks."""

    name: str = Field(min_length=1, description="what your business is called; stands on every picture")
    handle: str = Field(default="", description='the name people know you by online, such as "@quietfeet"')
    language: Annotated[str, shaped("[a-z]{2,3}(-[A-Za-z0-9]+)*", 'a language: write "en" or "de"')] = Field(
        default="en", description="the language you post in"
    )
    timezone: Zone = Field(
        description='where your clock hangs, such as "America/Denver"; every time here is told by it'
    )
    link: Link = Field(default="", description="where a post sends its readers, such as your booking page")


class WordsTable(Table):
    """What the posts say."""

    subject: str = Field(
        default="", description='what your documents are about: it replaces "it" at the start of a sentence'
    )
    hashtags: Tags = Field(default=[], description="tags for every post; with or without #")
    posts_per_document: int = Field(
        default=8, ge=1, le=100, description="how many posts to write from one document, at most"
    )
    subjects: dict[str, str] = Field(default={}, description="a subject of its own for a document, by its path")


class PaletteTable(Table):
    """Further colours, for the pictures that ask for them by name."""

    background: list[Colour] = Field(min_length=2, max_length=2, description="two colours, as above")
    ink: Colour = Field(description="the colour of the words")
    accent: Colour = Field(description="the colour of the small things")


class BrandTable(Table):
    """How the pictures look."""

    background: list[Colour] = Field(
        default=["#0d3b3e", "#15534a"],
        min_length=2,
        max_length=2,
        description="two colours; the picture runs from one to the other",
    )
    ink: Colour = Field(default="#fdf8ef", description="the colour of the words")
    accent: Colour = Field(default="#f2b965", description="the colour of the small things")
    headline_font: str = Field(default="DM Serif Display", description="the typeface of the headline")
    text_font: str = Field(default="DM Sans", description="the typeface of everything else")
    logo: str = Field(
        default="", description='a picture in images/, such as "images/logo.png": it stands for the name at the foot'
    )
    palettes: dict[Slug, PaletteTable] = Field(default={}, description="")


class AccountTable(Table):
    """One place to post to; every other key is a setting of its network."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, str | int | bool] = Field(init=False)

    network: NetworkName = Field(description='the kind of place, such as "site"')
    spacing: Duration = Field(default=timedelta(minutes=10), description="the least time between two posts")
    image_size: ImageSize = Field(
        default="", description='the size of its pictures, such as "1080x1080"; empty = what the network shows best'
    )


class SlotTable(Table):
    """A moment of the week that is offered to posts."""

    accounts: list[AccountName] = Field(min_length=1, description='for which accounts; account = "feed" for one')
    days: list[Weekday] = Field(min_length=1, description="mon, tue, wed, thu, fri, sat, sun")
    time: TimeOfDay = Field(description='the time of day there, such as "09:00"')

    @model_validator(mode="before")
    @classmethod
    def _one_account_is_a_list_of_one(cls, told: Any) -> Any:
        if isinstance(told, dict) and "account" in told and "accounts" not in told:
            rest = {key: value for key, value in told.items() if key != "account"}
            return {**rest, "accounts": [told["account"]]}
        return told


class ReviewTable(Table):
    """Who says yes."""

    auto_approve: Annotated[
        str, shaped("|unflagged", 'a rule (known: "unflagged")'), AfterValidator(only_for_sites)
    ] = Field(
        default="",
        description='"unflagged" approves posts that make no questionable claim; site accounts only',
    )


class DeliveryTable(Table):
    """What happens to a post that is late."""

    grace: Duration = Field(
        default=timedelta(hours=2), description="how late a post may still go out; later, it waits for you"
    )


class LedgerTable(Table):
    """Where the record of what was posted lives."""

    folder: str = Field(default="", description="a folder on this computer's own disk; empty = the user's state folder")
    start_fresh: Annotated[bool, AfterValidator(only_for_sites)] = Field(
        default=False,
        description="whether a new ledger may plan posts that are approved already; only for the network site",
    )


class VaultTable(Table):
    """Where the key lies that locks up the secrets of your accounts."""

    key: Annotated[str, shaped("file|keyring", 'a place for the key: write "file" or "keyring"')] = Field(
        default="file",
        description='"file" in your own settings folder, or "keyring" of the system; FOOTNOTE_KEY goes before both',
    )


class FeedTable(Table):
    """Where `bot run` serves the public pages."""

    host: str = Field(default="127.0.0.1", min_length=1, description="the address to listen at; 0.0.0.0 = everywhere")
    port: int = Field(default=8040, ge=0, le=65535, description="the port to listen at")


class MediaTable(Table):
    """Where networks that fetch pictures themselves (Instagram, Threads, Google) find them: docs/connect/media.md."""

    at: Annotated[str, shaped("|feed|store|site", 'a place for pictures: write "feed", "store" or "site"')] = Field(
        default="",
        description='"feed" = this computer, at `url`; "store" = a bucket (S3, R2, ...); "site" = your site account',
    )
    url: Annotated[Link, AfterValidator(public_address)] = Field(
        default="", description="where the world reaches that place, such as https://media.example.com/"
    )
    endpoint: Annotated[Link, AfterValidator(whole_site)] = Field(
        default="", description="the store's own address, such as https://s3.eu-central-1.amazonaws.com"
    )
    bucket: Annotated[str, shaped("|[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of a bucket")] = Field(
        default="", description="the store's bucket"
    )
    region: Annotated[str, shaped("[a-z0-9-]+", 'a region: write "eu-central-1", or "auto"')] = Field(
        default="us-east-1", description='the store\'s region; "auto" for Cloudflare R2'
    )
    account: Annotated[str, AfterValidator(known_account)] = Field(
        default="", description="which account of the network site, where there are several"
    )


class DeskTable(Table):
    """Where `bot run` opens your desk: the pages on which you read, approve and plan, for you alone."""

    host: str = Field(
        default="127.0.0.1",
        min_length=1,
        description="the address to listen at; any but this computer's own needs a password: `bot desk --set-password`",
    )
    port: int = Field(default=8030, ge=0, le=65535, description="the port to listen at; 0 = any that is free")
    url: Annotated[Link, AfterValidator(whole_site)] = Field(
        default="",
        description="how people reach it, where that is not as it listens, such as https://desk.example.com/",
    )


class ConfigTables(Table):
    """config.toml."""

    workspace: Slug = Field(description="the name the ledger knows this folder by; never change it")
    closed: list[Day] = Field(default=[], description='days on which nothing goes out, such as "2026-12-25"')
    studio: StudioTable = Field(description="add [studio] with name and timezone")
    words: WordsTable = Field(default=WordsTable.model_validate({}), description="")
    brand: BrandTable = Field(default=BrandTable.model_validate({}), description="")
    accounts: dict[Slug, AccountTable] = Field(min_length=1, description='add [accounts.feed] with network = "site"')
    slots: list[SlotTable] = Field(
        default=[], description="the week's moments; a post without a wish takes the next free one"
    )
    review: ReviewTable = Field(default=ReviewTable.model_validate({}), description="")
    delivery: DeliveryTable = Field(default=DeliveryTable.model_validate({}), description="")
    ledger: LedgerTable = Field(default=LedgerTable.model_validate({}), description="")
    vault: VaultTable = Field(default=VaultTable.model_validate({}), description="")
    feed: FeedTable = Field(default=FeedTable.model_validate({}), description="")
    media: MediaTable = Field(default=MediaTable.model_validate({}), description="")
    desk: DeskTable = Field(default=DeskTable.model_validate({}), description="")
