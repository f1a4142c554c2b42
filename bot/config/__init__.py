"""config.toml -> a frozen Config; every mistake at once, each with its path."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from bot.config.folders import wrong_with_folders
from bot.config.media import Pictures, wrong_with_media
from bot.config.tables import ConfigTables
from bot.config.values import DAYS
from bot.errors import ConfigProblems, Problem, Problems, UnknownName
from bot.mistakes import check, toml_of
from bot.model import Account, Brand, Palette, Slot

FILE = "config.toml"


@dataclass(frozen=True, slots=True)
class Config:
    """config.toml, checked. Paths are kept as written; `root` is the workspace's folder (absolute)."""

    root: str
    workspace: str
    brand: Brand
    subject: str
    zone: str
    link: str = ""
    hashtags: tuple[str, ...] = ()
    language: str = "en"
    accounts: tuple[Account, ...] = ()
    slots: tuple[Slot, ...] = ()
    closed: tuple[date, ...] = ()
    auto_approve: str = ""
    posts_per_document: int = 8
    grace: timedelta = timedelta(hours=2)
    ledger: str = ""
    start_fresh: bool = False
    vault_key: str = "file"
    feed_host: str = "127.0.0.1"
    feed_port: int = 8040
    desk_host: str = "127.0.0.1"
    desk_port: int = 8030
    desk_url: str = ""
    media: Pictures = field(default_factory=Pictures)
    subjects: Mapping[str, str] = field(default_factory=dict)

    def account(self, name: str) -> Account:
        """The account of that name; UnknownName when config.toml has none."""
        found = next((account for account in self.accounts if account.name == name), None)
        if found is None:
            raise UnknownName(f'"{name}" is not an account in {FILE}: name it there again, or withdraw its posts')
        return found


def read_config(root: Path, *, networks: Collection[str] = ()) -> Config:
    """The config of the workspace in the folder `root`; ConfigProblems with every mistake of it.

    `networks` are the names of the known networks; when empty, any name is taken.
    """
    return config_of(root, text_of(root), networks=networks)


def config_of(root: Path, text: str, *, networks: Collection[str] = ()) -> Config:
    """What config.toml of that workspace would mean if this were its text; ConfigProblems with every mistake of it."""
    try:
        told = toml_of(text, FILE)
        context = {"accounts": _networks_of(told), "networks": networks}
        config = _config(root, check(ConfigTables, told, text, FILE, context=context))
    except Problems as found:
        raise ConfigProblems(found.problems) from None
    wrong = [*wrong_with_folders(root, config.accounts, config.ledger, text, FILE)]
    if problems := [*wrong, *wrong_with_media(config.media, config.accounts, text, FILE)]:
        raise ConfigProblems(problems)
    return config


def text_of(root: Path) -> str:
    """The text of the workspace's config.toml; raises ConfigProblems."""
    try:
        return (root / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        what = f"not found in {root}: start a workspace with `bot init DIR`, or run `bot` in the folder of yours"
    except UnicodeDecodeError as error:
        what = f"is not UTF-8 text (byte {error.start}): save it as UTF-8"
    except OSError as error:
        what = f"cannot be read: {error.strerror}"
    raise ConfigProblems([Problem(FILE, 0, what)])


def _networks_of(told: Mapping[str, Any]) -> dict[str, str]:
    """The accounts and their networks as written, before anything is checked: other tables speak of them."""
    accounts = told.get("accounts")
    tables = accounts.items() if isinstance(accounts, dict) else ()
    return {name: str(table.get("network")) for name, table in tables if isinstance(table, dict)}


def _config(root: Path, told: ConfigTables) -> Config:
    return Config(
        root=str(root.resolve()),
        workspace=told.workspace,
        brand=_brand(told),
        subject=told.words.subject,
        zone=told.studio.timezone,
        link=told.studio.link,
        hashtags=tuple(told.words.hashtags),
        language=told.studio.language,
        accounts=_accounts(told),
        slots=_slots(told),
        closed=tuple(told.closed),
        auto_approve=told.review.auto_approve,
        posts_per_document=told.words.posts_per_document,
        grace=told.delivery.grace,
        ledger=told.ledger.folder,
        start_fresh=told.ledger.start_fresh,
        vault_key=told.vault.key,
        feed_host=told.feed.host,
        feed_port=told.feed.port,
        desk_host=told.desk.host,
        desk_port=told.desk.port,
        desk_url=told.desk.url,
        media=Pictures(**told.media.model_dump()),
        subjects=dict(told.words.subjects),
    )


def _brand(told: ConfigTables) -> Brand:
    first, second = told.brand.background
    return Brand(
        studio=told.studio.name,
        handle=told.studio.handle,
        background=(first, second),
        ink=told.brand.ink,
        accent=told.brand.accent,
        headline_font=told.brand.headline_font,
        text_font=told.brand.text_font,
        logo=told.brand.logo,
        palettes=tuple(
            Palette((one.background[0], one.background[1]), one.ink, one.accent, name)
            for name, one in told.brand.palettes.items()
        ),
    )


def _accounts(told: ConfigTables) -> tuple[Account, ...]:
    return tuple(
        Account(
            name,
            table.network,
            {key: _setting(value) for key, value in (table.model_extra or {}).items()},
            table.spacing,
            table.image_size,
        )
        for name, table in told.accounts.items()
    )


def _setting(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _slots(told: ConfigTables) -> tuple[Slot, ...]:
    slots = (
        Slot(account, DAYS.index(day), table.time)
        for table in told.slots
        for account in table.accounts
        for day in table.days
    )
    return tuple(dict.fromkeys(slots))
